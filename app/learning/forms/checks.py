"""The answers of a check as a browser sends them, turned into a sheet the rules can mark."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.ui.fields import DECIMAL
from app.ui.text import clean_line
from courses.certainty import LEVELS, LOWEST
from courses.questions import ShownQuestion
from courses.quiz import ShownQuiz
from courses.wording import MAX_LENGTH

BLANKS = "\u00a0\u202f\u2009 "
THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")
KEEPING = ("save", "stay")
EITHER = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")


def given_answers(quiz: ShownQuiz, sent: Any) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """(sheet, faults): what was answered by question id, and (field, sentence) for what cannot be an answer.

    *sent* is the multi-value form. One field a question: `q1`; an ordering sends `q5.<entry>` = its place, a matching
    `q6.<row>` = the choice, a cloze `q7.<gap>`, a unit to choose `q2~unit`, a certainty `q1~sure`. A question left open is
    missing from the sheet."""
    sheet: dict[str, object] = {}
    faults: list[tuple[str, str]] = []
    for number, question in enumerate(quiz.questions, 1):
        try:
            answer = _answer(question, sent)
            sure = _sure(question.id, sent) if quiz.asks_certainty else 0
        except ValueError as fault:
            faults.append((question.id, f"Question {number}: {fault}"))
            continue
        if answer not in (None, "", [], {}):
            sheet[question.id] = {"answer": answer, "certainty": sure} if quiz.asks_certainty else answer
    return sheet, faults


@dataclass(frozen=True)
class SentCheck:
    """The page of questions as it came in: what could be read of it, what not, and the questions to look at again."""

    answers: dict[str, object]
    faults: list[tuple[str, str]]
    flagged: list[str]

    @property
    def may_insist(self) -> bool:
        """All is answered, and only somebody's own flags are in the way."""
        return bool(self.faults and self.flagged) and {field for field, _ in self.faults} <= set(self.flagged) & set(self.answers)


def sent_check(quiz: ShownQuiz, sent: Any, is_late: bool = False, checking: str = "") -> SentCheck:
    """The page as it came in, with all that keeps it from what its button asks for: to save, to hand in, or to do so in spite of flags.

    Nothing is asked back of one that is late: what can be read of it counts. *checking* is the one question that has to be answered now."""
    answers, faults = given_answers(quiz, sent)
    flagged = flagged_questions(quiz, sent)
    wish = sent.get("go")
    if is_late:
        faults = []
    elif not faults and checking:
        faults = [(one.id, f"Answer question {number}, then check it") for number, one in enumerate(quiz.questions, 1) if one.id == checking and checking not in answers]
    elif not faults and wish not in KEEPING:
        faults = _before_handing_in(quiz, answers, () if wish == "anyway" else flagged)
    return SentCheck(answers, faults, flagged)


def flagged_questions(quiz: ShownQuiz, sent: Any) -> list[str]:
    """Ids of the questions that were ticked to be looked at again, in the order of the page: `q1~again`."""
    return [question.id for question in quiz.questions if sent.get(f"{question.id}~again")]


def _before_handing_in(quiz: ShownQuiz, answers: Mapping[str, object], flagged: Collection[str]) -> list[tuple[str, str]]:
    """(field, sentence) for each question that has no answer yet or was to be looked at again."""
    return [
        (question.id, f"Look at question {number} again, as you wanted" if question.id in answers else f"Answer question {number}")
        for number, question in enumerate(quiz.questions, 1)
        if question.id not in answers or question.id in flagged
    ]


def typed_fields(sent: Any) -> dict[str, str]:
    """What stands in each field of the form, to show it again beside its fault."""
    return {name: values[0][:MAX_LENGTH] for name, values in sent.lists() if len(values) == 1}


