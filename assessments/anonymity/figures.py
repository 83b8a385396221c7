"""The figures of one published unit, from how many chose which value; coarser below 2k answers (R11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.agreement import Reading, item_agreement
from assessments.questionnaire import Dimension, Item, Questionnaire, Value
from assessments.scoring.dimensions import weighted_mean, why_not_scored
from assessments.scoring.results import HoldBack
from assessments.scoring.staged import holding_back, low_median, staged_level

HELD = 0.2
Counts = Mapping[Value, int]


@dataclass(frozen=True, slots=True)
class ItemFigure:
    """One item of one unit. `counts`, `r_wg` and `ad` are empty below 2k answers; `mean` has one decimal."""

    id: str
    n: int
    mean: float
    level: int
    reading: Reading | None
    r_wg: float | None = None
    ad: float | None = None
    counts: tuple[tuple[Value, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DimensionFigure:
    """One dimension of one unit, from the items shown. `index` (one decimal) and `staged` are None when too few are."""

    id: str
    weight: float
    index: float | None
    staged: int | None
    target: int | None
    items_shown: int
    items_in_scope: int
    out_of_scope: tuple[str, ...]
    holding_back: tuple[HoldBack, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """Everything published about one unit; an item without a figure is suppressed or out of scope there."""

    unit: str
    n: int
    index: float | None
    staged: int | None
    published: bool
    weight_share: float
    dimensions: Mapping[str, DimensionFigure]
    items: Mapping[str, ItemFigure]


def item_figure(item: Item, counts: Counts, k: int) -> ItemFigure:
    """The figure of an item that has passed the gate.

    Five answers of 5 with k = 5: mean 4.8, because 5.0 would tell everybody's answer; level 5, agreed, nothing else.
    Ten answers, five of 3 and five of 4: mean 3.5, level 3, r_wg 0.86, AD 0.5 and the counts.
    """
    offered = item.values
    values = [value for value in offered for _ in range(counts.get(value, 0))]
    n, agreement = len(values), item_agreement(values, offered)
    exact = sum(value * count for value, count in counts.items()) / n
    level = int(low_median(values))
    if n < 2 * k:
        held = min(max(exact, min(offered) + HELD), max(offered) - HELD)
        return ItemFigure(item.id, n, round(held, 1), level, agreement.reading)
    bars = tuple((value, counts.get(value, 0)) for value in offered)
    return ItemFigure(
        item.id, n, round(exact, 1), level, agreement.reading,
        _two(agreement.r_wg), _two(agreement.ad_m), bars if sum(count > 0 for _, count in bars) > 1 else (),
    )  # fmt: skip


def unit_figures(
    questionnaire: Questionnaire,
    unit: str,
    n: int,
    items: Mapping[str, ItemFigure],
    out_of_scope: frozenset[str],
    type_id: str | None,
    targets: Mapping[str, int] | None,
) -> UnitFigures:
    """A unit from the items shown there: dimensions and whole are worked out from published figures and add nothing."""
    weights, wanted = questionnaire.weights(type_id), questionnaire.targets(type_id, targets)
    dimensions = {
        d.id: _dimension(questionnaire, d, items, out_of_scope, weights[d.id], wanted.get(d.id))
        for d in questionnaire.dimensions
    }
    scored = [d for d in dimensions.values() if d.index is not None]
    every = sum(Fraction(d.weight) for d in dimensions.values()) or Fraction(1)
    share = sum((Fraction(d.weight) for d in scored), Fraction()) / every
    index = weighted_mean([(d.weight, d.index) for d in scored])
    rules = questionnaire.rules
    enough = len(scored) >= min(rules.min_dimensions, len(dimensions)) and share >= rules.min_weight
    return UnitFigures(
        unit, n, _one(index), min((d.staged for d in scored if d.staged is not None), default=None),
        index is not None and enough, float(share), dimensions, items,
    )  # fmt: skip


def restaged(
    questionnaire: Questionnaire, dimension: Dimension, levels: Mapping[str, int]
) -> tuple[int | None, tuple[HoldBack, ...]]:
    """The level reached by a dimension and what holds it back, from the levels of the items shown."""
    found: Sequence[tuple[str, int, bool]] = [
        (item.id, levels[item.id], item.key) for item in dimension.all_items() if item.id in levels
    ]
    return staged_level(found, questionnaire.top_level), holding_back(found, questionnaire.top_level)


def _dimension(
    questionnaire: Questionnaire,
    dimension: Dimension,
    items: Mapping[str, ItemFigure],
    out_of_scope: frozenset[str],
    weight: float,
    target: int | None,
) -> DimensionFigure:
    every = list(dimension.all_items())
    inside = [item for item in every if item.id not in out_of_scope]
    shown = [item for item in inside if item.id in items]
    out = tuple(item.id for item in every if item.id in out_of_scope)
    if why_not_scored(questionnaire, every, inside, shown):
        return DimensionFigure(dimension.id, weight, None, None, target, len(shown), len(inside), out)
    index = weighted_mean([(item.weight, items[item.id].mean) for item in shown])
    staged, back = restaged(questionnaire, dimension, {item.id: items[item.id].level for item in shown})
    return DimensionFigure(dimension.id, weight, _one(index), staged, target, len(shown), len(inside), out, back)


def _one(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
