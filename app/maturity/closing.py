"""When a round stops taking answers: at the end of its closing day where the organisation is, with half a minute of grace.

Also when people are reminded before that, and how the moment is worded for somebody who lives elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE = timedelta(seconds=30)
DAYS_BEFORE, FIRST_HOUR = 3, 8
ONE_A_DAY = timedelta(days=1)
GUESTS_STAY = timedelta(days=90)


def end_of(day: date, zone: str) -> datetime:
    """The first moment after *day* in *zone*."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))


def takes_answers(closes_on: date | None, zone: str, now: datetime) -> bool:
    """Whether an answer that arrives *now* still counts. A round without a closing day stays open until it is closed.

    Closing on 27 November in UTC: 29 s after midnight counts, 31 s after does not."""
    return closes_on is None or now <= end_of(closes_on, zone) + GRACE


def last_moment(closes_on: date, zone: str, theirs: str) -> str:
    """The last minute of the closing day as a clock at *theirs* shows it, with the name of that zone.

    27 November 2026 in UTC is for Tokyo 'Saturday 28 November 2026, 08:59 (Asia/Tokyo)'."""
    at = (end_of(closes_on, zone) - timedelta(minutes=1)).astimezone(ZoneInfo(theirs))
    return f"{at:%A} {at.day} {at:%B %Y}, {at:%H:%M} ({theirs.replace('_', ' ')})"


def elsewhere(closes_on: date | None, zone: str, theirs: str) -> str:
    """The last minute worded for somebody whose clock shows another one then; '' where it shows 23:59 of that day, too."""
    if closes_on is None or (end_of(closes_on, zone) - timedelta(minutes=1)).astimezone(ZoneInfo(theirs)).replace(tzinfo=None) == datetime.combine(closes_on, time(23, 59)):
        return ""
    return last_moment(closes_on, zone, theirs)


def reminder_is_due(closes_on: date, zone: str, now: datetime) -> bool:
    """Whether the reminder before the closing day is to go out: from 8 o'clock on the third day before it, until it ends.

    Closing on 27 November in UTC: from 24 November, 08:00."""
    first = datetime.combine(closes_on - timedelta(days=DAYS_BEFORE), time(FIRST_HOUR), ZoneInfo(zone))
    return first <= now < end_of(closes_on, zone)


def may_be_written_to(last_at: datetime | None, now: datetime) -> bool:
    """Whether a reminder may go to somebody last written to at *last_at*: at most one letter a day."""
    return last_at is None or now - last_at >= ONE_A_DAY
