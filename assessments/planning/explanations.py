"""A choice of quarters in words: roles and finish weeks of the chosen, reasons for the others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from assessments.planning.chains import WEEKS_IN_QUARTER
from assessments.planning.checks import finish_weeks, fits_after
from assessments.planning.limits import Days
from assessments.planning.plans import LeftOut, PlannedAction, Quarters, Role
from assessments.planning.problem import Candidate, PlanProblem


def planned_actions(problem: PlanProblem, quarters: Quarters) -> tuple[PlannedAction, ...]:
    """Every chosen action with its finish week, role and what it unlocks, by quarter and id."""
    finish = finish_weeks(problem, quarters)
    return tuple(
        PlannedAction(
            action=name,
            quarter=quarters[name],
            finish_week=finish[name],
            value=problem.by_id[name].value,
            effort=problem.by_id[name].effort,
            role=_role(problem.by_id[name], quarters[name]),
            unlocks=tuple(d for d in problem.chains.dependents[name] if d in quarters),
        )
        for name in sorted(quarters, key=lambda name: (quarters[name], name))
    )


def _role(candidate: Candidate, quarter: int) -> Role:
    if candidate.started:
        return "under way"
    if quarter == 1 and candidate.may_be_a_quick_win:
        return "quick win"
    return "gap" if candidate.value else "enabler"


def left_out(problem: PlanProblem, quarters: Quarters) -> tuple[LeftOut, ...]:
    """Every candidate that was not chosen with the first reason that holds (domain 5.5), by id."""
    finish = finish_weeks(problem, quarters)
    return tuple(
        _reason(problem, quarters, finish, candidate)
        for name, candidate in problem.by_id.items()
        if name not in quarters
    )


def _reason(problem: PlanProblem, quarters: Quarters, finish: dict[str, int], candidate: Candidate) -> LeftOut:
    name = candidate.id
    if name in problem.ruled_out:
        return _banned(problem, name)
    last = WEEKS_IN_QUARTER * problem.horizon
    earliest = problem.chains.earliest[name]
    if earliest is None or earliest > last:
        return LeftOut(name, "TOO_LONG_CHAIN", _too_long(problem, name))
    if candidate.value == 0:
        return LeftOut(name, "BELOW_CUT", "It adds no points of its own, and no chosen action needs it.")
    missing = tuple(sorted(need for need in candidate.needs if need not in quarters))
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        return LeftOut(name, "NEEDS", f"It needs {_listed(missing)}, which {verb} not in the plan.", missing)
    return _no_room(problem, quarters, finish, candidate)


def _banned(problem: PlanProblem, name: str) -> LeftOut:
    if name in problem.banned:
        return LeftOut(name, "BANNED", "It is banned from this plan.")
    others = tuple(sorted(problem.banned & problem.chains.longest[name].keys()))
    return LeftOut(name, "BANNED", f"It needs {_listed(others)}, banned from this plan.", others)


def _too_long(problem: PlanProblem, name: str) -> str:
    slow = [p for p in problem.chains.longest[name] if problem.by_id[p].weeks > WEEKS_IN_QUARTER]
    if slow:
        which = "It" if name in slow else sorted(slow)[0]
        return f"{which} takes more than the {WEEKS_IN_QUARTER} weeks of a quarter."
    return (
        f"With all it needs it would end in week {problem.chains.earliest[name]}, "
        f"and the plan has {WEEKS_IN_QUARTER * problem.horizon}."
    )


def _no_room(problem: PlanProblem, quarters: Quarters, finish: dict[str, int], candidate: Candidate) -> LeftOut:
    name = candidate.id
    options = [room for room in _rooms(problem, quarters) if fits_after(problem, finish, name, room.quarter)]
    for room in options:
        if candidate.effort <= room.days and room.slots < 1:
            detail = (
                f"Quarter {room.quarter} has the {days(candidate.effort)} for it, "
                f"but its {problem.wip} slots are taken."
            )
            return LeftOut(name, "WIP", detail, quarter=room.quarter)
    shared = _shared_limit(problem, quarters, candidate, options)
    if shared is not None:
        return shared
    if not options:
        week = max(finish[need] for need in candidate.needs)
        detail = f"What it needs ends in week {week}; no quarter after that has its {candidate.weeks} weeks."
        return LeftOut(name, "NO_CAPACITY", detail)
    best = max(options, key=lambda room: (room.days, -room.quarter))
    shortfall = max(candidate.effort - best.days, 0)
    detail = (
        f"It takes {days(candidate.effort)}; quarter {best.quarter} has {_figure(best.days)} left, "
        f"{_figure(shortfall)} too few."
    )
    return LeftOut(name, "NO_CAPACITY", detail, quarter=best.quarter, shortfall=shortfall)


def _shared_limit(
    problem: PlanProblem, quarters: Quarters, candidate: Candidate, options: list[_Room]
) -> LeftOut | None:
    """The first quarter that has days and a slot for an action but no room in a limit it shares."""
    for at in sorted(problem.limits_of[candidate.id], key=lambda at: problem.shared_limits[at].kind):
        limit = problem.shared_limits[at]
        load = limit.load[candidate.id]
        for room in options:
            left = limit.most - sum(limit.load.get(name, 0) for name, q in quarters.items() if q == room.quarter)
            if room.slots < 1 or candidate.effort > room.days or load <= left:
                continue
            where = f"Quarter {room.quarter} has the {days(candidate.effort)} for it"
            if limit.kind == "dimension":
                detail = f"{where}, but its {_figure(limit.most)} places for {limit.name} are taken."
                return LeftOut(candidate.id, "DIMENSION_LIMIT", detail, quarter=room.quarter)
            detail = f"{where}, but {limit.name} has {_figure(left)} left there, {_figure(load - left)} too few."
            return LeftOut(candidate.id, "ROLE_LIMIT", detail, quarter=room.quarter, shortfall=load - left)
    return None


class _Room:
    """What a quarter of the finished plan has left."""

    def __init__(self, quarter: int, days_left: Days, slots: int) -> None:
        self.quarter, self.days, self.slots = quarter, days_left, slots


def _rooms(problem: PlanProblem, quarters: Quarters) -> Iterator[_Room]:
    for quarter, capacity in enumerate(problem.capacity, 1):
        here = [problem.by_id[name].effort for name, q in quarters.items() if q == quarter]
        yield _Room(quarter, capacity - sum(here), problem.wip - len(here))


def empty_reason(problem: PlanProblem) -> str:
    """Why a plan holds nothing: at target, no slot, no capacity, no time, or all banned."""
    worth = [c for c in problem.by_id.values() if c.value > 0]
    if not worth:
        return "at target"
    if problem.wip < 1:
        return "no slot"
    open_to_all = [c for c in worth if c.id not in problem.ruled_out]
    if not open_to_all:
        return "all banned"
    last = WEEKS_IN_QUARTER * problem.horizon
    ends = [problem.chains.earliest[c.id] for c in open_to_all]
    if all(week is None or week > last for week in ends):
        return "no time"
    return "no capacity"


def days(amount: Days) -> str:
    """Person-days in words: `1 person-day`, `4.5 person-days`."""
    return f"{_figure(amount)} person-day{'' if amount == 1 else 's'}"


def _figure(amount: Days) -> str:
    number = Fraction(amount)
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.7g}"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
