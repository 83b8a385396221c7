"""Courses that leads ask people to complete by a day."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Editable
from app.models.people import Person, Team

STANDS = text("withdrawn_at IS NULL")
FOR_ALL = text("withdrawn_at IS NULL AND team_id IS NULL AND person_id IS NULL")


class CourseAssignment(Editable):
    """A course to complete by a day: for one person, for a team (whoever is in it), or, with neither, for everybody.

    `by_office` says that a PMO lead asked for it beyond a team of their own; then leads may not change it."""

    __tablename__ = "course_assignment"
    __table_args__ = (
        CheckConstraint("person_id IS NULL OR team_id IS NULL", name="audience"),
        Index("one_assignment_a_person", "course_id", "person_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("one_assignment_a_team", "course_id", "team_id", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("one_assignment_for_all", "course_id", unique=True, sqlite_where=FOR_ALL, postgresql_where=FOR_ALL),
        Index(None, "person_id"), Index(None, "team_id"),
    )

    course_id: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    due_on: Mapped[date]
    why: Mapped[str] = mapped_column(default="")
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_office: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    team: Mapped[Team | None] = relationship()
    assigned_by: Mapped[Person | None] = relationship(foreign_keys=[assigned_by_id])
