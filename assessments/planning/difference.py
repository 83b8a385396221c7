"""What one plan changes against another: moved, added, dropped, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["moved", "added", "dropped"]


@dataclass(frozen=True, slots=True)
class Change:
    """One action that stands elsewhere; `before` and `after` are the names of quarters, '' where it is in no quarter."""

    action: str
    kind: Kind
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Every change by kind and id, how many actions stay, and the points gained (negative: lost)."""

    changes: tuple[Change, ...]
    stay: int
    gain: int

    def count(self, kind: Kind) -> int:
        """How many actions are moved, added or dropped."""
        return sum(change.kind == kind for change in self.changes)


def difference(before: Mapping[str, str], after: Mapping[str, str], values: Mapping[str, int]) -> Difference:
    """Compare two plans given as quarter names by action; `values` holds the points of each action.

    {a: Q1, b: Q2} against {a: Q2, c: Q1} with 5, 10 and 30 points: a moves, c comes in, b goes, 20 points gained.
    """
    order: tuple[Kind, ...] = ("moved", "added", "dropped")
    changes = [
        Change(name, "moved" if name in before and name in after else "added" if name in after else "dropped", before.get(name, ""), after.get(name, ""))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    ]
    stay = sum(after.get(name) == quarter for name, quarter in before.items())
    gain = sum(values.get(name, 0) for name in after) - sum(values.get(name, 0) for name in before)
    return Difference(tuple(sorted(changes, key=lambda c: (order.index(c.kind), c.action))), stay, gain)
