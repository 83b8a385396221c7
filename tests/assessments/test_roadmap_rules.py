"""Pins, bans, reasons, notes and refusals of the optimiser."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from assessments.errors import InvalidProblem
from assessments.roadmap import Candidate, LeftOut, PlanProblem, plan_roadmap
from tests.support.plans import candidate, mini


def reasons(problem: PlanProblem) -> dict[str, LeftOut]:
    return {out.action: out for out in plan_roadmap(problem).left_out}


def free(*candidates: Candidate, capacity: tuple[int, ...] = (10, 10), wip: int = 4) -> PlanProblem:
    return PlanProblem(candidates, capacity, wip, quick_win=False)


def test_a_banned_action_takes_those_that_need_it_along() -> None:
    out = reasons(mini(15, 2, banned=frozenset({"VAL-1.L3"})))

    assert (out["VAL-1.L3"].code, out["VAL-1.L3"].others) == ("BANNED", ())
    assert (out["VAL-2.L3"].code, out["VAL-2.L3"].others) == ("BANNED", ("VAL-1.L3",))


def test_a_chain_longer_than_the_horizon_is_left_out_for_that_reason() -> None:
    chain = (candidate("a", 10, 1, 10), candidate("b", 10, 1, 10, "a"), candidate("c", 90, 1, 4, "b"))
    out = reasons(free(*chain, candidate("d", 5, 1, 14)))

    assert out["c"].code == "TOO_LONG_CHAIN"
    assert out["c"].detail == "With all it needs it would end in week 30, and the plan has 26."
    assert out["d"].detail == "It takes more than the 13 weeks of a quarter."


def test_an_action_without_value_is_below_the_cut_unless_something_chosen_needs_it() -> None:
    enabler, wanted, idle = candidate("e", 0, 4, 4), candidate("w", 300, 4, 4, "e"), candidate("i", 0, 1, 1)
    roadmap = plan_roadmap(free(enabler, wanted, idle))

    assert [(a.action, a.role, a.unlocks) for a in roadmap.plan] == [("e", "enabler", ("w",)), ("w", "gap", ())]
    assert [(out.action, out.code) for out in roadmap.left_out] == [("i", "BELOW_CUT")]


def test_a_missing_need_is_named_and_a_full_quarter_gives_its_shortfall() -> None:
    out = reasons(
        free(candidate("a", 500, 8, 4), candidate("b", 90, 9, 4), candidate("c", 9, 1, 4, "b"), capacity=(10,))
    )

    assert (out["b"].code, out["b"].quarter, out["b"].shortfall) == ("NO_CAPACITY", 1, 7)
    assert out["b"].detail == "It takes 9 person-days; quarter 1 has 2 left, 7 too few."
    assert (out["c"].code, out["c"].others) == ("NEEDS", ("b",))


def test_an_action_that_lacks_only_a_slot_says_so() -> None:
    out = reasons(free(candidate("a", 20, 3, 4), candidate("b", 10, 3, 4), capacity=(10,), wip=1))

    assert (out["b"].code, out["b"].quarter) == ("WIP", 1)


def test_an_action_whose_need_ends_too_late_says_when() -> None:
    out = reasons(free(candidate("a", 20, 3, 10), candidate("b", 10, 3, 10, "a"), candidate("c", 99, 10, 9)))

    assert plan_roadmap(
        free(candidate("a", 20, 3, 10), candidate("b", 10, 3, 10, "a"), candidate("c", 99, 10, 9))
    ).quarters == {"a": 2, "c": 1}
    assert (out["b"].code, out["b"].quarter) == ("NO_CAPACITY", None)
    assert out["b"].detail == "What it needs ends in week 23; no quarter after that has its 10 weeks."


@pytest.mark.parametrize(
    ("problem", "reason"),
    [
        (PlanProblem((), (10,)), "at target"),
        (mini(0, 2), "no capacity"),
        (mini(15, 0), "no slot"),
        (PlanProblem((candidate("a", 1, 1, 20),), (10,)), "no time"),
        (PlanProblem((candidate("a", 1, 1, 2),), (10,), banned=frozenset("a")), "all banned"),
    ],
)
def test_an_empty_plan_says_why(problem: PlanProblem, reason: str) -> None:
    roadmap = plan_roadmap(problem)

    assert (roadmap.plan, roadmap.reason, roadmap.status, roadmap.bound) == ((), reason, "optimal", 0)


def test_a_pin_is_kept_even_if_it_costs_value() -> None:
    roadmap = plan_roadmap(mini(15, 2, pinned={"STK-2.L3": 1}))

    assert roadmap.quarters["STK-2.L3"] == 1
    assert roadmap.totals.value == (200 + 350) + (280 + 208)
    assert roadmap.status == "optimal"


def test_pins_that_leave_no_room_for_a_quick_win_drop_the_rule_and_say_so() -> None:
    roadmap = plan_roadmap(mini(10, 2, pinned={"MTH-1.L3": 1}))

    assert roadmap.quarters == {"MTH-1.L3": 1, "TAL-3.L2": 2, "VAL-1.L2": 2}
    assert roadmap.notes == ("The pinned actions leave no room for a quick win, so that rule was dropped.",)


def test_a_pinned_action_of_no_value_is_kept() -> None:
    problem = replace(free(candidate("e", 0, 4, 4), candidate("a", 7, 4, 4)), pinned={"e": 2})

    assert plan_roadmap(problem).quarters == {"a": 1, "e": 2}


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (mini(15, 2, pinned={"XYZ-1.L2": 1}), "XYZ-1.L2: it is pinned, but it is not a candidate."),
        (mini(15, 2, banned=frozenset({"XYZ-1.L2"})), "XYZ-1.L2: it is banned, but it is not a candidate."),
        (mini(15, 2, pinned={"VAL-1.L2": 3}), "VAL-1.L2: it is pinned to quarter 3; the plan has quarters 1 to 2."),
        (mini(4, 2, pinned={"VAL-1.L2": 1}), "The actions pinned to quarter 1 take more effort than the quarter has."),
        (
            mini(30, 3, pinned={"VAL-2.L3": 1}),
            "VAL-2.L3: it is pinned to quarter 1; its needs allow quarter 2 at the earliest.",
        ),
        (
            mini(30, 3, pinned={"VAL-1.L2": 2, "VAL-1.L3": 1}),
            "VAL-1.L3: it is pinned to quarter 1, but it needs VAL-1.L2, pinned to quarter 2.",
        ),
        (
            mini(30, 1, pinned={"VAL-1.L2": 1, "TAL-3.L2": 1}),
            "2 actions are pinned to quarter 1; it has 1 slots.",
        ),
        (
            mini(30, 2, pinned={"VAL-1.L3": 1}, banned=frozenset({"VAL-1.L2"})),
            "VAL-1.L3: it is pinned, but it or something it needs is banned.",
        ),
        (
            mini(10, 3, pinned={"VAL-1.L3": 1}),
            "The pinned actions leave no allowed plan; move or release one.",
        ),
        (free(candidate("a", 1, 1, 1, "b")), "a: it needs b, which is not a candidate."),
        (free(candidate("a", 1, 1, 1), candidate("a", 1, 1, 1)), "a: the id stands here twice; ids are unique."),
        (free(candidate("a", -1, 1, 1)), "a: the value is negative; use 0 or more points."),
        (free(candidate("a", 1, -1, 1)), "a: the effort is negative; use 0 or more person-days."),
        (free(candidate("a", 1, 1, 0)), "a: an action takes at least 1 week."),
        (free(capacity=(1, -1)), "The capacity of quarter 2 is negative; use 0 or more person-days."),
        (free(wip=-1), "The number of actions per quarter (wip) is negative; use 0 or more."),
        (free(capacity=()), "The horizon should be at least one quarter."),
        (
            free(candidate("a", 1, 1, 1, "b"), candidate("b", 1, 1, 1, "c"), candidate("c", 1, 1, 1, "a")),
            "The needs run in a circle: a needs b needs c needs a.",
        ),
    ],
)  # fmt: skip
def test_an_impossible_problem_is_refused_with_a_sentence(problem: PlanProblem, message: str) -> None:
    with pytest.raises(InvalidProblem) as refusal:
        plan_roadmap(problem)
    assert refusal.value.problems == (message,)


def test_efforts_in_parts_of_a_day_are_added_without_rounding() -> None:
    third = [Candidate(f"a{n}", 10, Fraction(1, 10), 1) for n in range(3)]
    problem = PlanProblem(tuple(third), (Fraction(3, 10),), quick_win=False)

    assert plan_roadmap(problem).totals.effort == Fraction(3, 10)
