"""What one plan changes against another."""

from assessments.planning.difference import Change, difference


def test_moves_come_first_then_what_comes_in_and_what_goes() -> None:
    found = difference({"a": "Q1", "b": "Q2", "d": "Q1"}, {"a": "Q2", "c": "Q1", "d": "Q1"}, {"a": 5, "b": 10, "c": 30, "d": 7})

    assert found.changes == (Change("a", "moved", "Q1", "Q2"), Change("c", "added", "", "Q1"), Change("b", "dropped", "Q2", ""))
    assert (found.stay, found.gain, found.count("moved"), found.count("added"), found.count("dropped")) == (1, 20, 1, 1, 1)


def test_two_equal_plans_have_no_difference() -> None:
    found = difference({"a": "Q1"}, {"a": "Q1"}, {"a": 5})
    assert (found.changes, found.stay, found.gain) == ((), 1, 0)
