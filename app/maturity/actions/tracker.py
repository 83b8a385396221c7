"""Carrying the actions of a team's plan to the tracker: name a project, turn it on, turn it off, try again."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch, visible
from app.config import TrackerServer
from app.errors import OutOfOrder, Refused
from app.maturity.queries.tracker import WHO_CARRIES_OVER, current_project, tracker_for
from app.models import Event, Team, TrackedIssue, TrackerProject
from app.tracker import WrongProject, project_named

NO_TRACKER = "No tracker is set up for this team."
IS_ON = "The actions are carried to a tracker now. Turn that off before you name another project."
NOT_CHECKED = "The project has not been reached yet, so nothing can be carried to it. Check it first."
NOT_ON = "The actions are not carried to a tracker now."


def name_project(session: Session, me: Me, server: TrackerServer | None, *, slug: str, project: str, now: datetime) -> None:
    """Ask the worker to look whether the project can be worked with. Naming it again asks again."""
    team, known = _mine(session, me, server, slug)
    try:
        name = project_named(known, project)
    except WrongProject as no:
        raise Refused(str(no), "project") from None
    held = current_project(session, me, team.id, known.address, lock=True)
    if held is not None and held.state == "on":
        raise OutOfOrder(IS_ON)
    same = (TrackerProject.team_id == team.id, TrackerProject.site == known.address, TrackerProject.project == name)
    row = session.scalars(visible(me, TrackerProject).where(*same)).one_or_none()
    if row is None:
        row = TrackerProject(team_id=team.id, site=known.address, project=name, mark=secrets.token_hex(4), asked_at=now)
        session.add(row)
    row.state, row.asked_at, row.last_error = "asked", now, ""
    _note(session, me, "named a project of the tracker", team, name)


def turn_on(session: Session, me: Me, server: TrackerServer | None, *, slug: str, now: datetime) -> None:
    """From now on each live action becomes an issue, and both follow each other."""
    team, row = _held(session, me, server, slug)
    if row is None or row.state not in ("reachable", "off"):
        raise OutOfOrder(NOT_CHECKED if row is None or row.state != "on" else IS_ON)
    session.execute(update(TrackerProject).where(TrackerProject.team_id == team.id, TrackerProject.state == "on").values(state="off"))  # one of another tracker
    row.state, row.retry_at, row.attempts, row.last_error = "on", None, 0, ""
    session.execute(update(TrackedIssue).where(TrackedIssue.tracker_project_id == row.id).values(**_anew(now), our_state=""))
    _note(session, me, "turned the tracker on", team, row.project)


def turn_off(session: Session, me: Me, server: TrackerServer | None, *, slug: str) -> None:
    """Nothing follows anything any more; issues and actions stay as they are."""
    team, row = _held(session, me, server, slug)
    if row is None or row.state != "on":
        raise OutOfOrder(NOT_ON)
    row.state = "off"
    _note(session, me, "turned the tracker off", team, row.project)


def try_again(session: Session, me: Me, server: TrackerServer | None, *, slug: str, now: datetime) -> None:
    """Whatever waits or was given up is tried at once."""
    team, row = _held(session, me, server, slug)
    if row is None or row.state != "on":
        raise OutOfOrder(NOT_ON)
    row.retry_at, row.attempts, row.last_error = None, 0, ""
    failing = TrackedIssue.is_stopped | (TrackedIssue.attempts > 0)
    session.execute(update(TrackedIssue).where(TrackedIssue.tracker_project_id == row.id, failing).values(**_anew(now)))
    _note(session, me, "tried the tracker again", team, row.project)


def _anew(now: datetime) -> dict[str, object]:
    return {"due_at": now, "attempts": 0, "failing_since": None, "is_stopped": False, "last_error": ""}


def _mine(session: Session, me: Me, server: TrackerServer | None, slug: str) -> tuple[Team, TrackerServer]:
    """The team, held, if I may plan for it, and the tracker there is."""
    team: Team = fetch(session, me, Team, Team.slug == slug, lock=True)
    demand(me, "plan roadmap", team, WHO_CARRIES_OVER)
    known = tracker_for(team, server)
    if known is None:
        raise OutOfOrder(NO_TRACKER)
    return team, known


def _held(session: Session, me: Me, server: TrackerServer | None, slug: str) -> tuple[Team, TrackerProject | None]:
    team, known = _mine(session, me, server, slug)
    return team, current_project(session, me, team.id, known.address, lock=True)


def _note(session: Session, me: Me, what: str, team: Team, project: str) -> None:
    session.add(Event(person_id=me.person_id, what=what, thing="team", thing_id=str(team.id), detail={"project": project}))
    session.flush()
