"""What happened, what was asked twice, and what is still to be done."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class Event(Record):
    """Who did what to which thing; appended in the transaction of the deed and never changed.

    `subject_id` is the person the event is about, where that is somebody else than who did it."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "thing", "thing_id"), Index(None, "person_id"))

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str]
    thing: Mapped[str] = mapped_column(default="")
    thing_id: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class IdempotencyKey(Record):
    """The one-time key of a form: a repeat of the same form gets the first answer, not a second deed."""

    __tablename__ = "idempotency_key"

    key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None]
    digest: Mapped[str]
    location: Mapped[str] = mapped_column(default="")


class KeptText(Record):
    """A form that arrived after the sign-in of its writer had ended: kept for an hour, for that person alone (P41).

    `fields` holds [name, value] pairs as sent, without passwords, files and tokens. `given_at` is when a sign-in led to it."""

    __tablename__ = "kept_text"
    __table_args__ = (Index(None, "person_id"), Index(None, "expires_at"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    path: Mapped[str]
    query: Mapped[str] = mapped_column(default="")
    came_from: Mapped[str] = mapped_column(default="/")
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    expires_at: Mapped[datetime]
    given_at: Mapped[datetime | None]


class Job(Record):
    """Background work, written in the transaction that asks for it. Progress is 0 to 100."""

    __tablename__ = "job"
    __table_args__ = (Index(None, "state", "id"),)

    kind: Mapped[str]
    thing_id: Mapped[int]
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[int] = mapped_column(default=0)
    says: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class OutboxMessage(Record):
    """A mail, written in the transaction of the deed it tells about and sent by the worker.

    State: waiting, sending, sent, failed or dropped. The text goes once it is sent or dropped; `due_at` is the next try."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index(None, "state", "due_at"),)

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
