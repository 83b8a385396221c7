"""Moving actions of a plan that is being carried out."""

from __future__ import annotations

from assessments.planning.moves import ends, new_faults, order_faults

STEPS = {"a": (8, ()), "b": (6, ("a",)), "c": (4, ("b", "gone"))}


def test_an_action_ends_as_early_as_its_quarter_and_its_needs_allow() -> None:
    assert ends(STEPS, {"a": 1, "b": 2, "c": 2}) == {"a": 8, "b": 19, "c": 23}


def test_a_move_before_a_need_or_without_weeks_is_named() -> None:
    assert order_faults(STEPS, {"a": 2, "b": 1}) == {"b": "b needs a, which stands in a later quarter."}
    assert order_faults(STEPS, {"a": 1, "b": 1}) == {
        "b": "b takes 6 weeks and needs a first, which ends in week 8: too late for that quarter."
    }
    assert order_faults({"z": (14, ())}, {"z": 1}) == {"z": "z takes 14 weeks, more than a quarter has."}


def test_only_what_the_move_itself_breaks_is_held_against_it() -> None:
    assert new_faults(STEPS, {"a": 2, "b": 1, "c": 3}, {"a": 2, "b": 1, "c": 4}) == []
    assert new_faults(STEPS, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 4, "c": 3}) == ["c needs b, which stands in a later quarter."]
