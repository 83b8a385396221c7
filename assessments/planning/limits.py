"""Limits that some actions share in each quarter: the days of an owner role, the number in one dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Days = int | Fraction


@dataclass(frozen=True)
class SharedLimit:
    """In every quarter the `load` of the actions placed there adds up to `most` at most.

    A role counts person-days, a dimension counts actions. A PMO analyst with 10 days a quarter takes an
    action of 6 and one of 4 days beside each other, but not two of 6.
    """

    kind: Literal["role", "dimension"]
    name: str
    load: Mapping[str, Days]
    most: Days

    @property
    def words(self) -> str:
        """The limit in a sentence: 'the limit of PMO analyst', 'the limit of dimension TAL'."""
        return f"the limit of {'dimension ' if self.kind == 'dimension' else ''}{self.name}"


def members_of_groups(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Ids by group, groups in ascending order, from pairs (id, group); those with an empty group are in none."""
    found: dict[str, list[str]] = {}
    for name, group in pairs:
        if group:
            found.setdefault(group, []).append(name)
    return dict(sorted(found.items()))
