"""Which finished actions raised their item: what they promised against the first round closed after them, from stored results alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, true
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import AssessmentRound, PlannedAction, PublishedResult, SavedRoadmap, Team
from app.records.teams import results_seen
from assessments.improvements import Improvement
from assessments.proof import Finished, Learned, Outcome, learned_days, outcome


@dataclass(frozen=True)
class Proven:
    """A finished action with what the next round says of its item. `round` is (number, address) of that round, if there is one."""

    action_id: str
    title: str
    team_id: int
    team: str
    slug: str
    known: Improvement | None
    model: str
    ended_at: datetime | None
    planned_days: int
    actual_days: int | None
    measured: int | None
    round: tuple[int, str] | None
    outcome: Outcome

    def as_rule(self) -> Finished:
        """The action as the rules see it."""
        return Finished(str(self.team_id), self.known.to_level if self.known else 0, self.measured, self.actual_days)


def proven(session: Session, me: Me, team_id: int | None = None) -> tuple[Proven, ...]:
    """Every finished action I may see, of one team or of all, the last one first; three statements."""
    rows = db.rows(session, _done(me, team_id is None), team=team_id)
    teams = sorted({row.team_id for row in rows})
    rounds: dict[tuple[int, str], list[Any]] = {}
    for at in db.rows(session, _rounds(me), teams=teams):
        rounds.setdefault((at.team_id, at.model_id), []).append(at)
    after = {row.id: next((at for at in rounds.get((row.team_id, row.model_id), ()) if _is_after(at, row)), None) for row in rows}
    levels = _levels(session, sorted({at.id for at in after.values() if at is not None}))
    return tuple(_proven(row, after[row.id], levels) for row in rows)


def _is_after(round_: Any, action: Any) -> bool:
    return bool(round_.closed_at and action.ended_at and round_.closed_at > action.ended_at)


def _proven(row: Any, at: Any, levels: Mapping[int, Mapping[str, int]]) -> Proven:
    held = library().improvements.get(row.model_id)
    known = held.actions.get(row.action_id) if held else None
    measured = levels[at.id].get(known.item) if at is not None and known else None
    return Proven(
        row.action_id, known.title if known else row.action_id, row.team_id, row.name, row.slug, known, row.model_id, row.ended_at, row.effort,
        row.actual_days, measured, (at.number, f"/teams/{row.slug}/rounds/{at.number}/results/") if at is not None else None,
        outcome(known.to_level if known else 0, measured),
    )


@built_once
def _done(me: Me, everywhere: bool) -> Select[*tuple[Any, ...]]:
    return (
        visible(me, PlannedAction)
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .join(AssessmentRound, AssessmentRound.id == SavedRoadmap.round_id)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .with_only_columns(
            PlannedAction.id, PlannedAction.action_id, PlannedAction.effort, PlannedAction.actual_days, PlannedAction.ended_at,
            Team.id.label("team_id"), Team.name, Team.slug, AssessmentRound.model_id,
        )
        .where(PlannedAction.state == "done", Team.archived_at.is_(None) if everywhere else true(), true() if everywhere else Team.id == bindparam("team"))
        .order_by(PlannedAction.ended_at.desc(), PlannedAction.id)
    )


@built_once
def _rounds(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        select(AssessmentRound.id, AssessmentRound.team_id, AssessmentRound.number, AssessmentRound.closed_at, AssessmentRound.model_id)
        .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.team_id.in_(bindparam("teams", expanding=True)), results_seen(me))
        .order_by(AssessmentRound.team_id, AssessmentRound.number)
    )


_SCORES = select(PublishedResult.round_id, PublishedResult.scores).where(PublishedResult.round_id.in_(bindparam("rounds", expanding=True)))


def _levels(session: Session, rounds: Sequence[int]) -> dict[int, dict[str, int]]:
    """The level of each item shown, by round; the agreed one where there is one. One statement."""
    found: dict[int, dict[str, int]] = {round_id: {} for round_id in rounds}
    for row in db.rows(session, _SCORES, rounds=rounds):
        for item in (row.scores or {}).get("items", ()):
            level = item["answered_level"] if item["agreed_level"] is None else item["agreed_level"]
            if level is not None:
                found[row.round_id][item["id"]] = level
    return found


_TAKEN = (
    select(PlannedAction.action_id, PlannedAction.actual_days, SavedRoadmap.team_id)
    .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
    .where(PlannedAction.state == "done", PlannedAction.actual_days.is_not(None))
    .order_by(PlannedAction.id)
)


def learned(session: Session) -> dict[str, Learned]:
    """What actions take, learned from all teams, by action; nothing is told of fewer than three teams. One statement."""
    taken: dict[str, list[Finished]] = {}
    for row in db.rows(session, _TAKEN):
        taken.setdefault(row.action_id, []).append(Finished(str(row.team_id), 0, None, row.actual_days))
    usual = {action.id: action.effort.likely for held in library().improvements.values() for action in held.actions.values()}
    found = {name: learned_days(usual[name], rows) for name, rows in taken.items() if name in usual}
    return {name: figure for name, figure in found.items() if figure}
