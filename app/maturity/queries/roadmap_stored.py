"""A plan as it is stored, as a value: what was asked, the answer and the comparisons are kept as text until somebody asks.

A value can be told from another at once, so what is worked out of a plan is worked out once for as long as nothing of
it has changed. Lists and mappings read from it are shared: nobody changes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Row, Text, case, cast

from app.access import Me
from app.models import AssessmentRound, SavedRoadmap
from app.records.snapshot import SCORES, Snapshot, snapshot_in
from app.records.teams import results_seen

KEPT = 128
AnyPlan: TypeAlias = "StoredPlan | SavedRoadmap"


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Any:
    return json.loads(text)


@dataclass(frozen=True)
class StoredPlan:
    """A saved roadmap with the number of its round and, for those who may read it, the result of that round."""

    id: int
    team_id: int
    number: int
    state: str
    is_current: bool
    starts_on: date
    horizon: int
    capacity_text: str
    wip: int
    rules_version: str
    inputs_text: str
    plan_text: str | None
    sensitivity_text: str | None
    failure: str
    created_at: datetime
    adopted_at: datetime | None
    is_approved: bool
    adopted_because: str
    label: str
    round_number: int
    scores: str | None

    @property
    def capacity(self) -> Sequence[int]:
        """Person-days of each quarter."""
        found: Sequence[int] = _read(self.capacity_text)
        return found

    @property
    def inputs(self) -> Mapping[str, Any]:
        """The problem that was asked."""
        found: Mapping[str, Any] = _read(self.inputs_text)
        return found

    @property
    def plan(self) -> Mapping[str, Any] | None:
        """The answer, None until there is one."""
        found: Mapping[str, Any] | None = _read(self.plan_text) if self.plan_text else None
        return found

    @property
    def sensitivity(self) -> Sequence[Mapping[str, Any]] | None:
        """What more days would buy, as far as it is worked out."""
        found: Sequence[Mapping[str, Any]] | None = _read(self.sensitivity_text) if self.sensitivity_text else None
        return found

    @property
    def figures(self) -> Snapshot | None:
        """The result the plan started from, where it may be read."""
        return snapshot_in(self.scores) if self.scores else None


def plan_columns(me: Me) -> tuple[Any, ...]:
    """The columns of a StoredPlan, of a statement that joins SavedRoadmap, AssessmentRound and PublishedResult."""
    return (
        SavedRoadmap.id, SavedRoadmap.team_id, SavedRoadmap.number, SavedRoadmap.state, SavedRoadmap.is_current, SavedRoadmap.starts_on, SavedRoadmap.horizon,
        cast(SavedRoadmap.capacity, Text).label("capacity_text"), SavedRoadmap.wip, SavedRoadmap.rules_version,
        cast(SavedRoadmap.inputs, Text).label("inputs_text"), cast(SavedRoadmap.plan, Text).label("plan_text"),
        cast(SavedRoadmap.sensitivity, Text).label("sensitivity_text"), SavedRoadmap.failure, SavedRoadmap.created_at.label("made_at"),
        SavedRoadmap.adopted_at, SavedRoadmap.adopted_by_id.is_not(None).label("is_approved"), SavedRoadmap.adopted_because, SavedRoadmap.label, AssessmentRound.number.label("round_number"),
        case((results_seen(me), SCORES), else_=None).label("scores"),
    )


PLAN_COLUMNS = 21


def read_plan(row: Row[*tuple[Any, ...]]) -> StoredPlan:
    """The plan of a row that begins with the columns above."""
    return StoredPlan(*row[:PLAN_COLUMNS])
