"""The baseline an optimal plan is compared with: always the best points per day that still fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.planning.chains import WEEKS_IN_QUARTER
from assessments.planning.checks import fits_after
from assessments.planning.limits import Days
from assessments.planning.problem import Candidate, PlanProblem


@dataclass
class Filling:
    """A plan in the making: quarters chosen so far, and the days and slots left in each quarter."""

    problem: PlanProblem
    quarters: dict[str, int] = field(default_factory=dict)
    finish: dict[str, int] = field(default_factory=dict)
    days: list[Days] = field(init=False)
    slots: list[int] = field(init=False)
    shared: list[list[Days]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with empty quarters."""
        self.days = list(self.problem.capacity)
        self.slots = [self.problem.wip] * self.problem.horizon
        self.shared = [[limit.most for limit in self.problem.shared_limits] for _ in range(self.problem.horizon)]

    def has_room(self, candidate: Candidate, quarter: int) -> bool:
        """Whether days, slots and shared limits of the quarter take one more action."""
        if self.slots[quarter - 1] < 1 or candidate.effort > self.days[quarter - 1]:
            return False
        return all(load <= self.shared[quarter - 1][at] for at, load in self._loads(candidate))

    def _loads(self, candidate: Candidate) -> Iterator[tuple[int, Days]]:
        for at in self.problem.limits_of[candidate.id]:
            yield at, self.problem.shared_limits[at].load[candidate.id]

    def fits(self, candidate: Candidate, quarter: int) -> bool:
        """Whether room, needs and weeks all allow this action in this quarter."""
        return self.has_room(candidate, quarter) and fits_after(self.problem, self.finish, candidate.id, quarter)

    def place(self, candidate: Candidate, quarter: int) -> None:
        """Put an action into a quarter without asking."""
        self.quarters[candidate.id] = quarter
        self.days[quarter - 1] -= candidate.effort
        self.slots[quarter - 1] -= 1
        for at, load in self._loads(candidate):
            self.shared[quarter - 1][at] -= load
        ends = [self.finish[need] for need in candidate.needs if need in self.finish]
        self.finish[candidate.id] = max([WEEKS_IN_QUARTER * (quarter - 1), *ends]) + candidate.weeks

    def remove(self, name: str) -> None:
        """Take an action out again; nothing chosen may need it."""
        quarter = self.quarters.pop(name)
        self.days[quarter - 1] += self.problem.by_id[name].effort
        self.slots[quarter - 1] += 1
        for at, load in self._loads(self.problem.by_id[name]):
            self.shared[quarter - 1][at] += load
        del self.finish[name]


def greedy_plan(problem: PlanProblem, *, quick_win: bool | None = None) -> dict[str, int]:
    """The quarter of each action a greedy planner takes (domain 5.5, baseline).

    Pinned actions and what they need come first. Then, quarter by quarter: of all actions that are worth
    something and fit, the one with the most points per day; ties by value, fewer weeks, smaller id. The
    first pick of quarter 1 is a quick win if one fits.
    """
    rule = problem.quick_win if quick_win is None else quick_win
    filling = Filling(problem)
    _place_pins(filling)
    ranked = sorted((c for c in problem.by_id.values() if c.value > 0 and c.id not in problem.ruled_out), key=_rank)
    for quarter in range(1, problem.horizon + 1):
        if quarter == 1 and rule and not any(filling.quarters.get(q) == 1 for q in problem.quick_wins):
            _take_first(filling, (c for c in ranked if c.id in problem.quick_wins), 1)
        while _take_first(filling, ranked, quarter):
            pass
    return filling.quarters


def _rank(candidate: Candidate) -> tuple[bool, Fraction, int, int, str]:
    rate = Fraction(candidate.value) / candidate.effort if candidate.effort else Fraction(0)
    return (candidate.effort > 0, -rate, -candidate.value, candidate.weeks, candidate.id)


def _take_first(filling: Filling, ranked: Iterable[Candidate], quarter: int) -> bool:
    for candidate in ranked:
        if candidate.id not in filling.quarters and filling.fits(candidate, quarter):
            filling.place(candidate, quarter)
            return True
    return False


def _place_pins(filling: Filling) -> None:
    """Place pinned actions with what they need; a pin whose needs find no room is given up."""
    problem = filling.problem
    wanted = {need for pin in problem.pinned for need in problem.chains.longest[pin]}
    reserved = dict(problem.pinned)
    for name in problem.chains.order:
        if name not in wanted:
            continue
        candidate = problem.by_id[name]
        fixed = reserved.pop(name, None)
        choices = [fixed] if fixed else range(1, problem.horizon + 1)
        for quarter in choices:
            if filling.fits(candidate, quarter) and _leaves_room(filling, reserved, candidate, quarter):
                filling.place(candidate, quarter)
                break


def _leaves_room(filling: Filling, reserved: dict[str, int], candidate: Candidate, quarter: int) -> bool:
    waiting = [filling.problem.by_id[name] for name, q in reserved.items() if q == quarter]
    days = filling.days[quarter - 1] - candidate.effort - sum(c.effort for c in waiting)
    for at, limit in enumerate(filling.problem.shared_limits):
        if sum(limit.load.get(c.id, 0) for c in (candidate, *waiting)) > filling.shared[quarter - 1][at]:
            return False
    return days >= 0 and filling.slots[quarter - 1] - 1 - len(waiting) >= 0
