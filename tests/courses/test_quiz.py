"""Marking a sheet, and the rule of two tries a day."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.errors import TooManyChoices, UnknownOption, UnknownQuestion, WrongAnswerType
from courses.questions import Numeric
from courses.quiz import UNANSWERED, Quiz, best, mark, may_try, sheet_faults
from tests.courses.values import FRIDAY, MONDAY, QUIZ, RIGHT, TUESDAY, failed, passed


def test_a_sheet_with_every_answer_right_has_six_of_six_and_passes() -> None:
    marked = mark(QUIZ, RIGHT)
    assert (marked.score, marked.max, marked.passed) == (6, 6, True)
    assert [question.mark for question in marked.questions] == [1, 1, 1, 1, 1, 1]


def test_five_of_six_is_enough_for_a_pass_mark_of_five_and_four_is_not() -> None:
    assert mark(QUIZ, RIGHT | {"q1": "b"}).passed
    assert not mark(QUIZ, RIGHT | {"q1": "b", "q3": True}).passed


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_an_open_question_has_no_mark_and_says_so(nothing: object) -> None:
    question = mark(QUIZ, {"q5": nothing}).question("q5")
    assert (question.mark, question.feedback, question.answered) == (0, UNANSWERED, False)


def test_an_empty_sheet_has_no_mark_at_all() -> None:
    marked = mark(QUIZ, {})
    assert (marked.score, marked.max, marked.passed, len(marked.questions)) == (0, 6, False, 6)


def test_a_single_choice_gives_the_feedback_of_the_chosen_option_only() -> None:
    assert mark(QUIZ, {"q1": "b"}).question("q1").feedback == "The supplier answers for the delivery."


def test_a_multiple_choice_is_right_only_with_all_options_and_no_other() -> None:
    assert mark(QUIZ, {"q2": ["a", "c"]}).question("q2").mark == 1
    assert mark(QUIZ, {"q2": ["a"]}).question("q2").mark == 0
    assert mark(QUIZ, {"q2": ["a", "b", "c"]}).question("q2").mark == 0


def test_a_multiple_choice_says_how_many_more_apply() -> None:
    question = mark(QUIZ, {"q2": ["b", "a"]}).question("q2")
    assert question.parts == (
        ("a", "Without it nobody can say what success is."),
        ("b", "Nobody decides by it."),
    )
    assert question.feedback.endswith("Nobody decides by it. One more option applies.")


def test_false_is_an_answer_and_not_an_open_question() -> None:
    question = mark(QUIZ, {"q3": False}).question("q3")
    assert (question.mark, question.feedback) == (1, "The decision is the gate.")


@pytest.mark.parametrize(
    ("number", "right"), [(12.5, 1), (12.55, 1), (12.45, 1), (12.551, 0), (12, 0), (Decimal("12.55"), 1)]
)
def test_a_number_is_right_up_to_and_including_the_tolerance(number: object, right: int) -> None:
    assert mark(QUIZ, {"q4": number}).question("q4").mark == right


def test_zero_is_a_number_and_not_an_open_question() -> None:
    zero = Quiz((Numeric("q1", "?", Decimal(0), Decimal(0), None, "Yes.", "No."),), 1)
    assert mark(zero, {"q1": 0}).score == 1
    assert mark(zero, {"q1": 10**5000}).score == 0


def test_an_ordering_must_have_every_entry_in_its_place() -> None:
    assert mark(QUIZ, {"q5": ["a", "c", "b"]}).question("q5").feedback == "Closing comes last."
    short = mark(QUIZ, {"q5": ["c", "a"]}).question("q5")
    assert (short.mark, short.feedback) == (
        0,
        "Closing comes last. You placed 2 of 3; all of them need a place.",
    )


def test_a_matching_gives_the_feedback_of_each_matched_row() -> None:
    wrong = mark(QUIZ, {"q6": {"x": "2", "y": "2"}}).question("q6")
    assert (wrong.mark, wrong.feedback) == (0, "The money is hers. He runs the work.")
    half = mark(QUIZ, {"q6": {"x": "1", "y": ""}}).question("q6")
    assert (half.mark, half.feedback) == (
        0,
        "The money is hers. You matched 1 of 2; every row needs a choice.",
    )


@pytest.mark.parametrize(
    ("question", "answer", "refusal"),
    [
        ("q9", "a", UnknownQuestion),
        ("q1", "z", UnknownOption),
        ("q1", ["a", "b"], TooManyChoices),
        ("q1", ["a"], WrongAnswerType),
        ("q1", 1, WrongAnswerType),
        ("q2", "a", WrongAnswerType),
        ("q2", ["a", "a"], TooManyChoices),
        ("q2", ["a", ["b"]], WrongAnswerType),
        ("q2", ["a", "z"], UnknownOption),
        ("q3", "true", WrongAnswerType),
        ("q3", 1, WrongAnswerType),
        ("q4", "12.5", WrongAnswerType),
        ("q4", True, WrongAnswerType),
        ("q4", float("inf"), WrongAnswerType),
        ("q5", {"c": 1}, WrongAnswerType),
        ("q5", ["c", "c", "a"], TooManyChoices),
        ("q6", ["1", "2"], WrongAnswerType),
        ("q6", {"z": "1"}, UnknownOption),
        ("q6", {"x": "9"}, UnknownOption),
        ("q6", {"x": 1}, WrongAnswerType),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_name(
    question: str, answer: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        mark(QUIZ, {question: answer})
    assert str(refused.value).startswith(f"{question}: ")
    assert "\n" not in str(refused.value)


def test_all_answers_that_do_not_fit_are_found_at_once() -> None:
    faults = sheet_faults(QUIZ, {"q1": "z", "q2": ["a"], "q9\n": "a"})
    assert [str(fault) for fault in faults] == [
        "q1: has no option 'z'",
        "'q9\\n': this check has no such question",
    ]


scraps = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.floats()
    | some.sampled_from(["a", "c", "1", "x", ""]),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from("axy1"), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(some.dictionaries(some.sampled_from(["q1", "q2", "q3", "q4", "q5", "q6", "q7"]), scraps))
@settings(max_examples=150, deadline=None)
def test_any_sheet_is_either_refused_or_marked_between_none_and_all(sheet: dict[str, object]) -> None:
    if sheet_faults(QUIZ, sheet):
        return
    marked = mark(QUIZ, sheet)
    assert marked.score == sum(question.mark for question in marked.questions)
    assert marked.passed is (marked.score >= 5)
    assert all(question.feedback for question in marked.questions)


def test_two_tries_a_day_and_two_more_tomorrow() -> None:
    assert may_try((), MONDAY).sentence == "You have two tries today; the best one counts."
    assert may_try((failed(MONDAY),), MONDAY).sentence == "You have one more try today; the best one counts."
    tired = may_try((failed(MONDAY), failed(MONDAY)), MONDAY)
    assert (tired.allowed, tired.left) == (False, 0)
    assert tired.sentence == "You have used both tries of today. The check opens again tomorrow."
    assert may_try((failed(MONDAY), failed(MONDAY)), TUESDAY).left == 2


def test_the_best_try_counts_and_of_two_equal_ones_the_earlier() -> None:
    assert best(()) is None
    assert best((failed(MONDAY), passed(FRIDAY), passed(TUESDAY), failed(FRIDAY, 4))) == passed(TUESDAY)
