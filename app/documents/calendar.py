"""iCalendar (RFC 5545) from plain values: a feed to subscribe to, a plan to take away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

MAKER = "-//Cairn//Deadlines//EN"


@dataclass(frozen=True)
class Dated:
    """Something with a day, or with a time on it.

    `uid` never changes for the same thing and `sequence` only rises. `day` is all there is for something that lasts the
    whole day; with `starts_at` ('14:00') it begins then, as the clocks of `zone` show it, and lasts `minutes`."""

    uid: str
    sequence: int
    day: date
    title: str
    text: str = ""
    href: str = ""
    kind: str = ""
    starts_at: str = ""
    minutes: int = 0
    zone: str = "UTC"
    place: str = ""
    is_dropped: bool = False


def calendar_text(name: str, entries: Sequence[Dated], *, site: str, now: datetime) -> bytes:
    """The calendar as a file. *site* is the address that `href` starts from; its host is part of every UID.

    Dated('action-7', 2, date(2026, 11, 27), 'Hold the review') at https://cairn.example gives an all-day event from
    20261127 to 20261128 with UID action-7@cairn.example and SEQUENCE 2. A time the clocks skip is the next one that
    exists; of one that comes twice the first is meant."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    host = site.partition("://")[2].partition("/")[0].partition(":")[0] or "localhost"
    for one in entries:
        calendar.add_component(_entry(one, site, host, now))
    days = [one.day for one in entries] or [now.date()]
    calendar.add_missing_timezones(date(min(days).year, 1, 1), date(max(days).year + 2, 1, 1))
    return bytes(calendar.to_ical())


def _entry(one: Dated, site: str, host: str, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{one.uid}@{host}")
    entry.add("sequence", one.sequence)
    entry.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    entry.add("summary", one.title)
    if one.starts_at:
        begins = _begins(one)
        entry.add("dtstart", begins)
        entry.add("dtend", (begins.astimezone(UTC) + timedelta(minutes=one.minutes)).astimezone(begins.tzinfo))
    else:
        entry.add("dtstart", one.day)
        entry.add("dtend", one.day + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
    entry.add("status", "CANCELLED" if one.is_dropped else "CONFIRMED")
    entry.add("class", "PRIVATE")
    if one.kind:
        entry.add("categories", [one.kind])
    if one.place:
        entry.add("location", one.place)
    if one.href:
        entry.add("url", f"{site}{one.href}")
    text = "\n".join(part for part in (one.text, f"{site}{one.href}" if one.href else "") if part)
    if text:
        entry.add("description", text)
    return entry


def _begins(one: Dated) -> datetime:
    hour, minute = (int(part) for part in one.starts_at.split(":"))
    zone = ZoneInfo(one.zone)
    wall = datetime(one.day.year, one.day.month, one.day.day, hour, minute, tzinfo=zone)
    return wall.astimezone(UTC).astimezone(zone)  # carries a time that the clocks skip to one that exists
