"""Who is asking, and whom the sign-in page offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.errors import NotVisible
from app.models import AssessmentRound, Guest, Membership, Person, SignIn, Team
from app.records.accounts import hashed

IDLE, WHOLE = timedelta(hours=12), timedelta(days=14)
IDLE_POWER, WHOLE_POWER = timedelta(hours=2), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)

_WHO = db.Frequent(
    select(
        SignIn.id, SignIn.created_at, SignIn.last_seen_at, Person.id.label("person_id"), Person.name, Person.email,
        Person.time_zone, Person.role_profile, Person.is_admin, Person.is_pmo_lead, Person.is_mentor, Person.is_demo, Person.uses_keys,
        Membership.team_id, Membership.is_lead, Guest.round_id.label("guest_of"),
    )
    .join(Person, Person.id == SignIn.person_id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .outerjoin(Guest, Guest.person_id == Person.id)
    .outerjoin(AssessmentRound, AssessmentRound.id == Guest.round_id)
    .where(
        SignIn.key_hash == bindparam("key_hash"), SignIn.ended_at.is_(None),
        or_(Person.disabled_at.is_(None), and_(AssessmentRound.state == "open", Guest.revoked_at.is_(None))),
    )
)


def is_live(created_at: datetime, last_seen_at: datetime, has_power: bool, now: datetime) -> bool:
    """Whether a sign-in still counts: 14 days in all and 12 hours idle, for PMO leads and administrators 12 and 2 hours (P36)."""
    idle, whole = (IDLE_POWER, WHOLE_POWER) if has_power else (IDLE, WHOLE)
    return now - last_seen_at <= idle and now - created_at <= whole


@dataclass(frozen=True)
class Found:
    """A live sign-in: who it is, and whether 'last seen' is due to be written."""

    me: Me
    seen_is_due: bool


def who_is(session: Session, key: str, now: datetime) -> Found | None:
    """The person behind a cookie's key, in one statement; None when the sign-in has ended, idled out or run out."""
    rows = db.rows(session, _WHO, key_hash=hashed(key))
    if not rows:
        return None
    row = rows[0]
    if not is_live(row.created_at, row.last_seen_at, row.is_admin or row.is_pmo_lead, now):
        return None
    me = Me(
        person_id=row.person_id, name=row.name, email=row.email, time_zone=row.time_zone, role_profile=row.role_profile,
        is_admin=row.is_admin, is_pmo_lead=row.is_pmo_lead, is_mentor=row.is_mentor,
        is_demo=row.is_demo and not row.guest_of, uses_keys=row.uses_keys,
        teams=frozenset(r.team_id for r in rows if r.team_id is not None),
        leads=frozenset(r.team_id for r in rows if r.is_lead),
        key=key, sign_in_id=row.id, guest_of=row.guest_of or 0,
    )
    return Found(me, now - row.last_seen_at > SEEN_EVERY)


def owner_of(session: Session, key: str) -> int | None:
    """Whose sign-in this key opened, also when it has ended; None when there is no trace of it, or it was a guest's."""
    return session.scalar(
        select(SignIn.person_id).where(SignIn.key_hash == hashed(key), SignIn.person_id.not_in(select(Guest.person_id)))
    )


LINK_GONE = "This link has ended: a newer letter replaced it, or it was taken away. Use the link of the newest letter, or ask the person who invited you."


@dataclass(frozen=True)
class GuestLink:
    """Where the link of a guest leads: whom it is for, which round asks, and whether it still takes answers."""

    person_id: int
    name: str
    team: str
    title: str
    href: str
    is_open: bool
    is_named: bool


def guest_link(session: Session, token: str) -> GuestLink:
    """What a link in a letter opens; NotVisible when it was replaced, revoked or never was. One statement."""
    row = session.execute(
        select(Person.id, Person.name, Team.name.label("team"), Team.slug, AssessmentRound.title, AssessmentRound.number, AssessmentRound.state, AssessmentRound.mode)
        .join(Guest, Guest.person_id == Person.id).join(AssessmentRound, AssessmentRound.id == Guest.round_id).join(Team, Team.id == AssessmentRound.team_id)
        .where(Guest.token_hash == hashed(token), Guest.revoked_at.is_(None), AssessmentRound.state != "draft")
    ).one_or_none()
    if row is None:
        raise NotVisible(LINK_GONE)
    return GuestLink(row.id, row.name, row.team, row.title, f"/teams/{row.slug}/rounds/{row.number}/answer/", row.state == "open", row.mode == "named")


@dataclass(frozen=True)
class DemoPerson:
    """Somebody the sign-in page offers while the demo is loaded."""

    email: str
    name: str
    what: str


def demo_people(session: Session) -> tuple[DemoPerson, ...]:
    """The demo people worth starting with, in the order of the tour; empty without demo data."""
    rows = session.execute(
        select(Person.email, Person.name, Person.job_title).where(Person.is_demo, Person.email.in_(TOUR), Person.disabled_at.is_(None))
    ).all()
    known = {row.email: row for row in rows}
    return tuple(DemoPerson(e, known[e].name, known[e].job_title) for e in TOUR if e in known)


TOUR = ("new@demo.example", "lead.har@demo.example", "mentor@demo.example", "pmo@demo.example", "admin@demo.example")
