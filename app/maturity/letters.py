"""What is written to those asked in a round: the invitation, a reminder, a moved closing day. Plain text, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.maturity.closing import last_moment

SIGN = "\n\nCairn\n"


@dataclass(frozen=True)
class About:
    """The round a letter is about. `zone` is the time zone of the organisation, in which the closing day ends.

    `workshop_items` is how many items a workshop goes through, 0 where people answer alone."""

    team: str
    title: str
    purpose: str
    closes_on: date | None
    zone: str
    minutes: int
    promises: Sequence[str]
    is_anonymous: bool
    workshop_items: int = 0


@dataclass(frozen=True)
class To:
    """Whom a letter goes to, and the address that leads this person to the questions."""

    name: str
    time_zone: str
    link: str
    is_guest: bool = False


def invitation(about: About, to: To, asks: str) -> tuple[str, str]:
    """(subject, text): who asks, why, until when, how long it takes, who will read what."""
    return f"{about.team} asks for your view: {about.title}", (
        f"Hello {to.name},\n\n{asks} asks for your view of how the work is done in {about.team}.\n\n"
        f"Why it is asked:\n{about.purpose}\n\n{_how(about, to)}"
        f"Who will see what:\n{_list(about.promises)}{SIGN}"
    )


def reminder(about: About, to: To) -> tuple[str, str]:
    """(subject, text) of a reminder. In an anonymous round it goes to everybody, and says so."""
    why = (
        "Nobody can see who has answered, so this goes to everybody who is asked. If you have submitted, thank you: there is nothing left to do."
        if about.is_anonymous else "Your answers are not in yet. What you have saved is kept, and counts once you submit."
    )
    return f"A reminder from {about.team}: {about.title}", f"Hello {to.name},\n\n{why}\n\n{_how(about, to).rstrip()}{SIGN}"


def moved(about: About, to: To, before: date | None) -> tuple[str, str]:
    """(subject, text): the closing day is another one."""
    was = f"It was {last_moment(before, about.zone, to.time_zone)}.\n\n" if before else "\n"
    return f"The closing day has moved: {about.title}", (
        f"Hello {to.name},\n\nthe closing day of the round {about.title} of {about.team} has moved. {was}{_how(about, to).rstrip()}{SIGN}"
    )


def _how(about: About, to: To) -> str:
    alone = "It is yours alone, needs no account, replaces any earlier one, and ends when the round closes.\n" if to.is_guest else ""
    if about.workshop_items:
        return (
            f"It is held as a workshop: the team goes through {about.workshop_items} items together. Open this link on your phone there to vote:\n"
            f"{to.link}\n{alone}\n"
        )
    until = f"Answers are taken until {last_moment(about.closes_on, about.zone, to.time_zone)}.\n" if about.closes_on else ""
    return f"Your link:\n{to.link}\n{alone}\nIt takes about {about.minutes} minutes, in one go or in several; each answer is saved as you go.\n{until}\n"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
