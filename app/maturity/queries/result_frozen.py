"""What the stored figures of a round say by themselves: worded and drawn once, the same for everybody who may read them.

The figures are told apart by their own text, so nothing here can be out of date: other figures are another text. What
differs by person (comments, files, buttons) is added on each page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.content import library
from app.maturity.queries.result_parts import (
    Brake,
    DimensionRow,
    Headline,
    ItemRow,
    Sameness,
    change_words,
    dimension_rows,
    furthest,
    headline,
    holding_back,
    item_row,
    move_words,
    radar,
    sameness,
    widest_first,
)
from app.records.snapshot import Snapshot, snapshot_in
from app.ui import charts
from app.ui.filters import rounded
from assessments.anonymity import protected

KEPT = 64


@dataclass(frozen=True)
class Before:
    """The round before, of the same model: its number, the index of each dimension."""

    name: str
    indices: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, eq=False)
class AnsweredDimension:
    """How many chose what in one dimension."""

    id: str
    title: str
    words: str
    rows: tuple[ItemRow, ...]
    is_open: bool
    places: int


@dataclass(frozen=True, eq=False)
class Frozen:
    """All parts of a results page that rest on figures alone. Equal figures give the very same object, so its markup is kept with it."""

    figures: Snapshot
    type_name: str
    headline: Headline
    furthest: tuple[str, str]
    change: str
    rows: tuple[DimensionRow, ...]
    by_gap: tuple[DimensionRow, ...]
    before: Before | None
    radar: charts.Radar
    radar_label: str
    brakes: tuple[str, str, tuple[Brake, ...]]
    same: Sameness
    answered: tuple[AnsweredDimension, ...]
    places: int
    min_group: int | None
    not_shown: str
    moves: Mapping[str, str]
    moves_since: str
    levels: tuple[str, ...]
    level_means: str


def frozen(scores: str, *, name: str, model_id: str, pmo_type: str, before: Before | None) -> Frozen:
    """The parts of the round called *name*, from its stored *scores*; one object as long as all of these are the same."""
    return _drawn(scores, name, model_id, pmo_type, before, library().version)


@lru_cache(maxsize=KEPT)
def _drawn(scores: str, name: str, model_id: str, pmo_type: str, before: Before | None, content: str) -> Frozen:
    figures = snapshot_in(scores)
    if figures is None:
        raise ValueError("a result without figures")
    return drawn(figures, name, model_id, pmo_type, before)


def drawn(figures: Snapshot, name: str, model_id: str, pmo_type: str, before: Before | None) -> Frozen:
    """The parts, worded and drawn."""
    model = library().questionnaires.get(model_id)
    kind = model.types.get(pmo_type) if model else None
    type_name = kind.name if kind else ""
    rows = dimension_rows(figures, dict(before.indices) if before else {})
    by_gap = widest_first(rows)
    label = "; ".join(f"{row.title} {rounded(row.now, figures.places)}" for row in rows if row.now is not None)
    return Frozen(
        figures=figures, type_name=type_name, headline=headline(figures), furthest=furthest(rows, figures, type_name), change=change_words(figures),
        rows=rows, by_gap=by_gap, before=before,
        radar=radar(rows, f"{name}, now", "Target of this type" if type_name else "Target", before.name if before else ""),
        radar_label=f"Radar of {len(rows)} dimensions from 1 to 5: {label}", brakes=holding_back(figures), same=sameness(figures, model),
        answered=_answered(figures, by_gap), places=figures.places, min_group=figures.min_group,
        not_shown=protected(figures.min_group) if figures.min_group else "Too few answers", moves=move_words(figures),
        moves_since=f"Since round {figures.since}" if figures.moves else "", levels=tuple(figures.levels),
        level_means=model.levels[figures.staged - 1].meaning if model and figures.staged and figures.staged <= len(model.levels) else "",
    )


def _answered(figures: Snapshot, by_gap: tuple[DimensionRow, ...]) -> tuple[AnsweredDimension, ...]:
    """The dimension with the widest gap first and open, then the others in the order of the model."""
    widest = by_gap[0].id if by_gap else ""
    found = []
    for row in sorted(figures.dimensions, key=lambda d: d.id != widest):
        items = [item for item in figures.items if item.dimension == row.id]
        index = f", index {rounded(row.index, figures.places)}" if row.index is not None else ", not scored"
        found.append(AnsweredDimension(
            row.id, row.title, f"{len(items)} items{index}", tuple(item_row(figures, item) for item in items), row.id == widest, figures.places,
        ))
    return tuple(found)
