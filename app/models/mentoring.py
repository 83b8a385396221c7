"""Mentors, pairings and what they write down."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Editable
from app.models.people import Person

LIVE = text("state IN ('requested', 'active')")
ACTIVE = text("state = 'active'")


class MentorProfile(Editable):
    """Somebody offers to mentor. state: draft, published, paused, suspended. Capacity is 1 to 3 active pairings."""

    __tablename__ = "mentor_profile"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    about: Mapped[str] = mapped_column(default="")
    competences: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity: Mapped[int] = mapped_column(default=2)
    state: Mapped[str] = mapped_column(default="draft")
    approved_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Pairing(Editable):
    """A mentor and a mentee. state: requested, declined, withdrawn, active, ended.

    `slot` is the place it takes up with the mentor (1 to capacity): the constraint keeps capacity under any parallelism."""

    __tablename__ = "pairing"
    __table_args__ = (
        Index("one_live_pairing", "mentor_id", "mentee_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("one_pairing_a_slot", "mentor_id", "slot", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index(None, "mentee_id"),
    )

    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str] = mapped_column(default="requested")
    slot: Mapped[int | None]
    wish: Mapped[str] = mapped_column(default="")
    answer_reason: Mapped[str] = mapped_column(default="")
    rhythm: Mapped[str] = mapped_column(default="")
    limits: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    end_note: Mapped[str] = mapped_column(default="")
    shown_to_lead: Mapped[bool] = mapped_column(default=False)

    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id])


class Goal(Editable):
    """What a pairing works towards: a competence from one level to another by a date. state: open, reached, dropped."""

    __tablename__ = "goal"

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    competence_id: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    from_level: Mapped[int]
    to_level: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default="open")
    ended_on: Mapped[date | None]


class Meeting(Editable):
    """A session: planned or held."""

    __tablename__ = "meeting"

    pairing_id: Mapped[int] = mapped_column(ForeignKey("pairing.id"), index=True)
    state: Mapped[str] = mapped_column(default="held")
    held_on: Mapped[date]
    starts_at: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    topic: Mapped[str] = mapped_column(default="")
    competences: Mapped[list[str]] = mapped_column(JSON, default=list)
    logged_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class MeetingNote(Editable):
    """A note on a session. kind: shared (both read it) or private (its author alone, for ever)."""

    __tablename__ = "meeting_note"
    __table_args__ = (UniqueConstraint("meeting_id", "author_id", "kind"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    text: Mapped[str]


class FollowUp(Editable):
    """Something one of the two said they would do."""

    __tablename__ = "follow_up"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
