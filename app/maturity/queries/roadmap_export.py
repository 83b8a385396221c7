"""A plan to take away: as report, slides, workbook, table, JSON and calendar."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.documents.calendar import Dated
from app.errors import NotVisible
from app.maturity.quarters import names
from app.maturity.queries.roadmap import rows_of, saved_with_figures
from app.maturity.queries.roadmap_board import improvement
from app.maturity.queries.roadmap_view import plan_view
from app.maturity.reports.plan_pdf import plan_pdf
from app.maturity.reports.plan_slides import plan_slides
from app.maturity.reports.plan_words import Plan
from app.maturity.reports.plan_workbook import plan_workbook
from app.models import Attachment, SavedRoadmap, Team
from app.records.roadmaps import action_sequences, action_uid
from app.ui.csv import Value, csv_text

CSV_HEADER = (
    "Action", "Title", "Item", "From level", "To level", "Quarter", "Due", "Days", "Weeks", "Points", "Role", "State", "Owner", "Needs", "Unlocks", "Lessons",
    "Reason", "Evidence", "Files",
)


def _worked_out(session: Session, me: Me, slug: str, number: int | None) -> SavedRoadmap:
    """The plan in use, or the one with this number, if it is worked out; two statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    wanted = SavedRoadmap.is_current.is_(True) if number is None else SavedRoadmap.number == number
    saved: SavedRoadmap = fetch(session, me, SavedRoadmap, SavedRoadmap.team_id == team.id, wanted)
    if saved.state != "ready" or saved.plan is None:
        raise NotVisible
    return saved


DRAWN: Mapping[str, Callable[[Plan], bytes]] = {"pdf": plan_pdf, "pptx": plan_slides, "xlsx": plan_workbook}


def export(session: Session, me: Me, *, slug: str, number: int | None, kind: str, today: date) -> tuple[str, str | bytes]:
    """(name of the file, its content) of the plan in use, or of the one with this number; three or four statements.

    *kind* is pdf, pptx, xlsx, csv or json. As on the page, figures of the result are in it for those alone who may read it."""
    if kind == "csv":
        return _table(session, me, slug, number)
    if kind == "json":
        return _json(session, me, slug, number)
    team: Team = fetch(session, me, Team, Team.slug == slug)
    wanted = SavedRoadmap.is_current.is_(True) if number is None else SavedRoadmap.number == number
    saved = saved_with_figures(session, me, team.id, wanted)
    if saved is None or saved.state != "ready" or saved.plan is None:
        raise NotVisible
    rows = rows_of(session, saved.id) if saved.adopted_at else {}
    plan = Plan(team.name, plan_view(saved, saved.round_number, saved.figures, rows, slug, today), number is None)
    return f"{slug}-roadmap-{saved.number}.{kind}", DRAWN[kind](plan)


def _table(session: Session, me: Me, slug: str, number: int | None) -> tuple[str, str]:
    saved = _worked_out(session, me, slug, number)
    plan: dict[str, Any] = saved.plan or {}
    rows, named = rows_of(session, saved.id), names(saved.starts_on, saved.horizon)
    hung = _names_of_files(session, me, {name: row.id for name, (row, _) in rows.items()})
    view = plan_view(saved, 0, None, rows, slug, saved.starts_on)
    roles = {entry["action"]: entry["role"] for entry in plan["plan"]}
    model_id = str(saved.inputs.get("model", ""))
    lines: list[list[Value]] = []
    for quarter, name in zip(view.quarters, named, strict=True):
        for card in quarter.cards:
            known, row = improvement(model_id, card.id), rows[card.id][0] if card.id in rows else None
            lines.append([
                card.id, card.title, known.item if known else "", known.from_level if known else None, known.to_level if known else None, name,
                card.due_on.isoformat(), card.days, card.weeks, card.points, roles[card.id],
                row.state if row else "not in use", card.owner, " ".join(need for need, _ in card.needs),
                " ".join(card.unlocks), " ".join(lesson for lesson, _, _ in card.lessons), row.state_reason if row else "", row.evidence if row else "",
                "; ".join(hung.get(card.id, ())),
            ])
    return f"{slug}-roadmap-{saved.number}.csv", csv_text(CSV_HEADER, lines)


def _names_of_files(session: Session, me: Me, actions: Mapping[str, int]) -> dict[str, list[str]]:
    """The names of files and the addresses of links of each action, oldest first; one statement."""
    names_of = {row_id: name for name, row_id in actions.items()}
    found: dict[str, list[str]] = {}
    for row in session.scalars(visible(me, Attachment).where(Attachment.planned_action_id.in_(names_of)).order_by(Attachment.id)):
        found.setdefault(names_of[row.planned_action_id or 0], []).append(row.name or row.link)
    return found


def _json(session: Session, me: Me, slug: str, number: int | None) -> tuple[str, str]:
    """The problem as `python -m assessments plan` reads it, its answer, and the state of each action."""
    saved = _worked_out(session, me, slug, number)
    rows = rows_of(session, saved.id)
    hung = _names_of_files(session, me, {name: row.id for name, (row, _) in rows.items()})
    actions = [
        {
            "action": name, "quarter": row.quarter, "due_on": row.due_on.isoformat(), "state": row.state, "reason": row.state_reason, "owner": owner,
            "steps_done": row.steps_done, "evidence": row.evidence, "files": list(hung.get(name, ())),
        }
        for name, (row, owner) in rows.items()
    ]
    body = {
        "number": saved.number, "label": saved.label, "starts_on": saved.starts_on.isoformat(), "in_use": saved.is_current,
        "problem": saved.inputs, "answer": saved.plan, "more": saved.sensitivity or [], "actions": actions,
    }
    return f"{slug}-roadmap-{saved.number}.json", json.dumps(body, ensure_ascii=False, indent=2)


def export_calendar(session: Session, me: Me, *, slug: str, number: int | None) -> tuple[str, str, tuple[Dated, ...]]:
    """(name of the file, of the calendar, entries) of the actions of a plan that are still to do; four statements.

    An action of the plan in use has the name it has in the calendar of its owner, so that nobody sees it twice."""
    saved = _worked_out(session, me, slug, number)
    rows = rows_of(session, saved.id)
    view = plan_view(saved, 0, None, rows, slug, saved.starts_on)
    times, found = action_sequences(session, [saved.team_id]), []
    for card in (card for quarter in view.quarters for card in quarter.cards):
        row = rows[card.id][0] if card.id in rows else None
        if row and row.state == "done":
            continue
        about = ". ".join(part for part in (f"Action {card.id} of {saved.team.name}", f"owner: {card.owner or 'to be named'}", row.state if row else "not in use") if part)
        found.append(Dated(
            action_uid(saved.team_id, card.id) if saved.is_current else f"plan-{saved.id}-{card.id}", times.get((saved.team_id, card.id), 0) if saved.is_current else 0, card.due_on, card.title, about,
            card.href or f"/teams/{slug}/roadmap/plans/{saved.number}/", "Roadmap action", is_dropped=bool(row and row.state == "dropped"),
        ))
    return f"roadmap-{saved.number}.ics", f"Roadmap {saved.number} of {saved.team.name}", tuple(sorted(found, key=lambda one: (one.day, one.uid)))
