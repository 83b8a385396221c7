"""What other pages ask about roadmaps: the actions that are mine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select
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
        .with_only_columns(PlannedAction.action_id, PlannedAction.state, PlannedAction.due_on, Team.name, Team.slug)
        .where(PlannedAction.owner_id == me.person_id, SavedRoadmap.is_current, PlannedAction.state.in_(LIVE_STATES), Team.archived_at.is_(None))
        .order_by(PlannedAction.due_on, PlannedAction.id)
    )


def my_actions(session: Session, me: Me, today: date) -> tuple[MyAction, ...]:
    """My open actions in all plans in use, the one due first in front; one statement."""
    rows = db.rows(session, _mine(me))
    titles = {action.id: action.title for catalogue in library().improvements.values() for action in catalogue.actions.values()}
    return tuple(
        MyAction(
            row.action_id, titles.get(row.action_id, row.action_id), row.name, row.state, row.due_on, row.due_on < today,
            f"/teams/{row.slug}/roadmap/actions/{row.action_id}/",
        )
        for row in rows
    )
