"""A plan to take away: as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.errors import NotVisible
from app.maturity.quarters import names
from app.maturity.queries.roadmap import rows_of
from app.maturity.queries.roadmap_board import improvement
from app.maturity.queries.roadmap_view import plan_view
from app.models import Attachment, SavedRoadmap, Team
from app.ui.csv import Value, csv_text

CSV_HEADER = (
    "Action", "Title", "Item", "From level", "To level", "Quarter", "Due", "Days", "Weeks", "Points", "Role", "State", "Owner", "Needs", "Unlocks", "Lessons", "Files",
)


def _worked_out(session: Session, me: Me, slug: str, number: int | None) -> SavedRoadmap:
    """The plan in use, or the one with this number, if it is worked out; two statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    wanted = SavedRoadmap.is_current.is_(True) if number is None else SavedRoadmap.number == number
    saved: SavedRoadmap = fetch(session, me, SavedRoadmap, SavedRoadmap.team_id == team.id, wanted)
    if saved.state != "ready" or saved.plan is None:
        raise NotVisible
    return saved


def export(session: Session, me: Me, *, slug: str, number: int | None) -> tuple[str, str]:
    """(name of the file, CSV) of the plan in use, or of the one with this number; four statements."""
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
            known = improvement(model_id, card.id)
            lines.append([
                card.id, card.title, known.item if known else "", known.from_level if known else None, known.to_level if known else None, name,
                card.due_on.isoformat(), card.days, card.weeks, card.points, roles[card.id],
                rows[card.id][0].state if card.id in rows else "not in use", card.owner, " ".join(need for need, _ in card.needs),
                " ".join(card.unlocks), " ".join(lesson for lesson, _, _ in card.lessons),
                "; ".join(hung.get(card.id, ())),
            ])
    return f"roadmap-{saved.number}.csv", csv_text(CSV_HEADER, lines)


def _names_of_files(session: Session, me: Me, actions: Mapping[str, int]) -> dict[str, list[str]]:
    """The names of files and the addresses of links of each action, oldest first; one statement."""
    names_of = {row_id: name for name, row_id in actions.items()}
    found: dict[str, list[str]] = {}
    for row in session.scalars(visible(me, Attachment).where(Attachment.planned_action_id.in_(names_of)).order_by(Attachment.id)):
        found.setdefault(names_of[row.planned_action_id or 0], []).append(row.name or row.link)
    return found


def export_json(session: Session, me: Me, *, slug: str, number: int | None) -> tuple[str, str]:
    """(name of the file, JSON) of a plan: the problem as `python -m assessments plan` reads it, its answer, and the state of each action."""
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
    return f"roadmap-{saved.number}.json", json.dumps(body, ensure_ascii=False, indent=2)
