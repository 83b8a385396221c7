"""The pages of a roadmap: the plan in use, a plan beside it, and both as a table to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, can, fetch, seen, visible
from app.content import library
from app.db import built_once
from app.errors import NotVisible
from app.maturity.quarters import names
from app.maturity.queries.roadblocks import Roadblocks, roadblocks_of
from app.maturity.queries.roadmap_board import Rows, title_of
from app.maturity.queries.roadmap_compare import Against, against_the_one_in_use
from app.maturity.queries.roadmap_pace import Progress, progress_of
from app.maturity.queries.roadmap_start import starting_point
from app.maturity.queries.roadmap_stored import AnyPlan, StoredPlan, plan_columns, read_plan
from app.maturity.queries.roadmap_view import PlanView, in_calendar, is_compared, plan_view
from app.maturity.solving import COMPARE, PLAN
from app.models import (
    AssessmentRound,
    Job,
    Person,
    PlanChange,
    PlannedAction,
    PublishedResult,
    SavedRoadmap,
    Team,
    TrackedIssue,
    TrackerProject,
)
from app.records.skills import members_of
from app.records.teams import team_tabs
from app.ui.filters import local_day
from app.ui.paging import Paging, paging

Tabs = tuple[tuple[str, str, bool], ...]
HISTORY, KEPT = 10, 64


@dataclass(frozen=True)
class PlanLine:
    """A plan in the history of a team."""

    number: int
    href: str
    made_at: datetime
    starts_on: date
    tag: tuple[str, str, str]
    state: str
    is_current: bool
    label: str


@dataclass(frozen=True)
class RoadmapTeam:
    """The team whose roadmap it is."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class RoadmapPage:
    """The plan in use, if there is one, and all plans of the team. `closed_since` is a later round than the plan started from, for those who plan."""

    team: RoadmapTeam
    tabs: Tabs
    may_plan: bool
    view: PlanView | None
    plans: tuple[PlanLine, ...]
    paging: Paging
    newer: PlanLine | None
    look: str
    quarter_names: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    change: LastChange | None
    approved: str
    progress: Progress | None
    roadblocks: Roadblocks | None
    closed_since: int | None


@dataclass(frozen=True)
class LastChange:
    """The newest change of the plan in use that can be taken back."""

    what: str
    who: str
    when: datetime
    may_undo: bool


LOOKS = ("board", "list", "time")


def roadmap_page(session: Session, me: Me, *, slug: str, today: date, wanted: str, look: str = "") -> RoadmapPage:
    """The roadmap of a team as quarters, list or time line; five statements, one more for the list."""
    head = next(iter(db.rows(session, _road(me), slug=slug)), None)
    if head is None:
        raise NotVisible
    team = RoadmapTeam(head.here, head.slug, head.name)
    saved = read_plan(head) if head.id is not None else None
    actions = db.rows(session, _ACTIONS, team=team.id)
    held = tuple(row for row in actions if row.is_current)
    view, progress = kept_view(saved, held, slug, today) if saved else (None, None)
    part = paging(wanted, head.plans, f"/teams/{slug}/roadmap/", size=HISTORY)
    plans = _plans(session, me, team, part)
    newest = plans[0] if plans and part.number == 1 else None
    newer = newest if newest and not newest.is_current and newest.tag[0] not in ("Was in use", "Failed") else None
    may_plan, look = can(me, "plan roadmap", team), look if look in LOOKS else "board"
    finished = [(row.action_id, row.ended_at) for row in actions if row.state == "done"]
    start = starting_point(session, team.id, finished) if may_plan else None
    quarter_names = names(saved.starts_on, saved.horizon) if saved else ()
    return RoadmapPage(
        team, team_tabs(team, "roadmap", me), may_plan, view, plans, part, newer, look, quarter_names,
        _members(session, team.id) if may_plan and look == "list" else (),
        LastChange(in_calendar(head.changed, quarter_names), head.changer or "from the tracker", head.changed_at, head.changer_id == me.person_id or can(me, "lead action", team))
        if head.changed else None,
        _approved(saved, head.approver) if saved else "", progress,
        roadblocks_of(session, me, team.id, slug, may_plan, start, progress, {row.action_id: row.state for row in held}),
        start.number if saved and start and start.number > saved.round_number else None,
    )


