"""Why an action is in a plan, and why in its quarter: figures and one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.planning.checks import finish_weeks, fits_after
from assessments.planning.explanations import days
from assessments.planning.plans import Quarters
from assessments.planning.problem import PlanProblem

Cause = Literal["STARTED", "PINNED", "FIRST", "NEEDS", "NO_CAPACITY", "WIP", "SHARED_LIMIT", "STAYS", "BALANCE"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why one chosen action stands where it stands.

    `rank` is its place of `among` by points per person-day (1 is best). `opens` are the chosen actions
    that need it at any distance and `opens_points` their points together. `cause` and `now` say why it
    is in this quarter and not before.
    """

    action: str
    rank: int
    among: int
    opens: tuple[str, ...]
    opens_points: int
    cause: Cause
    now: str


def whys(problem: PlanProblem, quarters: Quarters) -> tuple[Why, ...]:
    """A reason for every chosen action, by id.

    In MINI with 15 days and 2 slots VAL-1.L2 is the best of seven (70 points a day), opens VAL-1.L3 and
    VAL-2.L3 with 560 points, and stands in quarter 1 because nothing has to come before it.
    """
    finish = finish_weeks(problem, quarters)
    rates = {c.id: Fraction(c.value) / c.effort if c.effort else Fraction(c.value) for c in problem.by_id.values()}
    found = []
    for name in sorted(quarters):
        opens = tuple(sorted(n for n in quarters if n != name and name in problem.chains.longest[n]))
        cause, now = _when(problem, quarters, finish, name)
        rank = 1 + sum(rate > rates[name] for rate in rates.values())
        points = sum(problem.by_id[n].value for n in opens)
        found.append(Why(name, rank, len(rates), opens, points, cause, now))
    return tuple(found)


def _when(problem: PlanProblem, quarters: Quarters, finish: dict[str, int], name: str) -> tuple[Cause, str]:
    candidate, quarter = problem.by_id[name], quarters[name]
    if candidate.started:
        return "STARTED", "It is under way, so it goes on first."
    if problem.pinned.get(name) == quarter:
        return "PINNED", f"It was fixed to quarter {quarter}."
    if quarter == 1:
        return "FIRST", "It can begin at once, and early points count longer."
    before = quarter - 1
    if not fits_after(problem, finish, name, before):
        last = max(candidate.needs, key=lambda need: (finish.get(need, 0), need))
        end = finish.get(last, 0)
        return "NEEDS", f"{last} has to end first, in week {end}; after that quarter {before} has too few weeks for it."
    here = [n for n, q in quarters.items() if q == before]
    left = problem.capacity[before - 1] - sum(problem.by_id[n].effort for n in here)
    if candidate.effort > left:
        return "NO_CAPACITY", f"It takes {days(candidate.effort)}, and quarter {before} has {days(left)} left."
    if len(here) >= problem.wip:
        return "WIP", f"Quarter {before} has days for it, but its {problem.wip} slots are taken."
    for at in problem.limits_of[name]:
        limit = problem.shared_limits[at]
        if limit.load[name] + sum(limit.load.get(n, 0) for n in here) > limit.most:
            return "SHARED_LIMIT", f"Quarter {before} has days and a slot for it, but {limit.words} is reached."
    if problem.keep.get(name) == quarter:
        return "STAYS", f"It stays in quarter {quarter}, where it was."
    return "BALANCE", f"Quarter {before} would take it, but the order of the whole plan is no better for it."


def percent_more(value: int, greedy: int) -> float | None:
    """How much more a plan is worth than the greedy one, in percent: 8.7 for 7027 against 6463.

    None where the greedy plan is worth nothing, and where it is worth more because this plan gave points up to keep promises."""
    return 100 * (value - greedy) / greedy if 0 < greedy <= value else None


def improvement_words(value: int, greedy: int) -> str:
    """How much a plan is worth beside the greedy one, in a sentence: 7027 against 6463 is 564 points or 8.7 % more."""
    gain = value - greedy
    if gain == 0:
        return "Taking the best action first would be worth just as much here."
    if gain < 0:
        return f"Taking the best action first would bring {-gain:,} points more; this plan gives them up to keep what was promised."
    share = f" or {100 * gain / greedy:.1f} %" if greedy else ""
    return f"Taking the best action first would bring {greedy:,} points. This plan brings {gain:,} points{share} more for the same limits."
