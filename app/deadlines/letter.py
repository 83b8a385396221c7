"""The mail of a morning: one for everything, in plain text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.deadlines.milestones import distance
from app.deadlines.queries.reminders import Line
from app.ui.filters import count, long_day, sentence

SIGN = "\n\nCairn\n"


def subject(lines: Sequence[Line]) -> str:
    """'One thing to see to', '12 things to see to'. It names nothing: others read over shoulders, and administrators a list of subjects."""
    return f"{sentence(count(len(lines), 'thing'))} to see to"


def letter(name: str, lines: Sequence[Line], *, base_url: str, today: date) -> str:
    """What is over first, then what is ahead, each with its day and its address."""
    over, ahead = [one for one in lines if one.day < today], [one for one in lines if one.day >= today]
    parts = [f"Hello {name},"]
    for words, found in (("Over:", over), ("Coming up:", ahead)):
        if found:
            parts.append("\n\n".join((words, *(_item(one, base_url, today) for one in found))))
    parts.append(
        "You get this mail at most once a day, and only when something is new on the list. Turn kinds of reminders off here:\n"
        f"{base_url}/settings/reminders/"
    )
    return "\n\n".join(parts) + SIGN


def _item(one: Line, base_url: str, today: date) -> str:
    return f"- {one.title}: {distance(one.day, today)} ({long_day(one.day)})\n  {one.text}.\n  {base_url}{one.href}"
