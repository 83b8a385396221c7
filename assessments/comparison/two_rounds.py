"""Two rounds of one team, on the items they share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from assessments.agreement import mean_of
from assessments.answers import AnswerSheet
from assessments.comparison.changes import (
    Change,
    ReferenceSet,
    against_reference,
    different_people,
    same_people,
)
from assessments.errors import NotComparable
from assessments.questionnaire import Dimension, Questionnaire
from assessments.scoring import Score, score


@dataclass(frozen=True, slots=True)
class CommonItems:
    """What two versions of a model share. An id stands for a meaning, so equal ids are compared.

    `reworded` are the shared items whose wording was repaired in between; `changed` have the same id but
    other choices and are not compared; `gone` and `new` exist on one side only.
    """

    shared: tuple[str, ...]
    reworded: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def common_items(before: Questionnaire, after: Questionnaire) -> CommonItems:
    """The items two versions of a model share; NotComparable for two different models."""
    if before.id != after.id:
        raise NotComparable(f"{before.id} and {after.id} are different models.")
    both = [(before.item(item.id), item) for item in after.items if before.has(item.id)]
    shared = [(old, new) for old, new in both if old.values == new.values]
    return CommonItems(
        shared=tuple(new.id for _, new in shared),
        reworded=tuple(new.id for old, new in shared if old.version != new.version),
        changed=tuple(new.id for old, new in both if old.values != new.values),
        gone=tuple(item.id for item in before.items if not after.has(item.id)),
        new=tuple(item.id for item in after.items if not before.has(item.id)),
    )


def reduced(questionnaire: Questionnaire, item_ids: Collection[str]) -> Questionnaire:
    """The model with only these items; groups that end up empty are left out."""
    dimensions = [_reduced(dimension, item_ids) for dimension in questionnaire.dimensions]
    return replace(questionnaire, dimensions=tuple(d for d in dimensions if d is not None))


def _reduced(group: Dimension, item_ids: Collection[str]) -> Dimension | None:
    items = tuple(item for item in group.items if item.id in item_ids)
    groups = tuple(g for child in group.groups if (g := _reduced(child, item_ids)) is not None)
    return replace(group, items=items, groups=groups) if items or groups else None


@dataclass(frozen=True, slots=True)
class AnsweredRound:
    """One round as it is compared: the model as it was asked, and the submitted sheets."""

    questionnaire: Questionnaire
    sheets: tuple[AnswerSheet, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds on the items they share. A dimension or the whole is None where a round lacks figures."""

    overall: Change | None
    dimensions: Mapping[str, Change | None]
    items: CommonItems
    before: Score
    after: Score


def compare(
    before: AnsweredRound,
    after: AnsweredRound,
    *,
    type_id: str | None = None,
    linked: bool = False,
    reference: ReferenceSet | None = None,
) -> Comparison:
    """Compare two rounds of one team on shared items that are in scope in both.

    Weights are those of `type_id` in the later model, for both rounds. With `reference` the whole is judged
    against other teams; with `linked` respondents keep their ids between the rounds; else people differ.
    Raises NotComparable for different models or when no item is shared.
    """
    items = common_items(before.questionnaire, after.questionnaire)
    if not items.shared:
        raise NotComparable("The two rounds share no item.")
    model = reduced(after.questionnaire, items.shared)
    old_sheets = [_only(sheet, items.shared) for sheet in before.sheets]
    new_sheets = [_only(sheet, items.shared) for sheet in after.sheets]
    out = {*score(model, old_sheets).out_of_scope, *score(model, new_sheets).out_of_scope}
    old = score(model, old_sheets, type_id=type_id, leave_out=out)
    new = score(model, new_sheets, type_id=type_id, leave_out=out)
    both = [d.id for d in new.dimensions.values() if d.scored and old.dimensions[d.id].scored]
    people = (
        _overall(old, both, [s.respondent for s in old_sheets]),
        _overall(new, both, [s.respondent for s in new_sheets]),
    )
    overall = None
    if reference is not None and people[0] and people[1]:
        sizes = len(people[0]), len(people[1])
        overall = against_reference(
            mean_of(list(people[0].values())), mean_of(list(people[1].values())), reference, sizes
        )
    elif both:
        overall = _change(*people, linked)
    dimensions = {
        key: _change(old.dimensions[key].respondent_means, new.dimensions[key].respondent_means, linked)
        if key in both
        else None
        for key in new.dimensions
    }
    return Comparison(overall, dimensions, items, old, new)


def _only(sheet: AnswerSheet, item_ids: Collection[str]) -> AnswerSheet:
    return replace(sheet, answers={key: given for key, given in sheet.answers.items() if key in item_ids})


def _overall(result: Score, dimensions: Sequence[str], people: Sequence[str]) -> dict[str, float]:
    """Each respondent's weighted mean over the dimensions that both rounds have."""
    means = {}
    for person in people:
        parts = [
            (d.weight, d.respondent_means[person])
            for d in (result.dimensions[key] for key in dimensions)
            if person in d.respondent_means
        ]
        total = fsum(weight for weight, _ in parts)
        if total > 0:
            means[person] = fsum(weight * mean for weight, mean in parts) / total
    return means


def _change(old: Mapping[str, float], new: Mapping[str, float], linked: bool) -> Change | None:
    if linked:
        pairs = [(old[person], new[person]) for person in old if person in new]
        return same_people(pairs) if len(pairs) >= 2 else None
    if min(len(old), len(new)) < 2:
        return None
    return different_people(list(old.values()), list(new.values()))
