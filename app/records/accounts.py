"""What every feature that deals with accounts shares: one-time links, ended sign-ins, the fresh password check."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from app import clock
from app.access import Me
from app.models import Membership, OneTimeLink, Person, SignIn

LINK_LIFE = {"invite": timedelta(days=7), "first admin": timedelta(days=7), "reset": timedelta(hours=1)}
FRESH = timedelta(minutes=30)


class NotFresh(Exception):
    """The password was last given more than half an hour ago; the site asks for it, then the person goes on (P31)."""


def hashed(key: str) -> str:
    """What is stored of a random key: its SHA-256 (the key has 128 bits or more, so no salt is needed)."""
    return hashlib.sha256(key.encode()).hexdigest()


def person_by_key(session: Session, email_key: str) -> Person | None:
    """The account with this e-mail, given in the form in which sign-in compares it."""
    return session.scalars(select(Person).where(Person.email_key == email_key)).one_or_none()


def asking_as(session: Session, whose: ColumnElement[bool]) -> Me | None:
    """What somebody may see as of now, for what reaches them outside the site; None for nobody and for a closed account. One statement."""
    rows = session.execute(
        select(
            Person.id, Person.name, Person.email, Person.time_zone, Person.role_profile, Person.is_admin, Person.is_pmo_lead, Person.is_mentor,
            Person.is_demo, Membership.team_id, Membership.is_lead,
        )
        .outerjoin(Membership, Membership.person_id == Person.id)
        .where(whose, Person.disabled_at.is_(None))
    ).all()
    if not rows:
        return None
    row = rows[0]
    return Me(
        person_id=row.id, name=row.name, email=row.email, time_zone=row.time_zone, role_profile=row.role_profile, is_admin=row.is_admin,
        is_pmo_lead=row.is_pmo_lead, is_mentor=row.is_mentor, is_demo=row.is_demo,
        teams=frozenset(r.team_id for r in rows if r.team_id is not None), leads=frozenset(r.team_id for r in rows if r.is_lead),
    )


def make_link(session: Session, person_id: int, purpose: str, now: datetime) -> str:
    """A one-time token to choose a password; earlier unused links of the person stop working."""
    session.execute(
        update(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None)).values(used_at=now)
    )
    token = secrets.token_urlsafe(24)
    session.add(OneTimeLink(token_hash=hashed(token), person_id=person_id, purpose=purpose, expires_at=now + LINK_LIFE[purpose]))
    session.flush()
    return token


def make_invitations(session: Session, person_ids: Sequence[int]) -> dict[int, str]:
    """One invitation for each of many people who are new, in one go; the token by person."""
    tokens = {person_id: secrets.token_urlsafe(24) for person_id in person_ids}
    expires_at = clock.now() + LINK_LIFE["invite"]
    session.add_all(
        OneTimeLink(token_hash=hashed(token), person_id=person_id, purpose="invite", expires_at=expires_at) for person_id, token in tokens.items()
    )
    session.flush()
    return tokens


def other_active_admin(session: Session, person_id: int) -> bool:
    """Whether somebody else could still administer the site. The rows of all administrators stay locked, so that two cannot
    take each other's role at the same moment (P11)."""
    admins = session.scalars(
        select(Person.id).where(Person.is_admin, Person.disabled_at.is_(None)).order_by(Person.id).with_for_update()
    ).all()
    return any(admin != person_id for admin in admins)


def end_all_sign_ins(session: Session, person_id: int, now: datetime, but: int = 0) -> None:
    """End every sign-in of a person, except the one with id *but*."""
    session.execute(
        update(SignIn).where(SignIn.person_id == person_id, SignIn.id != but, SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def demand_fresh(session: Session, me: Me, now: datetime) -> None:
    """Raise NotFresh unless the password was given in this sign-in within the last 30 minutes."""
    checked_at = session.scalar(select(SignIn.checked_at).where(SignIn.id == me.sign_in_id))
    if checked_at is None or now - checked_at > FRESH:
        raise NotFresh
