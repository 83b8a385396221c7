"""How values are worded on a page: dates, counts, levels, numbers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from flask import Flask

from app.access import anybody
from app.ui.kept import GAP, filled, once

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def half_up(value: float, places: int = 2) -> Decimal:
    """The number that is shown for a value: 1.125 -> 1.13, where Python's own rounding gives 1.12."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def rounded(value: float | None, places: int = 2) -> str:
    """Round half up for display; '–' for a value that is not defined. 1.125 -> '1.13', -0.224 -> '−0.22'."""
    if value is None:
        return "–"
    shown = half_up(value, places)
    return f"{'−' if shown < 0 else ''}{abs(shown)}"


def thousands(value: int | None) -> str:
    """7027 -> '7,027'."""
    return "–" if value is None else f"{value:,}"


def day(value: date | None) -> str:
    """27 November 2026."""
    return "–" if value is None else f"{value.day} {value:%B} {value.year}"


def short_day(value: date | None) -> str:
    """Fri 27 Nov."""
    return "–" if value is None else f"{value:%a} {value.day} {value:%b}"


def day_month(value: date | None) -> str:
    """27 Nov 2026."""
    return "–" if value is None else f"{value.day} {value:%b} {value.year}"


def long_day(value: date) -> str:
    """Friday 27 November 2026."""
    return f"{value:%A} {day(value)}"


def local(value: datetime | None) -> datetime | None:
    """The moment in the time zone of the person who reads."""
    if value is None:
        return None
    asking = anybody()
    return value.astimezone(ZoneInfo(asking.time_zone if asking else "UTC"))


def moment(value: datetime | None) -> str:
    """27 November 2026, 14:32 in the reader's time zone."""
    here = local(value)
    return "–" if here is None else f"{day(here.date())}, {here:%H:%M}"


def clock_time(value: datetime | None) -> str:
    """14:32 in the reader's time zone."""
    here = local(value)
    return "–" if here is None else f"{here:%H:%M}"


def local_day(value: datetime | None) -> str:
    """The reader's calendar day of a moment."""
    here = local(value)
    return "–" if here is None else day(here.date())


def count(number: int, one: str, many: str = "", words: bool = True) -> str:
    """'one answer', 'three answers', '12 answers'; plain digits with words=False."""
    shown = SMALL[number] if words and 0 <= number <= 10 else f"{number:,}"
    return f"{shown} {one if number == 1 else many or one + 's'}"


def initials(name: str) -> str:
    """Nia Okafor -> NO."""
    parts = name.split()
    return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper() or "?"


def sentence(text: str) -> str:
    """First letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def joined(words: list[str] | tuple[str, ...]) -> str:
    """a, b and c."""
    items = list(words)
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def install(app: Flask) -> None:
    """Make the wordings known to templates."""
    app.jinja_env.globals["once"] = once
    for name, function in {
        "rounded": rounded, "thousands": thousands, "day": day, "short_day": short_day, "day_month": day_month,
        "long_day": long_day, "moment": moment, "local_day": local_day, "count": count, "initials": initials,
        "sentence": sentence, "joined": joined, "clock_time": clock_time, "filled": filled,
    }.items():
        app.jinja_env.filters[name] = function
    app.jinja_env.globals["gap"] = GAP
