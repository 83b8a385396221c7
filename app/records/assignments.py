"""Courses I am asked to complete by a day: for my start page, the pages of learning, the calendar and reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, assigned_to
from app.db import built_once
from app.models import CourseAssignment, Person, Team
from app.records.learning import Studied
from app.records.next_lessons import NextLesson, next_lesson
from courses.catalogue import Catalogue
from courses.deadlines import due_words, place_words
from courses.progress import course_progress


@dataclass(frozen=True)
class Asked:
    """One assignment that reaches me. `for_whom` is 'you', the name of a team or 'everybody'; `by` is '' for somebody who has left."""

    id: int
    version: int
    course: str
    due_on: date
    why: str
    by: str
    for_whom: str
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class DueCourse:
    """A course that is due for me and not complete; of several assignments the one due first."""

    course: str
    title: str
    href: str
    due_on: date
    is_over: bool
    words: str
    place: str
    asked: str
    why: str
    next: NextLesson | None

    @property
    def tag(self) -> tuple[str, str, str]:
        """The day as a tag."""
        return (self.words[:1].upper() + self.words[1:], "care" if self.is_over else "now", "clock")


@built_once
def _asked(me: Me) -> Select[*tuple[Any, ...]]:
    lead = aliased(Person)
    return (
        select(
            CourseAssignment.id, CourseAssignment.version, CourseAssignment.course_id, CourseAssignment.due_on, CourseAssignment.why,
            CourseAssignment.person_id, CourseAssignment.withdrawn_at, Team.name.label("team"), lead.name.label("by"),
        )
        .outerjoin(Team, Team.id == CourseAssignment.team_id)
        .outerjoin(lead, lead.id == CourseAssignment.assigned_by_id)
        .where(assigned_to(me), Team.archived_at.is_(None))
        .order_by(CourseAssignment.due_on, CourseAssignment.id)
    )


def asked_of_me(session: Session, me: Me) -> tuple[Asked, ...]:
    """Every assignment that reaches me, withdrawn ones too, the one due first in front; one statement."""
    return tuple(
        Asked(
            row.id, row.version, row.course_id, row.due_on, row.why, row.by or "", "you" if row.person_id else row.team or "everybody", row.withdrawn_at,
        )
        for row in db.rows(session, _asked(me))
    )


def due_courses(asked: Sequence[Asked], catalogue: Catalogue, mine: Studied, today: date) -> dict[str, DueCourse]:
    """What is due for me by course, the first due in front. A course that is complete, or not written any more, is not due."""
    found: dict[str, DueCourse] = {}
    for one in asked:
        if one.withdrawn_at is not None or one.course in found or not catalogue.has_course(one.course):
            continue
        progress = course_progress(catalogue, one.course, mine.facts)
        if progress.complete:
            continue
        course = progress.course
        found[one.course] = DueCourse(
            one.course, course.title, f"/courses/{course.slug}/", one.due_on, one.due_on < today, due_words(one.due_on, today), place_words(progress),
            f"Asked of {one.for_whom}{f' by {one.by}' if one.by else ''}", one.why,
            next_lesson(catalogue, mine, progress, progress.next) if progress.next else None,
        )
    return found
