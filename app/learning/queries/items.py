"""What the marks of checks say about their questions. Nobody is named, and fewer than five people are not shown at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Integer, Select, and_, cast, func, select
from sqlalchemy.orm import Session

from app.content import library
from app.learning.queries.asked import unwrapped
from app.models import AttemptAnswer, QuizAttempt
from app.ui.csv import Value, csv_text
from courses.catalogue import Course, Lesson
from courses.distractors import OptionCount
from courses.formulas import as_numeric
from courses.guessing import guess_share
from courses.questions import Formula, MultipleChoice, Question, SingleChoice, TrueFalse, shown
from courses.quiz import drawn
from courses.statistics import TOO_FEW, AskedItem, Figures, ItemFigures, Row, statistics

FIGURES_HEAD = (
    "question", "text", "n", "facility", "sd", "discrimination", "efficiency", "guess", "intended weight", "effective weight", "top less bottom third", "look at",
)


@dataclass(frozen=True)
class CheckRow:
    """A check in the list: how many people have handed it in, and how they did the first time."""

    title: str
    course: str
    href: str
    people: int
    mean: float | None
    passed: float | None


@dataclass(frozen=True)
class ChecksPage:
    """Every check that can be taken; *least* is how many people a figure needs."""

    rows: tuple[CheckRow, ...]
    least: int


@dataclass(frozen=True)
class OptionRow:
    """An option with its words and who chose it."""

    text: str
    count: OptionCount


@dataclass(frozen=True)
class QuestionRow:
    """A question with its figures; *href* leads to its place on the page."""

    number: int
    text: str
    figures: ItemFigures
    options: tuple[OptionRow, ...]


@dataclass(frozen=True)
class ItemsPage:
    """The figures of a check. *enough* is false below five people: then there is no figure at all."""

    course: Course
    lesson: Lesson
    href: str
    people: int
    least: int
    enough: bool
    figures: Figures
    questions: tuple[QuestionRow, ...]


def checks_page(session: Session) -> ChecksPage:
    """All written checks in course order, with their first tries; one statement."""
    catalogue = library().catalogue
    first = _first_tries().subquery()
    found = session.execute(
        select(
            QuizAttempt.lesson_id, QuizAttempt.revision, func.count(QuizAttempt.id).label("people"),
            func.avg(QuizAttempt.score / QuizAttempt.max_score).label("mean"), func.avg(cast(QuizAttempt.passed, Integer)).label("passed"),
        )
        .join(first, first.c.id == QuizAttempt.id)
        .group_by(QuizAttempt.lesson_id, QuizAttempt.revision)
    ).all()
    known = {(row.lesson_id, row.revision): row for row in found}
    rows = []
    for course in catalogue.in_order():
        for lesson in course.lessons:
            row = known.get((lesson.id, course.revision))
            enough = row is not None and row.people >= TOO_FEW
            rows.append(CheckRow(
                lesson.title, course.title, f"/questions/{course.slug}/{lesson.slug}/", row.people if row else 0,
                float(row.mean) if row and enough else None, float(row.passed) if row and enough else None,
            ))
    return ChecksPage(tuple(rows), TOO_FEW)


def items_page(session: Session, course: Course, lesson: Lesson) -> ItemsPage:
    """The figures of one check from the first try of each person at its present revision; two statements."""
    items, rows = _results(session, course, lesson)
    enough = len(rows) >= TOO_FEW
    figures = statistics(items, rows if enough else [])
    options = {question.id: _options(question) for question in lesson.quiz.questions}
    questions = tuple(
        QuestionRow(number, _words(question), one, tuple(OptionRow(options[question.id][count.id], count) for count in one.options))
        for number, (question, one) in enumerate(zip(lesson.quiz.questions, figures.items, strict=True), 1)
    )
    return ItemsPage(course, lesson, f"/questions/{course.slug}/{lesson.slug}/", len(rows), TOO_FEW, enough, figures, questions)


def figures_table(page: ItemsPage) -> str:
    """The figures as CSV, a row for each question; only the head below five people."""
    rows: list[Sequence[Value]] = [
        (
            row.figures.id, row.text, row.figures.n, *(None if value is None else round(value, 4) for value in (
                row.figures.facility, row.figures.sd, row.figures.discrimination, row.figures.efficiency, row.figures.guess,
                row.figures.intended_weight, row.figures.effective_weight, row.figures.by_thirds,
            )), " ".join(row.figures.warnings),
        )
        for row in page.questions
    ]
    return csv_text(FIGURES_HEAD, rows if page.enough else [])


def marks_table(session: Session, course: Course, lesson: Lesson) -> str:
    """The marks as `python -m courses statistics` reads them: without names or days, in the order of the marks."""
    items, rows = _results(session, course, lesson)
    marks = sorted(tuple(-1.0 if mark is None else float(mark) for mark in row.marks) for row in rows) if len(rows) >= TOO_FEW else []
    table: list[Sequence[Value]] = [("most", *(float(item.most) for item in items)), ("guess", *(None if item.guess is None else round(item.guess, 6) for item in items))]
    table += [(str(number), *(None if mark < 0 else mark for mark in row)) for number, row in enumerate(marks, 1)]
    return csv_text(("attempt", *(item.id for item in items)), table)


def _first_tries() -> Select[Any]:
    """The number of the first try each person handed in, for each check and revision."""
    return (
        select(func.min(QuizAttempt.id).label("id"))
        .where(QuizAttempt.submitted_at.is_not(None))
        .group_by(QuizAttempt.person_id, QuizAttempt.lesson_id, QuizAttempt.revision)
    )


def _results(session: Session, course: Course, lesson: Lesson) -> tuple[list[AskedItem], list[Row]]:
    here = and_(QuizAttempt.lesson_id == lesson.id, QuizAttempt.revision == course.revision, QuizAttempt.submitted_at.is_not(None))
    tries = select(func.min(QuizAttempt.id)).where(here).group_by(QuizAttempt.person_id)
    seeds = {row.id: row.seed for row in session.execute(select(QuizAttempt.id, QuizAttempt.seed).where(QuizAttempt.id.in_(tries)).order_by(QuizAttempt.id))}
    answers: dict[int, dict[str, tuple[float, object]]] = defaultdict(dict)
    for row in session.execute(select(AttemptAnswer.attempt_id, AttemptAnswer.question_id, AttemptAnswer.answer, AttemptAnswer.mark).where(AttemptAnswer.attempt_id.in_(tries))):
        answers[row.attempt_id][row.question_id] = (row.mark or 0.0, row.answer)
    questions = lesson.quiz.questions
    items = [AskedItem(question.id, Fraction(1), guess_share(question), tuple(_options(question)), _right(question)) for question in questions]
    return items, [_row(lesson, seed, answers[attempt]) for attempt, seed in seeds.items()]


def _row(lesson: Lesson, seed: int, answers: Mapping[str, tuple[float, object]]) -> Row:
    asked = {question.id for question in drawn(lesson.quiz, seed).questions} if lesson.quiz.banks else None
    marks, chosen = [], []
    for question in lesson.quiz.questions:
        mark, answer = answers.get(question.id, (0.0, None))
        is_asked = asked is None or question.id in asked
        # six digits are what is kept of a third of a mark
        marks.append(Fraction(round(min(1.0, max(0.0, mark)), 6)).limit_denominator(1000) if is_asked else None)
        chosen.append(_chosen(answer) if is_asked else None)
    return Row(tuple(marks), tuple(chosen))


def _words(question: Question) -> str:
    """The question as one try may see it, its random numbers filled in."""
    return shown(as_numeric(question, 0) if isinstance(question, Formula) else question, 0).text


def _chosen(kept: object) -> tuple[str, ...] | None:
    answer, _ = unwrapped(kept)
    if isinstance(answer, bool):
        return (str(answer).lower(),)
    if isinstance(answer, str):
        return (answer,)
    return tuple(map(str, answer)) if isinstance(answer, list) else None


def _options(question: Question) -> dict[str, str]:
    if isinstance(question, SingleChoice | MultipleChoice):
        return {option.id: option.text for option in question.options}
    return {"true": "True", "false": "False"} if isinstance(question, TrueFalse) else {}


def _right(question: Question) -> tuple[str, ...]:
    if isinstance(question, SingleChoice | MultipleChoice):
        return tuple(option.id for option in question.options if option.correct)
    return (str(question.answer).lower(),) if isinstance(question, TrueFalse) else ()
