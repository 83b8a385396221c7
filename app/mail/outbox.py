"""The outbox: messages are rows, claimed one at a time, tried again with growing pauses, and given up after a week (P76, F5).

A message leaves the claim only when the server has taken it, so a killed worker loses none. Between the last word of the
server and our commit lies the one moment in which a kill sends a message twice; both then carry the same Message-ID, by
which mail systems drop the second."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.db import Database
from app.models import OutboxMessage

PATIENCE = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
GOOD_FOR = timedelta(days=7)
TOO_OLD = "Not sent within seven days"
ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,253}")


def post(session: Session, *, to: str, subject: str, text: str, person_id: int | None = None) -> OutboxMessage:
    """Note a mail to one address, in plain text; it goes out once this transaction is committed.

    *subject* becomes one line whatever is in it. *person_id* is whose mail it is, where there is an account.
    Raises ValueError when *to* is not one plain address."""
    message = _message(Mail(to, subject, text, person_id), clock.now())
    session.add(message)
    session.flush()
    return message


def can_be_written_to(address: str) -> bool:
    """One plain address, without anything that a header could be made of."""
    return bool(ADDRESS.fullmatch(address)) and all(unicodedata.category(c)[0] != "C" for c in address)


@dataclass(frozen=True)
class Mail:
    """A mail to one address, as `post` takes it."""

    to: str
    subject: str
    text: str
    person_id: int | None = None


def post_all(session: Session, mails: Iterable[Mail]) -> int:
    """Note many mails at once; how many. Those whose address no mail can go to are left out."""
    now = clock.now()
    messages = [_message(mail, now) for mail in mails if can_be_written_to(mail.to)]
    session.add_all(messages)
    session.flush()
    return len(messages)


def _message(mail: Mail, now: datetime) -> OutboxMessage:
    if not can_be_written_to(mail.to):
        raise ValueError("a mail goes to one plain address")
    line = " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in mail.subject).split())
    return OutboxMessage(
        person_id=mail.person_id, recipient=mail.to, subject=line[:200], text=mail.text, message_id=f"{now:%Y%m%d%H%M%S}.{secrets.token_hex(12)}",
        created_at=now, due_at=now,
    )


@dataclass(frozen=True)
class Claimed:
    """A message that is ours to send now."""

    id: int
    recipient: str
    subject: str
    text: str
    message_id: str
    written_at: datetime
    attempts: int


def claim(database: Database, now: datetime) -> Claimed | None:
    """The message that has been due longest, taken for this worker; None when nothing is due. What is too old fails on the way."""
    due = select(OutboxMessage).where(or_(
        (OutboxMessage.state == "waiting") & (OutboxMessage.due_at <= now),
        (OutboxMessage.state == "sending") & (OutboxMessage.claimed_at < now - PATIENCE),
    ))
    with database.reading() as session:  # a look costs nothing; only work takes the write lock
        if session.scalars(due.limit(1)).first() is None:
            return None
    with database.transaction() as session:
        session.execute(
            update(OutboxMessage).where(OutboxMessage.state == "waiting", OutboxMessage.created_at < now - GOOD_FOR)
            .values(state="failed", last_error=func.trim(TOO_OLD + ". " + OutboxMessage.last_error))
        )
        row = session.scalars(due.order_by(OutboxMessage.due_at, OutboxMessage.id).limit(1).with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        row.state, row.claimed_at, row.attempts = "sending", now, row.attempts + 1
        return Claimed(row.id, row.recipient, row.subject, row.text, row.message_id, row.created_at, row.attempts)


def note_sent(database: Database, message: Claimed, now: datetime) -> None:
    """The server has taken it: what it said need not stay here."""
    _settle(database, message, state="sent", sent_at=now, text="", last_error="")


def note_failed(database: Database, message: Claimed, why: str) -> None:
    """The server will never take it; others are not held up."""
    _settle(database, message, state="failed", last_error=why)


def note_later(database: Database, message: Claimed, why: str, now: datetime, all_wait: bool) -> None:
    """It is tried again after a pause; with *all_wait* nothing else is tried before, because the server itself is in trouble."""
    again_at = now + pause(message.attempts)
    _settle(database, message, state="waiting", due_at=again_at, last_error=why)
    if all_wait:
        with database.transaction() as session:
            session.execute(
                update(OutboxMessage).where(OutboxMessage.state == "waiting", OutboxMessage.due_at < again_at).values(due_at=again_at)
            )


def pause(attempts: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 ... minutes, an hour at most. pause(3) = 4 minutes."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 10)), LONGEST_PAUSE)


def _settle(database: Database, message: Claimed, **values: object) -> None:
    with database.transaction() as session:
        session.execute(
            update(OutboxMessage).where(OutboxMessage.id == message.id, OutboxMessage.state == "sending").values(claimed_at=None, **values)
        )
