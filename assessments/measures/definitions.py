"""What a measure is: its formula, the numbers it is made of, its usual target, and what it may not be used for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assessments.arithmetic import names_in

Good = Literal["up", "down", "context"]


@dataclass(frozen=True, slots=True)
class Input:
    """A raw number behind a measure. `part_of` names the input it cannot exceed; a `whole` number counts things."""

    id: str
    name: str
    part_of: str = ""
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """A condition on the inputs, and the sentence for numbers that break it."""

    holds: str
    otherwise: str


@dataclass(frozen=True)
class Kpi:
    """A measure with its formula in words and as arithmetic over its inputs.

    `good` says which way is better, or that only the context tells. `cases` is the formula of n, '' where nothing is
    counted. `slack` is how far below the target still counts as close, in the unit of the measure. With `adds_up` the
    figure of several teams is worked out from the sums of their inputs; medians do not add up.
    """

    id: str
    name: str
    meaning: str
    formula: str
    unit: str
    good: Good
    inputs: tuple[Input, ...] = ()
    compute: str = ""
    cases: str = ""
    bounds: tuple[Bound, ...] = ()
    target: float | None = None
    slack: float = 0.0
    cadence: str = "quarter"
    supplier: str = ""
    cautions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    adds_up: bool = True
    is_starter: bool = False
    subject: str = ""

    @property
    def places(self) -> int:
        """Decimals to show: ratios two, the rest one at most."""
        return 2 if self.unit in ("ratio", "count per project") else 0 if self.unit in ("count", "money") else 1

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of its inputs that the formula needs; the others say more about the figure and may be left out."""
        return names_in(self.compute) | (names_in(self.cases) if self.cases else frozenset())
