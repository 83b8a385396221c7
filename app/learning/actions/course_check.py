"""Taking the check over a whole course: open a try, keep its answers, hand it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from secrets import randbelow

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible, OutOfOrder
from app.learning.actions.certificates import issue_when_complete
from app.learning.actions.checks import day_of, end_for, flags
from app.learning.queries.course_check import Standing, standing
from app.models import CertificateRenewal, CourseTry, Event
from courses.catalogue import Course, CourseCheck
from courses.course_check import course_quiz, renewed_until
from courses.quiz import fitting, mark
from courses.time_limit import phase


def open_course_try(session: Session, me: Me, course: Course, check: CourseCheck, *, now: datetime, today: date) -> int:
    """The id of my unfinished try, or of a new one. OutOfOrder when there is nothing to pass or the period is not over.

    An unfinished try whose time is over is handed in; the end of a new one is fixed here.

    Tries are numbered by a constraint of the table, so two clicks at the same moment are one try."""
    found = standing(session, me, course, check, today)
    if found.running is not None and phase(found.running.ends_at, now) == "over":
        hand_in_course(session, me, course, check, found.running.id, {}, now=now, today=today)
        return found.running.id
    _refuse(found)
    if found.running is not None:
        return found.running.id
    attempt = CourseTry(
        person_id=me.person_id, course_id=course.id, number=found.used + 1, purpose=found.purpose or "", revision=course.revision, day=today,
        seed=randbelow(1 << 30), answers={}, max_score=check.questions, ends_at=end_for(session, me, check.minutes, now),
    )
    try:
        with session.begin_nested():
            session.add(attempt)
    except IntegrityError:
        again = standing(session, me, course, check, today)
        if again.running is None:
            raise OutOfOrder("Another try was opened at this moment. Open the check again.") from None
        return again.running.id
    return attempt.id


def keep_course_answers(
    session: Session, me: Me, course: Course, check: CourseCheck, try_id: int, answers: Mapping[str, object], flagged: Collection[str], *,
    now: datetime, today: date, only: str = "",
) -> bool:
    """Store what is answered so far, and the flags, as `keep_answers` does."""
    attempt = _mine(session, me, try_id)
    if attempt.submitted_at is not None:
        raise OutOfOrder("This try was handed in already; its answers stand.")
    if phase(attempt.ends_at, now) == "over":
        hand_in_course(session, me, course, check, try_id, {}, now=now, today=today)
        return False
    kept = {name: answer for name, answer in attempt.answers.items() if name != only or name in answers}
    attempt.answers, attempt.flagged = kept | dict(answers), flags(attempt.flagged, flagged, only)
    session.flush()
    return True


def hand_in_course(session: Session, me: Me, course: Course, check: CourseCheck, try_id: int, answers: Mapping[str, object], *, now: datetime, today: date) -> None:
    """Take these answers to those kept before, and mark the try. Once the time is over only what was kept before counts.

    Handing in twice changes nothing: the first answers stand."""
    attempt = _mine(session, me, try_id)
    if attempt.submitted_at is not None:
        return
    if attempt.revision != course.revision:
        raise OutOfOrder("The course was revised since you began this try. Open the check again; this try does not count.")
    stage = phase(attempt.ends_at, now)
    if stage != "over":
        attempt.answers = attempt.answers | dict(answers)
    settle_course(session, me, course, check, attempt, now=now, by_clock=stage != "running")


def settle_course(session: Session, me: Me, course: Course, check: CourseCheck, attempt: CourseTry, *, now: datetime, by_clock: bool) -> None:
    """Mark what is kept of a try. Passed, a test-out counts for all lessons and brings the certificate, a renewal moves its last day.

    OutOfOrder when the try is for something that is no longer open; one that the clock hands in is marked all the same, without effect."""
    at = attempt.ends_at if by_clock and attempt.ends_at else now
    today = day_of(me, at)
    found = standing(session, me, course, check, today, lock=True)
    fits = found.purpose == attempt.purpose
    if not fits and not by_clock:
        raise OutOfOrder(found.why_not or "What this try was for has changed. Open the check again.")
    quiz = course_quiz(course, check)
    attempt.answers = fitting(quiz, attempt.answers, attempt.seed)
    marked = mark(quiz, attempt.answers, attempt.seed)
    attempt.submitted_at, attempt.by_clock, attempt.day = at, by_clock, today
    attempt.score, attempt.max_score, attempt.passed = marked.score, marked.max, marked.passed and fits
    session.flush()
    what = {"test-out": "passed a test-out", "renewal": "renewed a certificate"}[attempt.purpose] if attempt.passed else "tried the check of a course"
    session.add(Event(person_id=me.person_id, what=what, thing="course", thing_id=course.id, detail={"score": marked.score, "of": marked.max}))
    if attempt.passed and attempt.purpose == "renewal":
        _renew(session, me, found, today)
    elif attempt.passed:
        issue_when_complete(session, me, course.id)
    session.flush()


def _renew(session: Session, me: Me, found: Standing, today: date) -> None:
    certificate, months = found.certificate, found.course.valid_months
    if certificate is None or certificate.expires_on is None or months is None:  # what `standing` has asked for a renewal
        raise OutOfOrder(found.why_not)
    before, until = certificate.expires_on, renewed_until(certificate.expires_on, today, months)
    certificate.expires_on = until
    session.add(CertificateRenewal(certificate_id=certificate.id, person_id=me.person_id, renewed_on=today, before=before, valid_until=until))


def _refuse(found: Standing) -> None:
    if found.purpose is None:
        raise OutOfOrder(found.why_not)
    if found.running is None and not found.tries.allowed:
        raise OutOfOrder(found.tries.sentence)


def _mine(session: Session, me: Me, try_id: int) -> CourseTry:
    attempt = session.scalars(select(CourseTry).where(CourseTry.id == try_id, CourseTry.person_id == me.person_id).with_for_update()).one_or_none()
    if attempt is None:
        raise NotVisible
    return attempt
