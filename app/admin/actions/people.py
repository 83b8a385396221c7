"""Accounts and roles. Nobody changes their own, and nobody gives a role above what they may give."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.admin.queries.people import known_person
from app.errors import Forbidden, Refused
from app.models import Event, Membership, OneTimeLink, Person, Team
from app.records.accounts import demand_fresh, end_all_sign_ins, make_link, other_active_admin, person_by_key
from app.records.editing import demand_version
from app.records.letters import tell_of_new_email
from app.ui.text import login_key

NOT_YOURSELF = "Nobody changes their own account here. Use Settings, or ask another administrator."
ADMINS_ONLY = "This is for administrators."
LAST_ADMIN = "This is the only administrator. Give somebody else the role first"
TAKEN = "This e-mail has an account already"
LABELS = {"name": "Name", "email": "E-mail", "job_title": "Job title", "role_profile": "Role profile", "time_zone": "Time zone"}
GRANTS = {"is_mentor": "mentor", "is_pmo_lead": "PMO lead", "is_admin": "administrator"}


def _somebody_else(session: Session, me: Me, person_id: int) -> Person:
    person = known_person(session, me, person_id, lock=True)
    if person.id == me.person_id:
        raise Forbidden(NOT_YOURSELF)
    return person


def _for_admin(session: Session, me: Me, person_id: int) -> Person:
    person = _somebody_else(session, me, person_id)
    if not me.is_admin:
        raise Forbidden(ADMINS_ONLY)
    return person


def add_person(
    session: Session, me: Me, *, now: datetime, name: str, email: str, job_title: str, role_profile: str, team_slug: str,
    is_lead: bool, is_mentor: bool, is_pmo_lead: bool = False, is_admin: bool = False,
) -> str:
    """A new account; the token of the link with which the person chooses a password. A PMO lead invites learners alone."""
    powers = is_lead or is_mentor or is_pmo_lead or is_admin
    if powers:
        demand_fresh(session, me, now)
    if powers and not me.is_admin:
        raise Forbidden("A PMO lead invites learners. Give further roles on the person's page, or ask an administrator.")
    if person_by_key(session, login_key(email)):
        raise Refused(TAKEN, "email")
    team = session.scalars(select(Team).where(Team.slug == team_slug)).one_or_none() if team_slug else None
    if is_lead and team is None:
        raise Refused("Choose the team to lead", "team")
    person = Person(
        email=email, email_key=login_key(email), name=name, job_title=job_title, role_profile=role_profile or None,
        is_mentor=is_mentor, is_pmo_lead=is_pmo_lead, is_admin=is_admin,
    )
    session.add(person)
    _flush_unique(session)
    if team:
        session.add(Membership(person_id=person.id, team_id=team.id, is_lead=is_lead))
    roles = [word for word, has in (("lead", is_lead), ("mentor", is_mentor), ("PMO lead", is_pmo_lead), ("administrator", is_admin)) if has]
    _note(session, me, person.id, "added a person", roles=roles)
    return make_link(session, person.id, "invite", now)


def edit_person(
    session: Session, me: Me, *, person_id: int, version: int | None, reason: str, now: datetime, base_url: str, **values: Any,
) -> None:
    """Change somebody's details, with the reason in the log; both addresses learn of a new e-mail (condition 2)."""
    person = _for_admin(session, me, person_id)
    demand_fresh(session, me, now)
    demand_version(person, version, {name: (LABELS[name], value) for name, value in values.items()}, f"/admin/people/{person.id}/edit")
    other = person_by_key(session, login_key(values["email"]))
    if other is not None and other.id != person.id:
        raise Refused(TAKEN, "email")
    changed = [name for name, value in values.items() if (getattr(person, name) or "") != value]
    before = person.email
    for name in changed:
        setattr(person, name, values[name] if name != "role_profile" else values[name] or None)
    if "email" in changed:
        person.email_key = login_key(person.email)
        void_links(session, person.id)
    if changed:
        _note(session, me, person.id, "changed a profile", fields=changed, reason=reason)
    _flush_unique(session)
    if "email" in changed:
        tell_of_new_email(session, person, before=before, by=f"{me.name}, an administrator,", base_url=base_url, now=now)


