"""Answering a question again within one try of a practice check: what it costs, what is told, what a hint may be."""

from dataclasses import replace
from fractions import Fraction

import pytest

from courses.behaviour import EXAM, PRACTICE
from courses.exchange.gift_writing import gift_text
from courses.exchange.items import Item
from courses.exchange.writing import quiz_text
from courses.questions import Option, SingleChoice
from courses.quiz import Quiz, drawn, mark, presented
from courses.reading import read_quiz
from courses.retrying import earlier, told, worth
from tests.courses.kinds import RICH_YAML

ASKED = SingleChoice("q", "Who?", (Option("a", "He", False, "No"), Option("b", "She", True, "Yes"), Option("c", "It", False, "No")), hints=("Not he.", "Not it."))
DRILL = Quiz((ASKED,), 1, behaviour=PRACTICE)


@pytest.mark.parametrize(("tried", "answer", "before"), [([], "b", 0), (["b"], "b", 0), (["a", "b"], "b", 1), (["a"], "b", 1), (["a", "b"], "c", 2), (["a", "b"], "a", 2)])
def test_the_answer_that_stands_is_not_one_of_those_before_it(tried, answer, before):
    assert earlier(tried, answer) == before


@pytest.mark.parametrize(("tried", "score"), [((), 1), (("b",), 1), (("a",), 0.666667), (("a", "c"), 0.333333), (("a", "c", "a"), 0), (("a", "c", "b"), 0.333333)])
def test_each_other_answer_costs_a_third_of_the_mark(tried, score):
    marked = mark(DRILL, {"q": "b"}, tried={"q": tried})
    assert (marked.score, marked.question("q").mark, marked.question("q").is_right) == (score, score, True)
    assert marked.passed is (score == 1)
    assert worth(Fraction(1, 2), 1) == Fraction(1, 3)


@pytest.mark.parametrize("other", [{"behaviour": EXAM}, {"asks_certainty": True}])
def test_an_exam_and_a_check_that_asks_how_sure_people_are_take_one_answer(other):
    quiz = replace(DRILL, **other)
    assert quiz.tries_a_question == 1
    assert mark(quiz, {"q": "b"}, tried={"q": ["a"]}).score == 1


@pytest.mark.parametrize(
    ("tried", "share", "hints", "left"),
    [(["a"], 0, ("Not he.",), 2), (["a", "c"], 0, ("Not he.", "Not it."), 1), (["a", "c", "a"], 0, ("Not he.", "Not it."), 0), (["a", "b"], 1, ("Not he.",), 0)],
)
def test_a_hint_comes_after_each_answer_that_is_not_right(tried, share, hints, left):
    found = told(ASKED, tried, DRILL.tries_a_question)
    assert (found.share, found.hints, found.left) == (share, hints, left)
    assert told(ASKED, [], 3) is None


def test_hints_of_every_kind_are_read_filled_in_written_and_shown_to_nobody_beforehand():
    text = RICH_YAML.replace("  general: It changes", "  hint: It begins with b.\n  general: It changes").replace(
        "    places: 0\n", '    places: 0\n    hint: ["First {EV} by {AC}.", "Then {BAC}."]\n'
    )
    quiz = read_quiz(text, "q.yaml").quiz
    hints = {question.id: question.hints for question in quiz.questions}
    assert hints["s"] == ("It begins with b.",)
    assert hints["m"] == ()
    filled = {question.id: question.hints for seed in range(6) for question in drawn(quiz, seed).questions}
    assert len(filled["f1"]) == 2
    assert "{" not in "".join(filled["f1"])
    assert "hint" not in repr(presented(quiz, 3))
    again = read_quiz(quiz_text(quiz.questions, 4), "q.yaml").quiz
    assert {question.id: question.hints for question in again.questions} == hints
    assert [note.message for note in gift_text([Item(ASKED)])[1]] == ["q: GIFT has no hints, so they were left out"]


@pytest.mark.parametrize(
    ("hint", "fault"),
    [("[a, b, c, d]", "`hint` may have at most 3 entries"), ("''", "entry 1 of `hint` must not be empty"), ('"{XX}"', "f1: there is no parameter XX")],
)
def test_a_fault_of_a_hint_has_its_line(hint, fault):
    text = RICH_YAML.replace("    places: 0\n", f"    places: 0\n    hint: {hint}\n")
    line = text[: text.index("    hint: ")].count("\n") + 1
    assert f"q.yaml:{line}: {fault}" in [str(one) for one in read_quiz(text, "q.yaml").faults]
