"""What the form of a plan offers: the actions a plan could hold, who would do them, and what is under way."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.maturity.quarters import quarter_of
from app.maturity.queries.roadmap_board import improvement, title_of
from app.maturity.queries.roadmap_start import StartingPoint
from app.maturity.wishes import Offer
from app.models import PlannedAction, SavedRoadmap
from assessments.planning.team import TeamState, team_candidates

UNDER_WAY = ("in progress", "blocked")


@dataclass(frozen=True)
class InUse:
    """What the plan in use says today: actions under way with the person-days left, and the due days of those not begun."""

    number: int = 0
    started: Mapping[str, int] | None = None
    due: Mapping[str, date] | None = None

    def keep(self, starts_on: date, horizon: int) -> dict[str, int]:
        """The quarter of a plan that starts on this day in which each action not begun falls due; overdue ones in the first."""
        places = {name: max(1, quarter_of(starts_on, day)) for name, day in (self.due or {}).items()}
        return {name: quarter for name, quarter in places.items() if quarter <= horizon}


def in_use(session: Session, team_id: int) -> InUse:
    """The plan in use as a new plan has to know it; one statement."""
    rows = session.execute(
        select(SavedRoadmap.number, SavedRoadmap.inputs, PlannedAction).join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .where(SavedRoadmap.team_id == team_id, SavedRoadmap.is_current, PlannedAction.state.in_(("planned", *UNDER_WAY)))
        .order_by(PlannedAction.action_id)
    ).all()
    actions = [(row.inputs, row.PlannedAction) for row in rows]
    return InUse(
        rows[0].number if rows else 0,
        {a.action_id: days_left(str(inputs.get("model", "")), a) for inputs, a in actions if a.state in UNDER_WAY},
        {a.action_id: a.due_on for _, a in actions if a.state == "planned"},
    )


def days_left(model_id: str, action: PlannedAction) -> int:
    """Person-days still to be done, by the share of steps that are open: 3 of 5 steps done of 10 days leaves 4. At least 1.

    An action that came into the plan half done holds the rest as its effort; there the share is of the usual effort, so that
    planning again and again does not count the same steps twice."""
    known = improvement(model_id, action.action_id)
    if known is None or not known.steps:
        return action.effort
    whole = known.effort.likely if action.role == "under way" else action.effort
    still = len(known.steps) - len(action.steps_done)
    return max(1, min(action.effort, math.ceil(whole * still / len(known.steps))))


@dataclass(frozen=True)
class OfferedAction:
    """One row of the form."""

    id: str
    title: str
    owner: str
    days: int
    points: int
    left: int | None


@dataclass(frozen=True)
class FormOffer:
    """What the form shows beside its own fields, and what may be sent back."""

    offer: Offer
    actions: tuple[OfferedAction, ...]
    dimensions: tuple[tuple[str, str, int], ...]
    replaces: int


def form_offer(start: StartingPoint, now: InUse) -> FormOffer:
    """The offer for a team; no statement. Actions come as in the model, those under way marked with what is left."""
    catalogue = library().improvements[start.model.id]
    started = {name: left for name, left in (now.started or {}).items() if name in catalogue.actions}
    state = TeamState(start.levels, start.pmo_type, dict(start.targets), start.out_of_scope, started=started)
    candidates = team_candidates(start.model, catalogue, state)
    actions = tuple(
        OfferedAction(c.id, title_of(start.model.id, c.id), c.owner, catalogue.actions[c.id].effort.likely, c.value, started.get(c.id)) for c in candidates
    )
    roles = tuple(sorted({c.owner for c in candidates if c.owner}))
    named = {d.id: d.title for d in start.model.dimensions}
    under_way = {row.id: row.left for row in actions if row.left is not None}
    return FormOffer(
        Offer(roles, dict(start.targets), start.model.top_level, tuple(row.id for row in actions), under_way), actions,
        tuple((name, named[name], target) for name, target in start.targets.items()), now.number,
    )


def asked_before(session: Session, me: Me, team_id: int, number: int | None) -> SavedRoadmap | None:
    """The plan whose wishes the form begins with, None where there is none; one statement at most."""
    if number is None:
        return None
    found: Sequence[Any] = session.scalars(visible(me, SavedRoadmap).where(SavedRoadmap.team_id == team_id, SavedRoadmap.number == number)).all()
    return found[0] if found else None
