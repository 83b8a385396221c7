"""What comes out of planning: the chosen actions with their place and role, the others with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.planning.limits import Days
from assessments.planning.problem import PlanProblem

Quarters = Mapping[str, int]
Role = Literal["under way", "quick win", "enabler", "gap"]
Code = Literal[
    "BANNED", "TOO_LONG_CHAIN", "BELOW_CUT", "NEEDS", "WIP", "DIMENSION_LIMIT", "ROLE_LIMIT", "NO_CAPACITY"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a plan: points, sum of points x quarter, person-days, lift of the overall index."""

    value: int
    earliness: int
    effort: Days
    lift: Fraction


def totals(problem: PlanProblem, quarters: Quarters) -> Totals:
    """The figures of a choice of quarters."""
    chosen = [(problem.by_id[name], quarter) for name, quarter in quarters.items()]
    return Totals(
        value=sum(c.value for c, _ in chosen),
        earliness=sum(c.value * quarter for c, quarter in chosen),
        effort=sum((c.effort for c, _ in chosen), start=0),
        lift=sum((c.lift for c, _ in chosen), start=Fraction(0)),
    )


def kept(problem: PlanProblem, quarters: Quarters) -> int:
    """How many actions stay in the quarter they had in the plan before."""
    return sum(quarters.get(name) == quarter for name, quarter in problem.staying.items())


def score(problem: PlanProblem, quarters: Quarters) -> int:
    """What the first objective makes large: the points, and `keep_points` for each action that stays.

    With 25 points for staying, a plan of 1,000 points with four of six actions in their old quarter scores 1,100.
    """
    points = sum(problem.by_id[name].value for name in quarters)
    return points + problem.keep_points * kept(problem, quarters)


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One chosen action. `finish_week` counts from the plan's start; `unlocks` are chosen actions that need it."""

    action: str
    quarter: int
    finish_week: int
    value: int
    effort: Days
    role: Role
    unlocks: tuple[str, ...]

    @property
    def points_per_day(self) -> Fraction | None:
        """Value for each person-day; None for an action without effort."""
        return Fraction(self.value) / self.effort if self.effort else None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One candidate that is not in the plan, and the first reason that holds.

    `others` are the needs in the way, `quarter` and `shortfall` (person-days) where it nearly fitted.
    """

    action: str
    code: Code
    detail: str
    others: tuple[str, ...] = ()
    quarter: int | None = None
    shortfall: Days | None = None


@dataclass(frozen=True, slots=True)
class Roadmap:
    """A plan with its proof.

    `status` is optimal when no plan is worth more; else `bound` says how much more one could be worth at
    most. Where staying in the old quarters counts, `bound` is one on `score`, points and stability
    together, and `kept` says how many stay. `complete` tells whether the order, the effort and the ties were settled too. `reason` is given
    for an empty plan; `notes` are sentences for the reader.
    """

    status: Literal["optimal", "feasible"]
    bound: int
    totals: Totals
    greedy: Totals
    plan: tuple[PlannedAction, ...]
    left_out: tuple[LeftOut, ...]
    complete: bool = True
    reason: str | None = None
    notes: tuple[str, ...] = ()
    score: int = 0
    kept: int = 0

    @property
    def quarters(self) -> dict[str, int]:
        """The quarter of each chosen action."""
        return {action.action: action.quarter for action in self.plan}

    @property
    def within(self) -> Fraction:
        """How far the plan may be from the best one, as a share of the bound: 0 when proven optimal."""
        return 1 - Fraction(self.score, self.bound) if self.bound else Fraction(0)
