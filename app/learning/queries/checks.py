"""What the pages of a check show: the start card, the questions, the result. None of them holds a key before it may be seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.content import library
from app.errors import NotVisible
from app.learning.forms.checks import SentCheck
from app.learning.queries.asked import SURE, AskedQuestion, asked, verdict
from app.learning.queries.extra_time import extra_of
from app.learning.queries.review import ReviewedQuestion, SureWords, reviewed
from app.models import AttemptAnswer, IssuedCertificate, QuizAttempt
from app.records.learning import studied
from courses.catalogue import Course, Lesson
from courses.errors import NotInCatalogue
from courses.progress import LessonFacts, course_progress
from courses.quiz import Attempt, ShownQuiz, best, drawn, may_try, presented, said
from courses.retrying import told
from courses.time_limit import limit_words


def lesson_at(course_slug: str, lesson_slug: str) -> tuple[Course, Lesson]:
    """The course and lesson at an address, or NotVisible."""
    try:
        lesson = library().catalogue.lesson_by_slug(course_slug, lesson_slug)
    except NotInCatalogue:
        raise NotVisible from None
    return library().catalogue.course(lesson.course), lesson


@dataclass(frozen=True)
class CheckPage:
    """The start card of a check."""

    course: Course
    lesson: Lesson
    href: str
    is_locked: bool
    running: int | None
    may_try: bool
    tries: str
    best: str
    has_passed: bool
    time: str
    extra_href: str


def check_page(session: Session, me: Me, course: Course, lesson: Lesson, today: date) -> CheckPage:
    """What somebody should know before the first question; one statement, and one more where there is a time limit."""
    catalogue = library().catalogue
    mine = studied(session, me, catalogue.with_needed(course))
    number, revision = mine.unfinished.get(lesson.id, (None, 0))
    running = number if revision == course.revision else None
    tries = may_try(mine.tries.get(lesson.id, ()), today, lesson.quiz.behaviour)
    top = best(mine.facts.lessons.get(lesson.id, LessonFacts()).attempts)
    return CheckPage(
        course=course, lesson=lesson, href=f"/courses/{course.slug}/{lesson.slug}/",
        is_locked=course_progress(catalogue, course.id, mine.facts).state == "locked",
        running=running, may_try=tries.allowed or running is not None, tries=tries.sentence,
        best=f"Your best so far: {said(top.score)} of {top.of}{', passed' if top.passed else ''}." if top else "",
        has_passed=bool(top and top.passed), **time_facts(session, me, lesson.quiz.minutes),
    )


def time_facts(session: Session, me: Me, minutes: int | None) -> dict[str, str]:
    """What a start card says of the time, and where my extra time stands; '' for nothing to see there."""
    extra = extra_of(session, me.person_id) if minutes else 0
    return {"time": limit_words(minutes, extra), "extra_href": f"/people/{me.person_id}/extra-time/" if extra != 0 else ""}


@dataclass(frozen=True)
class AttemptPage:
    """A running try: its questions and what is kept of the answers."""

    course: Course
    lesson: Lesson
    href: str
    attempt_id: int
    which: str
    questions: tuple[AskedQuestion, ...]
    answered: int
    total: int
    pass_mark: int
    sure: tuple[tuple[int, str], ...]
    may_insist: bool
    ends_at: datetime | None = None
    left: int = 0
    checks_on_the_way: bool = False

    @property
    def title(self) -> str:
        """What is checked."""
        return self.lesson.title

    @property
    def action(self) -> str:
        """Where the form goes."""
        return f"{self.href}check/{self.attempt_id}/"

    @property
    def crumbs(self) -> tuple[tuple[str, str], ...]:
        """(words, address) of the pages above."""
        return (("Courses", "/courses/"), (self.course.title, f"/courses/{self.course.slug}/"), (self.lesson.title, self.href))


@dataclass(frozen=True)
class StandingTry:
    """A try as it is stored."""

    id: int
    revision: int
    day_try: int
    seed: int
    submitted_at: datetime | None
    score: float | None
    max_score: int
    passed: bool | None
    flagged: list[str]
    ends_at: datetime | None
    by_clock: bool


@dataclass(frozen=True)
class RunningTry:
    """A try of mine with its quiz as I see it."""

    course: Course
    lesson: Lesson
    attempt: StandingTry
    quiz: ShownQuiz
    answers: Mapping[str, object]
    tried: Mapping[str, Sequence[object]]


_TRY = (
    select(
        QuizAttempt.id, QuizAttempt.revision, QuizAttempt.day_try, QuizAttempt.seed, QuizAttempt.submitted_at, QuizAttempt.score,
        QuizAttempt.max_score, QuizAttempt.passed, QuizAttempt.flagged, QuizAttempt.ends_at, QuizAttempt.by_clock, AttemptAnswer.question_id, AttemptAnswer.answer, AttemptAnswer.tried,
    )
    .outerjoin(AttemptAnswer, AttemptAnswer.attempt_id == QuizAttempt.id)
    .where(QuizAttempt.id == bindparam("number"), QuizAttempt.person_id == bindparam("person"), QuizAttempt.lesson_id == bindparam("lesson"))
    .order_by(AttemptAnswer.id)
)


def my_try(session: Session, me: Me, course: Course, lesson: Lesson, attempt_id: int) -> RunningTry:
    """My try with this number at this lesson, or NotVisible; one statement."""
    rows = db.rows(session, _TRY, number=attempt_id, person=me.person_id, lesson=lesson.id)
    if not rows:
        raise NotVisible
    *columns, _, _, _ = rows[0]
    attempt = StandingTry(*columns)
    answered = [row for row in rows if row.question_id]
    return RunningTry(
        course, lesson, attempt, presented(lesson.quiz, attempt.seed), {row.question_id: row.answer for row in answered},
        {row.question_id: row.tried for row in answered if row.tried},
    )


@dataclass(frozen=True)
class Refusal:
    """What was just sent and not accepted, and the fields as typed."""

    sent: SentCheck
    typed: Mapping[str, str]


def questions_again(quiz: ShownQuiz, answers: Mapping[str, object], flagged: Collection[str], refusal: Refusal | None) -> tuple[AskedQuestion, ...]:
    """The questions with what is kept, or with what was just sent and not accepted."""
    typed: Mapping[str, str] = {}
    faults: Mapping[str, str] = {}
    if refusal:
        answers, flagged, faults, typed = refusal.sent.answers, refusal.sent.flagged, dict(refusal.sent.faults), refusal.typed
    return tuple(
        asked(number, one, answers.get(one.id), faults.get(one.id, ""), typed if one.id not in answers else {}, is_flagged=one.id in flagged)
        for number, one in enumerate(quiz.questions, 1)
    )


def seconds_left(ends_at: datetime | None, now: datetime) -> int:
    """Whole seconds until the end, 0 after it and without one."""
    return max(0, int((ends_at - now).total_seconds())) if ends_at else 0


def attempt_page(running: RunningTry, now: datetime, refusal: Refusal | None = None) -> AttemptPage:
    """The page of the questions with what is kept, or with what was just sent and not accepted."""
    questions = _with_verdicts(running, questions_again(running.quiz, running.answers, running.attempt.flagged, refusal))
    behaviour = running.lesson.quiz.behaviour
    return AttemptPage(
        course=running.course, lesson=running.lesson, href=f"/courses/{running.course.slug}/{running.lesson.slug}/",
        attempt_id=running.attempt.id, questions=questions,
        checks_on_the_way=running.lesson.quiz.tries_a_question > 1,
        which="Try as often as you like." if behaviour.tries_a_day is None else f"Try {running.attempt.day_try} of {behaviour.tries_a_day} today.",
        answered=sum(q.answer not in (None, [], {}) for q in questions), total=len(questions), pass_mark=running.quiz.pass_mark,
        sure=SURE if running.quiz.asks_certainty else (), may_insist=bool(refusal and refusal.sent.may_insist),
        ends_at=running.attempt.ends_at, left=seconds_left(running.attempt.ends_at, now),
    )


def _with_verdicts(running: RunningTry, questions: tuple[AskedQuestion, ...]) -> tuple[AskedQuestion, ...]:
    """The questions with what is told of answers checked on the way; as they are in a check that tells nothing before its end."""
    quiz, tried = running.lesson.quiz, running.tried
    if quiz.tries_a_question == 1:
        return questions
    so_far = {one.id: told(one, tried.get(one.id, ()), quiz.tries_a_question) for one in drawn(quiz, running.attempt.seed).questions}

    def standing(one: AskedQuestion) -> AskedQuestion:
        known = so_far[one.question.id]
        return replace(one, verdict=verdict(known, tried.get(one.question.id, ()), one.answer), may_check=known is None or known.left > 0)

    return tuple(standing(one) for one in questions)


@dataclass(frozen=True)
class ResultPage:
    """A try that was handed in."""

    course: Course
    lesson: Lesson
    href: str
    score: str
    total: int
    passed: bool
    pass_mark: int
    shows_key: bool
    is_current: bool
    questions: tuple[ReviewedQuestion, ...]
    sure: SureWords | None
    tries: str
    may_try: bool
    next_title: str
    next_href: str
    certificate: str
    ended_at: datetime | None = None


_CODE = (
    select(IssuedCertificate.code)
    .where(IssuedCertificate.person_id == bindparam("person"), IssuedCertificate.course_id == bindparam("course"), IssuedCertificate.revoked_at.is_(None))
    .order_by(IssuedCertificate.id.desc()).limit(1).scalar_subquery()
)
_TRIES = (
    select(QuizAttempt.day, QuizAttempt.score, QuizAttempt.max_score, QuizAttempt.passed, _CODE.label("code"))
    .where(QuizAttempt.person_id == bindparam("person"), QuizAttempt.lesson_id == bindparam("lesson"))
)


def result_page(session: Session, me: Me, running: RunningTry, today: date) -> ResultPage:
    """The result with feedback. The key is shown when the check was passed or no try is left today, and not before."""
    course, lesson, attempt = running.course, running.lesson, running.attempt
    rows = db.rows(session, _TRIES, person=me.person_id, lesson=lesson.id, course=course.id)
    behaviour = lesson.quiz.behaviour
    tries = may_try(tuple(Attempt(r.day, r.score or 0, r.max_score, bool(r.passed)) for r in rows), today, behaviour)
    has_passed = any(row.passed for row in rows)
    shows_key = behaviour.shows_key(has_passed, tries.allowed)
    is_current = attempt.revision == course.revision
    code = rows[0].code if rows else None
    following = library().catalogue.next_lesson(lesson.id)
    questions, sure = reviewed(lesson.quiz, running.quiz.questions, running.answers, attempt.seed, shows_key, running.tried) if is_current else ((), None)
    return ResultPage(
        course=course, lesson=lesson, href=f"/courses/{course.slug}/{lesson.slug}/", score=said(attempt.score or 0), total=attempt.max_score,
        passed=bool(attempt.passed), pass_mark=running.quiz.pass_mark, shows_key=shows_key, is_current=is_current,
        questions=questions, sure=sure, tries=tries.sentence, may_try=tries.allowed and not has_passed,
        next_title=following.title if following else "", next_href=f"/courses/{course.slug}/{following.slug}/" if following else "",
        certificate=f"/certificates/{code}/" if code else "", ended_at=attempt.ends_at if attempt.by_clock else None,
    )

