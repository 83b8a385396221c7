"""person: accounts from the shell."""

from __future__ import annotations

import argparse
import re
from typing import Any

from sqlalchemy import select

from app import clock
from app.accounts.actions import person_by_email
from app.cli.site import Fault, database, say
from app.config import load_settings
from app.models import Event, Membership, Organisation, Person, Team
from app.records.accounts import end_all_sign_ins, make_link, other_active_admin
from app.ui.fields import Email
from app.ui.text import NotText, clean_line, login_key

ROLES = ("learner", "lead", "mentor", "pmo-lead", "admin")


def add_to(commands: Any) -> None:
    person = commands.add_parser("person", help="accounts; links are one-time")
    deeds = person.add_subparsers(dest="deed", required=True, metavar="DEED")
    add = deeds.add_parser("add")
    add.add_argument("email")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=ROLES, default="learner")
    add.add_argument("--team", help="slug of the team")
    add.set_defaults(act=add_person)
    for deed, act in (("disable", disable_person), ("reset-link", reset_link)):
        command = deeds.add_parser(deed)
        command.add_argument("email")
        command.set_defaults(act=act)


def add_person(chosen: argparse.Namespace) -> int:
    """python -m app person add EMAIL --name N --role R [--team SLUG]"""
    settings = load_settings()
    try:
        email, name = clean_line(chosen.email, 254), clean_line(chosen.name, 120)
    except NotText as fault:
        raise Fault(f"person: {fault}") from fault
    if not re.fullmatch(Email.PATTERN, email):
        raise Fault("person: enter an e-mail address such as name@example.org")
    if not name:
        raise Fault("person: enter a name")
    if chosen.role == "lead" and not chosen.team:
        raise Fault("person: a lead needs --team")
    with database(settings).transaction() as session:
        if person_by_email(session, email):
            raise Fault(f"person: {email} has an account already")
        team = session.scalars(select(Team).where(Team.slug == chosen.team)).one_or_none() if chosen.team else None
        if chosen.team and team is None:
            raise Fault(f"person: there is no team {chosen.team}")
        if session.get(Organisation, 1) is None:
            session.add(Organisation(id=1, name="My organisation"))
        person = Person(
            email=email, email_key=login_key(email), name=name, is_admin=chosen.role == "admin",
            is_pmo_lead=chosen.role == "pmo-lead", is_mentor=chosen.role == "mentor",
        )
        session.add(person)
        session.flush()
        if team:
            session.add(Membership(person_id=person.id, team_id=team.id, is_lead=chosen.role == "lead"))
        session.add(Event(subject_id=person.id, what="added by command", thing="person", thing_id=str(person.id), detail={"role": chosen.role}))
        token = make_link(session, person.id, "invite", clock.now())
    say(f"{settings.base_url}/choose-password/{token}")
    return 0


def disable_person(chosen: argparse.Namespace) -> int:
    """python -m app person disable EMAIL"""
    with database().transaction() as session:
        person = _known(session, chosen.email)
        if person.is_admin and not other_active_admin(session, person.id):
            raise Fault(f"person: {chosen.email} is the only administrator; add another one first")
        person.disabled_at = clock.now()
        end_all_sign_ins(session, person.id, clock.now())
        session.add(Event(subject_id=person.id, what="disabled by command", thing="person", thing_id=str(person.id)))
    say(f"{chosen.email} can no longer sign in.")
    return 0


def reset_link(chosen: argparse.Namespace) -> int:
    """python -m app person reset-link EMAIL"""
    settings = load_settings()
    with database(settings).transaction() as session:
        person = _known(session, chosen.email)
        session.add(Event(subject_id=person.id, what="reset link by command", thing="person", thing_id=str(person.id)))
        token = make_link(session, person.id, "reset", clock.now())
    say(f"{settings.base_url}/choose-password/{token}")
    return 0


def _known(session: Any, email: str) -> Person:
    person = person_by_email(session, email)
    if person is None:
        raise Fault(f"person: there is no account {email}")
    return person
