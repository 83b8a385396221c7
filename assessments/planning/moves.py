"""Moving actions of a plan that is being carried out: does the order still hold, and when do they end?"""

from __future__ import annotations

from collections.abc import Mapping

from assessments.planning.chains import WEEKS_IN_QUARTER, Chains, Steps
from assessments.planning.plans import Quarters


def ends(steps: Steps, quarters: Quarters) -> dict[str, int]:
    """The smallest finish week of each action in its quarter, weeks counted from the start of the plan.

    `steps` holds weeks and needs; needs without a quarter (done, or not in the plan) hold nobody up.
    6 weeks in quarter 2 after a need that ends in week 12 end in week 19.
    """
    found: dict[str, int] = {}
    for name in _known(steps, quarters).order:
        weeks, needs = steps[name]
        begin = [found[need] for need in needs if need in quarters]
        found[name] = max([WEEKS_IN_QUARTER * (quarters[name] - 1), *begin]) + weeks
    return found


def order_faults(steps: Steps, quarters: Quarters) -> dict[str, str]:
    """A sentence for each action that cannot stand in its quarter because of what it needs."""
    week = ends(steps, quarters)
    found = {}
    for name, quarter in quarters.items():
        weeks, needs = steps[name]
        if week[name] <= WEEKS_IN_QUARTER * quarter:
            continue
        last = max((need for need in needs if need in quarters), key=lambda need: (week[need], need), default="")
        if not last:
            found[name] = f"{name} takes {weeks} weeks, more than a quarter has."
        elif quarters[last] > quarter:
            found[name] = f"{name} needs {last}, which stands in a later quarter."
        else:
            found[name] = f"{name} takes {weeks} weeks and needs {last} first, which ends in week {week[last]}: too late for that quarter."
    return found


def new_faults(steps: Steps, before: Quarters, after: Quarters) -> list[str]:
    """What a move would break that was in order before, by id."""
    known = order_faults(steps, before)
    return [sentence for name, sentence in sorted(order_faults(steps, after).items()) if name not in known]


def _known(steps: Steps, quarters: Quarters) -> Chains:
    held: Mapping[str, tuple[int, tuple[str, ...]]] = {
        name: (steps[name][0], tuple(need for need in steps[name][1] if need in quarters)) for name in quarters
    }
    return Chains.of(held)
