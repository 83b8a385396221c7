"""Many people at once: read, check, and all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.admin.roster import Known, Roster, read_roster
from app.content import library
from app.errors import Refused
from app.models import Event, Membership, Person, Team
from app.records.accounts import demand_fresh, make_invitations
from app.ui.sheets import NotATable
from app.ui.text import login_key


@dataclass(frozen=True)
class Invited:
    """Somebody who has an account now, with the token of the link to choose a password."""

    name: str
    email: str
    token: str


def known_to(session: Session, me: Me) -> Known:
    """What rows are checked against, and the roles this person may give: all for administrators, learner for PMO leads (condition 26)."""
    teams = session.execute(select(Team.slug, Team.name).where(Team.archived_at.is_(None))).all()
    profiles = library().skills.roles.values()
    return Known(
        accounts={key: closed is not None for key, closed in session.execute(select(Person.email_key, Person.disabled_at))},
        teams={name.casefold(): slug for slug, name in teams} | {slug.casefold(): slug for slug, _ in teams},
        profiles={p.name.casefold(): p.id for p in profiles} | {p.id.casefold(): p.id for p in profiles},
        roles=frozenset({"learner", "lead", "mentor", "pmo-lead", "admin"}) if me.is_admin else frozenset({"learner"}),
    )


def check_roster(session: Session, me: Me, *, text: str) -> Roster:
    """What an import of this text would do. Raises Refused when the text as a whole cannot be used; faults in rows are in the answer."""
    try:
        return read_roster(text, known_to(session, me))
    except NotATable as fault:
        raise Refused(str(fault)) from fault


def import_people(session: Session, me: Me, *, text: str, leave_out: bool, now: datetime) -> tuple[Invited, ...]:
    """Add everybody in the list who has no account yet. One fault anywhere and nobody is added; a second time nobody is new."""
    demand_fresh(session, me, now)
    roster = check_roster(session, me, text=text)
    if roster.faults or (roster.unknown and not leave_out):
        raise Refused("The list has changed since it was checked. Check it again")
    teams = {team.slug: team.id for team in session.scalars(select(Team))}
    new = [
        (row, Person(
            email=row.email, email_key=login_key(row.email), name=row.name, job_title=row.job_title, role_profile=row.role_profile or None,
            is_mentor=row.role == "mentor", is_pmo_lead=row.role == "pmo-lead", is_admin=row.role == "admin",
        ))
        for row in roster.of("new")
    ]
    session.add_all(person for _, person in new)
    try:
        session.flush()
    except IntegrityError as fault:
        raise Refused("Somebody else has just added one of these people. Check the list again") from fault
    session.add_all(Membership(person_id=person.id, team_id=teams[row.team], is_lead=row.role == "lead") for row, person in new if row.team)
    session.add_all(
        Event(person_id=me.person_id, subject_id=person.id, what="imported a person", thing="person", thing_id=str(person.id), detail={"role": row.role})
        for row, person in new
    )
    tokens = make_invitations(session, [person.id for _, person in new])
    return tuple(Invited(person.name, person.email, tokens[person.id]) for _, person in new)
