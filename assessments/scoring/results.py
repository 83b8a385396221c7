"""What scoring says: frozen values for an item, a dimension and the whole. Undefined is None, never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessments.agreement import GAP_FLAG, Interval, Reading
from assessments.questionnaire import Value

Kind = Literal["nobody", "single view", "two views", "team", "confirmed"]
Flag = Literal["low visibility", "scope disagreement"]
Band = Literal["Ad hoc", "Repeatable", "Defined", "Managed", "Optimising"]
HoldBackRule = Literal["share", "key", "floor"]


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item over all valid sheets.

    `answered_level` is the low median of the answers; `agreed_level` was set after a talk and replaces it
    in `level`, which staged level and roadmap use. An item out of scope has neither answers nor level.
    """

    id: str
    dimension: str
    n: int
    mean: float | None
    answered_level: int | None
    agreed_level: int | None
    in_scope: bool
    r_wg: float | None = None
    ad_m: float | None = None
    ad_md: float | None = None
    reading: Reading | None = None
    flags: tuple[Flag, ...] = ()
    dont_know: int = 0
    not_applicable: int = 0
    counts: tuple[tuple[Value, int], ...] = ()

    @property
    def level(self) -> int | None:
        """The level to start from: the agreed one if there is one, else the answered one."""
        return self.answered_level if self.agreed_level is None else self.agreed_level

    @property
    def scored(self) -> bool:
        """In scope and with at least one answer."""
        return self.in_scope and self.n > 0


@dataclass(frozen=True, slots=True)
class HoldBack:
    """An item that keeps its dimension from the next level, and by which of the three rules.

    share: fewer than 80 % of the items are there; key: a key item is not; floor: more than one level below.
    """

    item: str
    level: int
    next_level: int
    rules: tuple[HoldBackRule, ...]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension. `index` and all that follows from it are None unless the dimension is scored."""

    id: str
    weight: float
    scored: bool
    index: float | None
    staged: int | None
    target: int | None
    items_scored: int
    items_in_scope: int
    out_of_scope: tuple[str, ...] = ()
    r_wg_j: float | None = None
    ad_m: float | None = None
    perspective_gap: float | None = None
    dont_know: int = 0
    interval: Interval | None = None
    respondent_means: Mapping[str, float] = field(default_factory=dict)
    holding_back: tuple[HoldBack, ...] = ()
    why_not_scored: str | None = None

    @property
    def gap(self) -> float | None:
        """Target minus index, unclipped: negative means above target."""
        return None if self.index is None or self.target is None else self.target - self.index

    @property
    def band(self) -> Band | None:
        """The word for the index of a levels model."""
        return None if self.index is None or self.staged is None else band(self.index)

    @property
    def perspectives_differ(self) -> bool:
        """Whether office and users are at least one level apart."""
        return self.perspective_gap is not None and abs(self.perspective_gap) >= GAP_FLAG


@dataclass(frozen=True, slots=True)
class Score:
    """The whole: what a round says about a team.

    `answered` counts all submitted sheets, `valid` those that enter the statistics. `nodes` holds every
    group's value of a points model, and `total` the whole.
    """

    model: str
    version: int
    index: float | None
    percent: float | None
    staged: int | None
    published: bool
    kind: Kind
    items: Mapping[str, ItemScore]
    dimensions: Mapping[str, DimensionScore]
    answered: int
    valid: tuple[str, ...]
    invited: int | None = None
    weight_share: float = 0.0
    interval: Interval | None = None
    respondent_means: Mapping[str, float] = field(default_factory=dict)
    nodes: Mapping[str, float | None] = field(default_factory=dict)
    total: float | None = None

    @property
    def partial(self) -> bool:
        """There is an index, but too little of the model is scored to publish it as the whole."""
        return self.index is not None and not self.published

    @property
    def band(self) -> Band | None:
        """The word for the index of a levels model; it is an index band, never a level reached."""
        return None if self.index is None or self.percent is None else band(self.index)

    @property
    def spread(self) -> tuple[float, float] | None:
        """Lowest and highest respondent mean: shown instead of an interval when everybody answered."""
        means = self.respondent_means.values()
        return (min(means), max(means)) if means else None

    @property
    def levels(self) -> dict[str, int]:
        """The level of each item that has one, by id: what a roadmap starts from."""
        return {key: item.level for key, item in self.items.items() if item.level is not None}

    @property
    def out_of_scope(self) -> tuple[str, ...]:
        """Ids of the items that are out of scope for this team."""
        return tuple(key for key, item in self.items.items() if not item.in_scope)

    @property
    def to_talk_about(self) -> tuple[ItemScore, ...]:
        """The items whose answers are too far apart to be averaged away."""
        return tuple(item for item in self.items.values() if item.reading == "talk about it")

    @property
    def by_staged_level(self) -> dict[int, tuple[str, ...]]:
        """Dimension ids by the level they reached, highest level first."""
        reached = sorted({d.staged for d in self.dimensions.values() if d.staged is not None}, reverse=True)
        return {k: tuple(d.id for d in self.dimensions.values() if d.staged == k) for k in reached}


def band(index: float) -> Band:
    """The word for an index: below 1.5 Ad hoc, 2.5 Repeatable, 3.5 Defined, 4.5 Managed, else Optimising."""
    if index < 1.5:
        return "Ad hoc"
    if index < 2.5:
        return "Repeatable"
    if index < 3.5:
        return "Defined"
    return "Managed" if index < 4.5 else "Optimising"
