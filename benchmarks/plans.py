"""Solver times for the demo teams and three free problems of 200 actions, and 1,000 small problems against trying everything."""

from __future__ import annotations

import time

from assessments.roadmap import PlanProblem, plan_roadmap
from tests.support.plans import big_problem, demo_team, planned_or_none, random_problem_with_options, tried_or_none

GOALS = {"HAR": 1.0, "KES": 2.0, "MER": 10.0, "free": 10.0}
FREE_SECONDS = 30.0
SMALL = range(1_000, 2_000)


def main() -> None:
    """Print value, bound, proof, time and goal of every instance."""
    print(f"{'problem':<22}{'value':>8}{'bound':>8}  {'proven':<10}{'seconds':>8}{'goal':>6}{'in 0.1 s':>10}")
    for code in ("HAR", "KES", "MER"):
        _line(code, demo_team(code), GOALS[code])
    for seed in (1, 2, 3):
        _line(f"free 200, seed {seed}", big_problem(seed), GOALS["free"])
    _against_trying()


def _against_trying() -> None:
    """Small problems with every option: the planner's plan and the best one found by trying everything."""
    began = time.perf_counter()
    problems = [random_problem_with_options(seed) for seed in SMALL]
    tried = [tried_or_none(problem) for problem in problems]
    same = sum(planned_or_none(problem) == best for problem, best in zip(problems, tried, strict=True))
    planned = sum(best is not None for best in tried)
    seconds = time.perf_counter() - began
    print(f"{same} of {len(problems)} small problems with options as by trying everything ({planned} have a plan), {seconds:.0f} s")


def _line(name: str, problem: PlanProblem, goal: float) -> None:
    quick = plan_roadmap(problem, time_limit_s=0.1)
    began = time.perf_counter()
    roadmap = plan_roadmap(problem, time_limit_s=FREE_SECONDS)
    seconds = time.perf_counter() - began
    proven = "all" if roadmap.complete else "value" if roadmap.status == "optimal" else "no"
    share = quick.totals.value / roadmap.bound if roadmap.bound else 1.0
    print(
        f"{name:<22}{roadmap.totals.value:>8}{roadmap.bound:>8}  {proven:<10}{seconds:>8.2f}{goal:>6.0f}{share:>9.1%}"
    )


if __name__ == "__main__":
    main()
