"""What somebody sees of the own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.accounts.queries.signing_in import is_live
from app.models import Event, Person, SignIn
from app.records.accounts import demand_fresh
from app.records.history import EventLine, event_lines
from app.records.people import role_name
from app.ui.paging import Paging, paging

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"))


@dataclass(frozen=True)
class SignInLine:
    """One browser that is signed in."""

    id: int
    browser: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class SettingsPage:
    """The account of the person who asks."""

    person: Person
    role: str
    powers: tuple[str, ...]
    sign_ins: tuple[SignInLine, ...]
    events: tuple[EventLine, ...]
    has_more_events: bool


SHOWN = 8


def settings_page(session: Session, me: Me, *, now: datetime) -> SettingsPage:
    """Details, live sign-ins and the last events of the account."""
    person = own_account(session, me)
    events = session.scalars(visible_own_events(me).limit(SHOWN + 1)).all()
    held = (("lead of a team", bool(me.leads)), ("mentor", me.is_mentor), ("PMO lead of the organisation", me.is_pmo_lead), ("administrator", me.is_admin))
    powers = tuple(word for word, has in held if has)
    return SettingsPage(
        person, role_name(person.role_profile), powers, sign_in_lines(session, me, now),
        event_lines(session, events[:SHOWN]), len(events) > SHOWN,
    )


def own_account(session: Session, me: Me) -> Person:
    """The row of the person who asks."""
    return session.scalars(select(Person).where(Person.id == me.person_id)).one()


def visible_own_events(me: Me) -> Select[Any]:
    """What I did and what was done to my account, newest first."""
    own = (Event.person_id == me.person_id) | (Event.subject_id == me.person_id)
    return visible(me, Event).where(own).order_by(Event.id.desc())


def sign_in_lines(session: Session, me: Me, now: datetime) -> tuple[SignInLine, ...]:
    """The browsers signed in now: this one first, then by last use."""
    rows = session.execute(
        visible(me, SignIn)
        .with_only_columns(SignIn.id, SignIn.browser, SignIn.created_at, SignIn.last_seen_at)
        .where(SignIn.person_id == me.person_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.last_seen_at.desc(), SignIn.id.desc()).limit(100)
    ).all()
    power = me.is_admin or me.is_pmo_lead
    lines = [
        SignInLine(row.id, browser_in_words(row.browser), row.created_at, row.last_seen_at, row.id == me.sign_in_id)
        for row in rows if is_live(row.created_at, row.last_seen_at, power, now)
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_this))


def browser_in_words(agent: str) -> str:
    """'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' -> 'Firefox on Linux'."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return " on ".join(part for part in (browser, system) if part) or "A browser"


@dataclass(frozen=True)
class EventsPage:
    """Everything the log says of one's own account."""

    events: tuple[EventLine, ...]
    paging: Paging


def events_page(session: Session, me: Me, *, wanted: str) -> EventsPage:
    """My own events, newest first, in pages."""
    own = visible_own_events(me)
    total = session.scalar(select(func.count()).select_from(own.order_by(None).subquery())) or 0
    part = paging(wanted, total, "/settings/events/")
    return EventsPage(event_lines(session, session.scalars(own.limit(part.size).offset(part.first_row)).all()), part)


def account_when_fresh(session: Session, me: Me, *, now: datetime) -> Person:
    """My account, for somebody whose password was checked lately."""
    demand_fresh(session, me, now)
    return own_account(session, me)
