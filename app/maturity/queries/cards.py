"""The items of a page as cards: with all levels side by side, or level by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from app.maturity.given import Given
from app.maturity.queries.last_time import LastTime, chose
from app.records.attachments import Attached
from app.records.results import recorded
from assessments import stepwise
from assessments.answers import Answer, problem_with
from assessments.questionnaire import Item, LevelName, Questionnaire

MOST_ITEMS = 1024


@dataclass(frozen=True)
class Kept:
    """A stored answer as it is."""

    value: str
    reason: str
    unit: str
    comment: str
    counter: int
    saved_at: datetime

    def as_answer(self) -> Answer | None:
        """The answer as the rules see it."""
        return recorded(self.value, self.reason, self.unit)


@dataclass(frozen=True)
class Step:
    """A statement put as a question. `below` is the level somebody is at who says "not yet", `said` is 'yes', 'no' or ''."""

    value: str
    level: str
    text: str
    below: str
    said: str


@dataclass(frozen=True, eq=False)
class Asked:
    """One item as everybody is asked it. There is one object for each, so its markup is kept with it."""

    id: str
    title: str
    question: str
    key: bool
    choices: tuple[tuple[str, str, str], ...]
    reasons: tuple[tuple[str, str], ...]
    asks_unit: bool
    evidence: str


@lru_cache(maxsize=MOST_ITEMS)
def _asked(item: Item, levels: tuple[LevelName, ...], not_applicable: tuple[tuple[str, str], ...]) -> Asked:
    names, reasons = {level.value: level.name for level in levels}, dict(not_applicable)
    return Asked(
        item.id, item.title, item.question, item.key,
        tuple((str(c.value), f"{c.value} {names.get(int(c.value), '')}".strip(), c.text) for c in item.choices),
        tuple((reason, reasons.get(reason, reason)) for reason in item.not_applicable), "NA1" in item.not_applicable, lower_first(item.evidence),
    )


@dataclass(frozen=True, eq=False)
class Card(Asked):
    """One item with what I have said so far; with steps where it is asked level by level.

    There is one blank object for each item nothing was said of: its markup is the same for everybody, and kept with it."""

    asked: Asked
    given: Given
    counter: int
    chose: str
    level: int
    is_folded: bool
    attached: tuple[Attached, ...] = ()
    before: str = ""
    steps: tuple[Step, ...] = ()
    last: LastTime | None = None
    is_blank: bool = False


@lru_cache(maxsize=MOST_ITEMS)
def _blank(asked: Asked, by_level: bool) -> Card:
    return Card(
        **vars(asked), asked=asked, given=Given(), counter=0, chose="", level=0, is_folded=False, steps=_steps(asked.choices, {}) if by_level else (),
        is_blank=True,
    )


def card(model: Questionnaire, item: Item, kept: Kept | None, *, by_level: bool = False, last: LastTime | None = None, attached: tuple[Attached, ...] = ()) -> Card:
    """An item as the page shows it, folded once it is answered. What I said *last* time is offered while there is no answer."""
    asked = _asked(item, model.levels, tuple(model.not_applicable.items()))
    if kept is None and last is None and not attached:
        return _blank(asked, by_level)
    answer = kept.as_answer() if kept else None
    said = stepwise.said_for(item, answer.value) if by_level and answer and answer.value is not None else {}
    return Card(
        **vars(asked), asked=asked, given=Given(kept.value, kept.reason, kept.unit, kept.comment) if kept else Given(), counter=kept.counter if kept else 0,
        chose=chose(model, answer), level=int(answer.value) if answer and answer.value is not None else 0,
        is_folded=answer is not None and problem_with(item, answer) is None, before=last.told if last else "",
        steps=_steps(asked.choices, {str(level): "yes" if so else "no" for level, so in said.items()}) if by_level else (),
        last=last if by_level and answer is None and last and last.confirms else None, attached=attached,
    )


def _steps(choices: tuple[tuple[str, str, str], ...], said: Mapping[str, str]) -> tuple[Step, ...]:
    return tuple(
        Step(value, level, text, below[1], said.get(value, "")) for below, (value, level, text) in zip(choices, choices[1:], strict=False)
    )


def typed_cards(cards: tuple[Card, ...], typed: Mapping[str, Given]) -> tuple[Card, ...]:
    """The items with what was just typed and not accepted, unfolded."""
    return tuple(
        replace(c, given=typed[c.id], is_folded=False, is_blank=False, steps=_steps(c.choices, typed[c.id].said) if c.steps else ()) if c.id in typed else c
        for c in cards
    )


def spared(model: Questionnaire, kept: Mapping[str, Kept]) -> int:
    """How many questions did not have to be asked so far."""
    answers = ((item, kept[item.id].as_answer()) for item in model.items if item.id in kept)
    return sum(stepwise.spared(item, answer.value) for item, answer in answers if answer and answer.value is not None)


def most_questions(model: Questionnaire) -> int:
    """How many questions there are if every item is asked to its top: 45 items of five levels are 180."""
    return sum(len(stepwise.steps(item)) for item in model.items)


def lower_first(text: str) -> str:
    """'The charter' -> 'the charter', for the middle of a sentence; 'PMO plan' stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
