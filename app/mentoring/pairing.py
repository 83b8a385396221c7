"""The rules of a pairing: what a mentor covers, which place is free, how long it runs, when it has gone quiet. No clock, no rows."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.records.skills import Gap
from assessments.skills import HELD_AT

LARGEST = 3
MONTHS = 6
REVIEW_WEEKS = 12
SILENT_DAYS = 30
WAITING_DAYS = 14
MOST_GOALS = 3
MOST_STEPS = 3
CAPACITY = (1, 3)
NOT_YET = "This pairing begins when the mentor accepts the request."
RHYTHMS = {"one session a week": 52, "two sessions a month": 24, "one session a month": 12}
USUAL_RHYTHM = "two sessions a month"
USUAL_LIMITS = (
    "What we say stays between the two of us, unless we both agree to pass it on or somebody may come to harm. "
    "The mentor guides and does not manage, appraise or do the work. Either of us may end this at any time without a reason."
)


@dataclass(frozen=True)
class AgreedGoal:
    """A goal as it is agreed: a competence from one level to a higher one, by a day. `row` is where it stood in the form."""

    row: int
    competence: str
    text: str
    from_level: int
    to_level: int
    due_on: date


@dataclass(frozen=True)
class NextStep:
    """Something one of the two will do: `mine` when it is the one who writes it down."""

    text: str
    mine: bool
    due_on: date | None


def covered(gaps: Sequence[Gap], levels: Mapping[str, int]) -> tuple[Gap, ...]:
    """Which of the three largest gaps somebody with these levels can help with: 3 or more, and more than I have (domain 7.6).

    Gaps P03 2, P06 1 and levels P03 3, P06 2: P03 alone.
    """
    return tuple(
        gap for gap in gaps[:LARGEST] if levels.get(gap.competence, 0) >= HELD_AT and levels[gap.competence] > (gap.have or 0)
    )


def cover(gaps: Sequence[Gap], levels: Mapping[str, int]) -> float:
    """How much of all gaps somebody is ahead in, 0 to 1: sum of min(gap, lead) over sum of gaps (domain 7.6).

    Gaps P03 2, P06 1, H03 1 and a lead of 1, 2 and 0: (1 + 1 + 0) / 4 = 0.5. Without gaps 0.
    """
    whole = sum(gap.gap for gap in gaps)
    ahead = sum(min(gap.gap, max(0, levels.get(gap.competence, 0) - (gap.have or 0))) for gap in gaps)
    return ahead / whole if whole else 0.0


def free_slots(capacity: int, taken: Collection[int | None]) -> tuple[int, ...]:
    """The free places of a mentor in order. Capacity 3 with place 2 taken: 1 and 3."""
    return tuple(slot for slot in range(1, capacity + 1) if slot not in taken)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 31 August plus six months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def expected_sessions(rhythm: str, begins: date | None, ends: date | None) -> int | None:
    """How many sessions a rhythm makes between two days; None for a rhythm in other words.

    Two a month from 5 October to 5 April, 182 days: 182 / 365 x 24 = 12.
    """
    if rhythm not in RHYTHMS or begins is None or ends is None:
        return None
    return max(1, round((ends - begins).days / 365 * RHYTHMS[rhythm]))


def review_day(begins: date) -> date:
    """The day after twelve weeks, to look at the goals together."""
    return begins + timedelta(weeks=REVIEW_WEEKS)


def is_silent(last: date | None, begins: date | None, today: date) -> bool:
    """No session for more than 30 days, counted from the last one or from the agreement."""
    since = last or begins
    return since is not None and (today - since).days > SILENT_DAYS


def spoken(minutes: int) -> str:
    """150 minutes are '2 h 30 min', 120 are '2 h', 45 are '45 min'."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} h"] if hours else []), *([f"{rest} min"] if rest or not hours else [])])


def first_name(name: str) -> str:
    """What the two call each other: the first word of the name."""
    return (name.split() or [name])[0]


def skipped_to(day: date, clock_time: str, zone: str) -> str:
    """The next time that exists when the clocks jump over *clock_time* on that day; '' when it exists.

    Berlin, 28 March 2027, 02:30 -> '03:30'.
    """
    hour, minute = (int(part) for part in clock_time.split(":"))
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    back = wall.astimezone(UTC).astimezone(ZoneInfo(zone))
    return "" if back.replace(tzinfo=None) == wall.replace(tzinfo=None) else f"{back:%H:%M}"


def first_of_two(day: date, clock_time: str, zone: str) -> str:
    """Which *clock_time* is meant when the clocks go back over it and it comes twice: the first, by its distance from UTC; '' otherwise.

    Berlin, 25 October 2026, 02:30 -> 'UTC+02:00'.
    """
    hour, minute = (int(part) for part in clock_time.split(":"))
    first = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo(zone))
    twice = (first.utcoffset() or timedelta()) > (first.replace(fold=1).utcoffset() or timedelta())
    return f"UTC{first.isoformat()[-6:]}" if twice else ""
