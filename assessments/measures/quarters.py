"""Quarters of the calendar as running numbers, so that they can be counted and compared: 4 x year + 0 to 3."""

from __future__ import annotations

import re
from datetime import date

FIRST, LAST = 4 * 2000, 4 * 2100 - 1
CODE = re.compile(r"([12][0-9]{3})[- ]?[qQ]([1-4])|[qQ]([1-4])[- ]?([12][0-9]{3})")


def quarter_of(day: date) -> int:
    """The quarter a day lies in: 27 November 2026 is 8107, Q4 2026."""
    return 4 * day.year + (day.month - 1) // 3


def quarter_name(quarter: int) -> str:
    """What people call it: 8107 -> 'Q4 2026'."""
    return f"Q{quarter % 4 + 1} {quarter // 4}"


def quarter_code(quarter: int) -> str:
    """How it stands in addresses and files: 8107 -> '2026-Q4'."""
    return f"{quarter // 4}-Q{quarter % 4 + 1}"


def read_quarter(text: str) -> int | None:
    """'2026-Q4', '2026q4' and 'Q4 2026' are 8107; None for anything else and for years outside 2000 to 2099."""
    found = CODE.fullmatch(text.strip())
    if found is None:
        return None
    year, number = (found[1], found[2]) if found[1] else (found[4], found[3])
    quarter = 4 * int(year) + int(number) - 1
    return quarter if FIRST <= quarter <= LAST else None


def last_day(quarter: int) -> date:
    """The day a quarter ends: Q4 2026 on 31 December 2026."""
    after = quarter + 1
    return date.fromordinal(date(after // 4, 3 * (after % 4) + 1, 1).toordinal() - 1)
