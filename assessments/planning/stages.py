"""The four stages of the search for the best plan (domain 5.5), each built on the result of the one before."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessments.errors import InvalidProblem
from assessments.planning.checks import violations
from assessments.planning.explanations import empty_reason, left_out, planned_actions
from assessments.planning.formulation import INFINITY, Formulation, Row, Terms
from assessments.planning.greedy import greedy_plan
from assessments.planning.plans import Quarters, Roadmap, kept, score, totals
from assessments.planning.problem import PlanProblem
from assessments.planning.programme import Answer, Programme, Solver
from assessments.planning.rounding import first_plan

SURE = 0.01
MOST_WEIGHT = 1_000_000
MOST_TIES = 5
LARGE = 300
NEAR = 0.003
RELAXED_SECONDS = 0.5


@dataclass
class Search:
    """One run through the stages. `best` is the best plan so far, `stages` how many are proven."""

    problem: PlanProblem
    solver: Solver
    deadline: float
    best: dict[str, int] = field(default_factory=dict)
    bound: int = 0
    stages: int = 0
    quick_win: bool = False
    notes: list[str] = field(default_factory=list)
    form: Formulation = field(init=False)
    lower: list[int] = field(init=False)
    upper: list[int] = field(init=False)
    rows: list[Row] = field(default_factory=list)

    def run(self) -> Roadmap:
        """Prove stage after stage until all four are done or the time is over; the best plan found."""
        self._begin(self.problem.quick_win and bool(self.problem.quick_wins))
        if self.form.columns == 0:
            self.stages = 4
        elif self._most_value():
            self._earliest_and_least()
        return self._roadmap()

    def _roadmap(self) -> Roadmap:
        problem = self.problem
        if problem.quick_win and not problem.quick_wins and self.best:
            self.notes.append("No action is small enough for a quick win in quarter 1.")
        return Roadmap(
            status="optimal" if self.stages else "feasible",
            bound=self.bound,
            totals=totals(problem, self.best),
            greedy=totals(problem, greedy_plan(problem, quick_win=self.quick_win)),
            plan=planned_actions(problem, self.best),
            left_out=left_out(problem, self.best),
            complete=self.stages == 4,
            reason=None if self.best else empty_reason(problem),
            notes=tuple(self.notes),
            score=score(problem, self.best),
            kept=kept(problem, self.best),
        )

    def _begin(self, quick_win: bool) -> None:
        self.quick_win = quick_win
        self.form = Formulation.of(self.problem, quick_win=quick_win)
        self.lower, self.upper = list(self.form.lower), list(self.form.upper)

    def _most_value(self) -> bool:
        """Stage 1. Leaves a plan in `best` and its bound; whether the plan is proven to be the best."""
        terms = self.form.value_terms()
        relaxed = self._relaxed(terms, most=True)
        if not relaxed.impossible:
            last = {name: self.form.column[name, self.form.horizon] for name in self.form.ids}
            shares = {name: relaxed.values[at] if relaxed.values else 0.0 for name, at in last.items()}
            self._take(first_plan(self.problem, shares, quick_win=self.quick_win))
        found = relaxed if relaxed.impossible else self._solve(terms, most=True)
        if found.impossible:
            self._drop_quick_win()
            return self._most_value()
        self._take_solution(found, terms, most=True)
        if violations(self.problem, self.best, quick_win=self.quick_win):
            raise InvalidProblem(["No allowed plan was found in the time given; allow more time."])
        value = score(self.problem, self.best)
        bounds = [math.floor(a.bound + SURE) for a in (relaxed, found) if math.isfinite(a.bound)]
        self.bound = max(value, min(bounds, default=self._most_possible()))
        self.stages = int(found.proven and self.bound == value)
        return self.stages == 1

    def _most_possible(self) -> int:
        """Every point there is, and every action where it was."""
        problem = self.problem
        return sum(c.value for c in problem.candidates) + problem.keep_points * len(problem.staying)

    def _drop_quick_win(self) -> None:
        if not self.quick_win:
            raise InvalidProblem(["The pinned actions leave no allowed plan; move or release one."])
        self.notes.append("The pinned actions leave no room for a quick win, so that rule was dropped.")
        self._begin(quick_win=False)

    def _earliest_and_least(self) -> None:
        """Stages 2 to 4."""
        self._keep(self.form.value_terms(), most=True)
        terms = self.form.earliness_terms()
        if len(self.form.column) > LARGE and self._take_solution(self._solve(terms, gap=NEAR), terms):
            self._narrow(terms)
        if not self._least(terms):
            return
        self._keep(terms)
        if len(self.form.column) > LARGE:
            self._narrow(terms)
        if self._least(self.form.effort_terms()):
            self.rows.append(self._same(self.form.effort_terms()))
            self.stages += self._settle_ties()

    def _least(self, terms: Terms) -> bool:
        """The smallest sum of terms among the plans that are left; whether it is proven."""
        found = self._solve(terms)
        proven = self._take_solution(found, terms) and found.proven
        self.stages += proven
        return proven

    def _settle_ties(self) -> bool:
        """Stage 4: by ascending id, each action as early as those before allow.

        Mostly few plans tie, so they are looked for one by one; if there are many, blocks of actions are
        settled at a time.
        """
        if self._try_all_ties():
            return True
        for block in self._blocks():
            terms: Terms = {}
            weight = 1
            for name in reversed(block):
                terms |= self.form.place_terms(name, weight)
                weight *= self.form.horizon + 1
            found = self._solve(terms)
            if not self._take_solution(found, terms) or not found.proven:
                return False
            for name in block:
                self._fix(name)
        return True

    def _try_all_ties(self) -> bool:
        """Compare the plans that tie; whether all of them were found."""
        rows, best, terms = list(self.rows), self.best, self.form.earliness_terms()
        exhausted = False
        for _ in range(MOST_TIES):
            self.rows.append(self._unlike(self.best))
            found = self._solve(terms)
            exhausted = found.impossible
            if exhausted or not self._take_solution(found, terms):
                break
            best = min(best, self.best, key=self._order)
        self.rows, self.best = rows, best
        return exhausted

    def _order(self, quarters: Quarters) -> list[int]:
        return [quarters.get(name, self.form.horizon + 1) for name in self.form.ids]

    def _unlike(self, quarters: Quarters) -> Row:
        """At least one action is elsewhere than in this plan."""
        solution = self.form.solution_of(quarters)
        columns = list(self.form.column.values())
        ones = sum(solution[at] for at in columns)
        return Row({at: -1 if solution[at] else 1 for at in columns}, 1 - ones, INFINITY)

    def _blocks(self) -> Iterator[list[str]]:
        """Ids in ascending order, without those that cannot be earlier than they are."""
        block: list[str] = []
        for name in self.form.ids:
            if not block and self._is_earliest(name):
                self._fix(name)
                continue
            block.append(name)
            if (self.form.horizon + 1) ** (len(block) + 1) > MOST_WEIGHT:
                yield block
                block = []
        if block:
            yield block

    def _columns_of(self, name: str) -> Iterator[tuple[int, int]]:
        for t in range(self.form.first[name], self.form.horizon + 1):
            yield t, self.form.column[name, t]

    def _is_earliest(self, name: str) -> bool:
        quarter = self.best.get(name, self.form.horizon + 1)
        return not any(self.upper[at] for t, at in self._columns_of(name) if t < quarter)

    def _fix(self, name: str) -> None:
        quarter = self.best.get(name, self.form.horizon + 1)
        for t, at in self._columns_of(name):
            self.lower[at] = self.upper[at] = int(t >= quarter)

    def _sum(self, terms: Terms, quarters: Quarters) -> int:
        solution = self.form.solution_of(quarters)
        return sum(factor * solution[at] for at, factor in terms.items())

    def _same(self, terms: Terms) -> Row:
        """The row that keeps this sum as it is in the best plan."""
        reached = self._sum(terms, self.best)
        return Row(terms, reached - 0.5, reached + 0.5)

    def _keep(self, terms: Terms, *, most: bool = False) -> None:
        """Keep a sum as good as it is from now on, and fix the columns that this decides.

        A column is decided when its other value cannot reach the sum, by the reduced costs of the relaxed
        problem.
        """
        relaxed = self._relaxed(terms, most=most)
        sign = 1 if most else -1
        slack = sign * (relaxed.bound - self._sum(terms, self.best)) + SURE
        for at in self.form.column.values() if relaxed.costs else ():
            loss = -sign * relaxed.costs[at]
            if loss > slack and relaxed.values[at] < SURE:
                self.upper[at] = self.lower[at]
            elif -loss > slack and relaxed.values[at] > 1 - SURE:
                self.lower[at] = self.upper[at]
        self.rows.append(self._same(terms))

    def _narrow(self, terms: Terms) -> None:
        """Fix the columns that any plan as good as the best one so far shares with it, tried one by one."""
        plan = self.form.solution_of(self.best)
        no_worse = Row(terms, -INFINITY, self._sum(terms, self.best) + 0.5)
        programme = Programme(self.lower, self.upper, [*self.form.rows, *self.rows, no_worse], {})
        for at in self.solver.impossible_changes(programme, plan, self._seconds()):
            self.lower[at] = self.upper[at] = plan[at]

    def _take(self, quarters: dict[str, int]) -> None:
        """Keep a plan that was made by rule of thumb if it is allowed and better."""
        if violations(self.problem, quarters, quick_win=self.quick_win):
            return
        allowed = not violations(self.problem, self.best, quick_win=self.quick_win)
        if not allowed or score(self.problem, quarters) > score(self.problem, self.best):
            self.best = quarters

    def _take_solution(self, found: Answer, terms: Terms, *, most: bool = False) -> bool:
        """Whether whole numbers confirm the solver's plan; it is kept unless it is worse than the best."""
        if not found.solution:
            return False
        quarters = self.form.quarters_in(found.solution)
        if violations(self.problem, quarters, quick_win=self.quick_win):
            return False
        solution = self.form.solution_of(quarters)
        for row in self.rows:
            if not row.lower <= sum(f * solution[at] for at, f in row.terms.items()) <= row.upper:
                return False
        gain = self._sum(terms, quarters) - self._sum(terms, self.best)
        worse = gain < 0 if most else gain > 0
        if not worse or violations(self.problem, self.best, quick_win=self.quick_win):
            self.best = quarters
        return True

    def _relaxed(self, terms: Terms, *, most: bool) -> Answer:
        rows = [*self.form.rows, *self.rows]
        seconds = max(self._seconds(), RELAXED_SECONDS)
        return self.solver.solve(Programme(self.lower, self.upper, rows, terms, most), seconds)

    def _solve(self, terms: Terms, *, most: bool = False, gap: float = 0.0) -> Answer:
        rows = [*self.form.rows, *self.rows]
        start = self.form.solution_of(self.best) if self.best else []
        programme = Programme(self.lower, self.upper, rows, terms, most, self.form.whole, start, gap)
        return self.solver.solve(programme, self._seconds())

    def _seconds(self) -> float:
        return max(self.deadline - time.monotonic(), 0.02)
