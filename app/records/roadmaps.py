"""What other pages ask about roadmaps: the actions that are mine."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import PlannedAction, SavedRoadmap, Team
from app.records.teams import LIVE_STATES


@dataclass(frozen=True)
class MyAction:
    """An action of a plan in use that I own and that is still open."""

    id: int
    action_id: str
    title: str
    team: str
    state: str
    due_on: date
    is_late: bool
    href: str


@built_once
def _mine(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        visible(me, PlannedAction)
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .with_only_columns(PlannedAction.id, PlannedAction.action_id, PlannedAction.state, PlannedAction.due_on, Team.name, Team.slug)
        .where(PlannedAction.owner_id == me.person_id, SavedRoadmap.is_current, PlannedAction.state.in_(LIVE_STATES), Team.archived_at.is_(None))
        .order_by(PlannedAction.due_on, PlannedAction.id)
    )


def my_actions(session: Session, me: Me, today: date) -> tuple[MyAction, ...]:
    """My open actions in all plans in use, the one due first in front; one statement."""
    rows = db.rows(session, _mine(me))
    titles = action_titles()
    return tuple(
        MyAction(
            row.id, row.action_id, titles.get(row.action_id, row.action_id), row.name, row.state, row.due_on, row.due_on < today,
            f"/teams/{row.slug}/roadmap/actions/{row.action_id}/",
        )
        for row in rows
    )


def action_titles() -> dict[str, str]:
    """The titles of all improvement actions of the content by id."""
    return {action.id: action.title for catalogue in library().improvements.values() for action in catalogue.actions.values()}


def action_uid(team_id: int, action_id: str) -> str:
    """The name of an action of a team in calendars, the same in every plan: action_uid(3, 'TAL-4.L3') = 'action-3-TAL-4.L3'."""
    return f"action-{team_id}-{action_id}"


def action_sequences(session: Session, team_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """How often each action of these teams was changed, over all plans that held it, by team and action: it only rises. One statement."""
    rows = session.execute(
        select(SavedRoadmap.team_id, PlannedAction.action_id, func.sum(PlannedAction.version))
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .where(SavedRoadmap.team_id.in_(team_ids))
        .group_by(SavedRoadmap.team_id, PlannedAction.action_id)
    )
    return {(team_id, action_id): int(times) for team_id, action_id, times in rows}
