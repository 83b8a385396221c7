"""What mentors and mentees fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import Field
from wtforms.widgets import TimeInput

from app.content import library
from app.mentoring.pairing import (
    CAPACITY,
    MONTHS,
    MOST_GOALS,
    MOST_STEPS,
    RHYTHMS,
    USUAL_LIMITS,
    USUAL_RHYTHM,
    AgreedGoal,
    NextStep,
    months_later,
)
from app.ui.fields import Choice, Day, Hidden, Line, OneOf, Paragraphs, SeveralOf, Whole
from app.ui.forms import Form

CLOCK_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
SHORTEST, LONGEST = 5, 480
PAIR_READS = "Shared: the two of you read this, nobody else"
ONLY_ME = "Private: only you read this"
SHARED_WORDS, PRIVATE_WORDS = 4000, 4000


class TimeOfDay(Line):
    """A time on the clock, 00:00 to 23:59."""

    widget = TimeInput()

    def read(self, typed: str) -> str:
        text = typed.strip(" ")
        if text and not CLOCK_TIME.fullmatch(text):
            raise ValueError(f"Enter {self.thing} with hours and minutes, for example 14:00")
        return text


def competence_choices(first: str = "") -> list[tuple[str, str]]:
    """All competences by name; *first* words the empty choice."""
    named = [(c.id, c.name) for c in library().skills.competences.values()]
    return [("", first), *named] if first else named


def level_choices() -> list[tuple[str, str]]:
    """The scale with its words."""
    return [("", "Choose"), *((str(step.value), f"{step.value} {step.name.lower()}") for step in library().skills.scale)]


class ProfileForm(Form):
    about = Paragraphs(
        "What can you help with?", "what you can help with", limit=1500, readers="Everybody who is signed in reads this on your card",
        hint="Say what you have done, what you like to talk about and what you leave to others.",
    )
    competences = SeveralOf(
        "Competences you help with", "competences", needed=True,
        hint="Your card shows them with your current level, so that people see where you are ahead of them.",
    )
    capacity = Whole("How many people at once?", "the number of people", *CAPACITY, hint="One to three. You can lower it when nobody is in the place.")
    version = Hidden()

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.competences.choices = competence_choices()


class WishForm(Form):
    wish = Paragraphs(
        "What would you like to work on?", "what you would like to work on", limit=2000,
        hint="One situation you are in and what you would like to be able to do is enough.",
    )


class DeclineForm(Form):
    reason = Paragraphs("Why not now?", "a reason", limit=1000, hint="A sentence helps: no time this quarter, or somebody who fits better.")


class GoalRows(Form):
    """Up to three goals, each a row of five fields numbered from 1."""

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The fields of each goal by name."""
        names = ("competence", "text", "from", "to", "due")
        return tuple({name: self[f"{name}{n}"] for name in names} for n in range(1, MOST_GOALS + 1))


for _n in range(1, MOST_GOALS + 1):
    setattr(GoalRows, f"competence{_n}", Choice("Competence", "a competence", needed=_n == 1))
    setattr(GoalRows, f"text{_n}", Line("In one sentence", "the goal in one sentence", 200, needed=False))
    setattr(GoalRows, f"from{_n}", Choice("From level", "the level now", needed=_n == 1))
    setattr(GoalRows, f"to{_n}", Choice("To level", "the level to reach", needed=_n == 1))
    setattr(GoalRows, f"due{_n}", Day("By when", "the day to reach it", needed=_n == 1))


