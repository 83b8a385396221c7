"""Where a team would stand if its plan works: every action lifts its item by one level."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from app.content import library
from app.records.snapshot import Snapshot
from app.ui.charts import Radar, Series, radar
from assessments.questionnaire import Questionnaire

NOTICED = 0.005


@dataclass(frozen=True)
class DimensionAhead:
    """One dimension now and after the plan; None where too few answers allow a figure."""

    id: str
    title: str
    actions: int
    now: float | None
    after: float | None
    target: int | None

    @property
    def gain(self) -> float:
        """How much the index of the dimension rises."""
        return 0.0 if self.now is None or self.after is None else self.after - self.now


@dataclass(frozen=True)
class Ahead:
    """The whole and each dimension after the plan, and the picture."""

    now: float | None
    start: float | None
    after: float | None
    dimensions: tuple[DimensionAhead, ...]
    radar: Radar
    still: tuple[str, ...]

    @property
    def gains_most(self) -> DimensionAhead | None:
        """The dimension that rises most, None when nothing rises."""
        best = max(self.dimensions, key=lambda d: d.gain, default=None)
        return best if best and best.gain > NOTICED else None

    @property
    def busiest(self) -> DimensionAhead | None:
        """The dimension most actions raise."""
        best = max(self.dimensions, key=lambda d: d.actions, default=None)
        return best if best and best.actions else None


def ahead(figures: Snapshot | None, inputs: Mapping[str, Any], items: Collection[str]) -> Ahead | None:
    """Index now and after. *items* names the item of each action that counts, as often as it is raised.

    `start` lies above `now` where actions were done between the round and the plan. HAR with its best plan: 1.77 to 2.30.
    """
    model = library().questionnaires.get(str(inputs.get("model", "")))
    if model is None or figures is None:
        return None
    before = _steps_done(figures, inputs)
    weights = model.weights(inputs.get("type") if inputs.get("type") in model.types else None)
    whole = sum(weights.values())
    targets = inputs.get("targets", {})
    known = {d.id: d.index for d in figures.dimensions}
    rows, lift, start = [], 0.0, 0.0
    for d in model.dimensions:
        shares = _shares(model, d.id, frozenset(inputs.get("out_of_scope", ())))
        done = sum(shares.get(name, 0.0) * steps for name, steps in before.items())
        raised = sum(shares.get(name, 0.0) for name in items)
        start += weights[d.id] / whole * done
        lift += weights[d.id] / whole * raised
        now = known.get(d.id)
        after = None if now is None else min(float(model.top_level), now + done + raised)
        rows.append(DimensionAhead(d.id, d.title, sum(name in shares for name in items), now, after, targets.get(d.id)))
    now = figures.index
    return Ahead(
        now, None if now is None else now + start, None if now is None else now + start + lift, tuple(rows), _radar(rows),
        tuple(row.title for row in rows if row.now is not None and row.gain < NOTICED),
    )


def _steps_done(figures: Snapshot, inputs: Mapping[str, Any]) -> dict[str, int]:
    """Levels gained by actions done between the round and the plan, per item."""
    measured = {item.id: item.level for item in figures.items}
    levels: Mapping[str, int] = inputs.get("levels", {})
    return {name: level - (measured.get(name) or level) for name, level in levels.items() if level != measured.get(name)}


def _shares(model: Questionnaire, dimension: str, out_of_scope: frozenset[str]) -> dict[str, float]:
    items = model.in_scope(dimension, out_of_scope)
    whole = sum(item.weight for item in items)
    return {item.id: item.weight / whole for item in items}


def _radar(rows: list[DimensionAhead]) -> Radar:
    return radar(
        [row.id for row in rows],
        [
            Series("target", "Target", tuple(None if row.target is None else float(row.target) for row in rows)),
            Series("ahead", "After the plan", tuple(row.after for row in rows)),
            Series("now", "Now", tuple(row.now for row in rows)),
        ],
    )
