"""The optimiser: the best plan within capacity, slots, weeks and needs, with a proof and with reasons.

Four objectives in strict order (domain 5.5): most points; then earliest points (smallest sum of value x
quarter); then least effort; then, by ascending id, each action in its earliest quarter. The fourth makes
the plan unique. `planning.stages` asks for one whole-number programme after the other; HiGHS, which is
known here and nowhere else in this package, solves them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessments.planning.plans import LeftOut, PlannedAction, Roadmap, Totals
from assessments.planning.problem import Candidate, PlanProblem, checked
from assessments.planning.programme import Answer, Programme
from assessments.planning.stages import Search

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


def plan_roadmap(problem: PlanProblem, *, time_limit_s: float = 60.0) -> Roadmap:
    """The best plan of a problem, or the best one found in the time given, with its bound.

    Raises InvalidProblem with a sentence for everything wrong with the problem, impossible pins among
    them. The same problem gives the same plan, in whatever order its candidates are listed. MINI of
    domain 5.6 with 15 days and 2 slots a quarter gives 1118 points where the greedy planner finds 758.
    """
    deadline = time.monotonic() + time_limit_s
    return Search(checked(problem), _Highs(), deadline).run()


def next_best(problem: PlanProblem, *, more_days: int = 5, time_limit_s: float = 60.0) -> Roadmap:
    """The best plan if every quarter had `more_days` more person-days."""
    wider = replace(problem, capacity=tuple(days + more_days for days in problem.capacity))
    return plan_roadmap(wider, time_limit_s=time_limit_s)


class _Highs:
    """HiGHS on one thread with a fixed seed, so that the same programme gives the same answer."""

    def __init__(self) -> None:
        import highspy

        self.engine: Any = highspy

    def solve(self, programme: Programme, seconds: float) -> Answer:
        """The answer found in the time given; sums are whole, so less than 1 between bound and sum is proof."""
        solver = self._loaded(programme)
        for option, setting in (
            ("mip_rel_gap", programme.gap),
            ("mip_abs_gap", 0.99),
            ("mip_pool_age_limit", 10),
            ("mip_pool_soft_limit", 1000),
            ("time_limit", seconds),
        ):
            solver.setOptionValue(option, setting)
        if programme.start:
            start = self.engine.HighsSolution()
            start.col_value = [float(x) for x in programme.start]
            solver.setSolution(start)
        solver.run()
        return self._answer(solver, relaxed=not programme.whole)

    def impossible_changes(self, programme: Programme, plan: Sequence[int], seconds: float) -> list[int]:
        """Columns whose value cannot differ from the plan's, even if fractions are allowed elsewhere.

        Each is tried once; those found stay fixed while the rest are tried.
        """
        ends = time.monotonic() + seconds
        solver = self._loaded(programme)
        solver.run()
        found = []
        for at, (lower, upper) in enumerate(zip(programme.lower, programme.upper, strict=True)):
            if time.monotonic() > ends:
                break
            if lower == upper or plan[at] not in (lower, upper):
                continue
            other = lower + upper - plan[at]
            solver.changeColBounds(at, other, other)
            solver.run()
            if solver.getModelStatus() == self.engine.HighsModelStatus.kInfeasible:
                lower = upper = plan[at]
                found.append(at)
            solver.changeColBounds(at, lower, upper)
        return found

    def _answer(self, solver: Any, *, relaxed: bool) -> Answer:
        states = self.engine.HighsModelStatus
        status, details, found = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
        if status == states.kInfeasible:
            return Answer(proven=True, bound=0.0, impossible=True)
        proven = status == states.kOptimal
        if relaxed:
            if not proven:
                return Answer(proven=False, bound=float("inf"))
            bound = details.objective_function_value
            return Answer(True, bound, list(found.col_value), list(found.col_dual))
        has_plan = details.primal_solution_status == self.engine.SolutionStatus.kSolutionStatusFeasible
        return Answer(proven, details.mip_dual_bound, list(found.col_value) if has_plan else [])

    def _loaded(self, programme: Programme) -> Any:
        solver = self.engine.Highs()
        for option, setting in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            solver.setOptionValue(option, setting)
        solver.passModel(self._model(programme))
        return solver

    def _model(self, programme: Programme) -> Any:
        engine, rows = self.engine, programme.rows
        model = engine.HighsLp()
        model.num_col_, model.num_row_ = len(programme.lower), len(rows)
        model.col_cost_ = [float(programme.terms.get(at, 0)) for at in range(len(programme.lower))]
        model.col_lower_ = [float(x) for x in programme.lower]
        model.col_upper_ = [float(x) for x in programme.upper]
        model.row_lower_ = [max(row.lower, -engine.kHighsInf) for row in rows]
        model.row_upper_ = [min(row.upper, engine.kHighsInf) for row in rows]
        starts = [0]
        for row in rows:
            starts.append(starts[-1] + len(row.terms))
        model.a_matrix_.format_ = engine.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        model.a_matrix_.index_ = [at for row in rows for at in row.terms]
        model.a_matrix_.value_ = [float(factor) for row in rows for factor in row.terms.values()]
        if programme.most:
            model.sense_ = engine.ObjSense.kMaximize
        if programme.whole:
            kinds = (engine.HighsVarType.kContinuous, engine.HighsVarType.kInteger)
            model.integrality_ = [kinds[whole] for whole in programme.whole]
        return model
