"""What should be looked at before it is believed: high levels nobody has shown anything for, and results that have grown old."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import sha256

CLAIMED = 2
"""How many of the highest levels count as a claim: on a scale of five, levels 4 and 5, which speak of figures and of improving by them."""
SAMPLE = 3
"""How many claims somebody should look at first."""
OLD_AFTER_DAYS = 365
"""A year on, people, projects and rules have changed; a convention."""


def unshown(levels: Iterable[tuple[str, int | None]], shown: Collection[str], top: int) -> tuple[str, ...]:
    """Ids of the items on one of the highest levels that have nothing to show, in the order given.

    *levels* are (item, level or None), *shown* the items with a file, a link or agreed evidence, *top* the highest level of the
    model. With top 5: ('A', 4) and ('B', 5) count, ('C', 3) does not; with A in *shown* only B is left.
    """
    return tuple(item for item, level in levels if level is not None and level > max(1, top - CLAIMED) and item not in shown)


def drawn_sample(items: Sequence[str], key: str, most: int = SAMPLE) -> tuple[str, ...]:
    """At most *most* of the items in the order given, drawn by the hash of *key* and item: nobody chooses, and every look draws the same."""
    first = sorted(items, key=lambda item: sha256(f"{key} {item}".encode()).digest())[:most]
    return tuple(item for item in items if item in first)


def is_old(closed: date, today: date) -> bool:
    """Whether a result is more than a year old."""
    return (today - closed).days > OLD_AFTER_DAYS
