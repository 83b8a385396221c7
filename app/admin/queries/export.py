"""The list of all accounts as a table to take out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.errors import Forbidden
from app.models import Membership, Person, SignIn, Team
from app.records.people import role_name
from app.ui.csv import csv_text

HEADER = ("name", "email", "job_title", "role_profile", "roles", "teams", "state", "added", "last_sign_in")


def people_text(session: Session, me: Me) -> tuple[str, int]:
    """(CSV, how many people): everybody, closed accounts too, by name; three statements. Raises Forbidden for all but administrators.

    Days are ISO days in UTC; several roles or teams stand in one cell with a semicolon between."""
    if not me.is_admin:
        raise Forbidden("This is for administrators.")
    people = session.scalars(visible(me, Person).order_by(func.lower(Person.name), Person.id)).all()
    teams: dict[int, list[str]] = {}
    leads: set[int] = set()
    for person_id, name, is_lead in session.execute(
        select(Membership.person_id, Team.name, Membership.is_lead).join(Team, Team.id == Membership.team_id).order_by(func.lower(Team.name), Team.id)
    ):
        teams.setdefault(person_id, []).append(name)
        leads |= {person_id} if is_lead else set()
    last = {row.person_id: row.at for row in session.execute(select(SignIn.person_id, func.max(SignIn.created_at).label("at")).group_by(SignIn.person_id))}
    rows = (
        (
            person.name, person.email, person.job_title, role_name(person.role_profile), "; ".join(_roles(person, person.id in leads)),
            "; ".join(teams.get(person.id, ())), _state(person), _day(person.created_at), _day(last.get(person.id)),
        )
        for person in people
    )
    return csv_text(HEADER, rows), len(people)


def _roles(person: Person, is_lead: bool) -> Iterator[str]:
    held = (("lead", is_lead), ("mentor", person.is_mentor), ("pmo-lead", person.is_pmo_lead), ("admin", person.is_admin))
    yield from [word for word, has in held if has] or ["learner"]


def _state(person: Person) -> str:
    return "closed" if person.disabled_at else "open" if person.password_hash else "no password yet"


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""
