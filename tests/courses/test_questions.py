"""What a reader may see before answering: no key, and a shuffled order that stays."""

from dataclasses import asdict, fields, replace

from hypothesis import given, settings
from hypothesis import strategies as some

from courses.questions import Entry, Ordering, ShownOption, ShownQuestion, right_answer, shown
from courses.quiz import presented
from tests.courses.values import MATCHING, MULTIPLE, NUMERIC, ORDERING, QUIZ, SINGLE, TRUE_FALSE


def test_a_shown_question_has_no_place_for_the_key() -> None:
    assert {field.name for field in fields(ShownQuestion)} == {
        "id",
        "kind",
        "text",
        "options",
        "rows",
        "unit",
        "units",
        "gaps",
    }
    assert {field.name for field in fields(ShownOption)} == {"id", "text"}


def test_nothing_of_the_key_or_the_feedback_is_in_a_shown_quiz() -> None:
    shown_quiz = str(asdict(presented(QUIZ, 7)))
    for secret in ("correct", "match'", "12.5", "answers for", "Closing comes last", "It is a decision"):
        assert secret not in shown_quiz


def test_choices_keep_the_order_of_the_writer() -> None:
    assert [option.id for option in shown(MULTIPLE, 1).options] == ["a", "b", "c"]
    assert [option.text for option in shown(TRUE_FALSE, 1).options] == ["True", "False"]
    assert (shown(NUMERIC, 1).options, shown(NUMERIC, 1).unit) == ((), "days")


def test_the_same_seed_gives_the_same_order() -> None:
    assert presented(QUIZ, "attempt-12") == presented(QUIZ, "attempt-12")
    orders = {tuple(option.id for option in shown(ORDERING, seed).options) for seed in range(40)}
    assert len(orders) == 5


def test_both_sides_of_a_matching_are_shuffled_and_complete() -> None:
    seen = [shown(MATCHING, seed) for seed in range(20)]
    assert {tuple(row.id for row in one.rows) for one in seen} == {("x", "y"), ("y", "x")}
    assert {tuple(option.id for option in one.options) for one in seen} == {("1", "2"), ("2", "1")}


@given(some.lists(some.text("abcdef", min_size=1), min_size=2, max_size=6, unique=True), some.integers())
@settings(max_examples=100, deadline=None)
def test_an_ordering_never_stands_in_its_correct_order(ids: list[str], seed: int) -> None:
    question = Ordering("q", "Order", tuple(Entry(key, key) for key in ids), "Yes", "No")
    order = [option.id for option in shown(question, seed).options]
    assert order != ids
    assert sorted(order) == sorted(ids)


def test_the_right_answer_in_words() -> None:
    assert right_answer(SINGLE) == ("The sponsor",)
    assert right_answer(MULTIPLE) == ("Purpose", "Sponsor")
    assert right_answer(TRUE_FALSE) == ("False",)
    assert right_answer(NUMERIC) == ("12.5 days",)
    assert right_answer(replace(NUMERIC, unit=None)) == ("12.5",)
    assert right_answer(ORDERING) == ("Initiation", "Planning", "Closing")
    assert right_answer(MATCHING) == ("Decides: Sponsor", "Leads: Project manager")
