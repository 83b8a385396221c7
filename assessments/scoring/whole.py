"""Sheets -> items, dimensions, whole, in the order of domain 3.0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from assessments.agreement import interval
from assessments.answers import AnswerSheet, sheet_problems
from assessments.errors import InvalidSheets
from assessments.questionnaire import Questionnaire
from assessments.scoring.dimensions import score_dimension, weighted_mean
from assessments.scoring.items import Submitted, score_item
from assessments.scoring.points import node_values
from assessments.scoring.results import DimensionScore, ItemScore, Kind, Score
from assessments.scoring.scope import is_valid, items_out_of_scope


def score(
    questionnaire: Questionnaire,
    sheets: Sequence[AnswerSheet],
    *,
    type_id: str | None = None,
    targets: Mapping[str, int] | None = None,
    invited: int | None = None,
    agreed_levels: Mapping[str, int] | None = None,
    leave_out: Collection[str] = (),
) -> Score:
    """Score the submitted sheets of one round.

    `type_id` gives weights and targets, `targets` overrides single ones, `agreed_levels` holds the levels
    moderated after a talk, `leave_out` names items to treat as out of scope besides those the answers say.
    Raises InvalidSheets with every problem found, UnknownType for a type the model does not have.
    Demo team HAR: index 1.7737, 19.3417 %, level reached 1.
    """
    weights = questionnaire.weights(type_id)
    wanted = questionnaire.targets(type_id, targets)
    _check(questionnaire, sheets, targets or {}, invited, agreed_levels or {})
    out = items_out_of_scope(questionnaire, sheets) | frozenset(leave_out)
    round_ = Submitted(
        questionnaire=questionnaire,
        sheets=tuple(sheets),
        valid=tuple(sheet for sheet in sheets if is_valid(questionnaire, sheet, out)),
        out_of_scope=out,
        agreed_levels=agreed_levels or {},
        invited=invited,
    )
    items = {item.id: score_item(round_, item) for item in questionnaire.items}
    if questionnaire.scale == "points":
        nodes, total = node_values(questionnaire, {key: item.mean for key, item in items.items()})
    else:
        nodes, total = {}, None
    dimensions = {
        d.id: score_dimension(round_, d, items, weights[d.id], wanted.get(d.id), nodes.get(d.id))
        for d in questionnaire.dimensions
    }
    return _whole(round_, items, dimensions, nodes, total)


def _check(
    questionnaire: Questionnaire,
    sheets: Sequence[AnswerSheet],
    targets: Mapping[str, int],
    invited: int | None,
    agreed: Mapping[str, int],
) -> None:
    problems = [f"{s.respondent}: {text}" for s in sheets for text in sheet_problems(questionnaire, s)]
    for name, count in Counter(sheet.respondent for sheet in sheets).items():
        if count > 1:
            problems.append(f"{name}: this respondent has {count} sheets; each has one.")
    if invited is not None and invited < len(sheets):
        problems.append(f"{len(sheets)} people answered, so at least as many were invited, not {invited}.")
    known = {dimension.id for dimension in questionnaire.dimensions}
    top = questionnaire.top_level
    for name, target in targets.items():
        if name not in known:
            problems.append(f"The target {name} is not a dimension of {questionnaire.id}.")
        elif questionnaire.scale == "levels" and not 1 <= target <= top:
            problems.append(f"The target of {name} is {target}; a target is a level from 1 to {top}.")
    for name, level in agreed.items():
        if not questionnaire.has(name) or level not in questionnaire.item(name).values:
            problems.append(f"{name}: {level} is not a level of this item.")
    if problems:
        raise InvalidSheets(problems)


def _whole(
    round_: Submitted,
    items: Mapping[str, ItemScore],
    dimensions: Mapping[str, DimensionScore],
    nodes: Mapping[str, float | None],
    total: float | None,
) -> Score:
    questionnaire, top = round_.questionnaire, round_.questionnaire.top_level
    in_levels = questionnaire.scale == "levels"
    scored = [d for d in dimensions.values() if d.scored]
    index = weighted_mean([(d.weight, d.index) for d in scored]) if in_levels else total
    everything = sum((Fraction(d.weight) for d in dimensions.values()), Fraction())
    share = sum((Fraction(d.weight) for d in scored), Fraction()) / (everything or 1)
    means = _overall_means(round_, scored) if in_levels else {}
    staged = [d.staged for d in scored if d.staged is not None]
    enough = len(scored) >= min(questionnaire.rules.min_dimensions, len(dimensions))
    return Score(
        model=questionnaire.id,
        version=questionnaire.version,
        index=index,
        percent=100 * (index - 1) / (top - 1) if in_levels and index is not None else None,
        staged=min(staged, default=None),
        published=index is not None
        and (not in_levels or (enough and share >= questionnaire.rules.min_weight)),
        kind=result_kind(round_),
        items=items,
        dimensions=dimensions,
        answered=len(round_.sheets),
        valid=tuple(sheet.respondent for sheet in round_.valid),
        invited=round_.invited,
        weight_share=float(share),
        interval=interval(list(means.values()), round_.invited, highest=top) if in_levels else None,
        respondent_means=means,
        nodes=nodes,
        total=total,
    )


def _overall_means(round_: Submitted, scored: Sequence[DimensionScore]) -> dict[str, float]:
    """Each respondent's dimension means, weighted like the whole, over the scored dimensions they have."""
    means = {}
    for sheet in round_.valid:
        mean = weighted_mean([(d.weight, d.respondent_means.get(sheet.respondent)) for d in scored])
        if mean is not None:
            means[sheet.respondent] = mean
    return means


def result_kind(round_: Submitted) -> Kind:
    """What to call the result; confirmed from 5 valid sheets, half of the invited and two role groups."""
    n = len(round_.valid)
    if n < 3:
        names: tuple[Kind, ...] = ("nobody", "single view", "two views")
        return names[n]
    groups = {sheet.group for sheet in round_.valid if sheet.group is not None}
    answered = len(round_.sheets)
    half = round_.invited is not None and 2 * answered >= round_.invited
    return "confirmed" if n >= 5 and half and len(groups) >= 2 else "team"
