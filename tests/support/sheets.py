"""The fields a browser sends for a check answered all right, or all wrong."""

from __future__ import annotations

from typing import Any

from app.content import library
from courses.catalogue import Lesson
from courses.questions import (
    Asked,
    Cloze,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.quiz import Quiz, drawn


def lesson(lesson_id: str) -> Lesson:
    """A lesson of the shipped content."""
    return library().catalogue.lesson(lesson_id)


def fields(lesson_id: str, wrong: int = 0, seed: int = 0) -> dict[str, Any]:
    """Right answers to every question a try with *seed* is asked, the first *wrong* of them turned into wrong ones."""
    return of_quiz(lesson(lesson_id).quiz, wrong, seed)


def of_quiz(quiz: Quiz, wrong: int = 0, seed: int = 0) -> dict[str, Any]:
    """The same for any quiz."""
    sent: dict[str, Any] = {"go": "submit"}
    for number, question in enumerate(drawn(quiz, seed).questions):
        sent |= _fields(question, number >= wrong)
    return sent


def _fields(question: Asked, right: bool) -> dict[str, Any]:
    match question:
        case SingleChoice():
            return {question.id: next(o.id for o in question.options if o.correct is right)}
        case MultipleChoice():
            return {question.id: [o.id for o in question.options if o.correct is right]}
        case TrueFalse():
            return {question.id: str(question.answer is right).lower()}
        case Numeric():
            number = round(question.answer if right else question.answer * 2 + question.tolerance + 1, 6)
            return {question.id: f"{number:f}"} | ({f"{question.id}~unit": question.unit} if question.units else {})
        case ShortAnswer():
            return {question.id: next(f.text for f in question.forms if f.share == 100) if right else "I do not remember"}
        case Cloze():
            inner = [_fields(gap.question, right) for gap in question.gaps]
            return {f"{question.id}.{name}": value for gap in inner for name, value in gap.items()}
        case Ordering():
            entries = question.entries if right else question.entries[::-1]
            return {f"{question.id}.{entry.id}": str(place) for place, entry in enumerate(entries, 1)}
        case Matching():
            others = [choice.id for choice in question.choices]
            return {
                f"{question.id}.{pair.id}": pair.match if right else next(c for c in others if c != pair.match)
                for pair in question.pairs
            }
