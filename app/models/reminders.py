"""How people are told of what is due outside the site: a calendar of their own, and mails."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class CalendarFeed(Record):
    """The private address of somebody's calendar; only the hash of its secret is stored."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)


class ReminderChoice(Record):
    """The kinds of reminders somebody has turned off. No row: all are on."""

    __tablename__ = "reminder_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    muted: Mapped[list[str]] = mapped_column(JSON, default=list)


class Reminder(Record):
    """Somebody was told of a thing for the day named; the constraint keeps it from being told twice.

    A row of kind 'day' says that this person's morning has been dealt with."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("person_id", "kind", "thing", "day"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str]
    thing: Mapped[str] = mapped_column(default="")
    day: Mapped[date]
