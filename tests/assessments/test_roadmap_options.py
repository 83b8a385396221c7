"""Limits of roles and dimensions, work under way, own estimates and staying where one was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessments.errors import InvalidProblem
from assessments.planning.checks import violations
from assessments.planning.document import plan_request, roadmap_fields
from assessments.planning.team import weeks_left
from assessments.roadmap import Candidate, LeftOut, PlanProblem, plan_roadmap
from tests.support.plans import (
    demo_team,
    is_allowed,
    levels_of,
    model,
    planned_or_none,
    random_problem_with_options,
    tried_or_none,
)


def action(name: str, value: int, effort: int, weeks: int = 4, **more: object) -> Candidate:
    return Candidate(name, value, effort, weeks, **more)  # type: ignore[arg-type]


def free(*candidates: Candidate, capacity: tuple[int, ...] = (10, 10), **more: object) -> PlanProblem:
    return PlanProblem(candidates, capacity, quick_win=False, **more)  # type: ignore[arg-type]


def why(problem: PlanProblem, name: str) -> LeftOut:
    return next(out for out in plan_roadmap(problem).left_out if out.action == name)


@pytest.mark.parametrize("start", range(0, 200, 20))
def test_small_problems_with_options_have_the_plan_that_trying_everything_finds(start: int) -> None:
    for seed in range(start, start + 20):
        problem = random_problem_with_options(seed)
        assert planned_or_none(problem) == tried_or_none(problem), seed


def test_a_role_takes_no_more_days_than_it_has_in_each_quarter() -> None:
    three = [action(name, value, 4, owner="analyst") for name, value in (("a", 90), ("b", 80), ("c", 70))]
    problem = free(*three, action("d", 10, 4, owner="lead"), role_limits={"analyst": 5})
    assert plan_roadmap(problem).quarters == {"a": 1, "b": 2, "d": 1}

    out = why(problem, "c")
    assert (out.code, out.quarter, out.shortfall) == ("ROLE_LIMIT", 2, 3)
    assert out.detail == "Quarter 2 has the 4 person-days for it, but analyst has 1 left there, 3 too few."


def test_an_action_larger_than_the_limit_of_its_role_is_never_chosen_or_pinned() -> None:
    problem = free(action("a", 90, 6, owner="lead"), role_limits={"lead": 5})
    assert plan_roadmap(problem).plan == ()
    with pytest.raises(InvalidProblem, match="a: it is pinned, but it takes more days than its role has in a quarter"):
        plan_roadmap(replace(problem, pinned={"a": 1}))


def test_a_dimension_gets_at_most_so_many_actions_in_a_quarter() -> None:
    talent = [action(name, value, 2, dimension="TAL") for name, value in (("a", 90), ("b", 80), ("c", 70))]
    problem = free(*talent, most_per_dimension=1)
    assert plan_roadmap(problem).quarters == {"a": 1, "b": 2}

    out = why(problem, "c")
    assert (out.code, out.quarter) == ("DIMENSION_LIMIT", 1)
    assert out.detail == "Quarter 1 has the 2 person-days for it, but its 1 places for TAL are taken."


def test_what_is_under_way_goes_on_first_with_what_is_left_of_it() -> None:
    begun = action("z", 5, 4, 2, started=True)
    roadmap = plan_roadmap(free(begun, action("a", 90, 8), action("b", 80, 6), pinned={"z": 1}))

    assert roadmap.quarters == {"a": 2, "b": 1, "z": 1}
    assert [(each.action, each.role, each.finish_week) for each in roadmap.plan if each.quarter == 1] == [
        ("b", "gap", 4), ("z", "under way", 2),
    ]  # fmt: skip


def test_the_weeks_left_follow_the_days_left() -> None:
    assert [weeks_left(8, 10, left) for left in (10, 6, 1, 0, 12)] == [8, 5, 1, 1, 8]


def test_a_started_action_counts_as_no_quick_win() -> None:
    begun, small = action("a", 50, 2, started=True), action("b", 10, 2)
    roadmap = plan_roadmap(PlanProblem((begun, small), (2, 2), pinned={"a": 1}))

    assert roadmap.quarters == {"a": 1, "b": 2}
    assert roadmap.notes == ("The pinned actions leave no room for a quick win, so that rule was dropped.",)


@pytest.mark.parametrize(("points", "quarters"), [(0, {"a": 1, "b": 2}), (20, {"a": 1, "b": 2}), (30, {"a": 2, "c": 1})])
def test_staying_where_one_was_counts_the_points_that_are_stated(points: int, quarters: dict[str, int]) -> None:
    """a and b alone are worth 180; a in its old quarter 2 and c in its old quarter 1 are worth 130 + 2 x points."""
    three = (action("a", 90, 8), action("b", 90, 10), action("c", 40, 7))
    roadmap = plan_roadmap(free(*three, keep={"a": 2, "c": 1}, keep_points=points, capacity=(8, 10)))

    assert roadmap.quarters == quarters
    assert (roadmap.score, roadmap.kept) == ((130 + 2 * points, 2) if points == 30 else (180, 0))
    assert roadmap.bound == roadmap.score


def test_an_enabler_of_the_plan_before_does_not_stay_for_its_own_sake() -> None:
    roadmap = plan_roadmap(free(action("e", 0, 2), action("a", 10, 2), keep={"e": 1}, keep_points=100))

    assert roadmap.quarters == {"a": 1}


def test_harbour_city_keeps_fifteen_of_its_sixteen_places_when_the_first_quarter_shrinks() -> None:
    problem = demo_team("HAR")
    before = plan_roadmap(problem).quarters
    shrunk = replace(problem, capacity=(20, 25, 25, 25))
    free_to_move = plan_roadmap(shrunk)
    steady = plan_roadmap(replace(shrunk, keep=before, keep_points=25))

    assert is_allowed(shrunk, steady.quarters)
    assert not violations(shrunk, steady.quarters)
    assert (steady.kept, steady.totals.value, steady.complete) == (15, 6777, True)
    assert steady.totals.value <= free_to_move.totals.value
    assert sum(free_to_move.quarters.get(name) == quarter for name, quarter in before.items()) < 15


def document(**more: object) -> dict[str, object]:
    levels, _ = levels_of("HAR")
    return {"levels": levels, "type": "SUP", "capacity": [25, 20, 25], "wip": 4, **more}


def asked(**more: object) -> PlanProblem:
    return plan_request(document(**more), lambda name: model()).problem


def test_a_document_says_who_has_how_much_time_what_is_under_way_and_what_stays() -> None:
    problem = asked(
        role_limits={"PMO lead": 12}, most_per_dimension=2, efforts={"TAL-4.L3": 9}, started={"TAL-1.L2": 4, "GOV-6.L2": 1},
        banned=["GOV-6.L2"], keep={"TAL-2.L3": 2, "TAL-2.L2": 4, "TAL-1.L2": 1},
    )  # fmt: skip

    assert (problem.role_limits, problem.most_per_dimension, problem.horizon) == ({"PMO lead": 12}, 2, 3)
    assert problem.by_id["TAL-4.L3"].effort == 9
    begun = problem.by_id["TAL-1.L2"]
    assert (begun.started, begun.effort, begun.weeks, begun.needs) == (True, 4, 3, ())
    assert problem.pinned == {"TAL-1.L2": 1}
    assert not problem.by_id["GOV-6.L2"].started
    assert (problem.keep, problem.keep_points) == ({"TAL-2.L3": 2}, 25)


def test_an_action_under_way_stays_in_the_plan_though_its_target_is_reached() -> None:
    problem = asked(started={"STK-4.L4": 6}, targets={"STK": 3})

    assert problem.by_id["STK-4.L4"].value == 0
    assert plan_roadmap(problem).quarters["STK-4.L4"] == 1


@pytest.mark.parametrize(("part", "sentence"), [
    ({"role_limits": {"Baker": 3}}, "Baker: no action belongs to this role."),
    ({"role_limits": {"PMO lead": -1}}, '"role_limits: PMO lead" should be 0 or more person-days'),
    ({"most_per_dimension": 0}, '"most_per_dimension" should be'),
    ({"efforts": {"NO-1.L2": 3}}, 'NO-1.L2: it stands in "efforts", but there is no such action.'),
    ({"started": {"NO-1.L2": 3}}, 'NO-1.L2: it stands in "started", but there is no such action.'),
    ({"started": {"TAL-1.L2": 3}, "pinned": {"TAL-1.L2": 2}}, "TAL-1.L2: it is under way, so it goes on in quarter 1."),
    ({"keep": {"TAL-1.L2": "two"}}, 'the entry of "TAL-1.L2" in "keep" should be a whole number'),
    ({"keep": {"TAL-1.L2": 2}, "keep_points": -1}, '"keep_points" should be'),
])  # fmt: skip
def test_options_that_cannot_be_are_named(part: dict[str, object], sentence: str) -> None:
    with pytest.raises(InvalidProblem) as no:
        asked(**part)
    assert sentence in str(no.value)


def test_free_candidates_take_the_same_options_and_the_answer_tells_what_stayed() -> None:
    candidates = [
        {"id": "a", "value": 90, "effort": 8, "weeks": 4, "owner": "lead", "dimension": "X"},
        {"id": "b", "value": 80, "effort": 6, "weeks": 8, "needs": ["a"]},
    ]
    request = plan_request(
        {"candidates": candidates, "capacity": [9, 9], "efforts": {"a": 7}, "started": {"b": 3}, "keep": {"a": 2}, "keep_points": 100},
        lambda name: model(),
    )  # fmt: skip
    answer = roadmap_fields(plan_roadmap(request.problem), with_lift=False)

    assert [(entry["action"], entry["quarter"], entry["role"]) for entry in answer["plan"]] == [  # type: ignore[attr-defined]
        ("b", 1, "under way"), ("a", 2, "gap"),
    ]  # fmt: skip
    assert (answer["value"], answer["stability"]) == (170, {"score": 270, "kept": 1})
