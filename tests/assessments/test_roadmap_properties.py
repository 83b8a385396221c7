"""What holds for every plan: checked on random problems, against trying everything where they are small."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.planning.checks import violations
from assessments.planning.greedy import greedy_plan
from assessments.roadmap import PlanProblem, plan_roadmap
from tests.support.plans import best_by_trying, big_problem, demo_team, is_allowed, random_problem

few = settings(max_examples=25, deadline=None)
problems = st.integers(1000, 9999).map(random_problem)


def value(problem: PlanProblem) -> int:
    return plan_roadmap(problem).totals.value


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_small_problems_have_the_plan_that_trying_everything_finds(start: int) -> None:
    for seed in range(start, start + 20):
        problem = random_problem(seed)
        roadmap = plan_roadmap(problem)
        assert roadmap.quarters == best_by_trying(problem), seed
        assert roadmap.complete


def test_some_of_the_small_problems_beat_the_greedy_planner() -> None:
    better = [s for s in range(40) if plan_roadmap(random_problem(s)).totals.value > sum(
        random_problem(s).by_id[name].value for name in greedy_plan(random_problem(s)))]  # fmt: skip
    assert better


@few
@given(problems)
def test_plans_keep_every_rule_and_are_no_worse_than_greedy(problem: PlanProblem) -> None:
    roadmap = plan_roadmap(problem)

    assert is_allowed(problem, roadmap.quarters)
    assert not violations(problem, roadmap.quarters)
    assert roadmap.greedy.value <= roadmap.totals.value <= sum(c.value for c in problem.candidates)
    assert not [a for a in roadmap.plan if a.value == 0 and not a.unlocks]
    assert {a.action for a in roadmap.plan} | {out.action for out in roadmap.left_out} == problem.by_id.keys()


@few
@given(problems, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(problem: PlanProblem, draw: object) -> None:
    candidates = list(problem.candidates)
    draw.shuffle(candidates)  # type: ignore[attr-defined]

    assert plan_roadmap(replace(problem, candidates=tuple(candidates))) == plan_roadmap(problem)


@few
@given(problems)
def test_more_room_never_costs_value_when_no_quick_win_is_asked_for(problem: PlanProblem) -> None:
    problem = replace(problem, quick_win=False)
    best = value(problem)

    assert value(replace(problem, capacity=tuple(days + 3 for days in problem.capacity))) >= best
    assert value(replace(problem, wip=problem.wip + 1)) >= best
    assert value(replace(problem, capacity=(*problem.capacity, 5))) >= best
    assert value(replace(problem, banned=frozenset())) >= best


@few
@given(problems)
def test_with_room_for_all_every_point_is_taken(problem: PlanProblem) -> None:
    roomy = replace(problem, capacity=(1000,) * 12, wip=100, banned=frozenset())

    assert value(roomy) == sum(c.value for c in problem.candidates)


@few
@given(problems)
def test_without_capacity_or_slots_the_plan_is_empty_and_says_why(problem: PlanProblem) -> None:
    for empty in (replace(problem, capacity=(0,) * problem.horizon), replace(problem, wip=0)):
        roadmap = plan_roadmap(empty)
        assert roadmap.plan == ()
        assert roadmap.reason


@few
@given(problems)
def test_pinning_the_best_plan_changes_nothing(problem: PlanProblem) -> None:
    best = plan_roadmap(problem).quarters

    assert plan_roadmap(replace(problem, pinned=best)).quarters == best


def test_the_same_problem_gives_the_same_plan_twice() -> None:
    assert plan_roadmap(demo_team("HAR")) == plan_roadmap(demo_team("HAR"))


def test_two_hundred_actions_are_planned_close_to_the_best_at_once() -> None:
    problem = big_problem(1)
    roadmap = plan_roadmap(problem, time_limit_s=0.05)

    assert is_allowed(problem, roadmap.quarters)
    assert roadmap.totals.value >= 0.96 * 30753


def test_two_hundred_actions_with_slots_are_proven() -> None:
    roadmap = plan_roadmap(big_problem(6, wip=14))

    assert (roadmap.status, roadmap.complete) == ("optimal", True)
