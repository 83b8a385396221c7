"""What the stages of a search ask of a solver, and what it answers. No solver here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from assessments.planning.formulation import Row, Terms


@dataclass(frozen=True, slots=True)
class Programme:
    """Columns with bounds, rows, and a sum of terms to be made large (`most`) or small.

    `whole` says which columns take whole numbers only; empty means that none does (a relaxed problem).
    The solver begins with `start` if it is given, and may stop when its answer is within the share `gap`
    of the best.
    """

    lower: Sequence[int]
    upper: Sequence[int]
    rows: Sequence[Row]
    terms: Terms
    most: bool = False
    whole: Sequence[bool] = ()
    start: Sequence[int] = ()
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """The solver's answer: proven or not, a bound on the sum, and the columns if there is a solution.

    `impossible` means proven to have no solution. `costs` are the reduced costs of a relaxed problem.
    """

    proven: bool
    bound: float
    values: Sequence[float] = field(default_factory=list)
    costs: Sequence[float] = field(default_factory=list)
    impossible: bool = False

    @property
    def solution(self) -> list[int]:
        """The columns as whole numbers, empty if there is no solution."""
        return [round(value) for value in self.values]


class Solver(Protocol):
    """Anything that solves programmes."""

    def solve(self, programme: Programme, seconds: float) -> Answer:
        """The answer found in the time given."""

    def impossible_changes(self, programme: Programme, plan: Sequence[int], seconds: float) -> list[int]:
        """Columns of a relaxed programme that cannot differ from the plan, as far as found in the time."""
