"""What people have read, tried and earned, as the rules of learning take it, for every feature that builds on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import db
from app.access import Me
from app.content import library
from app.models import CourseTry, Enrolment, HandedInExercise, IssuedCertificate, LessonVisit, Person, QuizAttempt
from app.models.base import UtcDateTime
from app.records.addresses import course_address
from courses.catalogue import Course
from courses.progress import CourseState, Facts, LessonFacts, course_progress
from courses.quiz import Attempt

KINDS = frozenset({"try", "visit", "certificate", "course", "tested", "exercise"})
StudyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True)
class Visit:
    """When a lesson was first and last opened, and the heading last read ('' at the start)."""

    first: datetime
    last: datetime
    heading: str


@dataclass(frozen=True)
class Studied:
    """What one person has done.

    `facts` are for the rules. `tries` holds every try at a check, handed in or not, by lesson; `unfinished` the last one not
    handed in, with the revision of its course; `passed_at` the latest revision of the course at which a check was passed;
    `certificates` the numbers of those that were not withdrawn, by course; `exercises` is how the newest exercise handed in for a
    course stands, accepted once one was."""

    facts: Facts = field(default_factory=Facts)
    visits: Mapping[str, Visit] = field(default_factory=dict)
    tries: Mapping[str, tuple[Attempt, ...]] = field(default_factory=dict)
    unfinished: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    certificates: Mapping[str, str] = field(default_factory=dict)
    begun: frozenset[str] = frozenset()
    passed_at: Mapping[str, int] = field(default_factory=dict)
    exercises: Mapping[str, str] = field(default_factory=dict)


NO_TEXT, NO_DAY, NO_NUMBER = cast(null(), String), cast(null(), Date), cast(null(), Integer)
NO_TIME, NO_FLAG = cast(null(), UtcDateTime), cast(null(), Boolean)


def _branches(whose: Callable[[InstrumentedAttribute[int]], ColumnElement[bool]]) -> tuple[Select[*tuple[Any, ...]], ...]:
    """Everything of the people asked for, a select for each kind of row; all have the same columns."""
    tries = select(
        literal("try").label("kind"), QuizAttempt.person_id, QuizAttempt.id, QuizAttempt.lesson_id.label("thing"),
        QuizAttempt.created_at.label("first"), QuizAttempt.submitted_at.label("last"), QuizAttempt.day,
        QuizAttempt.score, QuizAttempt.max_score.label("most"), QuizAttempt.passed, NO_TEXT.label("words"),
        QuizAttempt.revision.label("revision"),
    )
    visits = select(
        literal("visit"), LessonVisit.person_id, LessonVisit.id, LessonVisit.lesson_id, LessonVisit.created_at, LessonVisit.last_at,
        NO_DAY, NO_NUMBER, NO_NUMBER, NO_FLAG, LessonVisit.heading, NO_NUMBER,
    )
    certificates = select(
        literal("certificate"), IssuedCertificate.person_id, IssuedCertificate.id, IssuedCertificate.course_id, IssuedCertificate.created_at,
        IssuedCertificate.revoked_at, NO_DAY, NO_NUMBER, NO_NUMBER, NO_FLAG, IssuedCertificate.code, NO_NUMBER,
    )
    begun = select(
        literal("course"), Enrolment.person_id, Enrolment.id, Enrolment.course_id, Enrolment.created_at, NO_TIME, NO_DAY, NO_NUMBER,
        NO_NUMBER, NO_FLAG, NO_TEXT, NO_NUMBER,
    )
    tested = select(
        literal("tested"), CourseTry.person_id, CourseTry.id, CourseTry.course_id, CourseTry.created_at, CourseTry.submitted_at, CourseTry.day,
        NO_NUMBER, NO_NUMBER, NO_FLAG, NO_TEXT, NO_NUMBER,
    ).where(CourseTry.passed.is_(True), CourseTry.purpose == "test-out")
    exercises = select(
        literal("exercise"), HandedInExercise.person_id, HandedInExercise.id, HandedInExercise.course_id, HandedInExercise.created_at,
        HandedInExercise.reviewed_at, NO_DAY, NO_NUMBER, NO_NUMBER, NO_FLAG, HandedInExercise.state, NO_NUMBER,
    )
    return (
        tries.where(whose(QuizAttempt.person_id)), visits.where(whose(LessonVisit.person_id)), certificates.where(whose(IssuedCertificate.person_id)),
        begun.where(whose(Enrolment.person_id)), exercises.where(whose(HandedInExercise.person_id)), tested.where(whose(CourseTry.person_id)),
    )


def _statement(branches: tuple[Select[*tuple[Any, ...]], ...], things: tuple[str, ...] = ()) -> Select[*tuple[Any, ...]]:
    """All branches in one statement, or what they hold of some things. These ids are of the courses, and written out: a list of
    values would be taken apart anew each time."""
    rows = union_all(*branches).subquery()
    written: list[ColumnElement[str]] = [literal_column("'" + thing.replace("'", "''") + "'") for thing in things]
    return select(rows).where(*((rows.c.thing.in_(written),) if things else ())).order_by(rows.c.kind, rows.c.id)


_OF_ONE = _branches(lambda person_id: person_id == bindparam("person"))
_OF_MANY = _branches(lambda person_id: person_id.in_(bindparam("people", expanding=True)))


@db.built_once
def _of_one(things: tuple[str, ...], more: tuple[Select[*tuple[Any, ...]], ...]) -> db.Frequent:
    return db.Frequent(_statement((*_OF_ONE, *more), things))


@db.built_once
def _of_many(things: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return _statement(_OF_MANY, things)


def studied(session: Session, me: Me, courses: Collection[Course] = ()) -> Studied:
    """What I have done, in all courses or in some; one statement.

    The pages of a course depend on it and on those it needs (`Catalogue.with_needed`) alone."""
    return studied_with(session, me, courses, ())[0]


def studied_with(session: Session, me: Me, courses: Collection[Course], more: tuple[Select[*tuple[Any, ...]], ...], **values: object) -> tuple[Studied, list[StudyRow]]:
    """What I have done and the rows of *more* selects with the columns of `_branches`, which bind `person` and *values*; one statement."""
    rows = db.rows(session, _of_one(_things(*courses), more), person=me.person_id, **values)
    own = [row for row in rows if row.kind in KINDS] if more else rows
    return _from_rows(own, ZoneInfo(me.time_zone)), [row for row in rows if row.kind not in KINDS] if more else []


def _things(*courses: Course) -> tuple[str, ...]:
    return tuple(thing for course in courses for thing in (course.id, *(lesson.id for lesson in course.lessons)))


def facts(session: Session, person_id: int) -> Facts:
    """What the rules of progress ask of one person, days in the person's own time zone; two statements."""
    zone = session.scalar(select(Person.time_zone).where(Person.id == person_id)) or "UTC"
    return _from_rows(db.rows(session, _of_one((), ()), person=person_id), ZoneInfo(zone)).facts


