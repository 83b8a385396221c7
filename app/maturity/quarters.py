"""The calendar of a plan: it starts on a Monday, its quarters have 13 weeks, an action is due on the Friday of its finish week."""

from __future__ import annotations

from datetime import date, timedelta

WEEKS = 13
DAYS = 7 * WEEKS


def next_monday(today: date) -> date:
    """The first Monday after today: Thursday 12 November 2026 gives 16 November; a Monday gives the next one."""
    return today + timedelta(days=7 - today.weekday())


def due_on(starts_on: date, finish_week: int) -> date:
    """The Friday of a week of the plan: started on 29 June 2026, week 3 ends on Friday 17 July."""
    return starts_on + timedelta(days=7 * finish_week - 3)


def span(starts_on: date, quarter: int) -> tuple[date, date]:
    """First Monday and last Friday of a quarter of the plan, 1 being the first."""
    return starts_on + timedelta(days=DAYS * (quarter - 1)), starts_on + timedelta(days=DAYS * quarter - 3)


def names(starts_on: date, horizon: int) -> tuple[str, ...]:
    """What people call the quarters: that of the calendar which holds the middle of the first, then one after the other.

    Started on 29 June 2026: Q3 2026, Q4 2026, Q1 2027, Q2 2027."""
    middle = starts_on + timedelta(days=DAYS // 2)
    first = 4 * middle.year + (middle.month - 1) // 3
    return tuple(f"Q{number % 4 + 1} {number // 4}" for number in range(first, first + horizon))


def quarter_of(starts_on: date, day: date) -> int:
    """The quarter of the plan a day lies in: 1 in the first 13 weeks, 0 or less before the start."""
    return (day - starts_on).days // DAYS + 1


def behind(due: date, today: date) -> str:
    """How late something is: '2 weeks behind', '1 day behind'; '' while it is not."""
    late = (today - due).days
    if late <= 0:
        return ""
    number, unit = (late // 7, "week") if late >= 14 else (late, "day")
    return f"{number} {unit}{'' if number == 1 else 's'} behind"
