"""Packs: actions that are begun together. Where each fits into the quarters of a plan, before the planner does the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.improvements import Improvement, action_id
from assessments.planning.chains import WEEKS_IN_QUARTER


@dataclass(frozen=True)
class Placed:
    """Actions with the quarter they are wished for, and those that found no room: (action, what it waits for or '')."""

    quarters: Mapping[str, int]
    left: tuple[tuple[str, str], ...]


def placed(
    actions: Sequence[Improvement], levels: Mapping[str, int], capacity: Sequence[int], most: int, taken: Sequence[tuple[int, int]] = (),
    under_way: Sequence[str] = (),
) -> Placed:
    """A quarter for each action in the order of the pack: the first with days and a place left, never before what it needs.

    *capacity* is person-days of each quarter, *most* the actions of one, *taken* (days, actions) already spoken for in each. An
    action that needs something neither reached, under way nor placed is left, for it would make the plan impossible.
    Seven steps of a new office, 42 days, with 25 days a quarter and four actions: two quarters of four and a third of two.
    """
    days = [free - used for free, used in zip(capacity, [*(d for d, _ in taken), *[0] * len(capacity)], strict=False)]
    room = [most - used for used in [*(n for _, n in taken), *[0] * len(capacity)]][: len(capacity)]
    ends: dict[str, tuple[int, int]] = {}
    left: list[tuple[str, str]] = []
    for action in actions:
        needs = [need for need in _needs(action, levels) if need not in under_way]
        missing = next((need for need in needs if need not in ends), "")
        quarter = None if missing else _first(action, [ends[need] for need in needs], days, room)
        if quarter is None:
            left.append((action.id, missing))
            continue
        days[quarter - 1] -= action.effort.likely
        room[quarter - 1] -= 1
        before = max((weeks for at, weeks in (ends[need] for need in needs) if at == quarter), default=0)
        ends[action.id] = (quarter, before + action.weeks)
    return Placed({name: quarter for name, (quarter, _) in ends.items()}, tuple(left))


def _needs(action: Improvement, levels: Mapping[str, int]) -> list[str]:
    """The actions that bring what is not reached yet; items without a known level are ignored, as the planner does."""
    own = [(action.item, action.from_level)] if action.from_level > 1 else []
    return [action_id(item, level) for item, level in [*action.needs.items(), *own] if item in levels and levels[item] < level]


def _first(action: Improvement, ends: Sequence[tuple[int, int]], days: Sequence[int], room: Sequence[int]) -> int | None:
    earliest = max((quarter for quarter, _ in ends), default=1)
    for quarter in range(earliest, len(days) + 1):
        before = max((weeks for at, weeks in ends if at == quarter), default=0)
        if room[quarter - 1] > 0 and action.effort.likely <= days[quarter - 1] and before + action.weeks <= WEEKS_IN_QUARTER:
            return quarter
    return None
