"""Carrying actions to the tracker and back: one issue at a time, by the worker alone.

The row of an issue is claimed in a short transaction, the tracker is asked outside any, and what came of it is noted in
another. A claim older than the patience is taken again; until then the search of a tracker that lags behind has seen what
a killed worker made, so that the mark finds it and no second issue comes about."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, exists, or_, select, update
from sqlalchemy.orm import Session

from app import clock
from app.config import TrackerServer
from app.db import Database
from app.mail.outbox import pause
from app.maturity.action_states import LIVE
from app.maturity.actions.changes import remembered
from app.maturity.plan_sheet import way
from app.maturity.queries.roadmap_board import improvement
from app.maturity.tracking import Sides, as_state, evidence_with, issue_of, said_there, settled
from app.models import Event, PlannedAction, SavedRoadmap, Team, TrackedIssue, TrackerProject
from app.tracker import Issue, IssueRef, NotTaken, NotThere, Tracker, Trouble, tracker_of

log = logging.getLogger("cairn.tracker")
PATIENCE = timedelta(minutes=5)  # longer than all requests for one issue can take together, and than a search index lags
EVERY, SELDOM = timedelta(minutes=10), timedelta(hours=1)
GOOD_FOR = timedelta(days=7)
NO_TEXT = "The texts of this action are no longer on this site, so no issue can be made of it"
MISSING = "The issue is not there any more, or the account of Cairn may not see it. Try again makes a new one"


@dataclass(frozen=True)
class Claimed:
    """An issue that is ours to compare now, with what its action holds."""

    id: int
    project_id: int
    project: str
    marker: str
    ref: str
    attempts: int
    failing_since: datetime | None
    our_state: str
    their_state: str
    pushed_due: date | None
    action: PlannedAction
    team: Team
    model: str


def check_next(database: Database, server: TrackerServer | None) -> bool:
    """Look whether a project somebody has just named can be worked with; False when nobody waits. It changes nothing there."""
    if server is None:
        return False
    asked = select(TrackerProject).where(TrackerProject.state == "asked", TrackerProject.site == server.address).order_by(TrackerProject.asked_at).limit(1)
    with database.reading() as session:
        found = session.scalars(asked).one_or_none()
    if found is None:
        return False
    try:
        values: dict[str, Any] = {"state": "reachable", "name": tracker_of(server).check(found.project)[:200], "last_error": "", "reached_at": clock.now()}
    except (Trouble, NotTaken) as no:
        values = {"state": "refused", "last_error": str(no)}
    with database.transaction() as session:  # only what was asked then: meanwhile another project may have been named
        session.execute(
            update(TrackerProject).where(TrackerProject.id == found.id, TrackerProject.state == "asked", TrackerProject.asked_at == found.asked_at).values(**values)
        )
    return True


def sync_next(database: Database, server: TrackerServer | None, base_url: str) -> bool:
    """Compare the issue that has been due longest with its action; False when none is."""
    if server is None:
        return False
    claimed = claim(database, server, clock.now())
    if claimed is None:
        return False
    try:
        _compare(database, server, tracker_of(server), claimed, base_url)
    except Trouble as trouble:
        _note_trouble(database, server, claimed, trouble, clock.now())
    except NotThere as no:
        _note_refusal(database, claimed, MISSING if claimed.ref else str(no), clock.now(), for_good=bool(claimed.ref))
    except NotTaken as no:
        _note_refusal(database, claimed, str(no), clock.now())
    return True


def claim(database: Database, server: TrackerServer, now: datetime) -> Claimed | None:
    """The issue due longest, taken for this worker. Actions that have come into a plan get their row on the way."""
    with database.reading() as session:  # a look costs nothing; only work takes the write lock
        if session.execute(_missing(server).limit(1)).first() is None and session.execute(_due(server, now).limit(1)).first() is None:
            return None
    with database.transaction() as session:
        _add_missing(session, server, now)
        found = session.execute(_due(server, now).limit(1).with_for_update(of=TrackedIssue, skip_locked=True)).one_or_none()
        if found is None:
            return None
        row, project, action, team, model = found
        row.claimed_at = now
        session.flush()
        return Claimed(
            row.id, project.id, project.project, f"cairn-{project.mark}-{row.action_id}", row.ref, row.attempts, row.failing_since, row.our_state, row.their_state,
            row.pushed_due, action, team, str(model or ""),
        )


def _in_use(server: TrackerServer, statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Joined to the plan in use of a team that carries it to this tracker, while the tracker may be asked."""
    return (
        statement.join(SavedRoadmap, and_(SavedRoadmap.team_id == TrackerProject.team_id, SavedRoadmap.is_current))
        .join(PlannedAction, PlannedAction.roadmap_id == SavedRoadmap.id)
        .join(Team, Team.id == TrackerProject.team_id)
        .where(TrackerProject.state == "on", TrackerProject.site == server.address, Team.archived_at.is_(None))
    )


