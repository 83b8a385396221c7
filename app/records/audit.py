"""Walking the audit log: whether every entry is as it was written and none is missing (P92)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, EventLink
from app.models.chain import START, entry_hash


@dataclass(frozen=True)
class Walk:
    """How many entries hold together, the hash of the last of them, and the first thing that is wrong ('' for nothing)."""

    entries: int
    last_hash: str
    fault: str = ""


def walk(session: Session, seen: str = "") -> Walk:
    """Check the whole chain, in one pass that holds a thousand entries at a time.

    *seen* is a hash noted down earlier: the chain has to contain it, or its end was cut off or written anew."""
    place, previous, was_seen = 0, START, not seen
    rows = session.execute(
        select(
            EventLink.id.label("place"), EventLink.event_id, EventLink.previous, EventLink.hash, Event.id, Event.created_at,
            Event.person_id, Event.subject_id, Event.what, Event.thing, Event.thing_id, Event.detail,
        ).outerjoin(Event, Event.id == EventLink.event_id).order_by(EventLink.id).execution_options(yield_per=1000)
    )
    for row in rows:
        fault = _fault(row, place + 1, previous)
        if fault:
            rows.close()
            return Walk(place, previous, fault)
        place, previous = row.place, row.hash
        was_seen = was_seen or row.hash == seen
    loose = session.scalar(
        select(Event.id).outerjoin(EventLink, EventLink.event_id == Event.id).where(EventLink.id.is_(None)).order_by(Event.id).limit(1)
    )
    if loose is not None:
        return Walk(place, previous, f"event {loose} is in no entry: it was written past the log")
    return Walk(place, previous, "" if was_seen else f"no entry has the hash {seen}: the end was cut off or written anew")


def _fault(row: Any, expected: int, previous: str) -> str:
    """What is wrong with the entry at this place."""
    place, event_id = row.place, row.event_id
    if place != expected:
        return f"entry {expected} is missing" if place == expected + 1 else f"entries {expected} to {place - 1} are missing"
    if row.previous != previous:
        return f"entry {place} (event {event_id}) does not follow the entry before it"
    if row.id is None:
        return f"entry {place} (event {event_id}) is missing"
    return "" if entry_hash(place, previous, row) == row.hash else f"entry {place} (event {event_id}) was changed"
