"""The page of the tracker: which project the plan is carried to, how each issue stands, and what has gone wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch, seen, visible
from app.config import LOOPBACK, TrackerServer
from app.maturity.action_states import LIVE
from app.maturity.queries.roadmap_board import Tag, state_tag, title_of
from app.models import PlannedAction, SavedRoadmap, Team, TrackedIssue, TrackerProject
from app.records.teams import team_tabs

WHO_CARRIES_OVER = "Carrying the plan to a tracker is for the lead of the team and the PMO lead."


@dataclass(frozen=True)
class IssueLine:
    """An action of the plan in use with its issue; without one yet `key` is ''."""

    id: str
    title: str
    href: str
    tag: Tag
    key: str
    issue_href: str
    status: str
    compared_at: datetime | None
    trouble: str


@dataclass(frozen=True)
class TrackerPage:
    """Where a team stands with the tracker. stage: none (no tracker), new, asked, reachable, refused, on or off."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    href: str
    stage: str
    tracker: str
    address: str
    kind: str
    project: str
    name: str
    reached_at: datetime | None
    retry_at: datetime | None
    trouble: str
    lines: tuple[IssueLine, ...]
    left: int
    has_plan: bool
    may_try: bool
    is_demo: bool


@dataclass(frozen=True)
class IssueOfAction:
    """The issue of one action, for its page."""

    key: str
    href: str
    tracker: str
    compared_at: datetime | None
    trouble: str


def tracker_for(team: Team, server: TrackerServer | None) -> TrackerServer | None:
    """The tracker a team may be carried to. Anybody can sign in as somebody of the demo: its teams reach one on this computer alone."""
    return None if server is None or (team.is_demo and server.host not in LOOPBACK) else server


def current_project(session: Session, me: Me, team_id: int, site: str, lock: bool = False) -> TrackerProject | None:
    """The project the team named last in this tracker; one statement."""
    statement = (
        visible(me, TrackerProject).where(TrackerProject.team_id == team_id, TrackerProject.site == site)
        .order_by((TrackerProject.state == "on").desc(), TrackerProject.asked_at.desc(), TrackerProject.id.desc()).limit(1)
    )
    found: TrackerProject | None = session.scalars(statement.with_for_update(of=TrackerProject) if lock else statement).one_or_none()
    return found


def tracker_page(session: Session, me: Me, server: TrackerServer | None, *, slug: str, today: date) -> TrackerPage:
    """Everything the page shows; four statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "plan roadmap", team, WHO_CARRIES_OVER)
    server = tracker_for(team, server)
    row = current_project(session, me, team.id, server.address) if server else None
    plan = session.execute(
        visible(me, SavedRoadmap).with_only_columns(SavedRoadmap.id, SavedRoadmap.inputs["model"].as_string().label("model"))
        .where(SavedRoadmap.team_id == team.id, SavedRoadmap.is_current)
    ).one_or_none()
    lines = _lines(session, me, row, plan, slug, today) if row and plan else ()
    made = session.scalar(
        visible(me, TrackedIssue).with_only_columns(func.count()).where(TrackedIssue.tracker_project_id == row.id, TrackedIssue.ref != "")
    ) if row and row.state == "on" else 0
    return TrackerPage(
        team, team_tabs(team, "roadmap", me), f"/teams/{slug}/roadmap/tracker/", "none" if server is None else row.state if row else "new",
        server.name if server else "", server.address if server else "", server.kind if server else "", row.project if row else "", row.name if row else "",
        row.reached_at if row else None, row.retry_at if row else None, row.last_error if row else "", lines,
        max(0, (made or 0) - sum(bool(line.key) for line in lines)), plan is not None,
        bool(row and row.state == "on" and (row.last_error or any(line.trouble for line in lines))),
        team.is_demo and server is None,
    )


def _lines(session: Session, me: Me, row: TrackerProject, plan: Any, slug: str, today: date) -> tuple[IssueLine, ...]:
    """Actions that have an issue or will get one, in the order of the plan; one statement."""
    found = session.execute(
        select(PlannedAction, TrackedIssue)
        .outerjoin(TrackedIssue, and_(TrackedIssue.action_id == PlannedAction.action_id, TrackedIssue.tracker_project_id == row.id))
        .where(PlannedAction.roadmap_id == plan.id, seen(me, PlannedAction), or_(PlannedAction.state.in_(LIVE), TrackedIssue.ref != ""))
        .order_by(PlannedAction.quarter, PlannedAction.action_id)
    )
    return tuple(
        IssueLine(
            action.action_id, title_of(plan.model or "", action.action_id), f"/teams/{slug}/roadmap/actions/{action.action_id}/",
            state_tag(action.state, action.due_on, today), issue.key if issue else "", issue.href if issue else "", issue.status if issue else "",
            issue.compared_at if issue else None, trouble_of(issue) if issue else "",
        )
        for action, issue in found
    )


def trouble_of(issue: TrackedIssue) -> str:
    """What is wrong with an issue, and whether it is tried again; '' when all is well."""
    if not issue.last_error:
        return ""
    return f"{issue.last_error.rstrip('.')}.{' Given up.' if issue.is_stopped else ''}"


def issue_of_action(session: Session, me: Me, server: TrackerServer | None, team_id: int, action_id: str) -> IssueOfAction | None:
    """The issue of an action where its team carries the plan to the tracker; one statement."""
    if server is None:
        return None
    issue = session.scalars(
        visible(me, TrackedIssue).join(TrackerProject, TrackerProject.id == TrackedIssue.tracker_project_id)
        .where(TrackerProject.team_id == team_id, TrackerProject.state == "on", TrackerProject.site == server.address, TrackedIssue.action_id == action_id)
    ).one_or_none()
    return IssueOfAction(issue.key, issue.href, server.name, issue.compared_at, trouble_of(issue)) if issue else None


def tracker_stage(session: Session, me: Me, server: TrackerServer | None, *, slug: str) -> dict[str, object]:
    """How far the check of a project is, for the script that watches it; two statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "plan roadmap", team, WHO_CARRIES_OVER)
    server = tracker_for(team, server)
    row = current_project(session, me, team.id, server.address) if server else None
    return {"stage": row.state if row else "new", "progress": 0, "says": ""}