def change_roles(session: Session, me: Me, *, person_id: int, version: int | None, now: datetime, **grants: bool) -> None:
    """Give and take roles. PMO lead and administrator are given by administrators; the last administrator stays."""
    person = _somebody_else(session, me, person_id)
    demand_fresh(session, me, now)
    demand_version(person, version, {name: (GRANTS[name].capitalize(), has) for name, has in grants.items()}, f"/admin/people/{person.id}/roles")
    changed = {name: has for name, has in grants.items() if getattr(person, name) != has}
    if changed.keys() & {"is_admin", "is_pmo_lead"} and not me.is_admin:
        raise Forbidden(ADMINS_ONLY)
    if changed.get("is_admin") is False:
        _keep_an_admin(session, me, person)
    for name, has in changed.items():
        setattr(person, name, has)
        _note(session, me, person.id, f"{'gave' if has else 'took'} the role {GRANTS[name]}")
    session.flush()


def _keep_an_admin(session: Session, me: Me, person: Person) -> None:
    """The one who takes the role must still hold it: of two who act at once, the second is refused."""
    if person.is_admin and (not other_active_admin(session, person.id) or not _is_still_admin(session, me)):
        raise Refused(LAST_ADMIN, "is_admin")


def _is_still_admin(session: Session, me: Me) -> bool:
    return bool(session.scalar(select(Person.is_admin & Person.disabled_at.is_(None)).where(Person.id == me.person_id)))


def disable(session: Session, me: Me, *, person_id: int, reason: str, now: datetime) -> None:
    """Close an account: no sign-in stays, no link works, nothing is deleted."""
    person = _for_admin(session, me, person_id)
    if person.disabled_at:
        return
    if person.is_admin and (not other_active_admin(session, person.id) or not _is_still_admin(session, me)):
        raise Refused(LAST_ADMIN)
    person.disabled_at = now
    end_all_sign_ins(session, person.id, now)
    void_links(session, person.id)
    _note(session, me, person.id, "closed an account", reason=reason)


def enable(session: Session, me: Me, *, person_id: int) -> None:
    """Open a closed account again; the person signs in with the old password or a new link."""
    person = _for_admin(session, me, person_id)
    person.disabled_at = None
    _note(session, me, person.id, "opened an account again")


def give_link(session: Session, me: Me, *, person_id: int, now: datetime) -> tuple[str, str]:
    """(token, purpose) of a new one-time link; a week for somebody who never had a password, else an hour."""
    person = _for_admin(session, me, person_id)
    if person.disabled_at:
        raise Refused("The account is closed. Open it again first")
    purpose = "reset" if person.password_hash else "invite"
    _note(session, me, person.id, "made a one-time link")
    return make_link(session, person.id, purpose, now), purpose


def end_sign_ins(session: Session, me: Me, *, person_id: int, now: datetime) -> None:
    """Sign somebody out everywhere."""
    person = _for_admin(session, me, person_id)
    end_all_sign_ins(session, person.id, now)
    _note(session, me, person.id, "ended all sign-ins")


def void_links(session: Session, person_id: int) -> None:
    """Links that were made before no longer work."""
    for link in session.scalars(select(OneTimeLink).where(OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None))):
        link.used_at = link.created_at


def _flush_unique(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as fault:
        raise Refused(TAKEN, "email") from fault


def _note(session: Session, me: Me, person_id: int, what: str, **detail: Any) -> None:
    session.add(Event(person_id=me.person_id, subject_id=person_id, what=what, thing="person", thing_id=str(person_id), detail=detail))
    session.flush()
