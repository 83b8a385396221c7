"""The optimiser on the reference instances: MINI and the demo teams."""

from __future__ import annotations

import pytest

from assessments.roadmap import next_best, plan_roadmap
from tests.support.plans import demo_team, is_allowed, mini

EMPTY: dict[str, int] = {}
TEN = {"TAL-3.L2": 1, "VAL-1.L2": 1, "VAL-1.L3": 2}
FIFTEEN = {"TAL-3.L2": 2, "VAL-1.L2": 1, "VAL-1.L3": 1, "VAL-2.L3": 2}
ALL_SLOTS = {
    "MTH-1.L3": 2, "STK-2.L3": 2, "TAL-3.L2": 1, "VAL-1.L2": 1, "VAL-1.L3": 1, "VAL-2.L3": 2,
}  # fmt: skip

MINI_ROWS = [
    (4, 2, 0, 0, 0, 0, EMPTY),
    (4, 3, 0, 0, 0, 0, EMPTY),
    (5, 2, 558, 766, 10, 558, {"TAL-3.L2": 2, "VAL-1.L2": 1}),
    (5, 3, 558, 766, 10, 558, {"TAL-3.L2": 2, "VAL-1.L2": 1}),
    (10, 2, 838, 1118, 20, 758, TEN),
    (10, 3, 838, 1118, 20, 758, TEN),
    (15, 2, 1118, 1606, 30, 758, FIFTEEN),
    (15, 3, 1118, 1606, 30, 758, FIFTEEN),
    (30, 2, 1118, 1606, 30, 1038, FIFTEEN),
    (30, 3, 1518, 2198, 46, 1405, ALL_SLOTS),
]


@pytest.mark.parametrize(("capacity", "wip", "value", "earliness", "effort", "greedy", "plan"), MINI_ROWS)
def test_mini_has_its_reference_plan(
    capacity: int, wip: int, value: int, earliness: int, effort: int, greedy: int, plan: dict[str, int]
) -> None:
    roadmap = plan_roadmap(mini(capacity, wip))

    assert (roadmap.status, roadmap.complete, roadmap.bound) == ("optimal", True, value)
    assert (roadmap.totals.value, roadmap.totals.earliness, roadmap.totals.effort) == (value, earliness, effort)
    assert roadmap.greedy.value == greedy
    assert roadmap.quarters == plan
    assert roadmap.reason == (None if plan else "no capacity")


def test_mini_with_fifteen_days_names_weeks_roles_and_what_is_unlocked() -> None:
    roadmap = plan_roadmap(mini(15, 2))

    found = [(a.action, a.quarter, a.finish_week, a.role, a.unlocks) for a in roadmap.plan]
    assert found == [
        ("VAL-1.L2", 1, 4, "quick win", ("VAL-1.L3",)),
        ("VAL-1.L3", 1, 12, "gap", ("VAL-2.L3",)),
        ("TAL-3.L2", 2, 17, "gap", ()),
        ("VAL-2.L3", 2, 23, "gap", ()),
    ]
    assert {out.action: out.code for out in roadmap.left_out} == {
        "MTH-1.L3": "NO_CAPACITY", "STK-2.L3": "NO_CAPACITY", "TAL-3.L3": "NO_CAPACITY",
    }  # fmt: skip


HAR = {
    1: ("STK-1.L3", "TAL-2.L2", "TAL-2.L3", "TAL-3.L3"),
    2: ("TAL-1.L2", "TAL-4.L3", "TAL-5.L2", "TAL-6.L3"),
    3: ("MTH-2.L2", "MTH-2.L3", "STK-2.L3", "TAL-5.L3"),
    4: ("KNO-6.L2", "MTH-3.L3", "MTH-6.L3", "STK-5.L2"),
}
KES = {
    1: ("DEL-1.L4", "DEL-5.L4", "DEL-6.L4", "STK-4.L3"),
    2: ("DEL-2.L4", "DEL-4.L4", "TAL-2.L3", "TAL-4.L3"),
    3: ("STK-1.L4", "STK-2.L4", "STK-3.L3", "STK-5.L3"),
    4: ("DEL-3.L4", "MTH-2.L3", "TAL-6.L3", "VAL-3.L3"),
}
MER = {
    1: ("STR-3.L3", "TAL-1.L3", "VAL-2.L3", "VAL-3.L4", "VAL-5.L3"),
    2: ("STK-4.L3", "STR-2.L4", "STR-4.L4", "STR-5.L4", "VAL-4.L3"),
    3: ("KNO-4.L3", "MTH-2.L3", "STR-1.L5", "STR-2.L5", "VAL-1.L4"),
    4: ("MTH-3.L3", "STK-1.L4", "STK-3.L3", "STR-3.L4", "VAL-4.L4"),
}
TEAMS = [
    ("HAR", 56, 16878, (7027, 16099, 100, 0.5293), (6463, 86, 0.4880), HAR),
    ("KES", 27, 8376, (6103, 13828, 173, 0.5527), (5690, 150, 0.5193), KES),
    ("MER", 51, 13823, (7223, 17098, 240, 0.5993), (6483, 209, 0.5473), MER),
]


@pytest.mark.parametrize(("code", "count", "all_values", "figures", "greedy", "plan"), TEAMS)
def test_demo_teams_have_their_reference_plans(
    code: str,
    count: int,
    all_values: int,
    figures: tuple[int, int, int, float],
    greedy: tuple[int, int, float],
    plan: dict[int, tuple[str, ...]],
) -> None:
    problem = demo_team(code)
    roadmap = plan_roadmap(problem)

    assert (len(problem.candidates), sum(c.value for c in problem.candidates)) == (count, all_values)
    assert (roadmap.status, roadmap.complete, roadmap.within) == ("optimal", True, 0)
    totals = roadmap.totals
    assert (totals.value, totals.earliness, totals.effort) == figures[:3]
    assert float(totals.lift) == pytest.approx(figures[3], abs=1e-4)
    assert (roadmap.greedy.value, roadmap.greedy.effort) == greedy[:2]
    assert float(roadmap.greedy.lift) == pytest.approx(greedy[2], abs=1e-4)
    assert {q: tuple(a.action for a in roadmap.plan if a.quarter == q) for q in plan} == plan
    assert is_allowed(problem, roadmap.quarters)


def test_a_team_without_quick_wins_is_told_so() -> None:
    roadmap = plan_roadmap(demo_team("KES"))

    assert roadmap.notes == ("No action is small enough for a quick win in quarter 1.",)
    assert {action.role for action in roadmap.plan} == {"gap"}


@pytest.mark.parametrize("code", ["HAR", "KES", "MER"])
def test_a_plan_in_little_time_is_good_and_says_how_far_it_may_be_from_the_best(code: str) -> None:
    problem = demo_team(code)
    best = {"HAR": 7027, "KES": 6103, "MER": 7223}[code]

    roadmap = plan_roadmap(problem, time_limit_s=0.05)

    assert is_allowed(problem, roadmap.quarters)
    assert best * 0.97 <= roadmap.totals.value <= best <= roadmap.bound
    assert float(roadmap.within) == pytest.approx(1 - roadmap.totals.value / roadmap.bound)


def test_next_best_shows_what_five_more_days_a_quarter_would_bring() -> None:
    assert plan_roadmap(mini(10, 2)).totals.value == 838
    assert next_best(mini(10, 2)).totals.value == 1118
