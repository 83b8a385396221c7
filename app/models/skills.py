"""Ratings of people against competences, and the evidence they give."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Editable, Record

STANDS = text("replaced_at IS NULL")


class SkillRating(Record):
    """A rating 0 to 4 by the person (self) or by somebody else (assessed). A new one replaces, the old ones stay as history."""

    __tablename__ = "skill_rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        Index("one_standing_rating", "person_id", "competence_id", "kind", unique=True,
              sqlite_where=STANDS, postgresql_where=STANDS),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    competence_id: Mapped[str]
    kind: Mapped[str]
    level: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    rater_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    rated_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class SkillEvidence(Editable):
    """Something that shows a competence at work, added by the person. Passed checks need no row: the attempts are the evidence."""

    __tablename__ = "skill_evidence"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    competence_id: Mapped[str]
    text: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    shown_on: Mapped[date]
