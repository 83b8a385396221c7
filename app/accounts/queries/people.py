"""The card of a person, as colleagues see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, literal_column, select
from sqlalchemy.orm import Session

from app.access import Me, can, fetch, skills_seen
from app.models import Membership, Pairing, Person, Team
from app.records.people import role_name


@dataclass(frozen=True)
class CardPage:
    """Name, job title and teams; the e-mail and the way to the skills only for those entitled."""

    person_id: int
    name: str
    job_title: str
    role: str
    is_mentor: bool
    is_pmo_lead: bool
    is_me: bool
    is_closed: bool
    email: str
    teams: tuple[tuple[str, str, bool], ...]
    sees_skills: bool
    may_administer: bool
    sees_extra_time: bool


def card_page(session: Session, me: Me, *, person_id: int) -> CardPage:
    """The card of somebody. Teams are (name, address or '', leads it), by name."""
    person = fetch(session, me, Person, Person.id == person_id)
    rows = session.execute(
        select(Team.id, Team.name, Team.slug, Membership.is_lead)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person.id, Team.archived_at.is_(None)).order_by(func.lower(Team.name), Team.id)
    ).all()
    every = me.is_pmo_lead or me.is_admin
    guided = exists().where(Pairing.mentor_id == me.person_id, Pairing.mentee_id == person.id, Pairing.state == "active")
    sees_skills, is_guided = session.execute(
        select(func.count(Person.id).filter(skills_seen(me, Person.id)), guided.label("guided") if not every else literal_column("1"))
        .where(Person.id == person.id)
    ).one()
    entitled = person.shares_email or person.id == me.person_id or every or is_guided or any(row.id in me.leads for row in rows)
    return CardPage(
        person.id, person.name, person.job_title, role_name(person.role_profile),
        person.is_mentor, person.is_pmo_lead, person.id == me.person_id, person.disabled_at is not None,
        person.email if entitled else "",
        tuple((row.name, f"/teams/{row.slug}/" if every or row.id in me.teams else "", row.is_lead) for row in rows),
        bool(sees_skills), me.is_admin or (me.is_pmo_lead and not person.is_admin and not person.is_pmo_lead),
        can(me, "see extra time", person),
    )
