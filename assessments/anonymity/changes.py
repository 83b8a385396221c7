"""Change between two publications: shown so that it never gives a joiner or leaver away (R18, R19)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

DEAD_BAND = 0.3
LEAST_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Move:
    """How a dimension moved. `difference` (one decimal) is None where only the direction may be said."""

    direction: Literal["up", "about the same", "down"]
    difference: float | None = None


def people_moved(before: Collection[int], now: Collection[int]) -> int:
    """How many invited people joined or left between two rounds: {1, 2, 3} and {2, 3, 4} give 2."""
    return len(set(before) ^ set(now))


def moves(
    before: Mapping[str, float | None],
    now: Mapping[str, float | None],
    items_shown: Mapping[str, int],
    *,
    moved: int,
    k: int,
) -> dict[str, Move]:
    """Change per dimension, for those published in both rounds with three items or more.

    With nobody or at least k people moved the difference is shown to one decimal; in between only its direction,
    with a dead band of 0.3. 2.4 -> 2.6 and one joiner: about the same. 2.4 -> 2.8: up.
    """
    found = {}
    for name, value in now.items():
        was = before.get(name)
        if value is None or was is None or items_shown.get(name, 0) < LEAST_ITEMS:
            continue
        difference = round(value - was, 1) + 0.0
        direction: Literal["up", "about the same", "down"] = (
            "about the same" if abs(difference) <= DEAD_BAND else "up" if difference > 0 else "down"
        )
        found[name] = Move(direction, None if 0 < moved < k else difference)
    return found
