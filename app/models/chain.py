"""The chain of the audit log: every event gets a link that holds its hash and the hash of the link before it (P92).

Links are written when a transaction is about to be committed: it is the last lock a transaction takes, so nobody waits for
anybody in a circle, and it is held for the moment of the commit alone. SQLite has one writer at a time anyway."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Index, Select, delete, event, insert, select, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from app.models.base import Record
from app.models.history import Event

LOCK = 7_205_272  # any number, the same for every writer
START = "0" * 64
NEW = "events to be linked"
AT_ONCE = 500


class EventLink(Record):
    """One link; `id` is the place in the chain, 1, 2, 3 ... without a gap, and being the key it cannot be given twice.

    There is no foreign key: the link of an event that somebody deleted has to stay, so that the gap can be named."""

    __tablename__ = "event_link"
    __table_args__ = (Index(None, "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int]
    previous: Mapped[str]
    hash: Mapped[str]


def event_columns() -> Select[Any]:
    """What of an event goes into its hash."""
    return select(Event.id, Event.created_at, Event.person_id, Event.subject_id, Event.what, Event.thing, Event.thing_id, Event.detail)


def entry_hash(place: int, previous: str, row: Any) -> str:
    """SHA-256 over place, hash before, and the event as JSON without spaces, keys in order, times in UTC with microseconds.

    The same event at the same place after the same past always gives the same 64 hexadecimal digits."""
    body = [place, previous, row.id, f"{row.created_at:%Y-%m-%dT%H:%M:%S.%f}", row.person_id, row.subject_id, row.what, row.thing, row.thing_id, row.detail]
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def link(session: Session, event_ids: Iterable[int]) -> None:
    """Append these events to the chain, in the order of their ids. Those that were taken back meanwhile are left out."""
    connection, ids = session.connection(), sorted(set(event_ids))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = connection.execute(select(EventLink.id, EventLink.hash).order_by(EventLink.id.desc()).limit(1)).first()
    place, previous = (last.id, last.hash) if last else (0, START)
    for start in range(0, len(ids), AT_ONCE):
        links = []
        for row in connection.execute(event_columns().where(Event.id.in_(ids[start:start + AT_ONCE])).order_by(Event.id)):
            place += 1
            own = entry_hash(place, previous, row)
            links.append({"id": place, "event_id": row.id, "previous": previous, "hash": own})
            previous = own
        if links:
            connection.execute(insert(EventLink), links)


def link_anew(session: Session) -> str:
    """Chain all events that are there once more, after some were taken away on purpose; the last hash of the chain before, '' for none."""
    session.flush()
    connection = session.connection()
    before = connection.scalar(select(EventLink.hash).order_by(EventLink.id.desc()).limit(1))
    connection.execute(delete(EventLink))
    session.info.pop(NEW, None)
    link(session, connection.scalars(select(Event.id)))
    return before or ""


@event.listens_for(Session, "after_flush")
def _note_new(session: Session, context: object) -> None:
    new = [row.id for row in session.new if isinstance(row, Event)]
    if new:
        session.info.setdefault(NEW, set()).update(new)


@event.listens_for(Session, "before_commit")
def _link_new(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    new = session.info.pop(NEW, None)
    if new:
        link(session, new)


@event.listens_for(Session, "after_soft_rollback")
def _forget_new(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop(NEW, None)
