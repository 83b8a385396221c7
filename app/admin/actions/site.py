"""Teams, the organisation and background work."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.errors import NotVisible, OutOfOrder, Refused
from app.models import AssessmentRound, Event, Job, Organisation, Team
from app.records.editing import demand_version

TEAMS = "Teams are added, renamed and archived by the PMO lead or an administrator."
NAMED = "There is a team with this name already"


def slug_of(name: str) -> str:
    """The part of the address for a name: 'Bürgerdienste & IT' -> 'burgerdienste-it'; 'team' where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "team"


def add_team(session: Session, me: Me, *, name: str, pmo_type: str) -> Team:
    """A new team with an address made from its name; the address stays when the name changes."""
    _refuse_same_name(session, name, 0)
    wanted = slug_of(name)
    taken = set(session.scalars(select(Team.slug).where(Team.slug.startswith(wanted, autoescape=True))))
    slug = wanted if wanted not in taken else next(f"{wanted}-{n}" for n in range(2, 10_000) if f"{wanted}-{n}" not in taken)
    team = Team(slug=slug, name=name, pmo_type=pmo_type)
    session.add(team)
    try:
        session.flush()
    except IntegrityError as fault:
        raise Refused("Somebody else has just added a team with this name. Send the form again", "name") from fault
    _note(session, me, "added a team", team)
    return team


def _refuse_same_name(session: Session, name: str, but: int) -> None:
    if session.scalar(select(exists().where(func.lower(Team.name) == name.lower(), Team.id != but, Team.archived_at.is_(None)))):
        raise Refused(NAMED, "name")


def _team(session: Session, me: Me, slug: str) -> Team:
    team = session.scalars(select(Team).where(Team.slug == slug).with_for_update()).one_or_none()
    if team is None:
        raise NotVisible
    demand(me, "edit team", team, TEAMS)
    return team


def rename_team(session: Session, me: Me, *, slug: str, version: int | None, name: str) -> None:
    """Another name for a team; rounds, roadmaps and the address stay."""
    team = _team(session, me, slug)
    demand_version(team, version, {"name": ("Name", name)}, f"/admin/teams/{slug}/")
    _refuse_same_name(session, name, team.id)
    if team.name != name:
        _note(session, me, "renamed a team", team, before=team.name)
        team.name = name
    session.flush()


def archive_team(session: Session, me: Me, *, slug: str, now: datetime) -> None:
    """Take a team out of the lists. Its rounds, roadmaps and people stay as they are."""
    team = _team(session, me, slug)
    if session.scalar(select(exists().where(AssessmentRound.team_id == team.id, AssessmentRound.state == "open"))):
        raise OutOfOrder(f"{team.name} has an open round. Close it first, then archive the team.")
    if team.archived_at is None:
        team.archived_at = now
        _note(session, me, "archived a team", team)


def bring_back_team(session: Session, me: Me, *, slug: str) -> None:
    """An archived team stands in the lists again."""
    team = _team(session, me, slug)
    if team.archived_at is not None:
        team.archived_at = None
        _note(session, me, "brought back a team", team)


def save_organisation(session: Session, me: Me, *, version: int | None, name: str, time_zone: str, leads_run_rounds: bool) -> None:
    """Name, time zone, and whether leads run the rounds of their own team."""
    organisation = session.get(Organisation, 1, with_for_update=True)
    if organisation is None:
        organisation = Organisation(id=1, name=name)
        session.add(organisation)
    else:
        wanted = {"name": ("Name", name), "time_zone": ("Time zone", time_zone), "leads_run_rounds": ("Leads run rounds", leads_run_rounds)}
        demand_version(organisation, version, wanted, "/admin/organisation/")
    organisation.name, organisation.time_zone, organisation.leads_run_rounds = name, time_zone, leads_run_rounds
    session.add(Event(person_id=me.person_id, what="changed the organisation", thing="organisation", thing_id="1"))
    session.flush()


def finish_setup(session: Session, me: Me, *, now: datetime) -> None:
    """The list of first steps is not wanted any more."""
    organisation = session.get(Organisation, 1)
    if organisation is not None:
        organisation.setup_finished_at = now
        session.flush()


def try_again(session: Session, me: Me, *, job_id: int) -> None:
    """A failed job waits for its turn once more."""
    job: Job = fetch(session, me, Job, Job.id == job_id, lock=True)
    if job.state != "failed":
        raise OutOfOrder("This job has not failed, so there is nothing to try again.")
    job.state, job.tries, job.says, job.claimed_at, job.ended_at = "waiting", 0, "Waiting for its turn", None, None
    session.add(Event(person_id=me.person_id, what="started a job again", thing="job", thing_id=str(job.id)))


def _note(session: Session, me: Me, what: str, team: Team, **detail: str) -> None:
    session.add(Event(person_id=me.person_id, what=what, thing="team", thing_id=str(team.id), detail=detail))
    session.flush()
