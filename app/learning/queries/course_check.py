"""The check over a whole course: whether I may take it and what for, its questions, its result. No page of it holds a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.errors import NotVisible
from app.learning.queries.asked import AskedQuestion
from app.learning.queries.checks import Refusal, questions_again, seconds_left, time_facts
from app.models import CourseTry, IssuedCertificate
from app.records.learning import facts
from app.ui.filters import day
from courses.catalogue import Course, CourseCheck
from courses.course_check import CourseTries, course_quiz, lesson_of, may_renew, may_try_course
from courses.errors import NotInCatalogue
from courses.progress import course_progress
from courses.quiz import Attempt, ShownQuiz, mark, presented, said

Purpose = Literal["test-out", "renewal"]


@dataclass(frozen=True)
class Standing:
    """How I stand with the check of a course: what a try would be for ('' when for nothing, and why not), and when one is allowed."""

    course: Course
    check: CourseCheck
    purpose: Purpose | None
    why_not: str
    tries: CourseTries
    running: CourseTry | None
    last: CourseTry | None
    certificate: IssuedCertificate | None
    used: int


def course_at(slug: str) -> tuple[Course, CourseCheck]:
    """The course at an address with its check; NotVisible for a course that has none, or that has a lesson under repair."""
    try:
        course = library().catalogue.course_by_slug(slug)
    except NotInCatalogue:
        raise NotVisible from None
    if course.check is None or course.withheld:
        raise NotVisible
    return course, course.check


def standing(session: Session, me: Me, course: Course, check: CourseCheck, today: date, lock: bool = False) -> Standing:
    """How I stand with this check; four statements. With *lock* the certificate stays as it is until this request is settled."""
    statement = select(CourseTry).where(CourseTry.person_id == me.person_id, CourseTry.course_id == course.id).order_by(CourseTry.number)
    rows = list(session.scalars(statement))
    held = (
        select(IssuedCertificate)
        .where(IssuedCertificate.person_id == me.person_id, IssuedCertificate.course_id == course.id, IssuedCertificate.revoked_at.is_(None))
        .order_by(IssuedCertificate.id.desc()).limit(1)
    )
    certificate = session.scalars(held.with_for_update() if lock else held).one_or_none()
    state = course_progress(library().catalogue, course.id, facts(session, me.person_id)).state
    purpose, why_not = _purpose(course, check, state, certificate, today)
    running = next((row for row in reversed(rows) if row.submitted_at is None and row.revision == course.revision), None)
    handed = [row for row in rows if row.submitted_at is not None]
    tries = may_try_course(check, tuple(Attempt(row.day, row.score or 0, row.max_score, bool(row.passed)) for row in handed), today)
    return Standing(course, check, purpose, why_not, tries, running, handed[-1] if handed else None, certificate, rows[-1].number if rows else 0)


def _purpose(course: Course, check: CourseCheck, state: str, held: IssuedCertificate | None, today: date) -> tuple[Purpose | None, str]:
    if held is not None and held.expires_on is not None and course.valid_months is not None:
        if may_renew(held.expires_on, today):
            return "renewal", ""
        return None, f"Your certificate holds until {day(held.expires_on)}. It can be renewed from {day(held.expires_on - timedelta(days=90))} on."
    if state == "complete":
        return None, "You have completed this course; there is nothing left to pass."
    if state == "locked":
        return None, "This course waits for another one. Complete that first."
    if not check.test_out:
        return None, "This check renews a certificate. Complete the course first, lesson by lesson."
    return "test-out", ""


@dataclass(frozen=True)
class StartPage:
    """The start card: what it is for, how long, how often; `last` says how the last try went."""

    course: Course
    href: str
    heading: str
    lead: str
    may_start: bool
    is_running: bool
    why_not: str
    questions: int
    pass_mark: int
    tries: str
    last: str
    last_href: str
    time: str
    extra_href: str


def start_page(session: Session, me: Me, found: Standing) -> StartPage:
    """What somebody should know before the first question; one statement where there is a time limit."""
    course, check = found.course, found.check
    for_renewal = found.purpose == "renewal" or (found.certificate is not None and found.certificate.expires_on is not None)
    last = found.last
    return StartPage(
        course=course, href=f"/courses/{course.slug}/", heading=f"{'Renew the certificate' if for_renewal else 'Test-out'}: {course.title}",
        lead=(
            "One check over the whole course makes your certificate hold longer. Being early costs no day."
            if for_renewal else "For those who know the subject from their work: one longer check stands for all lessons, and the certificate says so."
        ),
        may_start=found.purpose is not None and (found.tries.allowed or found.running is not None), is_running=found.running is not None,
        why_not=found.why_not, questions=check.questions, pass_mark=check.pass_mark, tries=found.tries.sentence,
        last=f"{said(last.score or 0)} of {last.max_score} right on {day(last.day)}, {'passed' if last.passed else 'not passed'}." if last else "",
        last_href=f"/courses/{course.slug}/whole-check/{last.id}/" if last else "", **time_facts(session, me, check.minutes),
    )


@dataclass(frozen=True)
class RunningCourseTry:
    """A try of mine with its questions as I see them."""

    course: Course
    check: CourseCheck
    attempt: CourseTry
    quiz: ShownQuiz


def my_course_try(session: Session, me: Me, course: Course, check: CourseCheck, try_id: int) -> RunningCourseTry:
    """My try with this number at this course, or NotVisible; one statement."""
    attempt = session.scalars(
        select(CourseTry).where(CourseTry.id == try_id, CourseTry.person_id == me.person_id, CourseTry.course_id == course.id)
    ).one_or_none()
    if attempt is None:
        raise NotVisible
    return RunningCourseTry(course, check, attempt, presented(course_quiz(course, check), attempt.seed))


@dataclass(frozen=True)
class CourseTryPage:
    """The questions of a running try, with what is kept of the answers; what the page of a lesson's check needs too."""

    title: str
    action: str
    crumbs: tuple[tuple[str, str], ...]
    which: str
    questions: tuple[AskedQuestion, ...]
    answered: int
    total: int
    pass_mark: int
    may_insist: bool
    sure: tuple[tuple[int, str], ...] = ()
    ends_at: datetime | None = None
    left: int = 0
    checks_on_the_way: bool = False


