"""A marked try, question by question: what was answered, what it was worth, and the key once it may be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.learning.queries.asked import SURE, AskedQuestion, asked
from courses.certainty import CertaintyResult
from courses.questions import Asked, Matching, MultipleChoice, ShownOption, ShownQuestion, SingleChoice, right_answer
from courses.quiz import Marked, MarkedQuestion, Quiz, Seed, Tried, drawn, fitting, mark, said

LATER = "Not right yet. What it should be is shown once you have passed, or when no try is left today."
PARTLY = "Partly right. What is missing is shown once you have passed, or when no try is left today."
PICKED = {"single", "multiple", "true-false"}


@dataclass(frozen=True)
class Reviewed:
    """A part of a marked question: its words, whether it was chosen, whether it is right (None: not shown yet), and why."""

    text: str
    is_mine: bool
    is_right: bool | None
    why: str


@dataclass(frozen=True)
class ReviewedQuestion:
    """A marked question with its parts and the sentence about it; `worth` is empty for all or nothing."""

    number: int
    text: str
    kind: str
    is_right: bool
    worth: str
    feedback: str
    parts: tuple[Reviewed, ...]
    key: tuple[str, ...]
    general: str
    sure: str


@dataclass(frozen=True)
class SureWords:
    """What the certainty of a try says: points, and the questions that were surely wrong."""

    points: str
    most: int
    bonus: str
    surely_wrong: tuple[int, ...]


def reviewed(quiz: Quiz, shown: tuple[ShownQuestion, ...], answers: Mapping[str, object], seed: Seed, shows_key: bool, tried: Tried | None = None) -> tuple[tuple[ReviewedQuestion, ...], SureWords | None]:
    """The questions of a try with their feedback. An answer that fits its question no longer counts as open."""
    kept = fitting(quiz, answers, seed)
    marked = mark(quiz, kept, seed, tried)
    keys = {question.id: question for question in drawn(quiz, seed).questions}
    questions = tuple(
        _question(asked(number, question, kept.get(question.id)), marked.question(question.id), keys[question.id], shows_key)
        for number, question in enumerate(shown, 1)
    )
    return questions, _sure(marked.certainty, shown, marked) if marked.certainty else None


def _sure(told: CertaintyResult, shown: tuple[ShownQuestion, ...], marked: Marked) -> SureWords:
    numbers = {question.id: number for number, question in enumerate(shown, 1)}
    return SureWords(said(told.points), told.most, said(told.bonus), tuple(numbers[name] for name in told.surely_wrong))


def _question(mine: AskedQuestion, marked: MarkedQuestion, keyed: Asked, shows_key: bool) -> ReviewedQuestion:
    question, why = mine.question, dict(marked.parts)
    right = right_answer(keyed) if shows_key else ()
    full = marked.is_right
    if question.rows or question.gaps:
        parts = _rows(mine, marked, keyed, shows_key, why if shows_key or full else {})
    elif question.kind == "ordering":
        placed = sorted((option for option in question.options if mine.place(option.id)), key=lambda option: mine.place(option.id))
        parts = tuple(Reviewed(f"{mine.place(option.id)}. {option.text}", True, None, "") for option in placed)
    elif question.kind in PICKED:
        parts = tuple(_option(mine, option, right, why, shows_key, keyed) for option in question.options)
    else:
        parts = (Reviewed(mine.said(), True, full if marked.answered else None, " ".join(why.values())),)
    hidden = not full and not shows_key and question.kind not in PICKED
    words = (PARTLY if marked.mark else LATER) if hidden else marked.rest
    return ReviewedQuestion(
        mine.number, question.text, question.kind, full, "" if marked.mark == int(full) else f"{said(marked.mark)} of 1", words, parts,
        right if question.kind not in PICKED and not full else (), marked.general if shows_key else "",
        dict(SURE).get(marked.certainty, ""),
    )


def _rows(mine: AskedQuestion, marked: MarkedQuestion, keyed: Asked, shows_key: bool, why: Mapping[str, str]) -> tuple[Reviewed, ...]:
    """The rows of a matching or the gaps of a cloze, each with what was chosen or typed."""
    question = mine.question
    if isinstance(keyed, Matching):
        texts = {option.id: option.text for option in question.options}
        lines = [(row.id, f"{row.text}: {texts.get(mine.match(row.id), 'no answer')}") for row in question.rows]
    else:
        lines = [(gap.id, f"{number}. {mine.gap(gap).said('no answer')}") for number, gap in enumerate(question.gaps, 1)]
    return tuple(Reviewed(words, True, name in marked.right_parts if shows_key else None, why.get(name, "")) for name, words in lines)


def _option(mine: AskedQuestion, option: ShownOption, right: tuple[str, ...], why: Mapping[str, str], shows_key: bool, keyed: Asked) -> Reviewed:
    chosen = mine.chosen(option.id)
    is_right = (option.text in right) if shows_key else None
    words = why.get(option.id, "") if chosen else _feedback(keyed, option.id) if shows_key else ""
    return Reviewed(option.text, chosen, is_right, words)


def _feedback(keyed: Asked, option_id: str) -> str:
    options = keyed.options if isinstance(keyed, SingleChoice | MultipleChoice) else ()
    return next((option.feedback for option in options if option.id == option_id), "")
