"""What people write for themselves while they read: notes on a section of a lesson, and bookmarks."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.models.base import Editable, Record


class LessonNote(Editable):
    """A private note. `anchor` is its section ('' for the whole lesson), `heading` the words that section had then."""

    __tablename__ = "lesson_note"
    __table_args__ = (Index(None, "person_id", "lesson_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    anchor: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    deleted_at: Mapped[datetime | None]


class LessonBookmark(Record):
    """A place to come back to: a section, or with '' the lesson."""

    __tablename__ = "lesson_bookmark"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id", "anchor"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    anchor: Mapped[str] = mapped_column(default="")
    heading: Mapped[str] = mapped_column(default="")
