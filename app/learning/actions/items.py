"""Taking out what the marks of a check say."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.learning.queries.items import figures_table, items_page, marks_table
from app.models import Event
from app.records.accounts import demand_fresh
from courses.catalogue import Course, Lesson


def take_out_marks(session: Session, me: Me, course: Course, lesson: Lesson, *, name: str, now: datetime) -> str:
    """The figures, or the marks without names, as CSV; noted as an event. Raises NotFresh."""
    demand_fresh(session, me, now)
    text = figures_table(items_page(session, course, lesson)) if name == "figures.csv" else marks_table(session, course, lesson)
    session.add(Event(person_id=me.person_id, what="exported marks of a check", thing="lesson", thing_id=lesson.id, detail={"table": name}))
    return text