def course_try_page(running: RunningCourseTry, now: datetime, refusal: Refusal | None = None) -> CourseTryPage:
    """The page of the questions with what is kept, or with what was just sent and not accepted."""
    questions = questions_again(running.quiz, running.attempt.answers, running.attempt.flagged, refusal)
    course = running.course
    return CourseTryPage(
        title=course.title, action=f"/courses/{course.slug}/whole-check/{running.attempt.id}/",
        crumbs=(("Courses", "/courses/"), (course.title, f"/courses/{course.slug}/")), which=f"One try every {running.check.every_days} days.",
        questions=questions, answered=sum(q.answer not in (None, [], {}) for q in questions), total=len(questions), pass_mark=running.quiz.pass_mark,
        may_insist=bool(refusal and refusal.sent.may_insist), ends_at=running.attempt.ends_at, left=seconds_left(running.attempt.ends_at, now),
    )


@dataclass(frozen=True)
class LessonShare:
    """What a try showed about one lesson."""

    title: str
    href: str
    score: str
    of: int
    is_whole: bool


@dataclass(frozen=True)
class CourseResultPage:
    """A try that was handed in: the sum, and lesson by lesson. Right answers are not shown: they are those of the lessons."""

    course: Course
    heading: str
    score: str
    of: int
    pass_mark: int
    passed: bool
    is_current: bool
    lessons: tuple[LessonShare, ...]
    certificate: str
    tries: str
    ended_at: datetime | None


def course_result_page(session: Session, me: Me, running: RunningCourseTry, today: date) -> CourseResultPage:
    """The result; the lessons are not told apart once the course was revised."""
    course, attempt = running.course, running.attempt
    found = standing(session, me, course, running.check, today)
    quiz = course_quiz(course, running.check)
    asked_now = {question.id for question in running.quiz.questions}
    is_current = attempt.revision == course.revision and set(attempt.answers) <= asked_now
    shares: dict[str, list[float]] = {}
    if is_current:
        for one in mark(quiz, attempt.answers, attempt.seed).questions:
            shares.setdefault(lesson_of(course, one.id).id, []).append(one.mark)
    lessons = tuple(
        LessonShare(lesson.title, f"/courses/{course.slug}/{lesson.slug}/", said(sum(shares[lesson.id])), len(shares[lesson.id]), sum(shares[lesson.id]) == len(shares[lesson.id]))
        for lesson in course.lessons if lesson.id in shares
    )
    return CourseResultPage(
        course=course, heading=f"{'Passed' if attempt.passed else 'Not passed'}: {course.title}", score=said(attempt.score or 0), of=attempt.max_score,
        pass_mark=running.check.pass_mark, passed=bool(attempt.passed), is_current=is_current, lessons=lessons,
        certificate=f"/certificates/{found.certificate.code}/" if found.certificate else "", tries="" if attempt.passed else found.tries.sentence,
        ended_at=attempt.ends_at if attempt.by_clock else None,
    )
