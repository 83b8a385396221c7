"""Round against round: the three tests, the words, and rounds on different versions of a model."""

from dataclasses import replace

import pytest

from assessments.comparison import (
    AnsweredRound,
    ReferenceSet,
    against_reference,
    common_items,
    compare,
    different_people,
    reduced,
    reference_set,
    same_people,
    verdict,
)
from assessments.errors import NotComparable
from assessments.questionnaire import Dimension
from tests.assessments.values import columns, dimension, item, model

FIRST = [2.0, 2.3, 1.9, 2.4, 2.1]


def near(value):
    return pytest.approx(value, abs=5.1e-5)


def test_reliable_change_against_a_reference_set():
    reference = ReferenceSet(sd_teams=0.62, icc2=0.81, teams=8)
    assert (reference.sem, reference.s_diff) == (near(0.2703), near(0.3822))
    assert reference.smallest_reliable_change == near(0.7491)
    small, large = against_reference(2.05, 2.70, reference), against_reference(2.05, 3.00, reference)
    assert (small.statistic, small.reliable, small.verdict) == (near(1.7007), False, "possibly improved")
    assert (large.statistic, large.reliable, large.verdict) == (near(2.4857), True, "improved")


def test_a_reference_set_needs_eight_teams():
    with pytest.raises(NotComparable, match="at least 8 teams"):
        against_reference(2.0, 3.0, ReferenceSet(0.62, 0.81, 7))
    teams = [[level, level + 0.2, level + 0.4] for level in (1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5)]
    assert reference_set(teams[:7]) is None
    assert reference_set([[2.0]] * 8) is None
    found = reference_set(teams)
    assert (found.sd_teams, found.teams) == (near(1.2247), 8)
    assert 0.9 < found.icc2 < 1


def test_different_people_in_two_rounds():
    found = different_people(FIRST, [2.6, 2.5, 2.9, 2.4, 2.7, 2.8])
    assert (found.difference, found.standard_error) == (near(0.51), near(0.1201))
    assert (found.statistic, found.df, found.p) == (near(4.2451), near(8.2355), near(0.0026))
    assert (found.low, found.high) == (near(0.2343), near(0.7857))
    assert found.verdict == "improved"


def test_the_same_people_in_two_rounds():
    found = same_people(list(zip(FIRST, [2.5, 2.6, 2.4, 2.6, 2.6], strict=True)))
    assert (found.difference, found.standard_error) == (near(0.4), near(0.0632))
    assert found.standard_error * 5**0.5 == near(0.1414)
    assert (found.statistic, found.df, found.p) == (near(6.3246), 4, near(0.0032))
    assert found.verdict == "improved"


@pytest.mark.parametrize(
    ("difference", "reliable", "words"),
    [
        (0.30, True, "improved"),
        (0.20, True, "improved"),
        (2.25 - 2.05, True, "improved"),
        (0.19, True, "possibly improved"),
        (0.30, False, "possibly improved"),
        (0.19, False, "no reliable change"),
        (0.0, False, "no reliable change"),
        (-0.30, False, "possibly declined"),
        (-0.19, True, "possibly declined"),
        (-0.20, True, "declined"),
    ],
)
def test_the_words_for_a_change(difference, reliable, words):
    assert verdict(difference, reliable) == words


def test_fewer_than_three_people_a_round_are_not_judged():
    found = different_people([2.0, 2.1], [4.0, 4.1, 4.2])
    assert found.difference == near(2.05)
    assert found.verdict is None
    with pytest.raises(NotComparable, match="two people"):
        different_people([2.0], [3.0, 3.1])
    with pytest.raises(NotComparable, match="both rounds"):
        same_people([(2.0, 3.0)])


def test_rounds_in_which_nobody_differs_are_still_compared():
    assert different_people([2.0] * 3, [2.5] * 3).verdict == "improved"
    assert same_people([(2.0, 2.0)] * 3).verdict == "no reliable change"


def test_equal_ids_are_shared_and_repaired_wording_is_named():
    old = model(Dimension("A", "A", (item("A-1"), item("A-2"), item("A-3"))))
    other_choices = replace(item("A-3"), choices=item("A-3").choices[:4])
    new = model(Dimension("A", "A", (item("A-1"), item("A-2", version=2), other_choices, item("A-4"))))
    found = common_items(old, new)
    assert (found.shared, found.reworded, found.changed) == (("A-1", "A-2"), ("A-2",), ("A-3",))
    assert (found.gone, found.new) == ((), ("A-4",))
    assert [i.id for i in reduced(new, found.shared).items] == ["A-1", "A-2"]
    with pytest.raises(NotComparable, match="different models"):
        common_items(old, replace(new, id="other"))


def test_two_rounds_are_compared_on_shared_items_in_scope_in_both():
    old = model(dimension("A", 4, na=(1,)), dimension("B", 3))
    new = replace(model(dimension("A", 5, na=(1,))), version=2)
    before = columns(
        {"A-1": "N N 5", **{f"A-{n}": "2 2 3" for n in (2, 3, 4)}, **{f"B-{n}": "5 5 5" for n in (1, 2, 3)}}
    )
    after = columns({"A-1": "1 1 1", **{f"A-{n}": "3 4 4" for n in (2, 3, 4)}, "A-5": "5 5 5"})
    found = compare(AnsweredRound(old, tuple(before)), AnsweredRound(new, tuple(after)))
    assert found.overall.people == (3, 3)
    assert found.overall.difference == near(11 / 3 - 7 / 3)
    assert found.overall.verdict == "improved"
    assert found.dimensions["A"].difference == found.overall.difference
    assert found.items.gone == ("B-1", "B-2", "B-3")
    linked = compare(AnsweredRound(old, tuple(before)), AnsweredRound(new, tuple(after)), linked=True)
    assert linked.overall.method == "same people"
    reference = ReferenceSet(0.62, 0.81, 9)
    judged = compare(AnsweredRound(old, tuple(before)), AnsweredRound(new, tuple(after)), reference=reference)
    assert judged.overall.method == "reference"


def test_rounds_without_shared_items_cannot_be_compared():
    old, new = model(dimension("A", 3)), model(dimension("B", 3))
    with pytest.raises(NotComparable, match="share no item"):
        compare(AnsweredRound(old, ()), AnsweredRound(new, ()))


def test_a_round_without_answers_gives_no_change():
    small = model(dimension("A", 3))
    found = compare(AnsweredRound(small, ()), AnsweredRound(small, ()))
    assert (found.overall, found.dimensions) == (None, {"A": None})
