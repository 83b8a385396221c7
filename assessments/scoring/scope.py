"""Which items are in scope and which sheets count (domain 2.6 and 3.0); shares as whole numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assessments.answers import AnswerSheet
from assessments.questionnaire import Questionnaire


def items_out_of_scope(questionnaire: Questionnaire, sheets: Sequence[AnswerSheet]) -> frozenset[str]:
    """Items where more than half of the N/A and valued answers of all submitted sheets are N/A."""
    out = set()
    for item in questionnaire.items:
        given = [sheet.answers[item.id] for sheet in sheets if item.id in sheet.answers]
        not_applicable = sum(answer.is_na for answer in given)
        valued = sum(answer.value is not None for answer in given)
        if 2 * not_applicable > not_applicable + valued:
            out.add(item.id)
    return frozenset(out)


def is_valid(questionnaire: Questionnaire, sheet: AnswerSheet, out_of_scope: Collection[str]) -> bool:
    """Whether at least 80 % of the in-scope items carry a value. 36 of 45 is enough: 5 x 36 >= 4 x 45.

    In a points model every sheet counts, because its nodes take whatever values there are.
    """
    if questionnaire.scale == "points":
        return True
    asked = [item.id for item in questionnaire.items if item.id not in out_of_scope]
    values = sheet.values()
    return 5 * sum(item_id in values for item_id in asked) >= 4 * len(asked)
