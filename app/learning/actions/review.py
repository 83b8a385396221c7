"""The spaced review: cards come in, an answer is marked and its key told, a rating gives the next day, the last one can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.models import AttemptAnswer, QuizAttempt, ReviewCard, ReviewRating
from app.records.review import questions
from courses.catalogue import Lesson
from courses.quiz import mark
from courses.review import Memory, rated, seed_of, single

RATED = "This card has its rating. Go on with the next one, or undo the last rating."
KEPT = ("due_on", "stability", "difficulty", "last_on", "turns", "answer", "mark")


def add_cards(session: Session, me: Me, lessons: Iterable[Lesson], *, due: date, now: datetime) -> int:
    """Cards for what I missed in the checks of these lessons, and for their key questions; how many are new.

    Only lessons whose right answers I may see count: the check was passed, or it holds nothing back. A card that is there stays."""
    wanted = {lesson.id: lesson for lesson in lessons}
    missed, open_keys = _missed(session, me, wanted)
    rows = []
    for lesson_id in sorted(open_keys):
        quiz = wanted[lesson_id].quiz
        for question in quiz.questions:
            source = "missed" if (lesson_id, question.id) in missed else "key" if question.id in quiz.remember else ""
            if source:
                rows.append({
                    "person_id": me.person_id, "lesson_id": lesson_id, "question_id": question.id, "source": source, "due_on": due, "turns": 0,
                    "created_at": now,
                })
    if not rows:
        return 0
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(ReviewCard).values(rows).on_conflict_do_nothing(index_elements=["person_id", "lesson_id", "question_id"])
    return len(session.execute(statement.returning(ReviewCard.id)).all())


def collect(session: Session, me: Me, *, today: date, now: datetime) -> int:
    """Cards of every check I have handed in, due today; how many are new."""
    return add_cards(session, me, library().catalogue.lessons_in_order(), due=today, now=now)


def after_check(session: Session, me: Me, lesson: Lesson, wrong: Collection[str], *, today: date, now: datetime) -> None:
    """A check was handed in: its cards come tomorrow, and one that was known before but is *wrong* now comes back with them."""
    tomorrow = today + timedelta(days=1)
    add_cards(session, me, [lesson], due=tomorrow, now=now)
    mine = (ReviewCard.person_id == me.person_id, ReviewCard.lesson_id == lesson.id, ReviewCard.question_id.in_(wrong))
    session.execute(
        update(ReviewCard).where(*mine, ReviewCard.due_on > tomorrow).values(due_on=tomorrow).execution_options(synchronize_session=False)
    )


def answer_card(session: Session, me: Me, card_id: int, sheet: Mapping[str, object], *, now: datetime) -> None:
    """Mark what I answered, or with an empty sheet only show the answer. Twice changes nothing: the first answer stands."""
    card = _mine(session, me, card_id)
    if card.told_at is not None:
        return
    marked = mark(single(_question(card)), sheet, seed_of(card.id, card.turns))
    card.answer, card.mark, card.told_at = sheet.get(card.question_id), marked.score if sheet else None, now
    session.flush()


def rate_card(session: Session, me: Me, card_id: int, rating: int, *, today: date) -> None:
    """Say how well I knew it: the card goes to its next day. OutOfOrder when it was not answered, or was rated since."""
    card = _mine(session, me, card_id)
    if card.told_at is None:
        raise OutOfOrder(RATED)
    memory = _memory(card)
    session.add(ReviewRating(
        card_id=card.id, person_id=me.person_id, day=today, rating=rating, mark=card.mark, is_return=memory is not None,
        before={name: _plain(getattr(card, name)) for name in KEPT},
    ))
    turn = rated(memory, rating, today)
    card.due_on, card.last_on = turn.due, today
    card.stability, card.difficulty = turn.memory.stability, turn.memory.difficulty
    card.turns, card.answer, card.mark, card.told_at = card.turns + 1, None, None, None
    session.flush()


def undo_rating(session: Session, me: Me, *, today: date, now: datetime) -> None:
    """Take my last rating of today back; the card stands there again with its answer."""
    last = session.scalars(
        select(ReviewRating).where(ReviewRating.person_id == me.person_id, ReviewRating.day == today).order_by(ReviewRating.id.desc()).limit(1)
    ).one_or_none()
    if last is None:
        raise OutOfOrder("There is no rating of today to undo.")
    card = _mine(session, me, last.card_id)
    for name in KEPT:
        value = last.before[name]
        setattr(card, name, date.fromisoformat(value) if name in ("due_on", "last_on") and value else value)
    card.told_at = now
    session.delete(last)
    session.flush()


def suspend(session: Session, me: Me, card_id: int, *, now: datetime) -> None:
    """The card is not asked until I take it up again. Its place in the rhythm is kept."""
    card = _mine(session, me, card_id)
    card.suspended_at = card.suspended_at or now
    session.flush()


def resume(session: Session, me: Me, card_id: int, *, today: date) -> None:
    """The card is asked again: on its day, today where that has passed."""
    card = _mine(session, me, card_id)
    card.suspended_at, card.due_on = None, max(card.due_on, today)
    session.flush()


def _missed(session: Session, me: Me, lessons: Mapping[str, Lesson]) -> tuple[set[tuple[str, str]], set[str]]:
    """(lesson, question) answered with less than the mark, and the lessons whose key I may see."""
    rows = session.execute(
        select(QuizAttempt.lesson_id, QuizAttempt.passed, AttemptAnswer.question_id, AttemptAnswer.mark)
        .outerjoin(AttemptAnswer, AttemptAnswer.attempt_id == QuizAttempt.id)
        .where(QuizAttempt.person_id == me.person_id, QuizAttempt.lesson_id.in_(lessons), QuizAttempt.submitted_at.is_not(None))
        .order_by(QuizAttempt.id)
    ).all()
    missed = {(row.lesson_id, row.question_id) for row in rows if row.mark is not None and row.mark < 1}
    return missed, {row.lesson_id for row in rows if row.passed or not lessons[row.lesson_id].quiz.behaviour.holds_key_back}


def _mine(session: Session, me: Me, card_id: int) -> ReviewCard:
    card: ReviewCard = fetch(session, me, ReviewCard, ReviewCard.id == card_id, lock=True)
    return card


def _question(card: ReviewCard) -> Any:
    """The question of a card, or NotVisible when the course no longer has it."""
    found = questions().get((card.lesson_id, card.question_id))
    if found is None:
        raise NotVisible
    return found[1]


def _memory(card: ReviewCard) -> Memory | None:
    if card.stability is None or card.difficulty is None or card.last_on is None:
        return None
    return Memory(card.stability, card.difficulty, card.last_on)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
