"""Signing in and out, one-time links, passwords, and keeping the own account."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.accounts.passwords import Hasher, fault_in
from app.errors import NotVisible, Refused
from app.models import Event, FailedSignIn, OneTimeLink, Organisation, Person, SignIn
from app.records.accounts import demand_fresh, end_all_sign_ins, hashed, person_by_key
from app.records.editing import demand_version
from app.records.letters import tell_of_new_email, tell_of_new_password
from app.ui.text import login_key

WINDOW = timedelta(minutes=5)
PER_ACCOUNT, PER_ADDRESS, IN_ALL = 10, 30, 1000
TOO_MANY = "Too many tries with this e-mail or from this place. Wait five minutes, then try again."
WRONG_PASSWORD = "This is not your password. Type it again"
TAKEN = "This e-mail has an account already"
DETAILS = {"name": "Name", "job_title": "Job title", "time_zone": "Time zone", "shares_email": "Show my e-mail", "shares_progress": "Share my progress", "uses_keys": "Single keys"}
WRONG = "E-mail or password is not right. Check both, or ask for a new link."


def too_many_failures(session: Session, email: str, address: str, now: datetime) -> bool:
    """Whether the account, the address or everybody together failed too often in five minutes. Counted in the database, so it holds over all workers."""
    since = FailedSignIn.created_at > now - WINDOW
    account, same_address, everything = session.execute(
        select(
            func.count().filter(FailedSignIn.account == hashed(login_key(email))),
            func.count().filter(FailedSignIn.address == address),
            func.count(),
        ).where(since)
    ).one()
    return bool(account >= PER_ACCOUNT or same_address >= PER_ADDRESS or everything >= IN_ALL)


def record_failure(session: Session, email: str, address: str, now: datetime) -> None:
    """Count a failed try; tries older than a day go."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.created_at < now - timedelta(days=1)))
    session.add(FailedSignIn(account=hashed(login_key(email)), address=address, created_at=now))
    session.flush()


def person_by_email(session: Session, email: str) -> Person | None:
    """The account with this e-mail, compared as sign-in compares it."""
    return person_by_key(session, login_key(email))


def open_sign_in(session: Session, person_id: int, browser: str, now: datetime, is_noted: bool = True) -> str:
    """Start a sign-in and return its key for the cookie; the key itself is stored nowhere.

    That somebody asked in an anonymous round by link has come is not noted in the log (R6)."""
    key = secrets.token_urlsafe(24)
    session.add(SignIn(key_hash=hashed(key), person_id=person_id, checked_at=now, last_seen_at=now, browser=browser[:120]))
    if is_noted:
        session.add(Event(person_id=person_id, what="signed in", thing="person", thing_id=str(person_id)))
    session.flush()
    return key


def renew_hash(session: Session, person_id: int, password: str, hasher: Hasher) -> None:
    """Store the same password at today's costs."""
    session.execute(update(Person).where(Person.id == person_id).values(password_hash=hasher.hash(password)))


def end_sign_in(session: Session, me: Me, sign_in_id: int, now: datetime) -> None:
    """End one of my own sign-ins."""
    ended = session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == me.person_id, SignIn.ended_at.is_(None)).values(ended_at=now)
    )
    if ended.rowcount == 0:  # type: ignore[attr-defined]
        raise NotVisible
    session.add(Event(person_id=me.person_id, what="ended a sign-in", thing="sign-in", thing_id=str(sign_in_id)))


