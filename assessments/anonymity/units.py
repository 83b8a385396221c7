"""The tree of units: organisation, programme, team. Who belongs where is frozen when a round opens (R2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assessments.errors import NotOneTree

Kind = Literal["organisation", "programme", "team"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit and the unit it is part of; the root has none. `type_id` gives a team its weights and targets."""

    id: str
    title: str
    kind: Kind
    parent: str | None = None
    type_id: str | None = None


@dataclass(frozen=True)
class UnitTree:
    """All units of a round, the root first. A round of one team is a tree of that team alone.

    Raises NotOneTree for two roots, a parent that is missing or comes later, or a unit that is there twice.
    """

    units: Sequence[Unit]

    def __post_init__(self) -> None:
        known: set[str] = set()
        for place, unit in enumerate(self.units):
            if unit.id in known:
                raise NotOneTree(f"{unit.title} stands in the tree twice; a unit is part of one other unit.")
            if (unit.parent is None) != (place == 0) or (unit.parent is not None and unit.parent not in known):
                raise NotOneTree(f"{unit.title} is not below a unit of this tree.")
            known.add(unit.id)
        if not known:
            raise NotOneTree("A round needs at least one unit.")

    @property
    def root(self) -> Unit:
        """The whole."""
        return self.units[0]

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """The units by their ids."""
        return {unit.id: unit for unit in self.units}

    def way_up(self, unit_id: str) -> tuple[str, ...]:
        """A unit and all it is part of, the root last: team, programme, organisation."""
        found: list[str] = []
        at: str | None = unit_id
        while at is not None:
            found.append(at)
            at = self.by_id[at].parent
        return tuple(found)
