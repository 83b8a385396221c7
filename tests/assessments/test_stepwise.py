"""Level by level: what is asked, where it ends, and that it comes to the same answers as all levels side by side."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questionnaire import Choice, Dimension, Item, Questionnaire
from assessments.reading import read_questionnaire
from assessments.stepwise import Outcome, outcome, said_for, spared, steps, suits
from tests.assessments.values import CONTENT, item, model, pmo_maturity

FIVE = item("A-1")


@st.composite
def items(draw):
    """Items of two to ten levels, with gaps in the numbers."""
    values = sorted(draw(st.sets(st.integers(1, 10), min_size=2, max_size=10)))
    return Item("A-1", "A-1", "?", tuple(Choice(value, f"Level {value}") for value in values))


@st.composite
def sayings(draw):
    """An item and any yes, not yet or silence to each of its steps."""
    one = draw(items())
    said = {step.value: draw(st.sampled_from([True, False, None])) for step in steps(one)}
    return one, {level: word for level, word in said.items() if word is not None}


@pytest.mark.parametrize(("said", "found"), [
    ({}, Outcome(asked_next=2)), ({2: True}, Outcome(asked_next=3)), ({2: False}, Outcome(1)), ({2: True, 3: False}, Outcome(2)),
    ({2: True, 3: True, 4: True, 5: False}, Outcome(4)), ({2: True, 3: True, 4: True, 5: True}, Outcome(5)),
    ({2: False, 3: False}, Outcome(1)), ({3: True}, Outcome(asked_next=2)), ({2: True, 4: True}, Outcome(asked_next=3)),
    ({2: False, 4: True}, Outcome(contradiction=(2, 4))), ({2: True, 3: False, 4: False, 5: True}, Outcome(contradiction=(3, 5))),
])
def test_the_first_not_yet_ends_an_item_and_the_level_below_is_the_answer(said, found):
    assert outcome(FIVE, said) == found


@given(sayings())
def test_every_saying_is_an_answer_a_next_question_or_a_contradiction(case):
    one, said = case
    found = outcome(one, said)
    assert [found.answer, found.asked_next, found.contradiction].count(None) == 2
    asked = [step.value for step in steps(one)]
    if found.answer is not None:
        level_of_no = next((level for level in asked if not said.get(level)), None)
        below = [value for value in one.values if level_of_no is None or value < level_of_no]
        assert found.answer == max(below)
        assert not any(said.get(level) for level in asked if level > found.answer)
    if found.asked_next is not None:
        assert found.asked_next not in said
        assert all(said[level] for level in asked if level < found.asked_next)
    if found.contradiction is not None:
        low, high = found.contradiction
        assert (low < high, said[low], said[high]) == (True, False, True)


@given(items(), st.data())
def test_every_answer_comes_back_from_what_it_takes_to_say_it(one, data):
    answer = data.draw(st.sampled_from(one.values))
    said = said_for(one, answer)
    assert outcome(one, said) == Outcome(answer)
    assert len(said) + spared(one, answer) == len(steps(one))
    for level in said:
        assert outcome(one, {lower: word for lower, word in said.items() if lower < level}) == Outcome(asked_next=level)


def test_low_answers_spare_most_questions():
    assert [spared(FIVE, value) for value in (1, 2, 3, 4, 5)] == [3, 2, 1, 0, 0]


def test_every_answer_of_the_shipped_model_can_be_given():
    for one in pmo_maturity().items:
        words = product([True, False], repeat=len(steps(one)))
        reached = {outcome(one, dict(zip(one.values[1:], said, strict=True))).answer for said in words}
        assert reached == {1, 2, 3, 4, 5, None}


def test_models_of_levels_suit_and_models_of_points_do_not():
    assert suits(pmo_maturity())
    assert not suits(read_questionnaire(CONTENT / "questionnaires" / "meeting-health.yaml"))
    falling = Item("A-1", "A-1", "?", (Choice(2, "two"), Choice(1, "one")))
    assert not suits(model(Dimension("A", "A", (falling,))))
    assert not suits(Questionnaire("small", "Small", 1, (Dimension("A", "A", (FIVE,)),), scale="points"))
