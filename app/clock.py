"""The only source of time in the site: rules and tests take it as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def today(time_zone: str = "UTC") -> date:
    """The calendar day it is now in *time_zone* (an IANA name that was checked when it was stored)."""
    return now().astimezone(ZoneInfo(time_zone)).date()
