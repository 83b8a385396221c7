"""Where people get stuck, for leads, and where they leave a course, for authors. No statement here reads a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.models import Enrolment, IssuedCertificate, LessonVisit, Membership, QuizAttempt
from app.ui.csv import Value, csv_text
from courses.flow import LEAST, LessonFlow, Stage, Walk, funnel, lesson_flow


@dataclass(frozen=True)
class FlowRow:
    """A lesson and how it goes."""

    course: str
    title: str
    href: str
    flow: LessonFlow


@dataclass(frozen=True)
class FlowPage:
    """Lessons at least five people of the group have opened, those worth a look first; `group` says whose."""

    group: str
    rows: tuple[FlowRow, ...]
    hidden: int
    least: int


@dataclass(frozen=True)
class FunnelRow:
    """A course with its steps; `most` is the number the bars are drawn against."""

    title: str
    href: str
    stages: tuple[Stage, ...]
    most: int


@dataclass(frozen=True)
class FunnelPage:
    """Every written course in order."""

    rows: tuple[FunnelRow, ...]
    least: int


def flow_page(session: Session, me: Me, today: date) -> FlowPage:
    """How lessons go for everybody (PMO lead), or for all people of the teams I lead together; two statements."""
    walks = _walks(session, me)
    rows = [
        FlowRow(course.title, lesson.title, f"/courses/{course.slug}/{lesson.slug}/", lesson_flow(walks.get(lesson.id, ()), today))
        for course in library().catalogue.in_order() for lesson in course.lessons
    ]
    shown = [row for row in rows if row.flow.people is not None]
    group = "Everybody in the organisation" if me.is_pmo_lead else "The people of the teams you lead, together"
    return FlowPage(group, tuple(sorted(shown, key=lambda row: not row.flow.look)), len(rows) - len(shown), LEAST)


def flow_table(page: FlowPage) -> str:
    """The page as CSV."""
    rows: list[Sequence[Value]] = [
        (row.course, row.title, row.flow.people, row.flow.tries, row.flow.days, row.flow.stuck, "yes" if row.flow.look else "no") for row in page.rows
    ]
    return csv_text(("course", "lesson", "people, down to fives", "tries to pass, median", "days to pass, median", "stuck", "look at it"), rows)


def funnel_page(session: Session) -> FunnelPage:
    """Started, each lesson passed, complete, for every course; three statements."""
    started = _counts(session, select(Enrolment.course_id, func.count(Enrolment.person_id.distinct())).group_by(Enrolment.course_id))
    passed = _counts(session, select(QuizAttempt.lesson_id, func.count(QuizAttempt.person_id.distinct())).where(QuizAttempt.passed.is_(True)).group_by(QuizAttempt.lesson_id))
    held = select(IssuedCertificate.course_id, func.count(IssuedCertificate.person_id.distinct())).where(IssuedCertificate.revoked_at.is_(None))
    complete = _counts(session, held.group_by(IssuedCertificate.course_id))
    rows = []
    for course in library().catalogue.in_order():
        stages = funnel(started.get(course.id, 0), [(lesson.title, passed.get(lesson.id, 0)) for lesson in course.lessons], complete.get(course.id, 0))
        rows.append(FunnelRow(course.title, f"/courses/{course.slug}/", stages, max(stage.people or 0 for stage in stages)))
    return FunnelPage(tuple(rows), LEAST)


def funnel_table(page: FunnelPage) -> str:
    """The page as CSV, a row a step; an empty cell is fewer than five."""
    rows: list[Sequence[Value]] = [(row.title, stage.name, stage.people) for row in page.rows for stage in row.stages]
    return csv_text(("course", "step", "people, down to fives"), rows)


def _walks(session: Session, me: Me) -> Mapping[str, list[Walk]]:
    mine = select(Membership.person_id).where(Membership.team_id.in_(me.leads))
    passed_on = func.min(case((QuizAttempt.passed.is_(True), QuizAttempt.day)))
    tries = (
        select(QuizAttempt.person_id, QuizAttempt.lesson_id, func.count(QuizAttempt.id), passed_on)
        .where(QuizAttempt.submitted_at.is_not(None)).group_by(QuizAttempt.person_id, QuizAttempt.lesson_id)
    )
    visits = select(LessonVisit.person_id, LessonVisit.lesson_id, LessonVisit.created_at)
    if not me.is_pmo_lead:
        tries, visits = tries.where(QuizAttempt.person_id.in_(mine)), visits.where(LessonVisit.person_id.in_(mine))
    tried = {(person, lesson): (number, day) for person, lesson, number, day in session.execute(tries)}
    walks: dict[str, list[Walk]] = defaultdict(list)
    for person, lesson, opened in session.execute(visits):
        number, day = tried.get((person, lesson), (0, None))
        walks[lesson].append(Walk(min(opened.date(), day) if day else opened.date(), number, day))
    return walks


def _counts(session: Session, statement: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in session.execute(statement)}
