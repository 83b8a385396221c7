"""What the pages of a check show: the start card, the questions, the result. None of them holds a key before it may be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.errors import NotVisible
from app.models import AttemptAnswer, IssuedCertificate, QuizAttempt
from app.records.learning import facts
from courses.catalogue import Course, Lesson
from courses.errors import NotInCatalogue
from courses.progress import course_progress
from courses.questions import Asked, ShownOption, ShownQuestion, right_answer
from courses.quiz import Attempt, MarkedQuestion, ShownQuiz, best, drawn, mark, may_try, presented

LATER = "Not right yet. What it should be is shown once you have passed, or when no try is left today."


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


def check_page(session: Session, me: Me, course: Course, lesson: Lesson, today: date) -> CheckPage:
    """What somebody should know before the first question."""
    known = facts(session, me.person_id)
    rows = session.execute(
        select(QuizAttempt.id, QuizAttempt.day, QuizAttempt.score, QuizAttempt.max_score, QuizAttempt.passed, QuizAttempt.submitted_at, QuizAttempt.revision)
        .where(QuizAttempt.person_id == me.person_id, QuizAttempt.lesson_id == lesson.id)
        .order_by(QuizAttempt.id)
    ).all()
    handed = tuple(Attempt(r.day, r.score or 0, r.max_score, bool(r.passed)) for r in rows if r.submitted_at is not None)
    running = next((r.id for r in reversed(rows) if r.submitted_at is None and r.revision == course.revision), None)
    tries = may_try(tuple(Attempt(r.day, r.score or 0, r.max_score, bool(r.passed)) for r in rows), today)
    top = best(handed)
    return CheckPage(
        course=course, lesson=lesson, href=f"/courses/{course.slug}/{lesson.slug}/",
        is_locked=course_progress(library().catalogue, course.id, known).state == "locked",
        running=running, may_try=tries.allowed or running is not None, tries=tries.sentence,
        best=f"Your best so far: {top.score} of {top.of}{', passed' if top.passed else ''}." if top else "",
        has_passed=bool(top and top.passed),
    )


@dataclass(frozen=True)
class AskedQuestion:
    """A question on the page, with what was answered so far."""

    number: int
    question: ShownQuestion
    answer: object
    fault: str

    def chosen(self, option: str) -> bool:
        """Whether this option stands as the answer."""
        if isinstance(self.answer, bool):
            return option == str(self.answer).lower()
        return option in self.answer if isinstance(self.answer, list) else option == self.answer

    def place(self, option: str) -> int:
        """The place given to an entry of an ordering, 0 for none."""
        return self.answer.index(option) + 1 if isinstance(self.answer, list) and option in self.answer else 0

    def match(self, row: str) -> str:
        """The choice given to a row of a matching."""
        return str(self.answer.get(row, "")) if isinstance(self.answer, Mapping) else ""

    @property
    def number_typed(self) -> str:
        """A numeric answer as it was typed, without a needless .0."""
        return f"{self.answer:g}" if isinstance(self.answer, int | float) and not isinstance(self.answer, bool) else str(self.answer or "")


@dataclass(frozen=True)
class AttemptPage:
    """A running try: its questions and what is kept of the answers."""

    course: Course
    lesson: Lesson
    href: str
    attempt_id: int
    day_try: int
    questions: tuple[AskedQuestion, ...]
    answered: int
    total: int
    pass_mark: int


@dataclass(frozen=True)
class RunningTry:
    """A try of mine with its quiz as I see it."""

    course: Course
    lesson: Lesson
    attempt: QuizAttempt
    quiz: ShownQuiz
    answers: Mapping[str, object]


def my_try(session: Session, me: Me, course: Course, lesson: Lesson, attempt_id: int) -> RunningTry:
    """My try with this number at this lesson, or NotVisible; two statements."""
    attempt = session.scalars(
        select(QuizAttempt).where(QuizAttempt.id == attempt_id, QuizAttempt.person_id == me.person_id, QuizAttempt.lesson_id == lesson.id)
    ).one_or_none()
    if attempt is None:
        raise NotVisible
    rows = session.execute(select(AttemptAnswer.question_id, AttemptAnswer.answer).where(AttemptAnswer.attempt_id == attempt.id)).all()
    return RunningTry(course, lesson, attempt, presented(lesson.quiz, attempt.seed), {row.question_id: row.answer for row in rows})


def attempt_page(running: RunningTry, answers: Mapping[str, object] | None = None, faults: Mapping[str, str] | None = None) -> AttemptPage:
    """The page of the questions; *answers* and *faults* are what was just sent, where it was not accepted."""
    standing = running.answers if answers is None else answers
    questions = tuple(
        AskedQuestion(number, question, standing.get(question.id), (faults or {}).get(question.id, ""))
        for number, question in enumerate(running.quiz.questions, 1)
    )
    return AttemptPage(
        course=running.course, lesson=running.lesson, href=f"/courses/{running.course.slug}/{running.lesson.slug}/",
        attempt_id=running.attempt.id, day_try=running.attempt.day_try, questions=questions,
        answered=sum(q.answer not in (None, [], {}) for q in questions), total=len(questions), pass_mark=running.quiz.pass_mark,
    )


@dataclass(frozen=True)
class Reviewed:
    """A part of a marked question: its words, whether it was chosen, whether it is right (None: not shown yet), and why."""

    text: str
    is_mine: bool
    is_right: bool | None
    why: str


@dataclass(frozen=True)
class ReviewedQuestion:
    """A marked question with its parts and the sentence about it."""

    number: int
    text: str
    kind: str
    is_right: bool
    feedback: str
    parts: tuple[Reviewed, ...]
    key: tuple[str, ...]


@dataclass(frozen=True)
class ResultPage:
    """A try that was handed in."""

    course: Course
    lesson: Lesson
    href: str
    score: int
    total: int
    passed: bool
    pass_mark: int
    shows_key: bool
    is_current: bool
    questions: tuple[ReviewedQuestion, ...]
    tries: str
    may_try: bool
    next_title: str
    next_href: str
    certificate: str


def result_page(session: Session, me: Me, running: RunningTry, today: date) -> ResultPage:
    """The result with feedback. The key is shown when the check was passed or no try is left today, and not before."""
    course, lesson, attempt = running.course, running.lesson, running.attempt
    certificate = (
        select(IssuedCertificate.code)
        .where(IssuedCertificate.person_id == me.person_id, IssuedCertificate.course_id == course.id, IssuedCertificate.revoked_at.is_(None))
        .order_by(IssuedCertificate.id.desc()).limit(1).scalar_subquery()
    )
    rows = session.execute(
        select(QuizAttempt.day, QuizAttempt.score, QuizAttempt.max_score, QuizAttempt.passed, certificate.label("code"))
        .where(QuizAttempt.person_id == me.person_id, QuizAttempt.lesson_id == lesson.id)
    ).all()
    tries = may_try(tuple(Attempt(r.day, r.score or 0, r.max_score, bool(r.passed)) for r in rows), today)
    has_passed = any(row.passed for row in rows)
    shows_key = has_passed or not tries.allowed
    is_current = attempt.revision == course.revision
    code = rows[0].code if rows else None
    following = library().catalogue.next_lesson(lesson.id)
    return ResultPage(
        course=course, lesson=lesson, href=f"/courses/{course.slug}/{lesson.slug}/", score=attempt.score or 0, total=attempt.max_score,
        passed=bool(attempt.passed), pass_mark=running.quiz.pass_mark, shows_key=shows_key, is_current=is_current,
        questions=_reviewed(running, shows_key) if is_current else (), tries=tries.sentence, may_try=tries.allowed and not has_passed,
        next_title=following.title if following else "", next_href=f"/courses/{course.slug}/{following.slug}/" if following else "",
        certificate=f"/certificates/{code}/" if code else "",
    )


def _reviewed(running: RunningTry, shows_key: bool) -> tuple[ReviewedQuestion, ...]:
    seed = running.attempt.seed
    marked = mark(running.lesson.quiz, running.answers, seed)
    keys = {question.id: question for question in drawn(running.lesson.quiz, seed).questions}
    return tuple(
        _reviewed_question(AskedQuestion(number, question, running.answers.get(question.id), ""), marked.question(question.id), keys[question.id], shows_key)
        for number, question in enumerate(running.quiz.questions, 1)
    )


def _reviewed_question(asked: AskedQuestion, marked: MarkedQuestion, keyed: Asked, shows_key: bool) -> ReviewedQuestion:
    why = dict(marked.parts)
    right = right_answer(keyed) if shows_key else ()
    question = asked.question
    if question.rows:
        texts = {option.id: option.text for option in question.options}
        matches = {pair.id: pair.match for pair in getattr(keyed, "pairs", ())}
        parts = tuple(
            Reviewed(
                f"{row.text}: {texts.get(asked.match(row.id), 'no answer')}", True, asked.match(row.id) == matches[row.id] if shows_key else None,
                why.get(row.id, "") if shows_key or marked.mark else "",
            )
            for row in question.rows
        )
    elif question.kind == "ordering":
        placed = sorted((option for option in question.options if asked.place(option.id)), key=lambda option: asked.place(option.id))
        parts = tuple(Reviewed(f"{asked.place(option.id)}. {option.text}", True, None, why.get(option.id, "")) for option in placed)
    elif question.kind == "numeric":
        parts = (Reviewed(f"{asked.number_typed or 'No answer'} {question.unit or ''}".strip(), True, bool(marked.mark) if marked.answered else None, ""),)
    else:
        parts = tuple(_option(asked, option, right, why, shows_key, keyed) for option in question.options)
    hidden = not marked.mark and not shows_key and question.kind in {"numeric", "ordering", "matching"}
    rest = marked.feedback
    for text in why.values():
        rest = rest.replace(text, "").strip()
    return ReviewedQuestion(
        asked.number, question.text, question.kind, bool(marked.mark), LATER if hidden else rest, parts,
        right if question.kind in {"ordering", "matching", "numeric"} and not marked.mark else (),
    )


def _option(asked: AskedQuestion, option: ShownOption, right: tuple[str, ...], why: Mapping[str, str], shows_key: bool, keyed: Asked) -> Reviewed:
    mine = asked.chosen(option.id)
    is_right = (option.text in right) if shows_key else None
    words = why.get(option.id, "") if mine else _feedback(keyed, option.id) if shows_key else ""
    return Reviewed(option.text, mine, is_right, words)


def _feedback(keyed: Asked, option_id: str) -> str:
    for option in getattr(keyed, "options", ()):
        if option.id == option_id:
            return str(option.feedback)
    return ""
