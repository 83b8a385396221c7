"""Early warning of the usual roadblocks: which signs are there, and what to do first (domain 5.4b, template T44)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assessments.measures import State

QUARTERS = 2


@dataclass(frozen=True)
class Roadblock:
    """One thing young offices get stuck on, and its signs: the item at `level` or below, a measure off target twice, late actions.

    `late` is the number of late or blocked actions of the plan in use from which they are a sign, 0 for never.
    """

    name: str
    item: str
    level: int
    kpis: tuple[str, ...]
    late: int
    looks_like: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Warned:
    """A roadblock with the signs that are there, in words."""

    roadblock: Roadblock
    signs: tuple[str, ...]


def warned(
    roadblocks: Iterable[Roadblock], levels: Mapping[str, int], states: Mapping[str, Sequence[State]], names: Mapping[str, str], late: int,
) -> tuple[Warned, ...]:
    """The roadblocks with at least one sign, those with most signs first, then in the order given.

    *states* holds how each measure stood in its recorded quarters, oldest first; *names* its name. One bad quarter can be
    chance: a measure is a sign when its last two recorded quarters were off target. DEL-2 at level 1 and K06 off target in
    both give two signs of poor milestones.
    """
    found = [Warned(one, tuple(_signs(one, levels, states, names, late))) for one in roadblocks]
    return tuple(sorted((one for one in found if one.signs), key=lambda one: -len(one.signs)))


def _signs(one: Roadblock, levels: Mapping[str, int], states: Mapping[str, Sequence[State]], names: Mapping[str, str], late: int) -> Iterable[str]:
    if one.item in levels and levels[one.item] <= one.level:
        yield f"{one.item} stands at level {levels[one.item]}"
    for kpi in one.kpis:
        last = list(states.get(kpi, ()))[-QUARTERS:]
        if len(last) == QUARTERS and all(state == "off target" for state in last):
            yield f"{names.get(kpi, kpi)} was off target two quarters running"
    if one.late and late >= one.late:
        yield f"{late} actions of the plan are late or blocked"


def is_time_to_stop(found: Sequence[Warned], of: int) -> bool:
    """All roadblocks at once: add nothing until one has moved."""
    return of > 0 and len(found) == of
