"""What a closed round says, as values: written to JSON once at close, read back by every page that shows a result.

Titles are kept with the figures, so a result stays readable when the model changes later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, cast

from app.models import PublishedResult
from assessments.agreement import mean_of
from assessments.answers import GROUPS, AnswerSheet
from assessments.comparison import Change
from assessments.questionnaire import Questionnaire
from assessments.scoring import DimensionScore, ItemScore, Score


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One item: how many chose what, its level, and how far the answers agree. Figures are None where undefined."""

    id: str
    title: str
    dimension: str
    key: bool
    n: int
    mean: float | None
    answered_level: int | None
    agreed_level: int | None
    in_scope: bool
    r_wg: float | None
    ad_m: float | None
    reading: str | None
    flags: Sequence[str]
    dont_know: int
    not_applicable: int
    counts: Sequence[Sequence[int]]

    @property
    def level(self) -> int | None:
        """The agreed level if there is one, else the answered one."""
        return self.answered_level if self.agreed_level is None else self.agreed_level


@dataclass(frozen=True, slots=True)
class HeldBack:
    """An item that keeps its dimension from the next level, with the rules it breaks."""

    item: str
    level: int
    rules: Sequence[str]


@dataclass(frozen=True, slots=True)
class DimensionFigures:
    """One dimension; `office` and `users` are means of groups of at least three people each, else None."""

    id: str
    title: str
    weight: float
    index: float | None
    staged: int | None
    target: int | None
    items_scored: int
    items_in_scope: int
    out_of_scope: Sequence[str]
    r_wg_j: float | None
    ad_m: float | None
    dont_know: int
    interval: Sequence[float] | None
    office: float | None
    users: float | None
    holding_back: Sequence[HeldBack]
    why_not_scored: str | None

    @property
    def gap(self) -> float | None:
        """Target minus index; negative means above the target."""
        return None if self.index is None or self.target is None else self.target - self.index


