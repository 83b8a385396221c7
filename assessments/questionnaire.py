"""What a maturity model is: questionnaire, dimensions, items, choices, PMO types and their rules.

Values only. `reading.py` makes them from content/questionnaires; `scoring.py` uses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from assessments.errors import UnknownItem, UnknownType

Value = int | float
Scale = Literal["levels", "points"]
Rollup = Literal["mean", "sum", "min"]
Size = Literal["S", "M", "L"]


@dataclass(frozen=True, slots=True)
class LevelName:
    """One step of the scale of a levels model."""

    value: int
    name: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One statement a respondent may choose; an answer carries its value."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its choices, in ascending order of value for levels models.

    `not_applicable` holds the reasons offered (NA1 ...); empty means that N/A is not offered.
    """

    id: str
    title: str
    question: str
    choices: tuple[Choice, ...]
    key: bool = False
    size: Size = "M"
    weight: float = 1.0
    version: int = 1
    not_applicable: tuple[str, ...] = ()
    evidence: str = ""

    @property
    def values(self) -> tuple[Value, ...]:
        """The values an answer may carry."""
        return tuple(choice.value for choice in self.choices)

    def choice(self, value: Value) -> Choice | None:
        """The choice with this value, or None."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A group of items, or of further groups; a top-level group is a dimension of the model."""

    id: str
    title: str
    items: tuple[Item, ...] = ()
    groups: tuple[Dimension, ...] = ()
    weight: float = 1.0
    rollup: Rollup = "mean"
    about: str = ""

    def all_items(self) -> Iterator[Item]:
        """Every item at or below this group, in order."""
        yield from self.items
        for group in self.groups:
            yield from group.all_items()

    def all_groups(self) -> Iterator[Dimension]:
        """This group and every group below it, parents first."""
        yield self
        for group in self.groups:
            yield from group.all_groups()


@dataclass(frozen=True, slots=True)
class PmoType:
    """A type of office with its weight and target per dimension id, and the reason for each target."""

    id: str
    name: str
    weights: Mapping[str, float]
    targets: Mapping[str, int]
    summary: str = ""
    chooses_when: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """Minimum numbers of a model (domain 3.2); shares are exact fractions and compare without rounding."""

    min_items: int = 3
    min_share: Fraction = Fraction(3, 5)
    min_dimensions: int = 6
    min_weight: Fraction = Fraction(3, 4)


@dataclass(frozen=True)
class Questionnaire:
    """A maturity model: its scale, its dimensions in order, its PMO types and its rules."""

    id: str
    title: str
    version: int
    dimensions: tuple[Dimension, ...]
    scale: Scale = "levels"
    rollup: Rollup = "mean"
    rules: Rules = field(default_factory=Rules)
    levels: tuple[LevelName, ...] = ()
    types: Mapping[str, PmoType] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    answering_rule: str = ""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in the order they are asked."""
        return tuple(item for dimension in self.dimensions for item in dimension.all_items())

    @cached_property
    def _by_item(self) -> dict[str, tuple[Item, Dimension]]:
        return {item.id: (item, dimension) for dimension in self.dimensions for item in dimension.all_items()}

    @cached_property
    def top_level(self) -> int:
        """The highest level of a levels model: 5 for the shipped one."""
        return int(max(value for item in self.items for value in item.values))

    def has(self, item_id: str) -> bool:
        """Whether the model has this item."""
        return item_id in self._by_item

    def item(self, item_id: str) -> Item:
        """The item with this id; UnknownItem if there is none."""
        return self._find(item_id)[0]

    def dimension_of(self, item_id: str) -> Dimension:
        """The top-level dimension that holds this item; UnknownItem if there is none."""
        return self._find(item_id)[1]

    def dimension(self, dimension_id: str) -> Dimension:
        """The top-level dimension with this id; UnknownItem if there is none."""
        for dimension in self.dimensions:
            if dimension.id == dimension_id:
                return dimension
        raise UnknownItem(f"The model {self.id} has no dimension {dimension_id}.")

    def type(self, type_id: str) -> PmoType:
        """The PMO type with this id; UnknownType if there is none."""
        if type_id not in self.types:
            known = ", ".join(self.types) or "none"
            raise UnknownType(f"The model {self.id} has no type {type_id}. It has: {known}.")
        return self.types[type_id]

    def weights(self, type_id: str | None = None) -> dict[str, float]:
        """Weight W_d per dimension id: the type's, else the dimension's own."""
        own = {dimension.id: dimension.weight for dimension in self.dimensions}
        return own if type_id is None else {d: self.type(type_id).weights.get(d, w) for d, w in own.items()}

    def targets(
        self, type_id: str | None = None, overrides: Mapping[str, int] | None = None
    ) -> dict[str, int]:
        """Target level per dimension id: the override, else the type's; those with neither are left out."""
        chosen = dict(self.type(type_id).targets) if type_id is not None else {}
        chosen.update(overrides or {})
        return {dimension.id: chosen[dimension.id] for dimension in self.dimensions if dimension.id in chosen}

    def in_scope(self, dimension_id: str, out_of_scope: frozenset[str] | set[str]) -> tuple[Item, ...]:
        """Items of a dimension that are in scope; len() of it is the n of the weight share."""
        return tuple(i for i in self.dimension(dimension_id).all_items() if i.id not in out_of_scope)

    def _find(self, item_id: str) -> tuple[Item, Dimension]:
        if item_id not in self._by_item:
            raise UnknownItem(f"The model {self.id} has no item {item_id}.")
        return self._by_item[item_id]
