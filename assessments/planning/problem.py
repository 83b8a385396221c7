"""What a plan is made from: candidates with value, effort, weeks and needs, and the limits of a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from assessments.errors import InvalidProblem
from assessments.planning.chains import Chains, circle
from assessments.planning.limits import Days, SharedLimit, members_of_groups

QUICK_WIN_DAYS = 5
QUICK_WIN_WEEKS = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One action a plan may choose.

    `value` in points (whole), `effort` in person-days, `weeks` of its own duration, `needs` the ids of
    candidates that have to finish before it begins, `lift` its share of the overall index. `owner` and
    `dimension` say which shared limits it counts in. A `started` one is under way: effort and weeks are
    what is left of it, and it is pinned to quarter 1.
    """

    id: str
    value: int
    effort: Days
    weeks: int
    needs: tuple[str, ...] = ()
    lift: Fraction = Fraction(0)
    owner: str = ""
    dimension: str = ""
    started: bool = False

    @property
    def may_be_a_quick_win(self) -> bool:
        """Rule 5 of the plan: at most 5 days and 6 weeks, worth something, nothing needed first, not begun yet."""
        small = self.effort <= QUICK_WIN_DAYS and self.weeks <= QUICK_WIN_WEEKS
        return small and self.value > 0 and not self.needs and not self.started


@dataclass(frozen=True)
class PlanProblem:
    """Candidates and limits: capacity in person-days per quarter, at most `wip` actions in each.

    `pinned` fixes the quarter (1 is the first) of some candidates, `banned` keeps some out. With
    `quick_win`, at least one small action is placed in quarter 1 if there is one.

    Off unless given: `role_limits` is the most person-days of an owner role in a quarter,
    `most_per_dimension` the most actions of one dimension in a quarter. `keep` names the quarter an
    action has in the plan before; each that stays there counts `keep_points` points more.
    """

    candidates: tuple[Candidate, ...]
    capacity: tuple[Days, ...]
    wip: int = 4
    quick_win: bool = True
    pinned: Mapping[str, int] = field(default_factory=dict)
    banned: frozenset[str] = frozenset()
    role_limits: Mapping[str, Days] = field(default_factory=dict)
    most_per_dimension: int | None = None
    keep: Mapping[str, int] = field(default_factory=dict)
    keep_points: int = 0

    @property
    def horizon(self) -> int:
        """The number of quarters."""
        return len(self.capacity)

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """Candidates by id, in ascending order of id (by code point)."""
        return {c.id: c for c in sorted(self.candidates, key=lambda c: c.id)}

    @cached_property
    def chains(self) -> Chains:
        """What follows from the needs; the needs must not run in a circle."""
        return Chains.of({c.id: (c.weeks, c.needs) for c in self.by_id.values()})

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """Banned candidates and all that need one of them, at any distance."""
        banned = set(self.banned)
        return frozenset(i for i, ancestors in self.chains.longest.items() if not banned.isdisjoint(ancestors))

    @cached_property
    def shared_limits(self) -> tuple[SharedLimit, ...]:
        """The limits that actions of one role or one dimension share in every quarter."""
        known = tuple(self.by_id.values())
        efforts = {c.id: c.effort for c in known}
        roles = members_of_groups((c.id, c.owner) for c in known)
        found = [
            SharedLimit("role", role, {name: efforts[name] for name in roles[role]}, most)
            for role, most in sorted(self.role_limits.items())
            if role in roles
        ]
        if self.most_per_dimension is not None:
            for dimension, names in members_of_groups((c.id, c.dimension) for c in known).items():
                found.append(SharedLimit("dimension", dimension, dict.fromkeys(names, 1), self.most_per_dimension))
        return tuple(found)

    @cached_property
    def staying(self) -> dict[str, int]:
        """`keep` without actions that are worth nothing by themselves: those go where they are needed."""
        return {name: quarter for name, quarter in self.keep.items() if self.by_id[name].value > 0}

    @cached_property
    def limits_of(self) -> dict[str, tuple[int, ...]]:
        """For each candidate, which of the shared limits it counts in."""
        return {name: tuple(at for at, limit in enumerate(self.shared_limits) if name in limit.load) for name in self.by_id}

    def fits_alone(self, name: str) -> bool:
        """Whether the shared limits take this action in an otherwise empty quarter."""
        limits = (self.shared_limits[at] for at in self.limits_of[name])
        return all(limit.load[name] <= limit.most for limit in limits)

    @cached_property
    def quick_wins(self) -> tuple[str, ...]:
        """Candidates that satisfy the quick-win rule when placed in quarter 1."""
        if self.wip < 1 or not self.capacity:
            return ()
        first = self.capacity[0]
        return tuple(
            i for i, c in self.by_id.items()
            if c.may_be_a_quick_win and c.effort <= first and i not in self.ruled_out and self.fits_alone(i)
        )  # fmt: skip


