"""The score of a dimension, and when there is none (domain 3.2 and 2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import fsum

from assessments.agreement import interval, perspective_gap, r_wg_j
from assessments.questionnaire import Dimension, Item, Questionnaire
from assessments.scoring.items import Submitted
from assessments.scoring.results import DimensionScore, ItemScore
from assessments.scoring.staged import holding_back, staged_level

MOST_OUT_OF_SCOPE = Fraction(2, 5)


def score_dimension(
    round_: Submitted,
    dimension: Dimension,
    items: Mapping[str, ItemScore],
    weight: float,
    target: int | None,
    node: float | None,
) -> DimensionScore:
    """One dimension from the scores of its items; `node` is its roll-up in a points model."""
    every = list(dimension.all_items())
    inside = [item for item in every if items[item.id].in_scope]
    answered = [item for item in inside if items[item.id].scored]
    facts = DimensionScore(
        id=dimension.id,
        weight=weight,
        scored=False,
        index=None,
        staged=None,
        target=target,
        items_scored=len(answered),
        items_in_scope=len(inside),
        out_of_scope=tuple(item.id for item in every if not items[item.id].in_scope),
        dont_know=sum(items[item.id].dont_know for item in inside),
    )
    if round_.questionnaire.scale == "points":
        return replace(facts, scored=node is not None, index=node)
    why = why_not_scored(round_.questionnaire, every, inside, answered)
    if why:
        return replace(facts, why_not_scored=why)
    return _with_statistics(round_, facts, inside, answered, items)


def why_not_scored(
    questionnaire: Questionnaire, every: Sequence[Item], inside: Sequence[Item], answered: Sequence[Item]
) -> str | None:
    """Why a dimension has no score, as a sentence; None when it has one.

    It needs three answered items (fewer in a smaller model), 60 % of those in scope, an answer to every key
    item, and at most 40 % of its items out of scope.
    """
    rules = questionnaire.rules
    if len(every) - len(inside) > MOST_OUT_OF_SCOPE * len(every):
        return "More than 40 % of the items are out of scope."
    if len(answered) < min(rules.min_items, len(every)) or len(answered) < rules.min_share * len(inside):
        return f"Too few items have an answer: {len(answered)} of {len(inside)}."
    unanswered = [item.id for item in inside if item.key and item not in answered]
    if unanswered:
        return f"Key items without an answer: {', '.join(unanswered)}."
    return None if answered else "No item is in scope."


def _with_statistics(
    round_: Submitted,
    facts: DimensionScore,
    inside: Sequence[Item],
    answered: Sequence[Item],
    items: Mapping[str, ItemScore],
) -> DimensionScore:
    top = round_.questionnaire.top_level
    means = respondent_means(round_, inside)
    r_wgs = [r for item in answered if (r := items[item.id].r_wg) is not None]
    deviations = [d for item in answered if (d := items[item.id].ad_m) is not None]
    levels = [(item.id, level, item.key) for item in inside if (level := items[item.id].level) is not None]
    office, users = (
        [means[s.respondent] for s in round_.valid if s.group == group and s.respondent in means]
        for group in ("office", "users")
    )
    return replace(
        facts,
        scored=True,
        index=weighted_mean([(item.weight, items[item.id].mean) for item in answered]),
        staged=staged_level(levels, top),
        r_wg_j=r_wg_j(r_wgs),
        ad_m=fsum(deviations) / len(deviations) if deviations else None,
        perspective_gap=perspective_gap(office, users),
        interval=interval(list(means.values()), round_.invited, highest=top),
        respondent_means=means,
        holding_back=holding_back(levels, top),
    )


def respondent_means(round_: Submitted, inside: Sequence[Item]) -> dict[str, float]:
    """Each valid respondent's mean over the in-scope items, if at least 60 % of them have a value."""
    means = {}
    for sheet in round_.valid:
        values = sheet.values()
        given = [(item.weight, float(values[item.id])) for item in inside if item.id in values]
        mean = weighted_mean(given)
        if mean is not None and len(given) >= round_.questionnaire.rules.min_share * len(inside):
            means[sheet.respondent] = mean
    return means


def weighted_mean(pairs: Sequence[tuple[float, float | None]]) -> float | None:
    """sum(w x)/sum(w) over the pairs that have a value; None without any, or without weight."""
    present = [(weight, value) for weight, value in pairs if value is not None]
    total = fsum(weight for weight, _ in present)
    return fsum(weight * value for weight, value in present) / total if total > 0 else None
