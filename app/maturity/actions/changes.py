"""Changing several actions of the plan in use at once, and taking the last change back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, can, demand, fetch
from app.errors import Forbidden, OutOfOrder, Refused
from app.maturity.quarters import due_on
from app.models import Event, Membership, Person, PlanChange, PlannedAction, SavedRoadmap, Team
from app.records.editing import demand_version
from assessments.planning.moves import ends, new_faults

WHO_CHANGES = "Moving actions and changing several at once is for the lead of the team and the PMO lead."
WHO_UNDOES = "Whoever made the change, the lead of the team and the PMO lead can take it back."
NOTHING_CHOSEN = "Choose at least one action"
NOTHING_ASKED = "Choose what to change: a quarter, an owner or that work begins"
CHANGED_SINCE = "One of these actions has been changed since, so the change cannot be taken back as a whole. Change it by hand."
OPEN = ("planned", "in progress", "blocked")
DAYS, MOMENTS = ("due_on",), ("started_at", "ended_at")
COLUMNS = ("state", "state_reason", "owner_id", "quarter", "finish_week", "evidence", "actual_days", "steps_done", *DAYS, *MOMENTS)


def change_several(
    session: Session, me: Me, *, slug: str, versions: Mapping[str, int | None], now: datetime, quarter: int | None = None,
    owner_id: int | None = None, nobody: bool = False, start: bool = False,
) -> str:
    """Move the named actions to a quarter, give them an owner, or start them: all of them or none. What was done, in words."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "lead action", team, WHO_CHANGES)
    roadmap, rows = plan_in_use(session, me, team)
    if not versions:
        raise Refused(NOTHING_CHOSEN)
    chosen = [row for row in rows if row.action_id in versions]
    if len(chosen) < len(versions) or any(row.state not in OPEN for row in chosen):
        raise OutOfOrder("One of the actions chosen is no longer open in the plan in use. Reload the page to see what is.")
    for row in chosen:
        demand_version(row, versions[row.action_id], {}, f"/teams/{slug}/roadmap/")
    if owner_id is not None and not _is_member(session, owner_id, team.id):
        raise Refused("Choose an owner from the list", "owner")
    words = [*([f"moved to quarter {quarter}"] if quarter else []), *(["changed the owner"] if owner_id is not None or nobody else []), *(["started"] if start else [])]
    if not words:
        raise Refused(NOTHING_ASKED)
    what = f"{' and '.join(words)}: {', '.join(row.action_id for row in chosen)}"
    with remembered(session, me, roadmap, what, rows):
        if quarter:
            _move(roadmap, rows, chosen, quarter)
        for row in chosen:
            if owner_id is not None or nobody:
                row.owner_id = owner_id
            if start and row.state == "planned":
                row.state, row.started_at = "in progress", row.started_at or now
            session.add(Event(
                person_id=me.person_id, what=words[0], thing="action", thing_id=str(row.id), detail={"action": row.action_id}, subject_id=owner_id,
            ))
    return what


def _is_member(session: Session, person_id: int, team_id: int) -> bool:
    inside = select(Person.id).join(Membership, Membership.person_id == Person.id)
    return session.scalar(inside.where(Person.id == person_id, Membership.team_id == team_id, Person.disabled_at.is_(None))) is not None


def _move(roadmap: SavedRoadmap, rows: Sequence[PlannedAction], chosen: Sequence[PlannedAction], quarter: int) -> None:
    if quarter > roadmap.horizon:
        raise Refused(f"The plan ends after quarter {roadmap.horizon}. Choose one of its quarters", "quarter")
    figures = (roadmap.plan or {}).get("candidates", {})
    live = {row.action_id: row for row in rows if row.state in OPEN}
    steps = {name: (int(figures[name]["weeks"]), tuple(figures[name]["needs"])) for name in live if name in figures}
    before = {name: live[name].quarter for name in steps}
    after = before | {row.action_id: quarter for row in chosen if row.action_id in steps}
    broken = new_faults(steps, before, after)
    if broken:
        raise Refused(" ".join(broken), "quarter")
    weeks = ends(steps, after)
    for row in chosen:
        row.quarter = quarter
        if row.action_id in weeks:
            row.finish_week = weeks[row.action_id]
            row.due_on = due_on(roadmap.starts_on, row.finish_week)


def undo(session: Session, me: Me, *, slug: str, now: datetime) -> None:
    """Take the newest change of the plan in use back, unless one of its actions has been changed since."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    roadmap, rows = plan_in_use(session, me, team)
    change = session.scalars(
        select(PlanChange).where(PlanChange.roadmap_id == roadmap.id, PlanChange.undone_at.is_(None)).order_by(PlanChange.id.desc()).limit(1).with_for_update()
    ).one_or_none()
    if change is None:
        raise OutOfOrder("There is nothing to take back.")
    if change.person_id != me.person_id and not can(me, "lead action", team):
        raise Forbidden(WHO_UNDOES)
    held = {str(row.id): row for row in rows}
    if any(name not in held or held[name].version != version for name, version in change.after.items()):
        raise OutOfOrder(CHANGED_SINCE)
    for name, columns in change.before.items():
        for column, value in columns.items():
            setattr(held[name], column, _value(column, value))
    change.undone_at = now
    session.add(Event(person_id=me.person_id, what="took back", thing="roadmap", thing_id=str(roadmap.id), detail={"change": change.what}))
    session.flush()


def plan_in_use(session: Session, me: Me, team: Team, lock: bool = True) -> tuple[SavedRoadmap, list[PlannedAction]]:
    """The plan in use with its actions, locked unless they are only looked at; two statements. OutOfOrder without one."""
    roadmap = session.scalars(select(SavedRoadmap).where(SavedRoadmap.team_id == team.id, SavedRoadmap.is_current)).one_or_none()
    if roadmap is None:
        raise OutOfOrder("No plan is in use, so there is nothing to change.")
    statement = select(PlannedAction).where(PlannedAction.roadmap_id == roadmap.id).order_by(PlannedAction.id)
    return roadmap, list(session.scalars(statement.with_for_update() if lock else statement))


@contextmanager
def remembered(session: Session, me: Me | None, roadmap: SavedRoadmap, what: str, rows: Sequence[PlannedAction]) -> Iterator[None]:
    """Keep what the rows hold now, so that whatever is changed inside can be taken back; nothing is kept where nothing changes.

    Without a person the tracker changes them."""
    held = {row.id: {column: getattr(row, column) for column in COLUMNS} for row in rows}
    yield
    session.flush()
    changed = {
        row: {column: _plain(old) for column, old in held[row.id].items() if old != getattr(row, column)} for row in rows
        if any(old != getattr(row, column) for column, old in held[row.id].items())
    }
    if changed:
        session.add(PlanChange(
            roadmap_id=roadmap.id, person_id=me.person_id if me else None, what=what, before={str(row.id): old for row, old in changed.items()},
            after={str(row.id): row.version for row in changed},
        ))
        session.flush()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _value(column: str, value: Any) -> Any:
    if isinstance(value, str) and column in MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(value, str) and column in DAYS else value
