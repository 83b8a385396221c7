"""The staged level: what can be relied upon, and what holds it back (domain 3.4)."""

from __future__ import annotations

from collections.abc import Sequence

from assessments.scoring.results import HoldBack, HoldBackRule

Levels = Sequence[tuple[str, int, bool]]
"""Item id, its level, and whether it is a key item."""


def low_median(values: Sequence[int | float]) -> int | float:
    """The value at position ceil(n/2): [3,4,3,4,3] -> 3, [2,2,4,4] -> 2, [2,3,4] -> 3."""
    return sorted(values)[(len(values) - 1) // 2]


def violations(levels: Levels, level: int) -> tuple[HoldBack, ...]:
    """The items that keep a dimension from this level: rules (a) share, (b) key, (c) floor."""
    reached = sum(have >= level for _, have, _ in levels)
    share_fails = 5 * reached < 4 * len(levels)
    found = []
    for item_id, have, key in levels:
        rules: list[HoldBackRule] = []
        if have < level and share_fails:
            rules.append("share")
        if have < level and key:
            rules.append("key")
        if have < level - 1:
            rules.append("floor")
        if rules:
            found.append(HoldBack(item_id, have, level, tuple(rules)))
    return tuple(found)


def staged_level(levels: Levels, top: int) -> int | None:
    """The largest k whose rules hold for every level from 2 to k, else 1; None without items.

    Levels 3,3,3,3,3,2 with keys 1 and 2: 3. With item 2 at 2 and item 6 at 3, or with item 6 at 1: 2.
    """
    if not levels:
        return None
    reached = 1
    while reached < top and not violations(levels, reached + 1):
        reached += 1
    return reached


def holding_back(levels: Levels, top: int) -> tuple[HoldBack, ...]:
    """The items that keep a dimension from the level after the one it reached."""
    reached = staged_level(levels, top)
    return () if reached is None or reached >= top else violations(levels, reached + 1)
