"""What a plan starts from: the last closed round, raised by what has been done since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content import library
from app.models import PlannedAction, SavedRoadmap
from app.records.maturity import latest_result
from app.records.results import type_in
from assessments.improvements import ImprovementCatalogue
from assessments.questionnaire import Questionnaire

WHO_PLANS = "Roadmaps of this team are planned by its lead and the PMO lead."
SOLVE_SECONDS = 60


@dataclass(frozen=True)
class StartingPoint:
    """Levels a plan may start from. `levels` are raised by the `done` actions; `measured` are those of the round."""

    round_id: int
    number: int
    closed_at: datetime | None
    model: Questionnaire
    model_version: int
    pmo_type: str | None
    targets: Mapping[str, int]
    near_targets: Mapping[str, int]
    measured: Mapping[str, int]
    levels: Mapping[str, int]
    done: tuple[str, ...]
    out_of_scope: frozenset[str]

    def problem(self, *, target_view: str, capacity: list[int], wip: int) -> dict[str, Any]:
        """The planning problem as `python -m assessments plan` reads it."""
        found: dict[str, Any] = {
            "model": self.model.id, "levels": dict(self.levels),
            "targets": dict(self.targets if target_view == "full" else self.near_targets),
            "out_of_scope": sorted(self.out_of_scope), "horizon": len(capacity), "capacity": capacity, "wip": wip,
            "quick_win": True, "time_limit_s": SOLVE_SECONDS,
        }
        if self.pmo_type:
            found["type"] = self.pmo_type
        return found


def starting_point(session: Session, team_id: int, finished: Iterable[tuple[str, datetime | None]] | None = None) -> StartingPoint | None:
    """Where a plan of this team starts, None without a closed round whose model has improvement actions; two statements.

    One for a caller who knows all actions the team has *finished*, and when."""
    latest = latest_result(session, team_id)
    if latest is None:
        return None
    round_, _, figures = latest
    model, catalogue = library().questionnaires.get(round_.model_id), library().improvements.get(round_.model_id)
    if model is None or catalogue is None:
        return None
    kind = type_in(model, round_.pmo_type)
    targets = model.targets(kind, round_.targets)
    reached = {d.id: d.staged for d in figures.dimensions}
    measured = {item.id: item.level for item in figures.items if item.level is not None and model.has(item.id)}
    done = done_since(session, team_id, round_.closed_at) if finished is None else _after(finished, round_.closed_at)
    return StartingPoint(
        round_.id, round_.number, round_.closed_at, model, round_.model_version, kind, targets,
        {d: min(target, (reached.get(d) or target) + 1) for d, target in targets.items()},
        measured, raised(measured, done, catalogue), done,
        frozenset(item.id for item in figures.items if not item.in_scope and model.has(item.id)),
    )


def done_since(session: Session, team_id: int, since: datetime | None) -> tuple[str, ...]:
    """Ids of the actions this team has finished since a moment, in any of its plans; one statement."""
    statement = (
        select(PlannedAction.action_id)
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .where(SavedRoadmap.team_id == team_id, PlannedAction.state == "done")
        .order_by(PlannedAction.action_id)
    )
    if since is not None:
        statement = statement.where(PlannedAction.ended_at > since)
    return tuple(dict.fromkeys(session.scalars(statement)))


def _after(finished: Iterable[tuple[str, datetime | None]], since: datetime | None) -> tuple[str, ...]:
    """The same out of what was read before."""
    return tuple(sorted({name for name, ended in finished if since is None or (ended is not None and ended > since)}))


def raised(levels: Mapping[str, int], done: tuple[str, ...], catalogue: ImprovementCatalogue) -> dict[str, int]:
    """Levels as they should stand after these actions: TAL-2 on 1 and TAL-2.L2 done gives TAL-2 on 2."""
    found = dict(levels)
    for action in (catalogue.actions[name] for name in done if name in catalogue.actions):
        if action.item in found:
            found[action.item] = max(found[action.item], action.to_level)
    return found
