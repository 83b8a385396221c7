"""What leads, the PMO lead and administrators do to a team: members, leads, profile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.content import library
from app.errors import Forbidden, NotVisible, Refused
from app.models import Event, Membership, Person, TargetChange, Team
from app.records.editing import demand_version
from app.records.targets import own_targets
from app.teams.queries import PROFILE, known_team
from app.teams.targets import MODEL
from app.ui.text import login_key

MEMBERS = "Members are changed by the lead of the team, the PMO lead or an administrator."
LEADS = "Leads are appointed by the PMO lead or an administrator."
TARGETS = "Targets are set by the PMO lead."
NOT_YOURSELF = "You cannot change your own place in a team. Ask another PMO lead or administrator."
PROFILE_LABELS = {
    "pmo_type": "Type of PMO", "about": "About the team", "structure": "Structure", "sourcing": "Sourcing", "reports_to": "Reports to",
    "pm_model": "Who leads the projects", "size": "People in the PMO", "projects_live": "Projects under way", "services": "Services",
    "capacity": "Days a quarter", "wip": "Actions at a time",
}


def add_member(session: Session, me: Me, *, slug: str, person: str = "", person_id: int | None = None) -> None:
    """Put somebody into the team, by name or e-mail or by the number a button carries."""
    team = known_team(session, slug)
    demand(me, "change members", team, MEMBERS)
    found = _by_number(session, person_id) if person_id is not None else _by_words(session, person)
    if found.id == me.person_id:
        raise Refused(NOT_YOURSELF, "person")
    if session.scalar(select(exists().where(Membership.person_id == found.id, Membership.team_id == team.id))):
        raise Refused(f"{found.name} is in the team already", "person")
    elsewhere = session.scalar(select(exists().where(Membership.person_id == found.id)))
    if elsewhere and not (me.is_pmo_lead or me.is_admin):
        raise Refused(f"{found.name} belongs to another team. Ask the PMO lead to change that", "person")
    session.add(Membership(person_id=found.id, team_id=team.id))
    _note(session, me, "added to the team", team, found.id)


def remove_member(session: Session, me: Me, *, slug: str, person_id: int | None) -> None:
    """Take somebody out of the team. A lead goes only by the PMO lead or an administrator."""
    team = known_team(session, slug)
    demand(me, "change members", team, MEMBERS)
    place = _place(session, team, person_id)
    if place.person_id == me.person_id:
        raise Forbidden(NOT_YOURSELF)
    if place.is_lead:
        demand(me, "appoint lead", team, LEADS)
    session.delete(place)
    _note(session, me, "removed from the team", team, place.person_id)


def appoint_lead(session: Session, me: Me, *, slug: str, person_id: int | None, is_lead: bool) -> None:
    """Make a member a lead of the team, or an ordinary member again."""
    team = known_team(session, slug)
    demand(me, "appoint lead", team, LEADS)
    place = _place(session, team, person_id)
    if place.person_id == me.person_id:
        raise Forbidden(NOT_YOURSELF)
    if place.is_lead == is_lead:
        return
    place.is_lead = is_lead
    _note(session, me, "appointed lead" if is_lead else "no longer lead", team, place.person_id)


def save_profile(session: Session, me: Me, *, slug: str, version: int | None, **values: Any) -> None:
    """Store what was typed of the profile; a lead may change the capacity alone."""
    team = known_team(session, slug, lock=True)
    whole = "pmo_type" in values
    demand(me, "edit team" if whole else "set capacity", team, PROFILE)
    demand_version(team, version, {name: (PROFILE_LABELS[name], value) for name, value in values.items()}, f"/teams/{team.slug}/profile/edit")
    changed = [name for name, value in values.items() if getattr(team, name) != value]
    for name in changed:
        setattr(team, name, values[name])
    if changed:
        session.add(Event(person_id=me.person_id, what="changed the profile", thing="team", thing_id=str(team.id), detail={"fields": changed}))
    session.flush()


def set_target(session: Session, me: Me, *, slug: str, dimension: str, level: int | None, reason: str) -> None:
    """Set the target of a dimension in place of the default of the type, or go back to it. It counts from the next round on."""
    team: Team = fetch(session, me, Team, Team.slug == slug, lock=True)
    demand(me, "set targets", team, TARGETS)
    model = library().questionnaires[MODEL]
    default = model.targets(team.pmo_type if team.pmo_type in model.types else None).get(dimension)
    if default is None:
        raise Refused("The type of this team has no target there. Set the type in the profile first", "dimension")
    own = own_targets(session, [team.id])[team.id].get(dimension)
    if level == own:
        raise Refused("This is the target already", "level")
    session.add(TargetChange(
        team_id=team.id, dimension=dimension, level=level, before=default if own is None else own, reason=reason, person_id=me.person_id
    ))
    session.add(Event(
        person_id=me.person_id, what="set a target", thing="team", thing_id=str(team.id), detail={"dimension": dimension, "level": level or "default"}
    ))
    session.flush()


def _by_number(session: Session, person_id: int) -> Person:
    found = session.scalars(select(Person).where(Person.id == person_id, Person.disabled_at.is_(None))).one_or_none()
    if found is None:
        raise NotVisible
    return found


def _by_words(session: Session, words: str) -> Person:
    fits = or_(Person.email_key == login_key(words), func.lower(Person.name) == words.lower())
    found = session.scalars(select(Person).where(fits, Person.disabled_at.is_(None)).order_by(Person.id).limit(2)).all()
    if not found:
        raise Refused("Nobody with an account has this name or e-mail. Check the spelling, or ask an administrator to add the person", "person")
    if len(found) > 1:
        raise Refused("More than one person has this name. Enter the e-mail instead", "person")
    return found[0]


def _place(session: Session, team: Team, person_id: int | None) -> Membership:
    place = session.scalars(
        select(Membership).where(Membership.team_id == team.id, Membership.person_id == person_id).with_for_update()
    ).one_or_none()
    if place is None:
        raise NotVisible
    return place


def _note(session: Session, me: Me, what: str, team: Team, person_id: int) -> None:
    session.add(Event(person_id=me.person_id, subject_id=person_id, what=what, thing="team", thing_id=str(team.id)))
    session.flush()
