"""The optimiser: the best plan within capacity, slots, weeks and needs, with a proof and with reasons.

Four objectives in strict order (domain 5.5): most points; then earliest points (smallest sum of value x
quarter); then least effort; then, by ascending id, each action in its earliest quarter. The fourth makes
the plan unique. Each stage is one whole-number programme; its result becomes a row of the next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from assessments.errors import InvalidProblem
from assessments.planning.checks import violations
from assessments.planning.explanations import empty_reason, left_out, planned_actions
from assessments.planning.formulation import INFINITY, Formulation, Row, Terms
from assessments.planning.greedy import greedy_plan
from assessments.planning.plans import LeftOut, PlannedAction, Quarters, Roadmap, Totals, totals
from assessments.planning.problem import Candidate, PlanProblem, checked
from assessments.planning.rounding import first_plan, improved

__all__ = [
    "Candidate",
    "LeftOut",
    "PlanProblem",
    "PlannedAction",
    "Roadmap",
    "Totals",
    "next_best",
    "plan_roadmap",
]

SURE = 0.01
MOST_WEIGHT = 1_000_000
MOST_TIES = 5


def plan_roadmap(problem: PlanProblem, *, time_limit_s: float = 60.0) -> Roadmap:
    """The best plan of a problem, or the best one found in the time given, with its bound.

    Raises InvalidProblem with a sentence for everything wrong with the problem, impossible pins among
    them. The same problem gives the same plan, in whatever order its candidates are listed. MINI of
    domain 5.6 with 15 days and 2 slots a quarter gives 1118 points where the greedy planner finds 758.
    """
    search = _Search(checked(problem), time.monotonic() + time_limit_s)
    search.run()
    return search.roadmap()


def next_best(problem: PlanProblem, *, more_days: int = 5, time_limit_s: float = 60.0) -> Roadmap:
    """The best plan if every quarter had `more_days` more person-days."""
    wider = replace(problem, capacity=tuple(days + more_days for days in problem.capacity))
    return plan_roadmap(wider, time_limit_s=time_limit_s)


@dataclass
class _Search:
    """One run through the stages; `best` is the best plan so far and always an allowed one."""

    problem: PlanProblem
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

    def run(self) -> None:
        """Solve stage after stage until all four are proven or the time is over."""
        self._begin(self.problem.quick_win and bool(self.problem.quick_wins))
        if self.form.columns == 0:
            self.stages = 4
            return
        if not self._most_value():
            return
        self._add_bound(self.form.value_terms(), keep=1)
        if not self._least(self.form.earliness_terms()):
            return
        self._add_bound(self.form.earliness_terms(), keep=-1)
        if not self._least(self.form.effort_terms()):
            return
        self.rows.append(self._at_best(self.form.effort_terms()))
        self._settle_ties()

    def roadmap(self) -> Roadmap:
        """The result in words and figures."""
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
        )

    def _begin(self, quick_win: bool) -> None:
        self.quick_win = quick_win
        self.form = Formulation.of(self.problem, quick_win=quick_win)
        self.lower, self.upper = list(self.form.lower), list(self.form.upper)

    def _most_value(self) -> bool:
        """Stage 1. Leaves a plan in `best` and its bound; whether the plan is proven to be the best."""
        relaxed = _Programme(self, self.form.value_terms(), most=True, relaxed=True).solve()
        if relaxed is not None:
            shares = {n: relaxed.values[self.form.column[n, self.form.horizon]] for n in self.form.ids}
            self._take(first_plan(self.problem, shares, quick_win=self.quick_win))
        found = _Programme(self, self.form.value_terms(), most=True).solve() if relaxed else None
        if found is None and self.problem.pinned and not self._is_late():
            if not self.quick_win:
                raise InvalidProblem(["The pinned actions leave no allowed plan; move or release one."])
            self.notes.append("The pinned actions leave no room for a quick win, so that rule was dropped.")
            self._begin(quick_win=False)
            return self._most_value()
        if found is None or not self._take_solution(found):
            self._need_a_plan()
        value = totals(self.problem, self.best).value
        bounds = [int(each.bound + SURE) for each in (relaxed, found) if each and math.isfinite(each.bound)]
        self.bound = max(value, min(bounds, default=self._all_values()))
        if found is not None and found.proven and self.bound == value:
            self.stages = 1
            return True
        self._take(improved(self.problem, self.best, quick_win=self.quick_win))
        self.bound = max(self.bound, totals(self.problem, self.best).value)
        return False

    def _all_values(self) -> int:
        return sum(candidate.value for candidate in self.problem.candidates)

    def _need_a_plan(self) -> None:
        if violations(self.problem, self.best, quick_win=self.quick_win):
            raise InvalidProblem(["No allowed plan was found in the time given; allow more time."])

    def _least(self, terms: Terms) -> bool:
        """Stages 2 and 3: the smallest sum of terms among the plans that are left."""
        found = _Programme(self, terms).solve()
        if found is None or not self._take_solution(found) or not found.proven:
            return False
        self.stages += 1
        return True

    def _settle_ties(self) -> None:
        """Stage 4: by ascending id, each action as early as those before allow.

        Mostly few plans tie, so they are looked for one by one; if there are many, blocks of actions are
        settled at a time.
        """
        if self._try_all_ties():
            self.stages = 4
            return
        for block in self._blocks():
            terms: Terms = {}
            weight = 1
            for name in reversed(block):
                terms |= self.form.place_terms(name, weight)
                weight *= self.form.horizon + 1
            found = _Programme(self, terms).solve()
            if found is None or not self._take_solution(found) or not found.proven:
                return
            for name in block:
                self._fix(name)
        self.stages = 4

    def _try_all_ties(self) -> bool:
        """Compare the plans that tie; whether all of them were found."""
        rows = list(self.rows)
        best = self.best
        for _ in range(MOST_TIES):
            self.rows.append(self._unlike(self.best))
            found = _Programme(self, self.form.earliness_terms()).solve()
            if found is None:
                break
            if not self._take_solution(found):
                self.rows, self.best = rows, best
                return False
            best = min(best, self.best, key=self._order)
        exhausted = found is None and not self._is_late()
        self.rows, self.best = rows, best
        return exhausted

    def _order(self, quarters: Quarters) -> list[int]:
        return [quarters.get(name, self.form.horizon + 1) for name in self.form.ids]

    def _unlike(self, quarters: Quarters) -> Row:
        """At least one action is elsewhere than in this plan."""
        solution = self.form.solution_of(quarters)
        columns = [at for at in range(self.form.columns) if self.form.whole[at]]
        ones = sum(solution[at] for at in columns)
        return Row({at: -1 if solution[at] else 1 for at in columns}, 1 - ones, INFINITY)

    def _blocks(self) -> Iterator[list[str]]:
        """Ids in ascending order, without those that cannot be earlier than they are."""
        block: list[str] = []
        for name in self.form.ids:
            if not block and self._is_earliest(name):
                self._fix(name)
                continue
            if not self._is_fixed(name):
                block.append(name)
            if (self.form.horizon + 1) ** (len(block) + 1) > MOST_WEIGHT:
                yield block
                block = []
        if block:
            yield block

    def _columns_of(self, name: str) -> Iterator[tuple[int, int]]:
        for t in range(self.form.first[name], self.form.horizon + 1):
            yield t, self.form.column[name, t]

    def _is_fixed(self, name: str) -> bool:
        return all(self.lower[at] == self.upper[at] for _, at in self._columns_of(name))

    def _is_earliest(self, name: str) -> bool:
        quarter = self.best.get(name, self.form.horizon + 1)
        return not any(self.upper[at] for t, at in self._columns_of(name) if t < quarter)

    def _fix(self, name: str) -> None:
        quarter = self.best.get(name, self.form.horizon + 1)
        for t, at in self._columns_of(name):
            self.lower[at] = self.upper[at] = int(t >= quarter)

    def _at_best(self, terms: Terms) -> Row:
        """The row that keeps this sum as it is in the best plan."""
        solution = self.form.solution_of(self.best)
        reached = sum(factor * solution[at] for at, factor in terms.items())
        return Row(terms, reached - 0.5, reached + 0.5)

    def _add_bound(self, terms: Terms, *, keep: int) -> None:
        """Fix columns whose other value cannot reach the best sum, then keep the sum as a row.

        `keep` is 1 if the sum was to be large, -1 if small. By reduced costs of the relaxed problem.
        """
        row = self._at_best(terms)
        reached = keep * (row.lower + 0.5)
        relaxed = _Programme(self, terms, most=keep > 0, relaxed=True).solve()
        if relaxed is not None:
            slack = keep * relaxed.bound - reached + SURE
            for at in range(self.form.columns):
                loss = -keep * relaxed.costs[at]
                if self.form.whole[at] and abs(loss) > slack:
                    if loss > 0 and relaxed.values[at] < SURE:
                        self.upper[at] = self.lower[at]
                    elif loss < 0 and relaxed.values[at] > 1 - SURE:
                        self.lower[at] = self.upper[at]
        self.rows.append(row)

    def _take(self, quarters: dict[str, int]) -> None:
        """Keep a plan that was made by rule of thumb if it is allowed and better."""
        if violations(self.problem, quarters, quick_win=self.quick_win):
            return
        allowed = not violations(self.problem, self.best, quick_win=self.quick_win)
        if not allowed or totals(self.problem, quarters).value > totals(self.problem, self.best).value:
            self.best = quarters

    def _take_solution(self, found: _Found) -> bool:
        """Keep the solver's plan if whole numbers confirm it."""
        if not found.solution:
            return False
        quarters = self.form.quarters_in(found.solution)
        if violations(self.problem, quarters, quick_win=self.quick_win):
            return False
        solution = self.form.solution_of(quarters)
        for row in self.rows:
            if not row.lower <= sum(f * solution[at] for at, f in row.terms.items()) <= row.upper:
                return False
        self.best = quarters
        return True

    def _is_late(self) -> bool:
        return time.monotonic() >= self.deadline


