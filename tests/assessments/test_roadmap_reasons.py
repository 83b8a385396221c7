"""Why an action is in a plan, and why in its quarter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessments.planning.reasons import Why, improvement_words, percent_more, whys
from assessments.roadmap import Candidate, PlanProblem, plan_roadmap
from tests.support.plans import mini, random_problem_with_options, tried_or_none


def found(problem: PlanProblem) -> dict[str, Why]:
    return {why.action: why for why in whys(problem, plan_roadmap(problem).quarters)}


def test_mini_says_what_each_action_opens_and_why_it_waits() -> None:
    why = found(mini(15, 2))

    assert why["VAL-1.L2"] == Why(
        "VAL-1.L2", 1, 7, ("VAL-1.L3", "VAL-2.L3"), 560, "FIRST", "It can begin at once, and early points count longer."
    )
    assert (why["TAL-3.L2"].rank, why["TAL-3.L2"].cause) == (2, "NO_CAPACITY")
    assert why["TAL-3.L2"].now == "It takes 5 person-days, and quarter 1 has 0 person-days left."
    assert why["VAL-2.L3"].now == "VAL-1.L3 has to end first, in week 12; after that quarter 1 has too few weeks for it."


def test_a_pin_a_full_slot_a_limit_and_work_under_way_are_named() -> None:
    a, b = Candidate("a", 90, 2, 4, owner="lead"), Candidate("b", 80, 2, 4, owner="lead")
    base = PlanProblem((a, b), (10, 10), 4, quick_win=False)

    assert found(replace(base, wip=1))["b"].now == "Quarter 1 has days for it, but its 1 slots are taken."
    limited = found(replace(base, role_limits={"lead": 3}))["b"]
    assert (limited.cause, limited.now) == ("SHARED_LIMIT", "Quarter 1 has days and a slot for it, but the limit of lead is reached.")
    assert found(replace(base, pinned={"a": 2}))["a"].now == "It was fixed to quarter 2."
    assert found(replace(base, keep={"b": 2}, keep_points=500))["b"].cause == "STAYS"
    begun = replace(base, candidates=(replace(a, started=True), b), pinned={"a": 1})
    assert found(begun)["a"].cause == "STARTED"


def test_every_chosen_action_of_many_plans_has_a_reason_that_holds() -> None:
    causes = set()
    for seed in range(60):
        problem = random_problem_with_options(seed)
        quarters = tried_or_none(problem) or {}
        for why in whys(problem, quarters):
            causes.add(why.cause)
            assert why.now.endswith(".")
            assert 1 <= why.rank <= why.among == len(problem.candidates)
            assert why.cause != "FIRST" or quarters[why.action] == 1
    assert {"FIRST", "PINNED", "STARTED", "NEEDS", "NO_CAPACITY", "WIP"} <= causes


@pytest.mark.parametrize(("value", "greedy", "words"), [
    (7027, 6463, "Taking the best action first would bring 6,463 points. This plan brings 564 points or 8.7 % more for the same limits."),
    (500, 500, "Taking the best action first would be worth just as much here."),
    (5, 0, "Taking the best action first would bring 0 points. This plan brings 5 points more for the same limits."),
    (90, 100, "Taking the best action first would bring 10 points more; this plan gives them up to keep what was promised."),
])  # fmt: skip
def test_the_gain_over_taking_the_best_first_is_told_in_points_and_words(value: int, greedy: int, words: str) -> None:
    assert improvement_words(value, greedy) == words


def test_the_percentage_is_told_only_where_it_is_a_gain():
    assert round(percent_more(7027, 6463), 1) == 8.7
    assert percent_more(100, 100) == 0
    assert percent_more(90, 100) is None
    assert percent_more(5, 0) is None
