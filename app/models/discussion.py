"""What people ask about a lesson and answer each other, with their names."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Editable, Record

HELPED = text("helped_at IS NOT NULL")


class LessonPost(Editable):
    """A question, a mistake somebody found, or an answer to one of them. kind: question, mistake, answer.

    An answer names its question. `settled_at` is of a question or mistake, `helped_at` of the one answer that helped.
    `removed_at`: its writer took the words away, and what was answered still stands."""

    __tablename__ = "lesson_post"
    __table_args__ = (
        Index("one_answer_that_helped", "question_id", unique=True, sqlite_where=HELPED, postgresql_where=HELPED),
        Index(None, "lesson_id", "kind"), Index(None, "question_id"), Index(None, "person_id", "created_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    kind: Mapped[str]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("lesson_post.id"))
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    changed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
    settled_at: Mapped[datetime | None]
    helped_at: Mapped[datetime | None]


class HelpedToo(Record):
    """Somebody else whom an answer helped."""

    __tablename__ = "helped_too"
    __table_args__ = (UniqueConstraint("post_id", "person_id"), Index(None, "person_id"))

    post_id: Mapped[int] = mapped_column(ForeignKey("lesson_post.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
