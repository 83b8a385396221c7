"""The published figures of an anonymous round in the shape every results page reads, and the levels agreed beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import AgreedLevel, AssessmentRound, DimensionResult, PublishedResult
from app.records.snapshot import DimensionFigures, HeldBack, ItemFigures, Snapshot
from assessments.anonymity import UnitFigures, protected, restaged, unit_figures
from assessments.questionnaire import Questionnaire


def team_unit(team_id: int) -> str:
    """The name of a team in the tree of a round."""
    return f"team {team_id}"


def anonymous_snapshot(
    model: Questionnaire, figures: UnitFigures, *, invited: int, k: int, since: int | None = None, moved: Sequence[Sequence[object]] = ()
) -> Snapshot:
    """The published figures of a unit in the shape every results page reads."""
    top = model.top_level
    return Snapshot(
        model=model.id, version=model.version, title=model.title, levels=[step.name for step in model.levels], index=figures.index,
        percent=None if figures.index is None else round(100 * (figures.index - 1) / (top - 1)), staged=figures.staged,
        published=figures.published, kind="anonymous", weight_share=figures.weight_share, interval=None, spread=None, invited=invited,
        answered=figures.n, valid=figures.n, groups={}, dimensions=[_dimension(model, figures, d.id, k) for d in model.dimensions],
        items=[_item(model, figures, item.id) for item in model.items], min_group=k, since=since, moves=moved,
    )


def hidden_snapshot(model: Questionnaire, k: int, targets: Mapping[str, int]) -> Snapshot:
    """What stands for a unit that is not shown: the same for too few answers and for protected ones (R12)."""
    nothing = unit_figures(model, "", 0, {}, frozenset(), None, targets)
    return anonymous_snapshot(model, nothing, invited=0, k=k)


def restage(model: Questionnaire, snapshot: Snapshot, agreed: Mapping[str, int]) -> Snapshot:
    """The snapshot with other agreed levels: level reached and what holds back follow, every published figure stays."""
    items = [replace(item, agreed_level=agreed.get(item.id)) for item in snapshot.items]
    levels = {item.id: item.level for item in items if item.level is not None}
    dimensions = []
    for d in snapshot.dimensions:
        staged, back = restaged(model, model.dimension(d.id), levels) if d.index is not None else (None, ())
        dimensions.append(replace(d, staged=staged, holding_back=[HeldBack(b.item, b.level, b.rules) for b in back]))
    whole = min((d.staged for d in dimensions if d.staged is not None), default=None)
    return replace(snapshot, items=items, dimensions=dimensions, staged=whole)


def stand_beside(session: Session, round_: AssessmentRound, model: Questionnaire, snapshot: Snapshot) -> None:
    """Store the levels agreed since beside the published figures, which stay as they are (R20)."""
    agreed = {row[0]: row[1] for row in session.execute(
        select(AgreedLevel.item_id, AgreedLevel.level).where(AgreedLevel.round_id == round_.id)
    )}
    found = restage(model, snapshot, agreed)
    session.execute(
        update(PublishedResult).where(PublishedResult.round_id == round_.id).values(staged=found.staged, scores=found.as_json())
    )
    for d in found.dimensions:
        one = (DimensionResult.round_id == round_.id) & (DimensionResult.dimension == d.id)
        session.execute(update(DimensionResult).where(one).values(staged=d.staged))
    session.flush()


def _item(model: Questionnaire, figures: UnitFigures, item_id: str) -> ItemFigures:
    asked, dimension = model.item(item_id), model.dimension_of(item_id)
    in_scope = item_id not in figures.dimensions[dimension.id].out_of_scope
    shown = figures.items.get(item_id)
    if shown is None:
        return ItemFigures(item_id, asked.title, dimension.id, asked.key, 0, None, None, None, in_scope, None, None, None, (), 0, 0, ())
    return ItemFigures(
        item_id, asked.title, dimension.id, asked.key, shown.n, shown.mean, shown.level, None, in_scope, shown.r_wg, shown.ad, shown.reading,
        (), 0, 0, [(int(value), count) for value, count in shown.counts],
    )


def _dimension(model: Questionnaire, figures: UnitFigures, dimension_id: str, k: int) -> DimensionFigures:
    d = figures.dimensions[dimension_id]
    return DimensionFigures(
        d.id, model.dimension(d.id).title, d.weight, d.index, d.staged, d.target, d.items_shown, d.items_in_scope, d.out_of_scope, None, None, 0,
        None, None, None, [HeldBack(b.item, b.level, b.rules) for b in d.holding_back], None if d.index is not None else protected(k),
    )
