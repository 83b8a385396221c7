"""The time limit of a check: how long somebody has, when a try ends, and what still counts then.

The end is fixed when a try is opened. Neither a closed page nor a second tab moves it, and what was kept until then counts.
"""

from datetime import datetime, timedelta
from typing import Literal

GRACE = timedelta(seconds=20)
NO_LIMIT = "none"
SHARES = {"0": "The usual time", "25": "25 % more", "50": "50 % more", "100": "100 % more", NO_LIMIT: "No limit"}
LEAST_MINUTES, MOST_MINUTES = 5, 240

Phase = Literal["running", "closing", "over"]


def minutes_for(minutes: int | None, extra: int | None) -> int | None:
    """Minutes somebody has with `extra` per cent more (None: no limit), rounded up; None without a limit.

    25 minutes and 50 per cent are 37.5, so 38.
    """
    if minutes is None or extra is None:
        return None
    return minutes - (-minutes * extra // 100)


def share_of(extra: int | None) -> str:
    """The key of SHARES for so many per cent more (None: no limit)."""
    return NO_LIMIT if extra is None else str(extra)


def extra_in(share: str) -> int | None:
    """The other way round: "50" is 50, "none" is None."""
    return None if share == NO_LIMIT else int(share)


def end_of(begun: datetime, minutes: int | None) -> datetime | None:
    """The moment a try ends, None without a limit."""
    return None if minutes is None else begun + timedelta(minutes=minutes)


def phase(ends_at: datetime | None, now: datetime) -> Phase:
    """How a try stands to its end.

    `closing` are the 20 seconds after it, for what was on its way: it is taken as it is, nothing is asked back. Once `over`,
    only what was kept before counts. A try that ends at 10:20:00 is closing until 10:20:20.
    """
    if ends_at is None or now < ends_at:
        return "running"
    return "closing" if now < ends_at + GRACE else "over"


def limit_words(minutes: int | None, extra: int | None = 0) -> str:
    """What somebody should know about the time before the first question."""
    mine = minutes_for(minutes, extra)
    if minutes is None:
        return "No limit. Your answers are kept if you leave."
    if mine is None:
        return f"No limit for you, where others have {minutes} minutes. Your answers are kept if you leave."
    long = f"{mine} minutes" if mine == minutes else f"{mine} minutes, {minutes} and your {extra} % of extra time"
    return f"{long}. The server counts them, also while the page is closed; what is saved by then is handed in."
