"""One round's sheets as the rules see them, and the score of each item (domain 3.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from assessments.agreement import ItemAgreement, item_agreement
from assessments.answers import AnswerSheet
from assessments.questionnaire import Item, Questionnaire
from assessments.scoring.results import Flag, ItemScore
from assessments.scoring.staged import low_median

NO_AGREEMENT = ItemAgreement(0, None, None, None, None, None)


@dataclass(frozen=True, slots=True)
class Submitted:
    """All sheets of a round, those that enter the statistics, and what is known around them."""

    questionnaire: Questionnaire
    sheets: tuple[AnswerSheet, ...]
    valid: tuple[AnswerSheet, ...]
    out_of_scope: frozenset[str]
    agreed_levels: Mapping[str, int]
    invited: int | None


def score_item(round_: Submitted, item: Item) -> ItemScore:
    """The score of one item; an item out of scope keeps nothing but its count of N/A answers."""
    dimension = round_.questionnaire.dimension_of(item.id).id
    not_applicable = sum(item.id in s.answers and s.answers[item.id].is_na for s in round_.sheets)
    if item.id in round_.out_of_scope:
        return ItemScore(item.id, dimension, 0, None, None, None, False, not_applicable=not_applicable)
    given = [sheet.answers[item.id] for sheet in round_.valid if item.id in sheet.answers]
    values = [answer.value for answer in given if answer.value is not None]
    dont_know = sum(answer.is_dk for answer in given)
    flags: list[Flag] = []
    if dont_know and 2 * dont_know >= len(round_.valid):
        flags.append("low visibility")
    if not_applicable:
        flags.append("scope disagreement")
    in_levels = round_.questionnaire.scale == "levels"
    spread = item_agreement(values, item.values) if in_levels else NO_AGREEMENT
    counts = Counter(values)
    return ItemScore(
        id=item.id,
        dimension=dimension,
        n=len(values),
        mean=fsum(values) / len(values) if values else None,
        answered_level=int(low_median(values)) if values and in_levels else None,
        agreed_level=round_.agreed_levels.get(item.id),
        in_scope=True,
        r_wg=spread.r_wg,
        ad_m=spread.ad_m,
        ad_md=spread.ad_md,
        reading=spread.reading,
        flags=tuple(flags),
        dont_know=dont_know,
        not_applicable=not_applicable,
        counts=tuple((value, counts[value]) for value in item.values),
    )
