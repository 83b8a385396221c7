"""Calendars as a calendar program reads them."""

from __future__ import annotations

from typing import Any

from icalendar import Calendar


def read_back(body: bytes | str) -> dict[str, Any]:
    """The entries of a calendar by the part of their name before the @."""
    calendar = Calendar.from_ical(body)
    return {str(entry["uid"]).partition("@")[0]: entry for entry in calendar.walk("VEVENT")}
