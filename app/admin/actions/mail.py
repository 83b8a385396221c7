"""Messages of the outbox: tried at once, or dropped."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.errors import OutOfOrder
from app.models import Event, OutboxMessage

SETTLED = "This message is sent, dropped or on its way, so there is nothing to change."


def try_now(session: Session, me: Me, *, message_id: int, now: datetime) -> None:
    """A message that failed or waits is due at once, with a week ahead of it again."""
    message = _open(session, me, message_id)
    message.state, message.due_at, message.created_at, message.attempts = "waiting", now, now, 0
    _note(session, me, message, "tried a mail again")


def drop(session: Session, me: Me, *, message_id: int) -> None:
    """A message that shall not go out: it stays in the list, without its text."""
    message = _open(session, me, message_id)
    message.state, message.text = "dropped", ""
    _note(session, me, message, "dropped a mail")


def _open(session: Session, me: Me, message_id: int) -> OutboxMessage:
    message: OutboxMessage = fetch(session, me, OutboxMessage, OutboxMessage.id == message_id, lock=True)
    if message.state not in {"failed", "waiting"}:
        raise OutOfOrder(SETTLED)
    return message


def _note(session: Session, me: Me, message: OutboxMessage, what: str) -> None:
    session.add(Event(person_id=me.person_id, subject_id=message.person_id, what=what, thing="mail", thing_id=str(message.id)))
    session.flush()