@built_once
def _road(me: Me) -> Select[*tuple[Any, ...]]:
    """The plan in use of a team with its result, who approved it, the last change that can be taken back, and how many plans there are."""
    approver, changer = aliased(Person), aliased(Person)
    older = aliased(PlanChange)
    newest = select(func.max(older.id)).where(older.roadmap_id == SavedRoadmap.id, older.undone_at.is_(None)).correlate(SavedRoadmap).scalar_subquery()
    number = aliased(SavedRoadmap)
    plans = select(func.count()).where(number.team_id == Team.id).correlate(Team).scalar_subquery()
    return (
        visible(me, Team)
        .with_only_columns(
            *plan_columns(me), Team.id.label("here"), Team.slug, Team.name, approver.name.label("approver"), PlanChange.what.label("changed"),
            PlanChange.created_at.label("changed_at"), PlanChange.person_id.label("changer_id"), changer.name.label("changer"), plans.label("plans"),
        )
        .select_from(Team)
        .outerjoin(SavedRoadmap, and_(SavedRoadmap.team_id == Team.id, SavedRoadmap.is_current, seen(me, SavedRoadmap)))
        .outerjoin(AssessmentRound, AssessmentRound.id == SavedRoadmap.round_id)
        .outerjoin(PublishedResult, PublishedResult.round_id == SavedRoadmap.round_id)
        .outerjoin(approver, approver.id == SavedRoadmap.adopted_by_id)
        .outerjoin(PlanChange, and_(PlanChange.id == newest, seen(me, PlanChange)))
        .outerjoin(changer, changer.id == PlanChange.person_id)
        .where(Team.slug == bindparam("slug"))
    )


_ISSUE = (
    select(TrackedIssue.key).join(TrackerProject, TrackerProject.id == TrackedIssue.tracker_project_id)
    .where(TrackerProject.team_id == SavedRoadmap.team_id, TrackerProject.state == "on", TrackedIssue.action_id == PlannedAction.action_id)
    .correlate(SavedRoadmap, PlannedAction).scalar_subquery()
)
_ACTIONS = (
    select(
        PlannedAction.id, PlannedAction.action_id, PlannedAction.quarter, PlannedAction.finish_week, PlannedAction.value, PlannedAction.effort,
        PlannedAction.state, PlannedAction.due_on, PlannedAction.ended_at, PlannedAction.version, Person.name.label("owner"), SavedRoadmap.is_current,
        _ISSUE.label("issue"),
    )
    .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id).outerjoin(Person, Person.id == PlannedAction.owner_id)
    .where(SavedRoadmap.team_id == bindparam("team"), or_(SavedRoadmap.is_current, PlannedAction.state == "done"))
    .order_by(PlannedAction.quarter, PlannedAction.action_id)
)


def kept_view(saved: StoredPlan, held: tuple[Row[*tuple[Any, ...]], ...], slug: str, today: date) -> tuple[PlanView, Progress | None]:
    """The plan in use and how it goes; the same two objects for as long as plan, actions, owners, day and content are the same."""
    return _view(saved, held, slug, today, library().version)


@lru_cache(maxsize=KEPT)
def _view(saved: StoredPlan, held: tuple[Row[*tuple[Any, ...]], ...], slug: str, today: date, content: str) -> tuple[PlanView, Progress | None]:
    rows = {row.action_id: (row, row.owner or "") for row in held}
    return plan_view(saved, saved.round_number, saved.figures, rows, slug, today), progress_of(saved, rows, slug, today)


def _approved(saved: StoredPlan, approver: str | None) -> str:
    """Who took the plan into use, when and why; what is planned there is the baseline."""
    if saved.adopted_at is None or not saved.is_approved:
        return ""
    because = f": {saved.adopted_because}" if saved.adopted_because else "."
    return f"Approved by {approver or 'somebody who has left'} on {local_day(saved.adopted_at)}{because}"


def _members(session: Session, team_id: int) -> tuple[tuple[str, str], ...]:
    rows = session.execute(select(Person.id, Person.name).where(*members_of(team_id)).order_by(func.lower(Person.name), Person.id))
    return tuple((str(row.id), row.name) for row in rows)


def _plans(session: Session, me: Me, team: RoadmapTeam, part: Paging) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(
            row.number, f"/teams/{team.slug}/roadmap/plans/{row.number}/", row.created_at, row.starts_on,
            plan_tag(row.state, row.is_current, row.adopted_at is not None), row.state, row.is_current, row.label,
        )
        for row in db.rows(session, _plans_of(me, part.size), team=team.id, first=part.first_row)
    )


@built_once
def _plans_of(me: Me, most: int) -> Select[*tuple[Any, ...]]:
    return (
        visible(me, SavedRoadmap)
        .with_only_columns(
            SavedRoadmap.number, SavedRoadmap.created_at, SavedRoadmap.starts_on, SavedRoadmap.state, SavedRoadmap.is_current, SavedRoadmap.adopted_at, SavedRoadmap.label
        )
        .where(SavedRoadmap.team_id == bindparam("team"))
        .order_by(SavedRoadmap.number.desc()).limit(most).offset(bindparam("first"))
    )


