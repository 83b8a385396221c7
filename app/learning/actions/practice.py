"""Practice: an answer is checked on the way, and given again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.learning.actions.checks import keep_answers
from app.models import AttemptAnswer, QuizAttempt
from courses.quiz import drawn
from courses.retrying import told


def check_answer(
    session: Session, me: Me, attempt_id: int, question_id: str, answers: Mapping[str, object], flagged: Collection[str], *, now: datetime, today: date
) -> bool:
    """Keep the page and note this answer as checked; the same one twice, one after the last try or after a right one is only kept.

    False when the time is over. OutOfOrder in a check that tells nothing before it is handed in; NotVisible for a question it does not ask."""
    if not keep_answers(session, me, attempt_id, answers, flagged, now=now, today=today):
        return False
    attempt = session.scalars(select(QuizAttempt).where(QuizAttempt.id == attempt_id)).one()
    quiz = library().catalogue.lesson(attempt.lesson_id).quiz
    if quiz.tries_a_question == 1:
        raise OutOfOrder("In this check the answers are looked at when it is handed in.")
    row: AttemptAnswer | None = next((one for one in attempt.answers if one.question_id == question_id), None)
    asked = next((one for one in drawn(quiz, attempt.seed).questions if one.id == question_id), None)
    if row is None or asked is None:
        raise NotVisible
    so_far = told(asked, row.tried, quiz.tries_a_question)
    if so_far is None or (so_far.left and row.tried[-1] != row.answer):
        row.tried = [*row.tried, row.answer]
    session.flush()
    return True