def _missing(server: TrackerServer) -> Select[*tuple[Any, ...]]:
    """Live actions without a row: (project, action)."""
    held = exists().where(TrackedIssue.tracker_project_id == TrackerProject.id, TrackedIssue.action_id == PlannedAction.action_id)
    chosen = select(TrackerProject.id, PlannedAction.action_id).select_from(TrackerProject)
    return _in_use(server, chosen).where(PlannedAction.state.in_(LIVE), ~held).order_by(PlannedAction.quarter, PlannedAction.action_id)


def _add_missing(session: Session, server: TrackerServer, now: datetime) -> None:
    """Two workers take turns at this, so that no action gets two rows."""
    session.scalars(select(TrackerProject.id).where(TrackerProject.state == "on").order_by(TrackerProject.id).with_for_update()).all()
    session.add_all(TrackedIssue(tracker_project_id=project_id, action_id=action_id, due_at=now) for project_id, action_id in session.execute(_missing(server)).all())
    session.flush()


def _due(server: TrackerServer, now: datetime) -> Select[*tuple[Any, ...]]:
    """What is due by the clock, or because the action was changed here; in trouble everything waits."""
    changed = and_(TrackedIssue.attempts == 0, TrackedIssue.seen_version != PlannedAction.version)
    statement = (
        select(TrackedIssue, TrackerProject, PlannedAction, Team, SavedRoadmap.inputs["model"].as_string()).select_from(TrackedIssue)
        .join(TrackerProject, TrackerProject.id == TrackedIssue.tracker_project_id)
    )
    return (
        _in_use(server, statement)
        .where(
            PlannedAction.action_id == TrackedIssue.action_id, ~TrackedIssue.is_stopped,
            or_(TrackedIssue.ref != "", PlannedAction.state.in_(LIVE)),
            or_(TrackedIssue.claimed_at.is_(None), TrackedIssue.claimed_at < now - PATIENCE),
            or_(TrackerProject.retry_at.is_(None), TrackerProject.retry_at <= now),
            or_(TrackedIssue.due_at <= now, changed),
        )
        .order_by(case((changed, 0), else_=1), TrackedIssue.due_at, TrackedIssue.id)
    )


def _compare(database: Database, server: TrackerServer, tracker: Tracker, claimed: Claimed, base_url: str) -> None:
    ref = claimed.ref
    if not ref:
        where, is_new = _found_or_made(tracker, claimed, base_url)
        _note_made(database, claimed, where, is_new)
        ref = where.ref
        claimed = replace(claimed, pushed_due=claimed.action.due_on if is_new else None)
    issue, action = tracker.look(claimed.project, ref), claimed.action
    step = settled(
        Sides(as_state(action.state), claimed.our_state, action.state_since, issue.category, claimed.their_state, issue.since), tracker.stages,
    )
    is_dropped, was_dropped = action.state == "dropped", claimed.our_state == "dropped"
    if claimed.pushed_due != action.due_on or is_dropped != was_dropped:
        tracker.change(claimed.project, ref, due_on=action.due_on, is_dropped=is_dropped)
    if step.push:
        tracker.move(claimed.project, ref, step.push)
        issue = tracker.look(claimed.project, ref)
    _settle(database, claimed, issue, step.take, {
        "their_state": issue.category, "status": issue.status, "pushed_due": action.due_on, "last_error": step.note,
    }, server.name)


def _found_or_made(tracker: Tracker, claimed: Claimed, base_url: str) -> tuple[IssueRef, bool]:
    """The issue that carries our mark, or a new one; whether it is new."""
    found = tracker.find(claimed.project, claimed.marker)
    if found is not None:
        return found, False
    known = improvement(claimed.model, claimed.action.action_id)
    if known is None:
        raise NotTaken(NO_TEXT)
    href = f"{base_url}/teams/{claimed.team.slug}/roadmap/actions/{known.id}/"
    return tracker.create(claimed.project, issue_of(known, team=claimed.team.name, due_on=claimed.action.due_on, href=href, marker=claimed.marker)), True


