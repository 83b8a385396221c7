"""Answers: what an item offers, what submitting needs, what is still missing."""

import pytest

from assessments.answers import (
    Answer,
    AnswerSheet,
    check_answer,
    check_complete,
    completeness,
    missing_items,
    problem_with,
    sheet_problems,
)
from assessments.errors import InvalidAnswer, SheetIncomplete
from tests.assessments.values import dimension, item, model, sheet


def test_written_codes_become_answers_and_back():
    codes = ["3", "NA", "N", "DK", "?", "0.5", " 4 "]
    assert [Answer.from_code(code).code for code in codes] == ["3", "NA", "NA", "DK", "DK", "0.5", "4"]
    assert Answer.from_code("  ") is None


@pytest.mark.parametrize("code", ["three", "3,5", "1e3", ".5", "٣", "--1", "1" * 13, "-"])
def test_other_codes_are_refused(code):
    with pytest.raises(InvalidAnswer, match="is not an answer"):
        Answer.from_code(code)


@pytest.mark.parametrize("value", [0, 6, 2.5, True, None])
def test_a_value_that_is_no_choice_is_refused(value):
    with pytest.raises(InvalidAnswer, match=r"A-1: .* is not one of its choices \(1, 2, 3, 4, 5\)"):
        check_answer(item("A-1"), Answer.of(value))


def test_dont_know_is_always_offered_and_not_applicable_only_where_the_item_says_so():
    assert problem_with(item("A-1"), Answer.dk()) is None
    assert "not offered here" in problem_with(item("A-1"), Answer.na("NA1", "Line"))
    assert problem_with(item("A-1", na=("NA2",)), Answer.na("NA2")) is None
    assert "reason NA1 is not offered" in problem_with(item("A-1", na=("NA2",)), Answer.na("NA1", "Line"))


def test_submitting_not_applicable_needs_a_reason_and_na1_needs_the_unit():
    offered = item("A-1", na=("NA1",))
    assert "choose why" in problem_with(offered, Answer.na())
    assert "name the unit" in problem_with(offered, Answer.na("NA1", "  "))
    assert problem_with(offered, Answer.na("NA1", "Finance")) is None
    assert problem_with(offered, Answer.na(), ready=False) is None


def test_missing_items_are_those_without_any_answer():
    small = model(dimension("A", 3))
    answers = sheet("R1", {"A-1": 2, "A-3": "DK"})
    assert missing_items(small, answers) == ("A-2",)
    assert completeness(small, answers) == (2, 3)
    with pytest.raises(SheetIncomplete, match="Still to answer: A-2") as caught:
        check_complete(small, answers)
    assert caught.value.missing == ("A-2",)


def test_a_complete_sheet_may_still_hold_an_answer_that_is_not_offered():
    with pytest.raises(InvalidAnswer, match="A-1: 9 is not one"):
        check_complete(model(dimension("A", 1)), AnswerSheet("R1", {"A-1": Answer.of(9)}))
    check_complete(model(dimension("A", 1)), sheet("R1", {"A-1": 5}))


def test_answers_to_unknown_items_are_named():
    assert sheet_problems(model(dimension("A", 1)), sheet("R1", {"B-9": 1})) == [
        "B-9: the model small has no such item."
    ]
