"""Reading leaves a trace: the course is begun, the lesson opened, and where the reader was last."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.errors import OutOfOrder
from app.models import Enrolment, Event, LessonVisit
from app.records.headings import headings_of
from app.records.learning import facts
from courses.catalogue import Catalogue, Lesson
from courses.progress import course_progress


def record_visit(session: Session, me: Me, lesson: Lesson, now: datetime, heading: str = "", catalogue: Catalogue | None = None) -> None:
    """I have opened *lesson* and was last at *heading* (an anchor; an unknown one is ignored). Any number of times.

    The first visit of a course begins it. At the last heading the lesson counts as read. OutOfOrder while the lesson is locked."""
    course = course_progress(catalogue or library().catalogue, lesson.course, facts(session, me.person_id))
    mine = next(progress for progress in course.lessons if progress.lesson.id == lesson.id)
    if mine.state == "locked":
        raise OutOfOrder(f"{mine.missing}. The lessons of this course open then.")
    anchors = tuple(headings_of(lesson))
    place = heading if heading in anchors else ""
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    begun = session.execute(
        insert(Enrolment)
        .values(person_id=me.person_id, course_id=lesson.course, created_at=now)
        .on_conflict_do_nothing(index_elements=["person_id", "course_id"])
        .returning(Enrolment.id)
    ).scalar()
    if begun is not None:
        session.add(Event(person_id=me.person_id, what="began a course", thing="course", thing_id=lesson.course))
    read_at = now if anchors and place == anchors[-1] else None
    visit = insert(LessonVisit).values(
        person_id=me.person_id, lesson_id=lesson.id, last_at=now, heading=place, read_at=read_at, created_at=now
    )
    session.execute(
        visit.on_conflict_do_update(
            index_elements=["person_id", "lesson_id"],
            set_={
                "last_at": now,
                "heading": func.coalesce(func.nullif(visit.excluded.heading, ""), LessonVisit.heading),
                "read_at": func.coalesce(LessonVisit.read_at, visit.excluded.read_at),
            },
        )
    )
    session.flush()