def _answer(question: ShownQuestion, sent: Any) -> object:
    offered = {option.id for option in question.options}
    values = [value for value in sent.getlist(question.id) if value != ""]
    match question.kind:
        case "single" | "true-false":
            if len(values) > 1 or not set(values) <= offered:
                raise ValueError("choose one of the answers shown")
            return (values[0] == "true" if question.kind == "true-false" else values[0]) if values else None
        case "multiple":
            if not set(values) <= offered:
                raise ValueError("choose among the answers shown")
            return list(dict.fromkeys(values))
        case "numeric":
            return _quantity(question, values, sent) if question.units else _number(values)
        case "short":
            return _words(values)
        case "cloze":
            return _gaps(question, sent)
        case "ordering":
            return _order(question, sent)
        case _:
            pairs = {row.id: _one(sent, f"{question.id}.{row.id}") for row in question.rows}
            if not {value for value in pairs.values() if value} <= offered:
                raise ValueError("choose among the answers shown")
            return {row: value for row, value in pairs.items() if value}


def _one(sent: Any, name: str) -> str:
    values = sent.getlist(name)
    if len(values) > 1:
        raise ValueError("give one answer in each field")
    return str(values[0]) if values else ""


def _number(values: list[str]) -> float | None:
    """A number as people write it: 12.5, 12,5, 228,571.43, -3. One that can be read in two ways is asked for again."""
    typed = values[0].strip(BLANKS).replace("\u2212", "-") if values else ""
    if not typed:
        return None
    text = "".join(letter for letter in typed if letter not in BLANKS)
    if EITHER.fullmatch(text):
        plain, point = text.replace(",", ""), text.replace(",", ".")
        raise ValueError(f"write {plain} or {point}: {text} can mean both")
    text = text.replace(",", "") if THOUSANDS.fullmatch(text) else text.replace(",", ".")
    if len(values) > 1 or not DECIMAL.fullmatch(text):
        raise ValueError("enter a number, for example 12.5")
    return float(text)


def _quantity(question: ShownQuestion, values: list[str], sent: Any) -> dict[str, object] | None:
    number, unit = _number(values), sent.get(f"{question.id}~unit", "")
    if unit and unit not in question.units:
        raise ValueError("choose one of the units shown")
    if number is not None and not unit:
        raise ValueError("choose the unit of your number")
    if number is None and unit:
        raise ValueError("enter a number beside the unit")
    return None if number is None else {"number": number, "unit": unit}


def _words(values: list[str]) -> str | None:
    if len(values) > 1:
        raise ValueError("enter one answer")
    return clean_line(values[0], MAX_LENGTH) if values else None


def _gaps(question: ShownQuestion, sent: Any) -> dict[str, object]:
    answers: dict[str, object] = {}
    for number, gap in enumerate(question.gaps, 1):
        values = [value for value in sent.getlist(f"{question.id}.{gap.id}") if value != ""]
        try:
            answer = _gap(gap, values)
        except ValueError as fault:
            raise ValueError(f"gap {number}: {fault}") from None
        if answer not in (None, ""):
            answers[gap.id] = answer
    return answers


def _gap(gap: ShownQuestion, values: list[str]) -> object:
    if gap.kind == "numeric":
        return _number(values)
    if gap.kind == "short":
        return _words(values)
    if len(values) > 1 or not set(values) <= {option.id for option in gap.options}:
        raise ValueError("choose one of the answers shown")
    return values[0] if values else None


def _order(question: ShownQuestion, sent: Any) -> list[str]:
    places = {option.id: _one(sent, f"{question.id}.{option.id}") for option in question.options}
    given = {entry: place for entry, place in places.items() if place}
    allowed = {str(place) for place in range(1, len(places) + 1)}
    if not set(given.values()) <= allowed or len(set(given.values())) != len(given):
        raise ValueError("give each place once")
    return sorted(given, key=lambda entry: int(given[entry]))


def _sure(question: str, sent: Any) -> int:
    given = sent.get(f"{question}~sure", "") or str(LOWEST)
    if given not in map(str, LEVELS):
        raise ValueError("choose how sure you are from the list")
    return int(given)