def plan_tag(state: str, is_current: bool, was_adopted: bool) -> tuple[str, str, str]:
    """What a plan is to the team, in a word or two."""
    if is_current:
        return ("In use", "now", "half")
    if was_adopted:
        return ("Was in use", "", "clock")
    return {
        "ready": ("Not in use", "line", "open"), "failed": ("Failed", "bad", "warning"),
        "waiting": ("Waiting", "", "clock"), "solving": ("Being worked out", "now", "half"),
    }[state]


def saved_with_figures(session: Session, me: Me, team_id: int, condition: Any) -> StoredPlan | None:
    """A plan with the number of its round, and the result of that round where I may read it; one statement."""
    row = session.execute(
        visible(me, SavedRoadmap)
        .with_only_columns(*plan_columns(me))
        .join(AssessmentRound, AssessmentRound.id == SavedRoadmap.round_id)
        .outerjoin(PublishedResult, PublishedResult.round_id == SavedRoadmap.round_id)
        .where(SavedRoadmap.team_id == team_id, condition)
    ).one_or_none()
    return read_plan(row) if row else None


def rows_of(session: Session, roadmap_id: int) -> Rows:
    """What has become of the actions of a plan, with the names of their owners; one statement."""
    rows = session.execute(
        select(PlannedAction, Person.name).outerjoin(Person, Person.id == PlannedAction.owner_id)
        .where(PlannedAction.roadmap_id == roadmap_id).order_by(PlannedAction.quarter, PlannedAction.action_id)
    ).all()
    return {action.action_id: (action, name or "") for action, name in rows}


@dataclass(frozen=True)
class SavedPlanPage:
    """A plan that is waiting, worked out or failed, beside the one in use."""

    team: Team
    tabs: Tabs
    number: int
    href: str
    tag: tuple[str, str, str]
    state: str
    stage: str
    progress: int
    says: str
    failure: str
    settings_at: datetime
    is_current: bool
    may_plan: bool
    may_adopt: bool
    left_behind: tuple[str, ...]
    view: PlanView | None
    against: Against | None


def saved_plan_page(session: Session, me: Me, *, slug: str, number: int, today: date) -> SavedPlanPage:
    """One plan of a team; six statements at most."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    saved = saved_with_figures(session, me, team.id, SavedRoadmap.number == number)
    if saved is None:
        raise NotVisible
    is_ready = saved.state == "ready"
    rows = rows_of(session, saved.id) if is_ready and saved.adopted_at else {}
    view = plan_view(saved, saved.round_number, saved.figures, rows, slug, today) if is_ready else None
    job = _job(session, saved.id)
    may_plan = can(me, "plan roadmap", team)
    may_adopt = may_plan and is_ready and saved.adopted_at is None and bool(saved.plan and saved.plan["plan"])
    return SavedPlanPage(
        team, team_tabs(team, "roadmap", me), number, f"/teams/{slug}/roadmap/plans/{number}/",
        plan_tag(saved.state, saved.is_current, saved.adopted_at is not None), saved.state, stage_of(saved), job[0], job[1], saved.failure,
        saved.created_at, saved.is_current, may_plan, may_adopt, _left_behind(session, saved) if may_adopt else (), view,
        against_the_one_in_use(session, saved) if is_ready else None,
    )


def _job(session: Session, roadmap_id: int) -> tuple[int, str]:
    row = session.execute(
        select(Job.progress, Job.says).where(Job.kind.in_((PLAN, COMPARE)), Job.thing_id == roadmap_id).order_by(Job.id.desc()).limit(1)
    ).one_or_none()
    return (row.progress, row.says) if row else (0, "Waiting for its turn")


def stage_of(saved: AnyPlan) -> str:
    """How far a plan is: working, ready (the comparisons are still missing), whole or failed."""
    if saved.state == "ready":
        return "whole" if is_compared(saved) else "ready"
    return "failed" if saved.state == "failed" else "working"


def _left_behind(session: Session, saved: StoredPlan) -> tuple[str, ...]:
    """Actions under way in the plan in use that this one does not hold; one statement."""
    held = {entry["action"] for entry in (saved.plan or {})["plan"]}
    rows = session.scalars(
        select(PlannedAction.action_id).join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .where(SavedRoadmap.team_id == saved.team_id, SavedRoadmap.is_current, PlannedAction.state.in_(("in progress", "blocked")))
        .order_by(PlannedAction.action_id)
    )
    model_id = str(saved.inputs.get("model", ""))
    return tuple(f"{name} {title_of(model_id, name)}" for name in rows if name not in held)


def plan_status(session: Session, me: Me, *, slug: str, number: int) -> dict[str, Any]:
    """How far a plan is, for the script that watches it; three statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    saved: SavedRoadmap = fetch(session, me, SavedRoadmap, SavedRoadmap.team_id == team.id, SavedRoadmap.number == number)
    progress, says = _job(session, saved.id)
    return {"stage": stage_of(saved), "progress": progress, "says": says}
