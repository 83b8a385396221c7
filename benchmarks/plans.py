"""Solver times for the demo teams and three free problems of 200 actions, one run each, as a table."""

from __future__ import annotations

import time

from assessments.roadmap import PlanProblem, plan_roadmap
from tests.support.plans import big_problem, demo_team

GOALS = {"HAR": 1.0, "KES": 2.0, "MER": 10.0, "free": 10.0}
FREE_SECONDS = 30.0


def main() -> None:
    """Print value, bound, proof, time and goal of every instance."""
    print(f"{'problem':<22}{'value':>8}{'bound':>8}  {'proven':<10}{'seconds':>8}{'goal':>6}{'in 0.1 s':>10}")
    for code in ("HAR", "KES", "MER"):
        _line(code, demo_team(code), GOALS[code])
    for seed in (1, 2, 3):
        _line(f"free 200, seed {seed}", big_problem(seed), GOALS["free"])


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