def checked(problem: PlanProblem) -> PlanProblem:
    """The problem itself; InvalidProblem with one sentence for everything wrong with it."""
    faults = [*_limit_faults(problem), *_candidate_faults(problem.candidates)]
    if not faults:
        faults = list(_reference_faults(problem))
    if not faults:
        faults = list(_pin_faults(problem))
    if faults:
        raise InvalidProblem(faults)
    return problem


def _limit_faults(problem: PlanProblem) -> Iterable[str]:
    if not problem.capacity:
        yield "The horizon should be at least one quarter."
    for quarter, days in enumerate(problem.capacity, 1):
        if days < 0:
            yield f"The capacity of quarter {quarter} is negative; use 0 or more person-days."
    if problem.wip < 0:
        yield "The number of actions per quarter (wip) is negative; use 0 or more."
    for role, days in problem.role_limits.items():
        if days < 0:
            yield f"The limit of {role} is negative; use 0 or more person-days."
    if problem.most_per_dimension is not None and problem.most_per_dimension < 1:
        yield "At least one action per dimension and quarter has to be allowed."
    if problem.keep_points < 0:
        yield "The points for staying in the same quarter are negative; use 0 or more."


def _candidate_faults(candidates: Iterable[Candidate]) -> Iterable[str]:
    seen: set[str] = set()
    for c in candidates:
        if c.id in seen:
            yield f"{c.id}: the id stands here twice; ids are unique."
        seen.add(c.id)
        if c.value < 0:
            yield f"{c.id}: the value is negative; use 0 or more points."
        if c.effort < 0:
            yield f"{c.id}: the effort is negative; use 0 or more person-days."
        if c.weeks < 1:
            yield f"{c.id}: an action takes at least 1 week."


def _reference_faults(problem: PlanProblem) -> Iterable[str]:
    for c in problem.by_id.values():
        for need in c.needs:
            if need not in problem.by_id:
                yield f"{c.id}: it needs {need}, which is not a candidate."
    for name in sorted(problem.banned - set(problem.by_id)):
        yield f"{name}: it is banned, but it is not a candidate."
    for name in sorted(set(problem.pinned) - set(problem.by_id)):
        yield f"{name}: it is pinned, but it is not a candidate."
    for name, quarter in sorted(problem.keep.items()):
        if name not in problem.by_id or not 1 <= quarter <= problem.horizon:
            yield f"{name}: it cannot stay in quarter {quarter}, which this plan does not have for it."
    known = {c.id: [n for n in c.needs if n in problem.by_id] for c in problem.by_id.values()}
    found = circle(known)
    if found:
        yield f"The needs run in a circle: {' needs '.join([*found, found[0]])}."


def _pin_faults(problem: PlanProblem) -> Iterable[str]:
    used: dict[int, list[Candidate]] = {}
    for name, quarter in sorted(problem.pinned.items()):
        if 1 <= quarter <= problem.horizon:
            used.setdefault(quarter, []).append(problem.by_id[name])
            yield from _pin_fault(problem, name, quarter)
        else:
            yield f"{name}: it is pinned to quarter {quarter}; the plan has quarters 1 to {problem.horizon}."
    yield from _full_quarters(problem, used)


def _pin_fault(problem: PlanProblem, name: str, quarter: int) -> Iterable[str]:
    chains = problem.chains
    if not problem.fits_alone(name):
        yield f"{name}: it is pinned, but it takes more days than its role has in a quarter."
    if name in problem.ruled_out:
        yield f"{name}: it is pinned, but it or something it needs is banned."
    earliest = chains.earliest_quarter(name)
    if earliest is None:
        yield f"{name}: it is pinned, but it or something it needs takes longer than a quarter."
    elif earliest > quarter:
        yield f"{name}: it is pinned to quarter {quarter}; its needs allow quarter {earliest} at the earliest."
    for other in sorted(chains.longest[name].keys() & problem.pinned.keys() - {name}):
        at = problem.pinned[other]
        if at + chains.lag(other, name) > quarter:
            yield f"{name}: it is pinned to quarter {quarter}, but it needs {other}, pinned to quarter {at}."


def _full_quarters(problem: PlanProblem, used: Mapping[int, list[Candidate]]) -> Iterable[str]:
    for quarter, actions in sorted(used.items()):
        effort = sum(c.effort for c in actions)
        if effort > problem.capacity[quarter - 1]:
            yield f"The actions pinned to quarter {quarter} take more effort than the quarter has."
        if len(actions) > problem.wip:
            yield f"{len(actions)} actions are pinned to quarter {quarter}; it has {problem.wip} slots."
        for limit in problem.shared_limits:
            if sum(limit.load.get(c.id, 0) for c in actions) > limit.most:
                yield f"The actions pinned to quarter {quarter} are more than {limit.words} allows."
