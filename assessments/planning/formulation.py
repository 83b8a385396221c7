"""The planning problem as columns and rows of whole-number programming. No solver here.

Column (a, t) is 1 when action a is placed in quarter t or before. Needs then are plain rows: an action
done by t needs its needs done by t, or by t - 1 when the chain between them is longer than a quarter
(so no weeks are needed as columns). Three things make the proof fast, and none of them changes the plan:

- Mixes: actions of equal effort are exchangeable in a quarter's capacity, so the few largest mixes of
  efforts that fit a quarter describe exactly what it can hold (see `mixes`).
- Order: an action that is nowhere worse than another comes no later (see `preferences`).
- Columns for quarters that an action cannot reach are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.planning.mixes import Mixes, mixes
from assessments.planning.plans import Quarters
from assessments.planning.preferences import preferences
from assessments.planning.problem import PlanProblem

INFINITY = math.inf

Terms = dict[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """lower <= sum of coefficient x column <= upper."""

    terms: Terms
    lower: float
    upper: float


@dataclass
class Formulation:
    """Columns, rows and objectives of one problem. Efforts and capacities are scaled to whole numbers."""

    problem: PlanProblem
    quick_win: bool
    efforts: dict[str, int]
    capacity: list[int]
    first: dict[str, int]
    scale: int = 1
    column: dict[tuple[str, int], int] = field(default_factory=dict)
    columns: int = 0
    whole: list[bool] = field(default_factory=list)
    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    blends: list[tuple[int, Mixes]] = field(default_factory=list)

    @classmethod
    def of(cls, problem: PlanProblem, *, quick_win: bool) -> Formulation:
        """The formulation of a checked problem; `quick_win` says whether that rule is kept."""
        days = [*(c.effort for c in problem.by_id.values()), *problem.capacity, *problem.role_limits.values()]
        scale = math.lcm(1, *(Fraction(d).denominator for d in days))
        efforts = {c.id: int(c.effort * scale) for c in problem.by_id.values()}
        capacity = [int(d * scale) for d in problem.capacity]
        made = cls(problem, quick_win, efforts, capacity, _first_quarters(problem), scale=scale)
        made._add_columns()
        made._add_needs()
        made._add_limits()
        made._add_order()
        made._add_pins()
        return made

    @property
    def horizon(self) -> int:
        """The number of quarters."""
        return self.problem.horizon

    @property
    def ids(self) -> tuple[str, ...]:
        """The actions that can be placed at all, in ascending order."""
        return tuple(self.first)

    def quarters_in(self, solution: list[int]) -> dict[str, int]:
        """The quarter of each chosen action in a solution of whole numbers."""
        found = {}
        for name, first in self.first.items():
            done = [t for t in range(first, self.horizon + 1) if solution[self.column[name, t]]]
            if done:
                found[name] = done[0]
        return found

    def solution_of(self, quarters: Quarters) -> list[int]:
        """The column values of a plan, for a solver to begin with."""
        solution = [0] * self.columns
        for (name, t), at in self.column.items():
            solution[at] = int(quarters.get(name, self.horizon + 1) <= t)
        for quarter, blend in self.blends:
            here = [self.efforts[name] for name, q in quarters.items() if q == quarter]
            mix = blend.holding(here)
            if mix is not None:
                solution[blend.columns[mix]] = 1
        return solution

    def value_terms(self) -> Terms:
        """Sum of values and of points for staying, to be made large."""
        by_id, bonus = self.problem.by_id, self.problem.keep_points
        terms = {self.column[name, self.horizon]: by_id[name].value for name in self.ids if by_id[name].value}
        for name, quarter in self.problem.staying.items() if bonus else ():
            if (name, quarter) in self.column:
                for at, weight in self._in_quarter(name, quarter, bonus).items():
                    terms[at] = terms.get(at, 0) + weight
        return terms

    def effort_terms(self) -> Terms:
        """Sum of scaled efforts, to be made small."""
        return {self.column[name, self.horizon]: self.efforts[name] for name in self.ids}

    def earliness_terms(self) -> Terms:
        """Sum of value x quarter, to be made small."""
        terms: Terms = {}
        for name in self.ids:
            value = self.problem.by_id[name].value
            for t in range(self.first[name], self.horizon + 1):
                factor = self.horizon if t == self.horizon else -1
                if value and factor:
                    terms[self.column[name, t]] = value * factor
        return terms

    def place_terms(self, name: str, weight: int) -> Terms:
        """-weight for every quarter by whose end the action is done: smaller is earlier."""
        return {self.column[name, t]: -weight for t in range(self.first[name], self.horizon + 1)}

    def _new_column(self, *, whole: bool) -> int:
        self.whole.append(whole)
        self.lower.append(0)
        self.upper.append(1)
        self.columns += 1
        return self.columns - 1

    def _add_columns(self) -> None:
        for name, first in self.first.items():
            for t in range(first, self.horizon + 1):
                self.column[name, t] = self._new_column(whole=True)

    def _no_more_than(self, name: str, t: int, other: str, by: int) -> None:
        """Done by t only if the other is done by `by`."""
        mine, theirs = self.column.get((name, t)), self.column.get((other, by))
        if mine is None:
            return
        if theirs is None:
            self.upper[mine] = 0
        else:
            self.rows.append(Row({mine: 1, theirs: -1}, -INFINITY, 0))

    def _add_needs(self) -> None:
        for name, first in self.first.items():
            for t in range(first + 1, self.horizon + 1):
                self._no_more_than(name, t - 1, name, t)
            for other, lag in self._direct_lags(name):
                for t in range(first, self.horizon + 1):
                    self._no_more_than(name, t, other, t - lag)

    def _direct_lags(self, name: str) -> Iterable[tuple[str, int]]:
        """Ancestors whose order is not already implied by those between, with the lag in quarters."""
        chains = self.problem.chains
        ancestors = chains.longest[name].keys() - {name}
        for other in sorted(ancestors):
            lag = chains.lag(other, name)
            if not lag:
                if other in self.problem.by_id[name].needs:
                    yield other, 0
                continue
            between = (m for m in ancestors if m != other and other in chains.longest[m])
            if not any(chains.lag(m, name) or chains.lag(other, m) for m in between):
                yield other, 1

    def _in_quarter(self, name: str, quarter: int, weight: int) -> Terms:
        terms = {self.column[name, quarter]: weight}
        before = self.column.get((name, quarter - 1))
        if before is not None:
            terms[before] = -weight
        return terms

    def _add_limits(self) -> None:
        known: dict[tuple[object, ...], Mixes | None] = {}
        for quarter, capacity in enumerate(self.capacity, 1):
            here = [name for name in self.ids if self.first[name] <= quarter]
            for name in here:
                if self.efforts[name] > capacity:
                    self.rows.append(Row(self._in_quarter(name, quarter, 1), -INFINITY, 0))
            fitting = [name for name in here if self.efforts[name] <= capacity]
            self._add_sum(fitting, quarter, self.efforts, capacity)
            self._add_sum(fitting, quarter, dict.fromkeys(fitting, 1), self.problem.wip)
            for limit in self.problem.shared_limits:
                sharing = [name for name in fitting if name in limit.load]
                unit = self.scale if limit.kind == "role" else 1
                self._add_sum(sharing, quarter, {n: int(limit.load[n] * unit) for n in sharing}, int(limit.most * unit))
            efforts = tuple(sorted(self.efforts[name] for name in fitting))
            if (efforts, capacity) not in known:
                known[efforts, capacity] = mixes(efforts, capacity, self.problem.wip)
            found = known[efforts, capacity]
            if found is not None:
                self._add_mixes(fitting, quarter, found)
        wins = [self.column[name, 1] for name in self.problem.quick_wins if (name, 1) in self.column]
        if self.quick_win and wins:
            self.rows.append(Row(dict.fromkeys(wins, 1), 1, INFINITY))

    def _add_sum(self, names: list[str], quarter: int, weights: dict[str, int], most: int) -> None:
        terms: Terms = {}
        for name in names:
            terms |= self._in_quarter(name, quarter, weights[name])
        if sum(weights[name] for name in names) > most:
            self.rows.append(Row(terms, -INFINITY, most))

    def _add_mixes(self, names: list[str], quarter: int, found: Mixes) -> None:
        blend = found.with_columns([self._new_column(whole=False) for _ in found.counts])
        self.blends.append((quarter, blend))
        self.rows.append(Row(dict.fromkeys(blend.columns, 1), -INFINITY, 1))
        for at, effort in enumerate(blend.efforts):
            terms: Terms = {}
            for name in names:
                if self.efforts[name] == effort:
                    terms |= self._in_quarter(name, quarter, 1)
            terms |= {c: -mix[at] for c, mix in zip(blend.columns, blend.counts, strict=True) if mix[at]}
            self.rows.append(Row(terms, -INFINITY, 0))

    def _add_order(self) -> None:
        for better, worse, always in preferences(self.problem, self.ids, self.efforts):
            for t in range(1 if always else self.horizon, self.horizon + 1):
                self._no_more_than(worse, t, better, t)

    def _add_pins(self) -> None:
        for name, quarter in self.problem.pinned.items():
            for t in range(1, self.horizon + 1):
                at = self.column.get((name, t))
                if at is not None:
                    self.lower[at] = int(t >= quarter)
                    self.upper[at] = min(self.upper[at], int(t >= quarter))


def _first_quarters(problem: PlanProblem) -> dict[str, int]:
    """The first quarter of each action that can be placed and may pay, in ascending order of id.

    Out stay the banned, those longer than the horizon or larger than a shared limit, those with more effort than any quarter left to
    them, all that need one of these, and those without value that nothing in the rest needs.
    """
    chains = problem.chains
    first: dict[str, int] = {}
    for name in chains.order:
        candidate, begin = problem.by_id[name], chains.earliest_quarter(name)
        barred = name in problem.banned or not problem.fits_alone(name)
        if barred or begin is None or any(need not in first for need in candidate.needs):
            continue
        earlier = [first[p] + chains.lag(p, name) for p in chains.longest[name] if p != name]
        begin = max([begin, *earlier])
        while begin <= problem.horizon and problem.capacity[begin - 1] < candidate.effort:
            begin += 1
        if begin <= problem.horizon and problem.wip > 0:
            first[name] = begin
    for name in reversed(chains.order):
        useful = problem.by_id[name].value > 0 or name in problem.pinned
        if name in first and not useful and not any(d in first for d in chains.dependents[name]):
            del first[name]
    return dict(sorted(first.items()))
