"""When a round stops taking answers: at the end of its closing day where the organisation is, with half a minute of grace."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GRACE = timedelta(seconds=30)


def end_of(day: date, zone: str) -> datetime:
    """The first moment after *day* in *zone*."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone))


def takes_answers(closes_on: date | None, zone: str, now: datetime) -> bool:
    """Whether an answer that arrives *now* still counts. A round without a closing day stays open until it is closed.

    Closing on 27 November in UTC: 29 s after midnight counts, 31 s after does not."""
    return closes_on is None or now <= end_of(closes_on, zone) + GRACE
