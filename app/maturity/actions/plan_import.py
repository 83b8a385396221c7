"""A table of the plan in use, sent back: checked first, then all of it in one transaction, and it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.errors import Refused
from app.maturity.actions.changes import WHO_CHANGES, plan_in_use, remembered
from app.maturity.plan_sheet import Change, KnownPlan, PlanSheet, Standing, read_plan_sheet
from app.maturity.queries.roadmap_board import title_of
from app.maturity.queries.roadmap_export import CSV_HEADER
from app.models import Event, Person, PlannedAction, SavedRoadmap, Team
from app.records.skills import members_of
from app.ui.filters import count
from app.ui.sheets import NotATable

CHANGED = "The plan has changed since the table was checked. Check it again"
NOTHING = "Nothing in the table differs from the plan"


@dataclass(frozen=True)
class Checked:
    """What a table would do. `stamp` tells this state of the plan from every other."""

    sheet: PlanSheet
    stamp: int


def check_table(session: Session, me: Me, *, slug: str, text: str, today: date) -> Checked:
    """The dry run. Raises Refused when the text as a whole cannot be used; faults in rows are in the answer."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "lead action", team, WHO_CHANGES)
    roadmap, rows = plan_in_use(session, me, team, lock=False)
    return _checked(session, roadmap, rows, text, today)


def apply_table(session: Session, me: Me, *, slug: str, text: str, stamp: int | None, now: datetime, today: date) -> int:
    """Change what the table says, all or nothing; how many actions. Raises Refused when the plan is no longer the one that was checked."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "lead action", team, WHO_CHANGES)
    roadmap, rows = plan_in_use(session, me, team)
    checked = _checked(session, roadmap, rows, text, today)
    if checked.stamp != stamp or checked.sheet.faults:
        raise Refused(CHANGED)
    changes = checked.sheet.changes
    if not changes:
        raise Refused(NOTHING)
    held = {row.action_id: row for row in rows}
    with remembered(session, me, roadmap, f"imported {count(len(changes), 'change', words=False)}", rows):
        for change in changes:
            _carry_out(held[change.action], change, now)
            session.add(Event(
                person_id=me.person_id, subject_id=change.owner_id, what="imported a change", thing="action", thing_id=str(held[change.action].id),
                detail={"action": change.action, "reason": change.reason} | {what.casefold(): after for what, _, after in change.words if what != "Evidence"},
            ))
    return len(changes)


def _carry_out(row: PlannedAction, change: Change, now: datetime) -> None:
    for move in change.way:
        row.state, row.state_reason = move.after, ""
        if move.after == "planned":
            row.started_at = None
        elif row.started_at is None and move.after == "in progress":
            row.started_at = now
        row.ended_at = now if move.after in ("done", "dropped") else None
    if "reason" in change.values or (change.way and change.way[-1].asks == "reason"):
        row.state_reason = change.reason
    if "evidence" in change.values:
        row.evidence = str(change.values["evidence"])
    if isinstance(due := change.values.get("due"), date):
        row.due_on = due
    if "owner" in change.values:
        row.owner_id = change.owner_id


def _checked(session: Session, roadmap: SavedRoadmap, rows: Sequence[PlannedAction], text: str, today: date) -> Checked:
    people = session.execute(select(Person.id, Person.name).where(*members_of(roadmap.team_id)).order_by(Person.id)).all()
    names = [" ".join(person.name.split()).casefold() for person in people]
    named = select(Person.id, Person.name).where(Person.id.in_({row.owner_id for row in rows if row.owner_id}))
    owners = {row.id: row.name for row in session.execute(named)}
    model_id = str(roadmap.inputs.get("model", ""))
    known = KnownPlan(
        {
            row.action_id: Standing(
                title_of(model_id, row.action_id), row.state, row.due_on, " ".join(owners.get(row.owner_id or 0, "").split()), _line(row.state_reason), _line(row.evidence),
            )
            for row in rows
        },
        {name: person.id if names.count(name) == 1 else None for name, person in zip(names, people, strict=True)},
        roadmap.starts_on, today,
    )
    try:
        sheet = read_plan_sheet(text, known, CSV_HEADER)
    except NotATable as fault:
        raise Refused(str(fault)) from fault
    return Checked(sheet, roadmap.id * 100_000 + sum(row.version for row in rows) % 100_000)


def _line(text: str) -> str:
    """As a cell of the export has it: line breaks are blanks there, so an unchanged text is not taken for another."""
    return " ".join(text.splitlines())