def link_owner(session: Session, token: str, now: datetime) -> Person:
    """Whom a one-time link is for; NotVisible when it was used, has run out, never was,
    or when the person has signed in or changed the password since (P29)."""
    person = session.scalars(
        select(Person)
        .join(OneTimeLink, OneTimeLink.person_id == Person.id)
        .where(
            OneTimeLink.token_hash == hashed(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
            Person.disabled_at.is_(None),
            or_(Person.password_changed_at.is_(None), Person.password_changed_at < OneTimeLink.created_at),
            ~exists().where(SignIn.person_id == Person.id, SignIn.created_at > OneTimeLink.created_at),
        )
    ).one_or_none()
    if person is None:
        raise NotVisible
    return person


def choose_password(session: Session, token: str, password: str, hasher: Hasher, now: datetime, base_url: str) -> None:
    """Use the link up: store the password, end every sign-in of the person. Raises Refused for a weak password."""
    person = link_owner(session, token, now)
    used = session.execute(
        update(OneTimeLink).where(OneTimeLink.token_hash == hashed(token), OneTimeLink.used_at.is_(None)).values(used_at=now)
    )
    if used.rowcount == 0:  # type: ignore[attr-defined]
        raise NotVisible
    set_password(session, person, password, hasher, now, base_url)


def set_password(session: Session, person: Person, password: str, hasher: Hasher, now: datetime, base_url: str, keep: int = 0) -> None:
    """Give *person* a new password, end the other sign-ins, and tell them by mail where there was one before. Raises Refused(field password)."""
    organisation = session.scalars(select(Organisation.name)).first() or ""
    fault = fault_in(password, person.name, person.email, organisation)
    if fault:
        raise Refused(fault, "password")
    if person.password_hash:
        tell_of_new_password(session, person, base_url=base_url, now=now)
    person.password_hash = hasher.hash(password)
    person.password_changed_at = now
    end_all_sign_ins(session, person.id, now, but=keep)
    session.add(Event(person_id=person.id, what="changed the password", thing="person", thing_id=str(person.id)))
    session.flush()


def confirm_sign_in(session: Session, me: Me, *, now: datetime) -> None:
    """The password was given again: this sign-in counts as fresh from now on."""
    session.execute(update(SignIn).where(SignIn.id == me.sign_in_id).values(checked_at=now))


def change_password(session: Session, me: Me, *, password: str, hasher: Hasher, now: datetime, base_url: str) -> None:
    """A new password for my account; every other browser is signed out. The current one has been checked."""
    set_password(session, session.get_one(Person, me.person_id, with_for_update=True), password, hasher, now, base_url, keep=me.sign_in_id)
    confirm_sign_in(session, me, now=now)


def change_email(session: Session, me: Me, *, email: str, now: datetime, base_url: str) -> None:
    """A new e-mail to sign in with; links sent for the old one stop working, and both addresses are told. Raises Refused when it is taken."""
    demand_fresh(session, me, now)
    person, key = session.get_one(Person, me.person_id, with_for_update=True), login_key(email)
    taken = person_by_key(session, key)
    if taken is not None and taken.id != person.id:
        raise Refused(TAKEN, "email")
    before, person.email, person.email_key = person.email, email, key
    session.execute(update(OneTimeLink).where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None)).values(used_at=now))
    session.add(Event(person_id=me.person_id, what="changed the e-mail", thing="person", thing_id=str(me.person_id)))
    try:
        session.flush()
    except IntegrityError as fault:
        raise Refused(TAKEN, "email") from fault
    if before != email:
        tell_of_new_email(session, person, before=before, by="You", base_url=base_url, now=now)


def save_details(session: Session, me: Me, *, version: int | None, **values: Any) -> None:
    """My name, job title, time zone and what I share. Roles are not among them."""
    person = session.get_one(Person, me.person_id, with_for_update=True)
    demand_version(person, version, {name: (label, values[name]) for name, label in DETAILS.items()}, "/settings/")
    changed = [name for name in DETAILS if getattr(person, name) != values[name]]
    for name in changed:
        setattr(person, name, values[name])
    if changed:
        session.add(Event(person_id=me.person_id, what="changed the settings", thing="person", thing_id=str(me.person_id), detail={"fields": changed}))
    session.flush()


def end_other_sign_ins(session: Session, me: Me, *, now: datetime) -> None:
    """Every browser but this one is signed out."""
    end_all_sign_ins(session, me.person_id, now, but=me.sign_in_id)
    session.add(Event(person_id=me.person_id, what="ended all other sign-ins", thing="person", thing_id=str(me.person_id)))


def note_download(session: Session, me: Me, *, now: datetime) -> None:
    """My data leaves the site: that is written down, and the password must be fresh."""
    demand_fresh(session, me, now)
    session.add(Event(person_id=me.person_id, what="downloaded the own data", thing="person", thing_id=str(me.person_id)))
