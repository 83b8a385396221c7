"""Making and removing the private address of my calendar, and choosing which reminders come."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import Me
from app.deadlines.milestones import KINDS
from app.errors import OutOfOrder
from app.models import CalendarFeed, Event, Person, ReminderChoice
from app.records.accounts import demand_fresh, hashed
from app.records.reminders import AT_ONCE

NONE = "There is no calendar address to remove."


def make_address(session: Session, me: Me, *, now: datetime) -> str:
    """A new secret for my calendar; an address made before stops working. Raises NotFresh."""
    demand_fresh(session, me, now)
    session.execute(select(Person.id).where(Person.id == me.person_id).with_for_update())  # two at once: the second replaces the first
    had = session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == me.person_id)).rowcount  # type: ignore[attr-defined]
    secret = secrets.token_urlsafe(24)
    session.add(CalendarFeed(person_id=me.person_id, secret_hash=hashed(secret), created_at=now))
    _note(session, me, "changed the calendar address" if had else "made a calendar address")
    return secret


def remove_address(session: Session, me: Me) -> None:
    """The address stops working. OutOfOrder when there is none."""
    if not session.execute(delete(CalendarFeed).where(CalendarFeed.person_id == me.person_id)).rowcount:  # type: ignore[attr-defined]
        raise OutOfOrder(NONE)
    _note(session, me, "removed the calendar address")


def choose_reminders(session: Session, me: Me, *, kinds: Collection[str]) -> None:
    """Remind me of these kinds and of no other."""
    muted = [kind for kind in (*KINDS, *AT_ONCE) if kind not in kinds]
    session.execute(select(Person.id).where(Person.id == me.person_id).with_for_update())
    row = session.scalars(select(ReminderChoice).where(ReminderChoice.person_id == me.person_id)).one_or_none()
    if muted == (row.muted if row else []):
        return
    if row is None:
        row = ReminderChoice(person_id=me.person_id)
        session.add(row)
    row.muted = muted
    _note(session, me, "changed the reminders")


def _note(session: Session, me: Me, what: str) -> None:
    session.add(Event(person_id=me.person_id, what=what, thing="person", thing_id=str(me.person_id)))
    session.flush()
