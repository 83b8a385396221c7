"""The agenda of a talk about items whose answers lie far apart: in which order, and how long for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

OPENING, CLOSING = 5, 5
LEAST, A_STEP, FOR_A_KEY_ITEM, LONGEST = 5, 2, 3, 15
ENOUGH = 90


@dataclass(frozen=True, slots=True)
class Topic:
    """An item to talk about. `ad` is the mean distance from the mean, None where it is not shown; `span` the levels between the outermost answers."""

    item: str
    is_key: bool
    ad: float | None
    span: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda; `starts` and `minutes` count from the beginning of the talk. `fits` says whether it ends within 90 minutes."""

    item: str
    starts: int
    minutes: int
    fits: bool


def agenda(topics: Sequence[Topic]) -> tuple[Point, ...]:
    """Key items first, then the widest spread; equal ones stay in the order given.

    Each gets 5 minutes, 2 more for every level beyond the first between the outermost answers and 3 for a key item, at most 15;
    where the spread is not shown, as if it were two levels. The talk opens with 5 minutes and closes with 5.
    A key item answered from 1 to 4 gets 5 + 2 x 2 + 3 = 12 minutes and starts at 5, so the next starts at 17."""
    at, points = OPENING, []
    for topic in sorted(topics, key=lambda t: (not t.is_key, -(t.ad or 0.0))):
        minutes = minutes_for(topic)
        points.append(Point(topic.item, at, minutes, at + minutes + CLOSING <= ENOUGH))
        at += minutes
    return tuple(points)


def minutes_for(topic: Topic) -> int:
    """How long to plan for one item, in minutes."""
    span = 2 if topic.span is None else topic.span
    return min(LONGEST, LEAST + A_STEP * max(0, span - 1) + FOR_A_KEY_ITEM * topic.is_key)


def length(points: Sequence[Point]) -> int:
    """Minutes of the whole talk, opening and closing included; 0 when there is nothing to talk about."""
    return points[-1].starts + points[-1].minutes + CLOSING if points else 0
