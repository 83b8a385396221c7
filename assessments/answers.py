"""What one respondent answered: a choice, not applicable with a reason, don't know, or nothing yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessments.errors import InvalidAnswer, SheetIncomplete
from assessments.questionnaire import Item, Questionnaire, Value

Group = Literal["office", "users"]
GROUPS: tuple[Group, ...] = ("office", "users")
UNIT_REASON = "NA1"

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a value, or one of the two marks. A blank is no Answer at all."""

    value: Value | None = None
    mark: Literal["NA", "DK"] | None = None
    reason: str | None = None
    unit: str | None = None

    @classmethod
    def of(cls, value: Value) -> Answer:
        """The choice with this value."""
        return cls(value=value)

    @classmethod
    def na(cls, reason: str | None = None, unit: str | None = None) -> Answer:
        """Not applicable. Submitting needs a reason, and NA1 needs the unit that has the duty."""
        return cls(mark="NA", reason=reason, unit=unit)

    @classmethod
    def dk(cls) -> Answer:
        """Don't know."""
        return cls(mark="DK")

    @classmethod
    def from_code(cls, code: str) -> Answer | None:
        """An answer from its written form: "3", "0.5", "NA" or "N", "DK" or "?"; None for a blank.

        Raises InvalidAnswer for anything else.
        """
        text = code.strip()
        if not text:
            return None
        if text in ("NA", "N"):
            return cls.na()
        if text in ("DK", "?"):
            return cls.dk()
        if not _NUMBER.fullmatch(text):
            raise InvalidAnswer(f"{text[:20]!r} is not an answer; use a choice's value, NA or DK.")
        return cls.of(float(text) if "." in text else int(text))

    @property
    def is_na(self) -> bool:
        """Whether this says not applicable."""
        return self.mark == "NA"

    @property
    def is_dk(self) -> bool:
        """Whether this says don't know."""
        return self.mark == "DK"

    @property
    def code(self) -> str:
        """The written form: the value, NA or DK."""
        return self.mark or str(self.value)


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """All answers of one respondent by item id; `group` is the office itself or its users."""

    respondent: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    group: Group | None = None

    def values(self) -> dict[str, Value]:
        """The answers that carry a value, by item id."""
        return {key: answer.value for key, answer in self.answers.items() if answer.value is not None}


def problem_with(item: Item, answer: Answer, *, ready: bool = True) -> str | None:
    """What is wrong with this answer to this item, as a sentence; None if nothing is.

    `ready` asks for what submitting needs: the reason of a not applicable, and the unit for NA1.
    """
    if answer.is_dk:
        return None
    if answer.is_na:
        return _problem_with_na(item, answer, ready)
    if answer.value is None or isinstance(answer.value, bool) or answer.value not in item.values:
        offered = ", ".join(str(value) for value in item.values)
        return f"{item.id}: {answer.value!r} is not one of its choices ({offered})."
    return None


def _problem_with_na(item: Item, answer: Answer, ready: bool) -> str | None:
    if not item.not_applicable:
        return f"{item.id}: not applicable is not offered here. Choose a level or don't know."
    if answer.reason is None:
        return f"{item.id}: choose why this does not apply to your team." if ready else None
    if answer.reason not in item.not_applicable:
        return f"{item.id}: the reason {answer.reason} is not offered here."
    if ready and answer.reason == UNIT_REASON and not (answer.unit or "").strip():
        return f"{item.id}: name the unit that has this duty."
    return None


def check_answer(item: Item, answer: Answer, *, ready: bool = True) -> None:
    """Raise InvalidAnswer with a sentence if the item does not offer this answer."""
    problem = problem_with(item, answer, ready=ready)
    if problem:
        raise InvalidAnswer(problem)


def sheet_problems(questionnaire: Questionnaire, sheet: AnswerSheet, *, ready: bool = False) -> list[str]:
    """Everything wrong with a sheet's answers, a sentence each, in the order of the answers."""
    problems = []
    for item_id, answer in sheet.answers.items():
        if not questionnaire.has(item_id):
            problems.append(f"{item_id[:60]}: the model {questionnaire.id} has no such item.")
            continue
        problem = problem_with(questionnaire.item(item_id), answer, ready=ready)
        if problem:
            problems.append(problem)
    return problems


def missing_items(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[str, ...]:
    """Ids of the items without any answer, in order. Not applicable and don't know are answers."""
    return tuple(item.id for item in questionnaire.items if item.id not in sheet.answers)


def completeness(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[int, int]:
    """How many items have an answer, and how many there are: (12, 45)."""
    total = len(questionnaire.items)
    return total - len(missing_items(questionnaire, sheet)), total


def check_complete(questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
    """Raise SheetIncomplete unless every item has an answer, InvalidAnswer if one is not offered."""
    missing = missing_items(questionnaire, sheet)
    if missing:
        raise SheetIncomplete(f"Still to answer: {', '.join(missing)}.", missing)
    problems = sheet_problems(questionnaire, sheet, ready=True)
    if problems:
        raise InvalidAnswer("\n".join(problems))
