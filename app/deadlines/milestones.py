"""When a reminder of something is due: some days ahead, and again when its day is over. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from courses.deadlines import due_words

WEEK = 7


@dataclass(frozen=True)
class Rhythm:
    """`ahead`: days before the day, the furthest first. `weeks_over`: for so many weeks once it is over, the day after and then weekly."""

    name: str
    ahead: tuple[int, ...]
    weeks_over: int = 0


KINDS: Mapping[str, Rhythm] = {
    "action": Rhythm("Actions of roadmaps that are mine", (7,), 8),
    "course": Rhythm("Courses I am asked to complete", (7, 1), 8),
    "round": Rhythm("Rounds that close soon", (3, 1)),
    "pairing": Rhythm("Mentoring agreements that end soon", (14, 3)),
    "certificate": Rhythm("Certificates of mine that run out", (56,)),
}


def milestone(rhythm: Rhythm, day: date, today: date) -> date | None:
    """The last day up to today on which a reminder of something due on *day* was to go out; None before the first and after the last.

    Who has not been told since that day is told now, so a day on which no mail could go out loses nothing. An action due on
    27 November: on the 22nd the 20th (7 days ahead), on 2 December the 28th (over), on 6 December the 5th (a week later)."""
    marks = [day - timedelta(days=number) for number in rhythm.ahead]
    marks += [day + timedelta(days=1 + WEEK * week) for week in range(rhythm.weeks_over)]
    reached = [mark for mark in marks if mark <= today]
    has_ended = today > (day if not rhythm.weeks_over else day + timedelta(days=WEEK * rhythm.weeks_over))
    return None if has_ended or not reached else reached[-1]


def distance(day: date, today: date) -> str:
    """'today', 'tomorrow', 'in 5 days', '1 day over', '2 days over'."""
    return due_words(day, today).removeprefix("due ")