@dataclass(frozen=True, slots=True)
class _Found:
    """An answer of the solver. `costs` are reduced costs of a relaxed programme."""

    proven: bool
    bound: float
    values: list[float]
    solution: list[int]
    costs: list[float]


@dataclass(frozen=True, slots=True)
class _Programme:
    """One programme for the solver: the rows of a search and one objective."""

    search: _Search
    terms: Terms
    most: bool = False
    relaxed: bool = False

    def solve(self) -> _Found | None:
        """The answer; None if there is no solution, or none was found in time."""
        import highspy

        engine: Any = highspy
        solver = engine.Highs()
        left = self.search.deadline - time.monotonic()
        for option, setting in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.99),
            ("mip_pool_age_limit", 10),
            ("mip_pool_soft_limit", 1000),
            ("time_limit", max(left, 0.02)),
        ):
            solver.setOptionValue(option, setting)
        solver.passModel(self._model(engine))
        best = self.search.best
        if best and not self.relaxed:
            start = engine.HighsSolution()
            start.col_value = [float(x) for x in self.search.form.solution_of(best)]
            solver.setSolution(start)
        solver.run()
        return self._read(engine, solver)

    def _read(self, engine: Any, solver: Any) -> _Found | None:
        status, details = solver.getModelStatus(), solver.getInfo()
        proven = status == engine.HighsModelStatus.kOptimal
        if not proven and status != engine.HighsModelStatus.kTimeLimit:
            return None
        if self.relaxed and not proven:
            return None
        found = solver.getSolution()
        values = list(found.col_value)
        bound = details.objective_function_value if self.relaxed else details.mip_dual_bound
        has_plan = details.primal_solution_status == engine.SolutionStatus.kSolutionStatusFeasible
        solution = [round(value) for value in values] if has_plan and not self.relaxed else []
        return _Found(proven, bound, values, solution, list(found.col_dual) if self.relaxed else [])

    def _model(self, engine: Any) -> Any:
        form, search = self.search.form, self.search
        rows = [*form.rows, *search.rows]
        model = engine.HighsLp()
        model.num_col_, model.num_row_ = form.columns, len(rows)
        cost = [0.0] * form.columns
        for at, factor in self.terms.items():
            cost[at] = float(factor)
        model.col_cost_ = cost
        model.col_lower_ = [float(x) for x in search.lower]
        model.col_upper_ = [float(x) for x in search.upper]
        model.row_lower_ = [max(row.lower, -engine.kHighsInf) for row in rows]
        model.row_upper_ = [min(row.upper, engine.kHighsInf) for row in rows]
        starts = [0]
        for row in rows:
            starts.append(starts[-1] + len(row.terms))
        model.a_matrix_.format_ = engine.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [at for row in rows for at in row.terms]
        model.a_matrix_.value_ = [float(factor) for row in rows for factor in row.terms.values()]
        if self.most:
            model.sense_ = engine.ObjSense.kMaximize
        if not self.relaxed:
            kinds = (engine.HighsVarType.kContinuous, engine.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in form.whole]
        return model