class AgreementForm(GoalRows):
    """What the two work towards, and how they work together."""

    rhythm = Choice("How often?", "how often you meet", [(words, words[:1].upper() + words[1:]) for words in RHYTHMS])
    ends_on = Day("Until when?", "the day it ends", hint="Six months are usual. Either of you may end earlier.")
    limits = Paragraphs("What are the limits, and what stays between you?", "the limits", limit=2000, readers=PAIR_READS, default=USUAL_LIMITS)

    def __init__(self, today: date, **kw: Any) -> None:
        super().__init__(rhythm=USUAL_RHYTHM, ends_on=months_later(today, MONTHS), due1=months_later(today, MONTHS // 2), **kw)
        for row in self.rows:
            row["competence"].choices = competence_choices("Choose")
            row["from"].choices = row["to"].choices = level_choices()

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself, then each goal as a whole: what is begun is filled in, and it leads upwards."""
        fits = bool(super().validate(extra_validators))
        broken = [row for row in self.rows if not _is_whole(row)]
        return fits and not broken

    @property
    def goals(self) -> tuple[AgreedGoal, ...]:
        """The goals that were filled in."""
        return tuple(
            AgreedGoal(number, row["competence"].data, row["text"].data or "", int(row["from"].data), int(row["to"].data), row["due"].data)
            for number, row in enumerate(self.rows, 1) if row["competence"].data
        )


def _is_whole(row: Mapping[str, Any]) -> bool:
    if any(field.errors for field in row.values()):
        return False
    if not any(field.data for field in row.values()):
        return True
    missing = [field for name, field in row.items() if name != "text" and field.data in (None, "")]
    for field in missing:
        _say(field, f"{'Choose' if isinstance(field, Choice) else 'Enter'} {field.thing}, or leave the whole goal empty")
    if not missing and int(row["to"].data) <= int(row["from"].data):
        _say(row["to"], "Choose a level above the one now")
        return False
    return not missing


def _say(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class LogForm(Form):
    """A session that took place."""

    held_on = Day("Date", "the date")
    minutes = Whole("Minutes", "the minutes", SHORTEST, LONGEST)
    competences = SeveralOf("What did you talk about?", "competences")
    other = Choice("Something else", "a competence", needed=False)
    shared = Paragraphs("What is worth keeping?", "a note", limit=SHARED_WORDS, needed=False)
    private = Paragraphs("A note for yourself", "a note", limit=PRIVATE_WORDS, needed=False)

    def __init__(self, today: date, partner: str, goals: Sequence[tuple[str, str]], minutes: int = 45, held_on: date | None = None) -> None:
        super().__init__(held_on=held_on or today, minutes=minutes)
        among = {competence for competence, _ in goals}
        self.competences.choices = list(goals)
        self.other.choices = [choice for choice in competence_choices("Nothing else") if choice[0] not in among]
        for row in self.steps:
            row["owner"].choices = [("me", "I do it"), ("partner", f"{partner} does it")]

    @property
    def steps(self) -> tuple[Mapping[str, Any], ...]:
        """The fields of each next step by name."""
        return tuple({name: self[f"{name}{n}"] for name in ("next", "owner", "until")} for n in range(1, MOST_STEPS + 1))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field for itself; a date or an owner alone is no next step."""
        fits = bool(super().validate(extra_validators))
        for row in self.steps:
            if row["until"].data and not row["next"].data and not row["next"].errors:
                _say(row["next"], "Enter the next step, or leave its date empty")
                fits = False
        return fits

    @property
    def talked_about(self) -> tuple[str, ...]:
        """Competences in the order of the page, each once."""
        return tuple(dict.fromkeys([*(self.competences.data or ()), *([self.other.data] if self.other.data else ())]))

    @property
    def next_steps(self) -> tuple[NextStep, ...]:
        """The next steps that were filled in."""
        return tuple(
            NextStep(row["next"].data, row["owner"].data != "partner", row["until"].data) for row in self.steps if row["next"].data
        )


for _n in range(1, MOST_STEPS + 1):
    setattr(LogForm, f"next{_n}", Line("Next step", "the next step", 200, needed=False))
    setattr(LogForm, f"owner{_n}", Choice("Who", "who does it", needed=False))
    setattr(LogForm, f"until{_n}", Day("Until", "the day it is due", needed=False))


class PlanForm(Form):
    held_on = Day("Date", "the date")
    starts_at = TimeOfDay("Time", "the time", limit=5)
    minutes = Whole("Minutes", "the minutes", SHORTEST, LONGEST)
    place = Line("Where", "the place", 120, needed=False, hint="A room, or how you call each other.")
    topic = Line("Topic", "the topic", 200, needed=False, readers=PAIR_READS)
    version = Hidden()


class SharedNoteForm(Form):
    shared = Paragraphs("Your shared note", "a note", limit=SHARED_WORDS)
    shared_version = Hidden()


class PrivateNoteForm(Form):
    private = Paragraphs("Your private note", "a note", limit=PRIVATE_WORDS, readers=ONLY_ME)
    private_version = Hidden()


class FactsForm(Form):
    held_on = Day("Date", "the date")
    minutes = Whole("Minutes", "the minutes", SHORTEST, LONGEST)
    version = Hidden()


class GoalForm(Form):
    state = OneOf("How did it end?", "how it ended", [("reached", "Reached"), ("dropped", "Dropped: it no longer fits")])
    ended_on = Day("When", "the day")
    version = Hidden()


class EndForm(Form):
    words = Paragraphs("Words to part with", "words", limit=1000, needed=False, hint="Nobody has to give a reason.")