def _note_made(database: Database, claimed: Claimed, where: IssueRef, is_new: bool) -> None:
    """At once, so that a kill after this makes no second issue."""
    with database.transaction() as session:
        session.execute(
            update(TrackedIssue).where(TrackedIssue.id == claimed.id)
            .values(ref=where.ref, key=where.key, href=where.href, our_state="", their_state="", pushed_due=claimed.action.due_on if is_new else None)
        )
        _note(session, claimed.action, "carried to the tracker" if is_new else "found in the tracker", where.key)


def _settle(database: Database, claimed: Claimed, issue: Issue, take: str | None, values: dict[str, Any], name: str) -> None:
    """Both sides agree: note it, and move the action where the issue leads. An action changed meanwhile is compared anew."""
    now = clock.now()
    with database.transaction() as session:
        row = session.get_one(TrackedIssue, claimed.id, with_for_update=True)
        action = session.get_one(PlannedAction, claimed.action.id, with_for_update=True)
        is_same = action.version == claimed.action.version and action.roadmap.is_current
        if is_same and take:
            _take(session, action, take, issue, name, now)
        project = session.get_one(TrackerProject, claimed.project_id, with_for_update=True)
        project.reached_at, project.retry_at, project.attempts, project.last_error = now, None, 0, ""
        row.claimed_at, row.attempts, row.failing_since = None, 0, None
        row.key, row.href = issue.where.key, issue.where.href
        if is_same or not take:
            row.our_state, row.seen_version, row.compared_at = action.state if is_same else claimed.action.state, action.version if is_same else claimed.action.version, now
            for column, value in values.items():
                setattr(row, column, value)
            row.due_at = now + (EVERY if action.state in LIVE else SELDOM)
        else:
            row.due_at = now


def _take(session: Session, action: PlannedAction, to: str, issue: Issue, name: str, now: datetime) -> None:
    """The steps from here to there, as somebody would take them, with a reason and, when it is done, the issue as evidence."""
    steps = way(action.state, to)
    reason = said_there(issue, name)
    with remembered(session, None, action.roadmap, f"{steps[-1].done_words} in the tracker: {action.action_id}", [action]):
        for step in steps:
            action.state = step.after
            if step.after == "planned":
                action.started_at = None
            elif action.started_at is None and step.after == "in progress":
                action.started_at = now
            action.ended_at = now if step.after in ("done", "dropped") else None
        action.state_reason = reason if any(step.asks == "reason" for step in steps) else ""
        if to == "done":
            action.evidence = evidence_with(action.evidence, issue, name)
    _note(session, action, f"{steps[-1].done_words} in the tracker", reason)


def _note(session: Session, action: PlannedAction, what: str, reason: str) -> None:
    session.add(Event(what=what, thing="action", thing_id=str(action.id), detail={"action": action.action_id, "reason": reason}))


def _note_trouble(database: Database, server: TrackerServer, claimed: Claimed, trouble: Trouble, now: datetime) -> None:
    """Everything waits: 1, 2, 4 minutes, an hour at most, or as long as the tracker asks for. This one goes to the end of the row.

    Whether a request that got no answer has arrived nobody knows; where it was to make an issue, the next try waits for the search."""
    log.warning("tracker: %s", trouble)
    with database.transaction() as session:
        project = session.get_one(TrackerProject, claimed.project_id, with_for_update=True)
        tries = project.attempts + 1
        again_at = now + max(pause(tries), trouble.wait or timedelta(0))
        session.execute(
            update(TrackerProject).where(TrackerProject.state == "on", TrackerProject.site == server.address)
            .values(retry_at=again_at, attempts=tries, last_error=str(trouble))
        )
        own_pause = pause(claimed.attempts + 1)
        session.execute(
            update(TrackedIssue).where(TrackedIssue.id == claimed.id).values(
                claimed_at=None, attempts=claimed.attempts + 1, due_at=max(again_at, now + (own_pause if claimed.ref else max(own_pause, PATIENCE))),
            )
        )


def _note_refusal(database: Database, claimed: Claimed, why: str, now: datetime, for_good: bool = False) -> None:
    """This one is tried again after a pause; given up at once when it is gone, else after a week."""
    since = claimed.failing_since or now
    with database.transaction() as session:
        session.execute(
            update(TrackedIssue).where(TrackedIssue.id == claimed.id).values(
                claimed_at=None, attempts=claimed.attempts + 1, failing_since=since, due_at=now + pause(claimed.attempts + 1), last_error=why,
                is_stopped=for_good or now - since > GOOD_FOR,
            )
        )
        session.execute(
            update(TrackerProject).where(TrackerProject.id == claimed.project_id).values(reached_at=now, retry_at=None, attempts=0, last_error="")
        )