def studied_by(session: Session, person_ids: Collection[int], course: Course | None = None) -> dict[int, Studied]:
    """What each of these people has done, in all courses or in one; one statement for all. The caller may see their courses; days are in UTC."""
    if not person_ids:
        return {}
    found: dict[int, list[StudyRow]] = {person_id: [] for person_id in person_ids}
    for row in db.rows(session, _of_many(_things(course) if course else ()), people=list(person_ids)):
        found[row.person_id].append(row)
    return {person_id: _from_rows(rows, ZoneInfo("UTC")) for person_id, rows in found.items()}


def _from_rows(rows: Iterable[StudyRow], zone: ZoneInfo) -> Studied:
    visits: dict[str, Visit] = {}
    tries: dict[str, list[Attempt]] = {}
    finished: dict[str, list[Attempt]] = {}
    unfinished: dict[str, tuple[int, int]] = {}
    codes: dict[str, str] = {}
    completed: dict[str, date] = {}
    begun: set[str] = set()
    tested: dict[str, date] = {}
    handed_in: list[tuple[str, str, datetime]] = []
    passed_at: dict[str, int] = {}
    for kind, _, number, thing, first, last, day, score, most, passed, words, revision in rows:
        if kind == "try":
            attempt = Attempt(day, score or 0, most, bool(passed))
            tries.setdefault(thing, []).append(attempt)
            if last is None:
                unfinished[thing] = (number, revision)
            else:
                finished.setdefault(thing, []).append(attempt)
                if passed:
                    passed_at[thing] = max(revision, passed_at.get(thing, 0))
        elif kind == "visit":
            visits[thing] = Visit(first, last, words)
        elif kind == "certificate":
            if last is None:
                codes[thing] = words
                completed.setdefault(thing, first.astimezone(zone).date())
        elif kind == "tested":
            tested.setdefault(thing, day)
        elif kind == "exercise":
            handed_in.append((thing, words, last))
        else:
            begun.add(thing)
    lessons = {
        lesson: LessonFacts(visits[lesson].first.astimezone(zone).date() if lesson in visits else None, tuple(finished.get(lesson, ())))
        for lesson in sorted({*visits, *finished})
    }
    reviewed = {thing: at.astimezone(zone).date() for thing, state, at in reversed(handed_in) if state == "accepted"}
    exercises = {thing: "accepted" if thing in reviewed else state for thing, state, _ in handed_in}
    return Studied(
        Facts(lessons, reviewed, completed, tested), visits, {lesson: tuple(own) for lesson, own in tries.items()}, unfinished, codes,
        frozenset(begun), passed_at, exercises,
    )


def passed_lessons(session: Session, person_ids: Collection[int]) -> dict[int, dict[str, date]]:
    """Lessons whose check was passed, with the day of the first pass, by person; one statement.

    For the person and for those who may see their evidence."""
    if not person_ids:
        return {}
    rows = session.execute(
        select(QuizAttempt.person_id, QuizAttempt.lesson_id, func.min(QuizAttempt.day))
        .where(QuizAttempt.person_id.in_(person_ids), QuizAttempt.passed.is_(True))
        .group_by(QuizAttempt.person_id, QuizAttempt.lesson_id)
        .order_by(QuizAttempt.person_id, QuizAttempt.lesson_id)
    ).all()
    found: dict[int, dict[str, date]] = {person_id: {} for person_id in person_ids}
    for person_id, lesson_id, day in rows:
        found[person_id][lesson_id] = day
    return found


@dataclass(frozen=True)
class CourseStanding:
    """One person and one course, as leads and mentors may know it: no lesson is named."""

    course: str
    title: str
    href: str
    state: CourseState
    done: int
    of: int
    completed_on: date | None
    certificate: str


def course_states(session: Session, person_ids: Collection[int]) -> dict[int, tuple[CourseStanding, ...]]:
    """Courses each of these people has started or completed, in course order; one statement for all.

    The caller may see how these people stand with their courses (security.md, course level)."""
    catalogue = library().catalogue
    return {
        person_id: tuple(
            CourseStanding(
                course.id, course.title, course_address(catalogue, course.id), progress.state, progress.done, progress.of,
                progress.completed_on, mine.certificates.get(course.id, ""),
            )
            for course in catalogue.in_order()
            if (progress := course_progress(catalogue, course.id, mine.facts)).state in ("started", "complete") or course.id in mine.begun
        )
        for person_id, mine in studied_by(session, person_ids).items()
    }
