"""Trying the check of a lesson: open a try, keep its answers, hand it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from secrets import randbelow
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.learning.actions.certificates import issue_when_complete
from app.learning.actions.review import after_check
from app.learning.actions.visits import record_visit
from app.learning.queries.extra_time import extra_of
from app.models import AttemptAnswer, Event, QuizAttempt
from app.records.learning import facts
from courses.catalogue import Lesson
from courses.progress import course_progress
from courses.quiz import fitting, mark
from courses.time_limit import end_of, minutes_for, phase

NO_MORE = "Two tries a day is what the rule allows. Read the lesson again and come back tomorrow."
HANDED_IN = "This try was handed in already; its answers stand."


def open_try(session: Session, me: Me, lesson: Lesson, *, now: datetime, today: date) -> int:
    """The id of my unfinished try at this check, or of a new one. OutOfOrder when the course is locked or the day's tries are used.

    An unfinished try whose time is over is handed in. The end of a new one is fixed here, with the extra time I have now.
    That a day has two tries at most is a constraint of the table, so it also holds for clicks at the same moment."""
    course = library().catalogue.course(lesson.course)
    record_visit(session, me, lesson, now)
    running = _unfinished(session, me, lesson, course.revision)
    if running is not None and phase(running.ends_at, now) == "over":
        hand_in(session, me, running.id, {}, now=now, today=today)
        return running.id
    if running is not None:
        _count_today(session, running, today)
        return running.id
    used = _tries_of(session, me.person_id, lesson.id, today)
    _refuse_used_up(lesson, used)
    attempt = QuizAttempt(
        person_id=me.person_id, lesson_id=lesson.id, revision=course.revision, day=today, day_try=used + 1, seed=randbelow(1 << 30),
        max_score=lesson.quiz.max, ends_at=end_for(session, me, lesson.quiz.minutes, now),
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        running = _unfinished(session, me, lesson, course.revision)
        if running is None:
            raise OutOfOrder(NO_MORE) from None
        return running.id
    return attempt.id


def end_for(session: Session, me: Me, minutes: int | None, now: datetime) -> datetime | None:
    """When a try I open now ends: never without a limit, later with extra time; one statement where there is a limit."""
    return end_of(now, minutes_for(minutes, extra_of(session, me.person_id))) if minutes else None


def keep_answers(
    session: Session, me: Me, attempt_id: int, answers: Mapping[str, object], flagged: Collection[str], *, now: datetime, today: date, only: str = ""
) -> bool:
    """Store what is answered so far, and the flags. Questions that were not sent keep their answer.

    *only* names the question this is about: without an answer it loses the one it had, and the other flags stay.

    False when the time is over: what was kept before is handed in. OutOfOrder once the try was handed in."""
    attempt = _mine(session, me, attempt_id)
    if attempt.submitted_at is not None:
        raise OutOfOrder(HANDED_IN)
    if phase(attempt.ends_at, now) == "over":
        hand_in(session, me, attempt_id, {}, now=now, today=today)
        return False
    _store(attempt, answers, now)
    for answer in [a for a in attempt.answers if a.question_id == only and only not in answers]:
        if answer.tried:  # what was checked stays known, or emptying the field would bring the tries back
            answer.answer = None
        else:
            attempt.answers.remove(answer)
    attempt.flagged = flags(attempt.flagged, flagged, only)
    session.flush()
    return True


def flags(kept: Collection[str], sent: Collection[str], only: str) -> list[str]:
    """The flags after a save: those sent, and with *only* one question in question the others as they were."""
    return sorted({one for one in kept if only and one != only} | set(sent))


def hand_in(session: Session, me: Me, attempt_id: int, answers: Mapping[str, object], *, now: datetime, today: date) -> None:
    """Take these answers to those kept before, and mark the try. Once the time is over only what was kept before counts.

    Handing in twice changes nothing: the first answers stand."""
    attempt = _mine(session, me, attempt_id)
    if attempt.submitted_at is not None:
        return
    if attempt.revision != library().catalogue.course(library().catalogue.lesson(attempt.lesson_id).course).revision:
        raise OutOfOrder("The course was revised since you began this try. Open the check again; this try does not count.")
    stage = phase(attempt.ends_at, now)
    if stage != "over":
        _count_today(session, attempt, today)
        _store(attempt, answers, now)
    settle(session, me, attempt, now=now, by_clock=stage != "running")


def settle(session: Session, me: Me, attempt: QuizAttempt, *, now: datetime, by_clock: bool) -> None:
    """Mark what is kept of a try, each answer with its mark; issue the certificate if this completed the course."""
    at = attempt.ends_at if by_clock and attempt.ends_at else now
    lesson = library().catalogue.lesson(attempt.lesson_id)
    answers = {answer.question_id: answer.answer for answer in attempt.answers}
    tried = {answer.question_id: answer.tried for answer in attempt.answers}
    marked = mark(lesson.quiz, fitting(lesson.quiz, answers, attempt.seed), attempt.seed, tried)
    marks = {question.id: question.mark for question in marked.questions}
    for answer in attempt.answers:
        # a question that was taken out of the check since is worth nothing
        answer.mark = marks.get(answer.question_id, 0)
    attempt.submitted_at, attempt.by_clock = at, by_clock
    attempt.score, attempt.max_score, attempt.passed = marked.score, marked.max, marked.passed
    session.flush()
    session.add(Event(person_id=me.person_id, what="passed a check" if marked.passed else "tried a check", thing="lesson", thing_id=lesson.id, detail={"score": marked.score, "of": marked.max}))
    after_check(session, me, lesson, [one.id for one in marked.questions if one.mark < 1], today=day_of(me, at), now=at)
    if marked.passed:
        issue_when_complete(session, me, lesson.course)


def day_of(me: Me, at: datetime) -> date:
    """My calendar day of a moment."""
    return at.astimezone(ZoneInfo(me.time_zone)).date()


def _mine(session: Session, me: Me, attempt_id: int) -> QuizAttempt:
    attempt = session.scalars(
        select(QuizAttempt).where(QuizAttempt.id == attempt_id, QuizAttempt.person_id == me.person_id).with_for_update()
    ).one_or_none()
    if attempt is None:
        raise NotVisible
    lesson = library().catalogue.lesson(attempt.lesson_id)
    if course_progress(library().catalogue, lesson.course, facts(session, me.person_id)).state == "locked":
        raise OutOfOrder("This course waits for another one. Complete that first.")
    return attempt


def _unfinished(session: Session, me: Me, lesson: Lesson, revision: int) -> QuizAttempt | None:
    return session.scalars(
        select(QuizAttempt)
        .where(QuizAttempt.person_id == me.person_id, QuizAttempt.lesson_id == lesson.id, QuizAttempt.submitted_at.is_(None), QuizAttempt.revision == revision)
        .order_by(QuizAttempt.id.desc())
    ).first()


def _tries_of(session: Session, person_id: int, lesson_id: str, day: date) -> int:
    tries = select(func.max(QuizAttempt.day_try)).where(QuizAttempt.person_id == person_id, QuizAttempt.lesson_id == lesson_id, QuizAttempt.day == day)
    return session.scalar(tries) or 0


def _refuse_used_up(lesson: Lesson, used: int) -> None:
    most = lesson.quiz.behaviour.tries_a_day
    if most is not None and used >= most:
        raise OutOfOrder(NO_MORE)


def _count_today(session: Session, attempt: QuizAttempt, today: date) -> None:
    """A try begun on an earlier day counts for the day it goes on, so that a night gives nobody a third one. With a time limit it stays where it was."""
    if attempt.day == today or attempt.ends_at is not None:
        return
    used = _tries_of(session, attempt.person_id, attempt.lesson_id, today)
    _refuse_used_up(library().catalogue.lesson(attempt.lesson_id), used)
    attempt.day, attempt.day_try = today, used + 1
    try:
        with session.begin_nested():
            session.flush()
    except IntegrityError:
        raise OutOfOrder(NO_MORE) from None


def _store(attempt: QuizAttempt, answers: Mapping[str, object], now: datetime) -> None:
    kept = {answer.question_id: answer for answer in attempt.answers}
    for question_id in sorted(answers):
        if question_id in kept:
            kept[question_id].answer, kept[question_id].saved_at = answers[question_id], now
        else:
            attempt.answers.append(AttemptAnswer(question_id=question_id, answer=answers[question_id], tried=[], saved_at=now))