@dataclass(frozen=True, slots=True)
class ChangeFigures:
    """The whole against the round before: a tested difference and the words for it."""

    number: int
    method: str
    people: Sequence[int]
    difference: float
    low: float | None
    high: float | None
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Since:
    """A round against the one before: the whole, each dimension, and how many items both asked."""

    change: ChangeFigures | None
    dimensions: Mapping[str, ChangeFigures]
    compared: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole result. `levels` names the steps of the model, lowest first.

    `min_group` is the k of an anonymous round and None in a named one; `since` and `moves` (dimension, direction,
    difference) tell there how dimensions moved since an earlier round. `dimension_changes` are tested like `change`, and
    `compared` is how many items both rounds of a named comparison share."""

    model: str
    version: int
    title: str
    levels: Sequence[str]
    index: float | None
    percent: float | None
    staged: int | None
    published: bool
    kind: str
    weight_share: float
    interval: Sequence[float] | None
    spread: Sequence[float] | None
    invited: int
    answered: int
    valid: int
    groups: Mapping[str, int]
    dimensions: Sequence[DimensionFigures]
    items: Sequence[ItemFigures]
    change: ChangeFigures | None = None
    min_group: int | None = None
    since: int | None = None
    moves: Sequence[Sequence[Any]] = ()
    dimension_changes: Mapping[str, ChangeFigures] = field(default_factory=dict)
    compared: int | None = None

    @property
    def places(self) -> int:
        """Decimals a page shows: one where figures are anonymous, because no more are published."""
        return 2 if self.min_group is None else 1

    def level_name(self, level: int | None) -> str:
        """The name of a level, '' where it has none."""
        return self.levels[level - 1] if level and level <= len(self.levels) else ""

    def as_json(self) -> dict[str, Any]:
        """The figures as plain JSON values; field by field, because a general copy takes most of the time of a large publication."""
        dimensions = [{**_fields(d), "holding_back": [_fields(held) for held in d.holding_back]} for d in self.dimensions]
        change = _fields(self.change) if self.change else None
        changes = {name: _fields(one) for name, one in self.dimension_changes.items()}
        items = [_fields(item) for item in self.items]
        return {**_fields(self), "dimensions": dimensions, "items": items, "change": change, "dimension_changes": changes}


def _fields(value: ItemFigures | HeldBack | DimensionFigures | ChangeFigures | Snapshot) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def read_snapshot(stored: Mapping[str, Any]) -> Snapshot | None:
    """The stored figures as values again; None for a result that was stored without them."""
    if not stored:
        return None
    return Snapshot(**{
        **stored,
        "dimensions": [
            DimensionFigures(**{**d, "holding_back": [HeldBack(**held) for held in d["holding_back"]]}) for d in stored["dimensions"]
        ],
        "items": [ItemFigures(**item) for item in stored["items"]],
        "change": ChangeFigures(**stored["change"]) if stored["change"] else None,
        "dimension_changes": {name: ChangeFigures(**one) for name, one in stored.get("dimension_changes", {}).items()},
    })


# The stored text of a result. Read as it is, it tells one result from another without being taken apart.
SCORES: ColumnElement[str] = cast(PublishedResult.scores, Text).label("scores")
KEPT = 64


@lru_cache(maxsize=KEPT)
def snapshot_in(scores: str) -> Snapshot | None:
    """The values in a stored text, taken apart once a process; None for a result that was stored without figures."""
    return read_snapshot(json.loads(scores))


def snapshot(model: Questionnaire, result: Score, sheets: Sequence[AnswerSheet], since: Since | None = None) -> Snapshot:
    """The figures worth keeping of a scored round. No figure of a single respondent is among them."""
    valid = [sheet for sheet in sheets if sheet.respondent in set(result.valid)]
    return Snapshot(
        model=model.id, version=model.version, title=model.title, levels=[step.name for step in model.levels],
        index=result.index, percent=result.percent, staged=result.staged, published=result.published, kind=result.kind,
        weight_share=result.weight_share,
        interval=(result.interval.low, result.interval.high) if result.interval else None,
        spread=result.spread if len(valid) >= 3 else None,
        invited=result.invited or result.answered, answered=result.answered, valid=len(valid),
        groups={group: sum(sheet.group == group for sheet in valid) for group in GROUPS},
        dimensions=[_dimension(model, d, valid) for d in result.dimensions.values()],
        items=[_item(model, item) for item in result.items.values()],
        change=since.change if since else None, dimension_changes=since.dimensions if since else {}, compared=since.compared if since else None,
    )


def change_figures(number: int, change: Change | None) -> ChangeFigures | None:
    """A tested change as figures; None where there was nothing to test."""
    if change is None or change.people is None:
        return None
    return ChangeFigures(number, change.method, change.people, change.difference, change.low, change.high, change.verdict)


def _item(model: Questionnaire, item: ItemScore) -> ItemFigures:
    asked = model.item(item.id)
    return ItemFigures(
        item.id, asked.title, item.dimension, asked.key, item.n, item.mean, item.answered_level, item.agreed_level, item.in_scope,
        item.r_wg, item.ad_m, item.reading, item.flags, item.dont_know, item.not_applicable,
        [(int(value), count) for value, count in item.counts],
    )


def _dimension(model: Questionnaire, d: DimensionScore, valid: Sequence[AnswerSheet]) -> DimensionFigures:
    office, users = None, None
    if d.perspective_gap is not None:
        of = {sheet.respondent: sheet.group for sheet in valid}
        office, users = (mean_of([mean for who, mean in d.respondent_means.items() if of.get(who) == group]) for group in GROUPS)
    return DimensionFigures(
        d.id, model.dimension(d.id).title, d.weight, d.index, d.staged, d.target, d.items_scored, d.items_in_scope, d.out_of_scope,
        d.r_wg_j, d.ad_m, d.dont_know, (d.interval.low, d.interval.high) if d.interval else None, office, users,
        [HeldBack(held.item, held.level, held.rules) for held in d.holding_back], d.why_not_scored,
    )
