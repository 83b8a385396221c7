"""A question with its key, for those who write: what is asked, what may be answered, what is right and what is said about it."""

from __future__ import annotations

from dataclasses import dataclass

from courses.formulas import as_numeric
from courses.questions import (
    Cloze,
    Formula,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

KINDS = {
    "single": "One is right", "multiple": "Several may be right", "true-false": "True or false", "numeric": "A number", "ordering": "Put in order",
    "matching": "Match", "short": "A word or a few", "cloze": "Fill the gaps", "formula": "A number, new in each try",
}


@dataclass(frozen=True)
class Line:
    """A possible answer: whether it is right (None: neither), and what is said about it."""

    text: str
    is_right: bool | None
    feedback: str = ""


@dataclass(frozen=True)
class Outline:
    """A question as a writer looks it over."""

    id: str
    kind: str
    text: str
    lines: tuple[Line, ...]
    general: str
    hints: tuple[str, ...]


def outline(question: Question) -> Outline:
    """The question with its key; random numbers as one try would have them."""
    seen = as_numeric(question, 1) if isinstance(question, Formula) else question
    return Outline(question.id, KINDS[question.kind], seen.text, _lines(seen), seen.general, seen.hints)


def _lines(question: Question) -> tuple[Line, ...]:
    match question:
        case SingleChoice() | MultipleChoice():
            return tuple(Line(option.text, option.correct, option.feedback) for option in question.options)
        case TrueFalse():
            return (Line("True", question.answer, question.when_true), Line("False", not question.answer, question.when_false))
        case Numeric():
            end = f" {question.unit}" if question.unit else ""
            near = tuple(Line(f"{one.answer:f}{end}", False if one.share == 0 else None, one.feedback) for one in question.near)
            return (Line(f"{question.answer:f}{end}, give or take {question.tolerance:f}{' %' if question.in_percent else ''}", True, question.right), *near, Line("Anything else", False, question.wrong))
        case ShortAnswer():
            forms = tuple(Line(form.text, form.share == 100 if form.share in (0, 100) else None, form.feedback) for form in question.forms)
            return (*forms, Line("Right", True, question.right), Line("Anything else", False, question.wrong))
        case Ordering():
            steps = tuple(Line(f"{place}. {entry.text}", None) for place, entry in enumerate(question.entries, 1))
            return (*steps, Line("In this order", True, question.right), Line("In another order", False, question.wrong))
        case Matching():
            choices = {choice.id: choice.text for choice in question.choices}
            return tuple(Line(f"{pair.text}: {choices[pair.match]}", True, pair.feedback) for pair in question.pairs)
        case Cloze():
            return tuple(Line(f"Gap {gap.id}: {line.text}", line.is_right, line.feedback) for gap in question.gaps for line in _lines(gap.question))
        case Formula():
            return _lines(as_numeric(question, 1))
