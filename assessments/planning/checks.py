"""Is a choice of quarters allowed? Written from the rules, independent of how the choice was found."""

from __future__ import annotations

from assessments.planning.chains import WEEKS_IN_QUARTER, finish_week
from assessments.planning.plans import Quarters
from assessments.planning.problem import PlanProblem


def finish_weeks(problem: PlanProblem, quarters: Quarters) -> dict[str, int]:
    """The smallest finish week of every chosen action, counted from the start of the plan.

    An action whose needs leave it too few weeks ends after its quarter; `violations` reports that.
    """
    found: dict[str, int] = {}
    for name in problem.chains.order:
        if name in quarters:
            candidate = problem.by_id[name]
            begin = WEEKS_IN_QUARTER * (quarters[name] - 1)
            ends = [found[need] for need in candidate.needs if need in found]
            found[name] = max([begin, *ends]) + candidate.weeks
    return found


def fits_after(problem: PlanProblem, finish: dict[str, int], name: str, quarter: int) -> bool:
    """Whether an action, placed in this quarter, can begin after its needs and end in time.

    `finish` holds the finish week of every chosen action; a need that is not chosen means no.
    """
    candidate = problem.by_id[name]
    if any(need not in finish for need in candidate.needs):
        return False
    week = finish_week(candidate.weeks, [finish[need] for need in candidate.needs], quarter)
    return week is not None and week <= WEEKS_IN_QUARTER * quarter


def violations(problem: PlanProblem, quarters: Quarters, *, quick_win: bool | None = None) -> list[str]:
    """Every rule the choice breaks, a sentence each; an empty list means that it is allowed."""
    found = [f"{name} is banned." for name in quarters if name in problem.ruled_out]
    found += [f"{n} is not in quarter {q}." for n, q in problem.pinned.items() if quarters.get(n) != q]
    for quarter, capacity in enumerate(problem.capacity, 1):
        here = [problem.by_id[name] for name, q in quarters.items() if q == quarter]
        if sum(c.effort for c in here) > capacity:
            found.append(f"Quarter {quarter} holds more effort than its capacity.")
        if len(here) > problem.wip:
            found.append(f"Quarter {quarter} holds more actions than its slots.")
        for limit in problem.shared_limits:
            if sum(limit.load.get(c.id, 0) for c in here) > limit.most:
                found.append(f"Quarter {quarter} holds more than {limit.words} allows.")
    finish = finish_weeks(problem, quarters)
    for name, quarter in quarters.items():
        if any(need not in quarters for need in problem.by_id[name].needs):
            found.append(f"{name} is chosen without what it needs.")
        if not 1 <= quarter <= problem.horizon or finish[name] > WEEKS_IN_QUARTER * quarter:
            found.append(f"{name} does not end inside quarter {quarter}.")
    rule = problem.quick_win if quick_win is None else quick_win
    if rule and problem.quick_wins and not any(quarters.get(name) == 1 for name in problem.quick_wins):
        found.append("Quarter 1 holds no quick win.")
    return found
