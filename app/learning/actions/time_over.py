"""Tries whose time is over and nobody looks at: the worker hands in what was kept of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from app import clock
from app.access import Me
from app.content import library
from app.db import Database
from app.learning.actions.checks import settle
from app.learning.actions.course_check import settle_course
from app.models import CourseTry, Person, QuizAttempt
from courses.time_limit import GRACE


def hand_in_over(database: Database) -> bool:
    """Hand in one try whose time is over; False when there is none. A look costs two statements and takes no lock."""
    now = clock.now()
    with database.reading() as session:
        if session.scalar(_lessons(now).with_only_columns(QuizAttempt.id)) is None and session.scalar(_courses(now).with_only_columns(CourseTry.id)) is None:
            return False
    with database.transaction() as session:
        return _hand_in(session, now)


def _hand_in(session: Session, now: datetime) -> bool:
    attempt = session.scalars(_lessons(now).with_for_update(skip_locked=True)).one_or_none()
    if attempt is not None:
        settle(session, _owner(session, attempt.person_id), attempt, now=now, by_clock=True)
        return True
    course_try = session.scalars(_courses(now).with_for_update(skip_locked=True)).one_or_none()
    if course_try is None:
        return False
    course = library().catalogue.course(course_try.course_id)
    if course.check:  # as `_courses` asks
        settle_course(session, _owner(session, course_try.person_id), course, course.check, course_try, now=now, by_clock=True)
    return True


def _lessons(now: datetime) -> Select[QuizAttempt]:
    """The try at a lesson that has been over longest. One of an earlier revision of its course does not count, and stays as it is."""
    current = [(lesson.id, course.revision) for course in library().catalogue.courses for lesson in course.lessons]
    return (
        select(QuizAttempt)
        .where(QuizAttempt.ends_at <= now - GRACE, QuizAttempt.submitted_at.is_(None), tuple_(QuizAttempt.lesson_id, QuizAttempt.revision).in_(current))
        .order_by(QuizAttempt.ends_at, QuizAttempt.id).limit(1)
    )


def _courses(now: datetime) -> Select[CourseTry]:
    current = [(course.id, course.revision) for course in library().catalogue.courses if course.check and not course.withheld]
    return (
        select(CourseTry)
        .where(CourseTry.ends_at <= now - GRACE, CourseTry.submitted_at.is_(None), tuple_(CourseTry.course_id, CourseTry.revision).in_(current))
        .order_by(CourseTry.ends_at, CourseTry.id).limit(1)
    )


def _owner(session: Session, person_id: int) -> Me:
    person = session.get_one(Person, person_id)
    return Me(person.id, person.name, person.email, person.time_zone)
