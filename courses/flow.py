"""Where people get stuck and where they leave, without anybody being named.

A figure needs five people behind it. Numbers of people are rounded down to fives and shares are told in bands, so that taking
two figures from each other points at nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

LEAST = 5
LONG_DAYS, MANY_TRIES = 21, 3
BANDS = ((0.25, "fewer than a quarter"), (0.5, "a quarter to a half"), (2.0, "half or more"))


@dataclass(frozen=True)
class Walk:
    """One person in one lesson: when it was opened, the tries handed in, when its check was passed (None: not yet)."""

    opened: date
    tries: int
    passed: date | None


@dataclass(frozen=True)
class LessonFlow:
    """How a lesson goes. None where fewer than five people stand behind a figure.

    `people` have opened it, rounded down to fives; `tries` and `days` are medians of those who passed; `stuck` is the share that
    waits, in words; `look` says whether the lesson is worth a look.
    """

    people: int | None
    tries: float | None
    days: float | None
    stuck: str | None
    look: bool


def protected(number: int) -> int | None:
    """A number of people as it may be shown: 12 is 10, 5 is 5, and 4 is nothing."""
    return number - number % LEAST if number >= LEAST else None


def is_stuck(walk: Walk, today: date) -> bool:
    """Not passed though opened three weeks ago, or after three tries."""
    return walk.passed is None and ((today - walk.opened).days >= LONG_DAYS or walk.tries >= MANY_TRIES)


def lesson_flow(walks: Sequence[Walk], today: date) -> LessonFlow:
    """How a lesson goes for those who opened it.

    Of eight people six passed after 2, 2, 3, 4, 5 and 9 days with 1, 1, 1, 2, 2 and 4 tries, and one of the others has waited for a month:
    people 5, tries 1.5, days 3.5, stuck "fewer than a quarter".
    """
    if len(walks) < LEAST:
        return LessonFlow(None, None, None, None, False)
    done = [walk for walk in walks if walk.passed is not None]
    enough = len(done) >= LEAST
    tries = float(median(walk.tries for walk in done)) if enough else None
    days = float(median((walk.passed - walk.opened).days for walk in done if walk.passed)) if enough else None
    share = sum(is_stuck(walk, today) for walk in walks) / len(walks)
    words = next(words for limit, words in BANDS if share < limit)
    return LessonFlow(protected(len(walks)), tries, days, words, share >= BANDS[0][0] or (tries is not None and tries > 2))


@dataclass(frozen=True)
class Stage:
    """A step of a course and how many people reached it, rounded down to fives; None below five."""

    name: str
    people: int | None


def funnel(started: int, passed: Iterable[tuple[str, int]], complete: int) -> tuple[Stage, ...]:
    """Started, each lesson passed, complete. With fewer than five who started no number is shown at all."""
    steps = (("Started", started), *((f"Passed: {name}", number) for name, number in passed), ("Complete", complete))
    return tuple(Stage(name, protected(number) if started >= LEAST else None) for name, number in steps)
