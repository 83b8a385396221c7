"""The answers of a check as a browser sends them, turned into a sheet the rules can mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.ui.fields import DECIMAL
from courses.questions import ShownQuestion
from courses.quiz import ShownQuiz


def given_answers(quiz: ShownQuiz, sent: Any) -> tuple[dict[str, object], list[tuple[str, str]]]:
    """(sheet, faults): what was answered by question id, and (field, sentence) for what cannot be an answer.

    *sent* is the multi-value form. One field a question: `q1`; an ordering sends `q5.<entry>` = its place, a matching
    `q6.<row>` = the choice. A question left open is missing from the sheet."""
    sheet: dict[str, object] = {}
    faults: list[tuple[str, str]] = []
    for number, question in enumerate(quiz.questions, 1):
        try:
            answer = _answer(question, sent)
        except ValueError as fault:
            faults.append((question.id, f"Question {number}: {fault}"))
            continue
        if answer not in (None, [], {}):
            sheet[question.id] = answer
    return sheet, faults


def open_questions(quiz: ShownQuiz, sheet: Mapping[str, object]) -> list[tuple[str, str]]:
    """(field, sentence) for each question that has no answer yet."""
    return [
        (question.id, f"Answer question {number}")
        for number, question in enumerate(quiz.questions, 1)
        if question.id not in sheet
    ]


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
            return _number(values)
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
    if not values:
        return None
    text = values[0].strip().replace(",", ".")
    if len(values) > 1 or not DECIMAL.fullmatch(text):
        raise ValueError("enter a number, for example 12.5")
    return float(text)


def _order(question: ShownQuestion, sent: Any) -> list[str]:
    places = {option.id: _one(sent, f"{question.id}.{option.id}") for option in question.options}
    given = {entry: place for entry, place in places.items() if place}
    allowed = {str(place) for place in range(1, len(places) + 1)}
    if not set(given.values()) <= allowed or len(set(given.values())) != len(given):
        raise ValueError("give each place once")
    return sorted(given, key=lambda entry: int(given[entry]))
