"""Roll-up of a points model: a node is the mean, sum or minimum of those children that have a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from assessments.questionnaire import Dimension, Questionnaire, Rollup


def roll_up(children: Sequence[tuple[float, float | None]], rollup: Rollup) -> float | None:
    """Roll (weight, value) pairs up; None when no child has a value.

    (1, 2.0), (3, 4.0), (1, None): mean 3.5, sum 14.0, min 2.0. Weights play no part in min.
    """
    present = [(weight, value) for weight, value in children if value is not None]
    if not present:
        return None
    if rollup == "min":
        return min(value for _, value in present)
    total = fsum(weight * value for weight, value in present)
    return total if rollup == "sum" else total / fsum(weight for weight, _ in present)


def node_values(
    questionnaire: Questionnaire, means: Mapping[str, float | None]
) -> tuple[dict[str, float | None], float | None]:
    """The value of every group by id, in file order, and of the whole, from the means of the items."""
    nodes: dict[str, float | None] = {}

    def value(group: Dimension) -> float | None:
        nodes[group.id] = None  # keeps parents before their children
        children = [(item.weight, means.get(item.id)) for item in group.items]
        children += [(child.weight, value(child)) for child in group.groups]
        nodes[group.id] = roll_up(children, group.rollup)
        return nodes[group.id]

    top = [(group.weight, value(group)) for group in questionnaire.dimensions]
    return nodes, roll_up(top, questionnaire.rollup)
