"""The organisation, its teams and its people."""

from __future__ import annotations

from sqlalchemy import select

from app.demo.reading import DOMAIN, Demo, DemoPerson, TeamProfile
from app.demo.reading import Organisation as OrganisationFile
from app.demo.stage import Stage
from app.models import Event, Membership, Organisation, Person, Team
from app.ui.text import login_key
from assessments.reading import DemoTeam

LONG_AGO = 230


def put_cast(stage: Stage, demo: Demo, password_hash: str) -> dict[str, Person]:
    """Add everybody and every team; afterwards the stage knows them by name and code. The lead of each team by code."""
    file = demo.organisation
    if stage.session.scalar(select(Organisation.id)) is None:
        stage.session.add(Organisation(
            id=1, name=file.name, time_zone=file.time_zone, setup_finished_at=stage.at(LONG_AGO), created_at=stage.at(LONG_AGO),
        ))
    for person in file.office:
        stage.people[person.email] = _person(stage, file, person, person.email, password_hash)
    limits = {team.code: team for team in demo.answers}
    for profile in file.teams:
        stage.teams[profile.code] = _team(stage, profile, limits[profile.code])
        for place, person in enumerate(profile.people, 1):
            stage.people[profile.address(place)] = _person(stage, file, person, profile.address(place), password_hash)
    stage.session.add_all([*stage.people.values(), *stage.teams.values()])
    stage.session.flush()
    stage.session.add_all(
        Membership(
            person_id=stage.people[profile.address(place)].id, team_id=stage.teams[profile.code].id, is_lead=person.lead,
            created_at=stage.at(LONG_AGO),
        )
        for profile in file.teams for place, person in enumerate(profile.people, 1)
    )
    admin = stage.people["admin"]
    stage.session.add_all(
        Event(
            person_id=admin.id, subject_id=person.id, what="added a person", thing="person", thing_id=str(person.id),
            created_at=person.created_at,
        )
        for person in stage.people.values() if person is not admin
    )
    stage.session.flush()
    return {
        profile.code: stage.people[profile.address(place)]
        for profile in file.teams for place, person in enumerate(profile.people, 1) if person.lead
    }


def _person(stage: Stage, file: OrganisationFile, person: DemoPerson, name: str, password_hash: str) -> Person:
    email = f"{name}@{DOMAIN}"
    since = stage.at(LONG_AGO if person.rounds != [2] else LONG_AGO // 2)
    return Person(
        email=email, email_key=login_key(email), name=person.name, job_title=person.title,
        role_profile=file.roles[person.role].profile if person.role else None,
        time_zone=person.time_zone or file.time_zone, password_hash=password_hash, password_changed_at=since,
        is_admin=person.admin, is_pmo_lead=person.pmo_lead, is_demo=True, created_at=since,
    )


def _team(stage: Stage, profile: TeamProfile, limits: DemoTeam) -> Team:
    return Team(
        slug=profile.code.lower(), name=limits.name, about=profile.about, pmo_type=limits.type, structure=profile.structure,
        sourcing=profile.sourcing, reports_to=profile.reports_to, pm_model=profile.pm_model, size=profile.size,
        projects_live=profile.projects_live, services=profile.services, capacity=limits.capacity, wip=limits.wip, is_demo=True,
        created_at=stage.at(LONG_AGO),
    )
