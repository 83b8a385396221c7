"""The cards of a person that can be asked, for the review and for Today. A card whose question is gone waits unseen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.content import library
from app.models import ReviewCard, ReviewRating
from courses.catalogue import Lesson
from courses.questions import Question
from courses.review import A_DAY, Memory, minutes


@dataclass(frozen=True)
class AskedCard:
    """A card with the lesson and question behind it. `answer` None with `is_told`: the answer was only looked at."""

    id: int
    lesson: Lesson
    question: Question
    due: date
    memory: Memory | None
    turns: int
    is_told: bool
    answer: object
    mark: float | None


@dataclass(frozen=True)
class DueCards:
    """What may be asked today: `cards` in order, at most what the day has left; `waiting` are due beyond that."""

    cards: tuple[AskedCard, ...]
    waiting: int
    done: int

    @property
    def minutes(self) -> int:
        """Whole minutes the cards take."""
        return minutes(len(self.cards))


COLUMNS = (
    ReviewCard.id, ReviewCard.lesson_id, ReviewCard.question_id, ReviewCard.due_on, ReviewCard.stability, ReviewCard.difficulty,
    ReviewCard.last_on, ReviewCard.turns, ReviewCard.told_at, ReviewCard.answer, ReviewCard.mark,
)
_RATED = (
    select(func.count(ReviewRating.id)).where(ReviewRating.person_id == bindparam("person"), ReviewRating.day == bindparam("today")).scalar_subquery()
)
_DUE = (
    select(*COLUMNS, _RATED.label("done"))
    .where(ReviewCard.person_id == bindparam("person"), ReviewCard.suspended_at.is_(None), ReviewCard.due_on <= bindparam("today"))
    .order_by(ReviewCard.told_at.is_(None), ReviewCard.due_on, ReviewCard.id)
)


def due_cards(session: Session, me: Me, today: date) -> DueCards:
    """My cards due on *today* in my time zone, the one that waits for its rating first; one statement.

    After A_DAY ratings on a day the rest waits for the next one."""
    rows = db.rows(session, _DUE, person=me.person_id, today=today)
    done = rows[0].done if rows else 0
    found = [card for row in rows if (card := asked_card(row)) is not None]
    left = max(0, A_DAY - done)
    told = 1 if found and found[0].is_told else 0
    shown = found[: max(left, told)]
    return DueCards(tuple(shown), len(found) - len(shown), done)


def asked_card(row: Any) -> AskedCard | None:
    """A row of COLUMNS with what it asks; None where the course does not have the question (any more)."""
    found = questions().get((row.lesson_id, row.question_id))
    if found is None:
        return None
    memory = Memory(row.stability, row.difficulty, row.last_on) if row.stability is not None else None
    return AskedCard(row.id, *found, row.due_on, memory, row.turns, row.told_at is not None, row.answer, row.mark)


@cache
def questions() -> Mapping[tuple[str, str], tuple[Lesson, Question]]:
    """Every question of every check by the ids of lesson and question."""
    catalogue = library().catalogue
    return {
        (lesson.id, question.id): (lesson, question)
        for course in catalogue.courses for lesson in course.lessons for question in lesson.quiz.questions
    }
