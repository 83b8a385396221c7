"""Scoring: the printed examples, the edges of each rule, and what holds for any answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.errors import InvalidSheets
from assessments.questionnaire import Dimension, Rules
from assessments.scoring import band, low_median, quality_flags, score, staged_level
from assessments.scoring.dimensions import weighted_mean
from assessments.scoring.staged import holding_back
from tests.assessments.values import columns, dimension, model, pmo_maturity, sheet

CTL_WEIGHTS = [16, 8, 20, 20, 10, 8, 8, 10]
INDICES = [2.6, 2.2, 2.8, 2.4, 2.0, 2.5, 1.8, 2.3]


def near(value):
    return pytest.approx(value, abs=5.1e-5)


# --- item ---


@pytest.mark.parametrize(
    ("answers", "level"), [([3, 4, 3, 4, 3], 3), ([2, 2, 4, 4], 2), ([2, 3, 4], 3), ([1, 5, 1, 5, 3], 3)]
)
def test_the_level_of_an_item_is_the_low_median(answers, level):
    assert low_median(answers) == level


def test_dont_know_and_blank_leave_the_mean_alone():
    found = score(model(dimension("A", 1)), columns({"A-1": "2 4 ?"})).items["A-1"]
    assert (found.n, found.mean, found.level) == (2, 3.0, 2)


def test_an_agreed_level_replaces_the_level_but_not_the_mean():
    small = model(dimension("A", 3))
    rows = {"A-1": "2 2 2", "A-2": "2 2 2", "A-3": "1 1 1"}
    before = score(small, columns(rows))
    after = score(small, columns(rows), agreed_levels={"A-3": 2})
    assert (before.staged, after.staged) == (1, 2)
    assert (after.items["A-3"].answered_level, after.items["A-3"].level) == (1, 2)
    assert after.items["A-3"].mean == 1.0
    assert after.index == before.index


# --- scope and valid sheets ---


def test_an_item_leaves_scope_when_more_than_half_of_the_answers_say_not_applicable():
    small = model(dimension("A", 6, na=(1,)))
    rows = {f"A-{n}": "3 3 3 3" for n in range(2, 7)}
    half = score(small, columns({"A-1": "N N 2 2", **rows}))
    more = score(small, columns({"A-1": "N N 2 ?", **rows}))
    assert half.items["A-1"].in_scope
    assert half.items["A-1"].flags == ("scope disagreement",)
    assert not more.items["A-1"].in_scope
    assert (more.items["A-1"].n, more.items["A-1"].mean) == (0, None)
    assert more.dimensions["A"].items_in_scope == 5
    assert more.out_of_scope == ("A-1",)


def test_scope_counts_sheets_that_are_too_thin_to_be_scored():
    small = model(dimension("A", 5, na=(1,)))
    thin = [sheet(f"T{n}", {"A-1": "NA"}) for n in range(2)]
    full = [sheet("F", {f"A-{n}": 3 for n in range(1, 6)})]
    found = score(small, thin + full)
    assert found.out_of_scope == ("A-1",)
    assert (found.answered, found.valid) == (3, ("F",))


def test_a_sheet_needs_80_percent_of_its_items_compared_as_whole_numbers():
    small = model(dimension("A", 5), dimension("B", 5))
    enough = {f"{d}-{n}": 3 for d in "AB" for n in range(1, 5)}
    short = {key: value for key, value in enough.items() if key != "A-1"}
    assert score(small, [sheet("R1", enough)]).valid == ("R1",)
    assert score(small, [sheet("R1", short)]).valid == ()


def test_a_thin_sheet_leaves_every_statistic_but_counts_as_answered():
    small = model(dimension("A", 5))
    full = columns({f"A-{n}": "2 3 4" for n in range(1, 6)})
    thin = sheet("T", {"A-1": 5, "A-2": "DK"})
    found = score(small, [*full, thin], invited=6)
    assert found.items["A-1"].n == 3
    assert found.items["A-2"].dont_know == 0
    assert (found.answered, len(found.valid)) == (4, 3)
    assert found.index == 3.0


def test_dont_know_from_half_of_the_people_is_low_visibility():
    small = model(dimension("A", 6))
    rows = {f"A-{n}": "3 3 3 3" for n in range(2, 7)}
    assert score(small, columns({"A-1": "2 2 ? ?", **rows})).items["A-1"].flags == ("low visibility",)
    assert score(small, columns({"A-1": "2 2 2 ?", **rows})).items["A-1"].flags == ()


# --- dimension ---


def test_a_dimension_needs_an_answer_to_60_percent_of_its_items_and_all_key_items():
    small = model(dimension("A", 5, keys=(1,)), dimension("B", 15))
    rest = {f"B-{n}": 3 for n in range(1, 16)}

    def dimension_a(*numbers):
        return score(small, [sheet("R1", {**rest, **{f"A-{n}": 3 for n in numbers}})]).dimensions["A"]

    assert dimension_a(1, 2, 3).scored
    assert dimension_a(1, 2).why_not_scored == "Too few items have an answer: 2 of 5."
    assert dimension_a(2, 3, 4).why_not_scored == "Key items without an answer: A-1."


def test_a_dimension_with_more_than_40_percent_out_of_scope_is_not_scored():
    small = model(dimension("A", 5, na=(1, 2, 3)), dimension("B", 5))
    rest = {f"B-{n}": "3" for n in range(1, 6)}
    two = score(small, columns({**rest, "A-1": "N", "A-2": "N", "A-3": "2", "A-4": "2", "A-5": "2"}))
    three = score(small, columns({**rest, "A-1": "N", "A-2": "N", "A-3": "N", "A-4": "2", "A-5": "2"}))
    assert two.dimensions["A"].index == 2.0
    assert three.dimensions["A"].why_not_scored == "More than 40 % of the items are out of scope."
    assert three.index == 3.0


def test_a_small_model_shrinks_the_minimum_numbers():
    found = score(model(dimension("A", 2)), columns({"A-1": "3", "A-2": "4"}))
    assert found.index == 3.5
    assert found.published


def test_item_weights_count():
    first, *others = dimension("A", 3).items
    heavy = Dimension("A", "A", (replace(first, weight=2.0), *others))
    assert score(model(heavy), columns({"A-1": "1", "A-2": "2", "A-3": "4"})).index == 2.0


# --- the whole ---


def test_the_overall_index_of_the_worked_example():
    index = weighted_mean(list(zip(CTL_WEIGHTS, INDICES, strict=True)))
    assert index == near(2.4060)
    assert 100 * (index - 1) / 4 == near(35.15)


def test_a_dimension_out_of_scope_gives_its_weight_to_the_others():
    pairs = list(zip(CTL_WEIGHTS, INDICES, strict=True))
    assert weighted_mean([*pairs[:6], (8, None), pairs[7]]) == near(2.4587)


def sheets_with_indices(tenths, leave=()):
    """Ten respondents whose answers give each dimension its index to one decimal."""
    shipped = pmo_maturity()
    people = [{} for _ in range(10)]
    for part, tenth in zip(shipped.dimensions, tenths, strict=True):
        for asked in part.all_items():
            for at, answers in enumerate(people):
                low, above = divmod(tenth, 10)
                answers[asked.id] = "DK" if part.id in leave else low + (at < above)
    return [sheet(f"R{at}", answers) for at, answers in enumerate(people)]


def test_the_worked_example_from_answers():
    found = score(pmo_maturity(), sheets_with_indices([26, 22, 28, 24, 20, 25, 18, 23]), type_id="CTL")
    assert (found.index, found.percent) == (near(2.4060), near(35.15))
    assert found.published
    assert found.band == "Repeatable"


def test_without_benefits_the_rest_carries_the_weight():
    sheets = sheets_with_indices([26, 22, 28, 24, 20, 25, 18, 23], leave=("VAL",))
    found = score(pmo_maturity(), sheets, type_id="CTL")
    assert found.index == near(2.4587)
    assert found.weight_share == near(0.92)
    assert found.published


def test_too_little_weight_makes_the_whole_partial():
    light, heavy = (Dimension("B", "B", dimension("B", 1).items, weight=w) for w in (0.33, 0.34))
    answers = [sheet("R1", {f"A-{n}": 2 for n in range(1, 5)})]
    rules = Rules(min_dimensions=1)
    enough = score(replace(model(dimension("A", 4), light), rules=rules), answers)
    short = score(replace(model(dimension("A", 4), heavy), rules=rules), answers)
    assert (enough.index, enough.published, enough.partial) == (2.0, True, False)
    assert (short.index, short.published, short.partial) == (2.0, False, True)


def test_too_few_dimensions_make_the_whole_partial():
    found = score(
        model(dimension("A", 4), dimension("B", 1)), [sheet("R1", {f"A-{n}": 2 for n in range(1, 5)})]
    )
    assert (found.index, found.published) == (2.0, False)


def test_nothing_answered_is_undefined_and_never_zero():
    found = score(pmo_maturity(), [], type_id="SUP", invited=4)
    assert (found.index, found.percent, found.staged, found.interval) == (None, None, None, None)
    assert not found.published
    assert found.kind == "nobody"


@pytest.mark.parametrize(
    ("index", "word"),
    [
        (1.0, "Ad hoc"),
        (1.49, "Ad hoc"),
        (1.5, "Repeatable"),
        (2.5, "Defined"),
        (3.5, "Managed"),
        (4.5, "Optimising"),
    ],
)
def test_words_for_an_index(index, word):
    assert band(index) == word


@pytest.mark.parametrize(
    ("groups", "invited", "kind"),
    [
        ("o", 1, "single view"),
        ("ou", 2, "two views"),
        ("ouu", 3, "team"),
        ("ouuu", 4, "team"),
        ("oouuu", 10, "confirmed"),
        ("oouuu", 11, "team"),
        ("oouuu", None, "team"),
        ("uuuuu", 5, "team"),
    ],
)
def test_what_a_result_is_called(groups, invited, kind):
    rows = {f"A-{n}": " ".join("3" * len(groups)) for n in range(1, 4)}
    assert score(model(dimension("A", 3)), columns(rows, groups), invited=invited).kind == kind


# --- staged level ---


@pytest.mark.parametrize(
    ("levels", "staged"),
    [([3, 3, 3, 3, 3, 2], 3), ([3, 2, 3, 3, 3, 3], 2), ([3, 3, 3, 3, 3, 1], 2), ([1] * 6, 1), ([5] * 6, 5)],
)
def test_the_staged_level_of_the_worked_examples(levels, staged):
    named = [(f"GOV-{n}", level, n <= 2) for n, level in enumerate(levels, 1)]
    assert staged_level(named, 5) == staged


def test_items_that_hold_a_dimension_back():
    share = [("A-1", 3, True), ("A-2", 2, False), ("A-3", 2, False)]
    assert [(h.item, h.rules) for h in holding_back(share, 5)] == [("A-2", ("share",)), ("A-3", ("share",))]
    key = [("A-1", 2, True), *[(f"A-{n}", 3, False) for n in range(2, 7)]]
    assert [(h.item, h.next_level, h.rules) for h in holding_back(key, 5)] == [("A-1", 3, ("key",))]
    floor = [("A-1", 3, True), *[(f"A-{n}", 3, False) for n in range(2, 6)], ("A-6", 1, False)]
    assert [(h.item, h.rules) for h in holding_back(floor, 5)] == [("A-6", ("floor",))]
    assert holding_back([("A-1", 5, True)], 5) == ()


def test_a_mean_near_the_next_level_reaches_nothing():
    small = model(dimension("A", 5))
    found = score(small, columns({f"A-{n}": "2 4 2 4 2" for n in range(1, 6)}))
    assert found.index == near(2.8)
    assert found.staged == 2
    assert found.by_staged_level == {2: ("A",)}


# --- what is refused ---


def test_sheets_that_cannot_be_scored_are_refused_with_every_reason():
    small = model(dimension("A", 2))
    with pytest.raises(InvalidSheets) as caught:
        score(
            small,
            [sheet("R1", {"A-1": 9}), sheet("R1", {"A-2": "NA", "B-1": 1})],
            invited=1,
            targets={"A": 6, "Z": 2},
            agreed_levels={"A-1": 7},
        )
    assert caught.value.problems == (
        "R1: A-1: 9 is not one of its choices (1, 2, 3, 4, 5).",
        "R1: A-2: not applicable is not offered here. Choose a level or don't know.",
        "R1: B-1: the model small has no such item.",
        "R1: this respondent has 2 sheets; each has one.",
        "2 people answered, so at least as many were invited, not 1.",
        "The target of A is 6; a target is a level from 1 to 5.",
        "The target Z is not a dimension of small.",
        "A-1: 7 is not a level of this item.",
    )


# --- quality flags ---


def test_twenty_equal_answers_in_a_row_are_flagged():
    ids = [asked.id for asked in pmo_maturity().items]
    same = {item_id: 3 if at < 20 else 1 + at % 5 for at, item_id in enumerate(ids)}
    nearly = {**same, ids[10]: 2}
    assert [f.kind for f in quality_flags(pmo_maturity(), sheet("R1", same))] == ["same answer"]
    assert quality_flags(pmo_maturity(), sheet("R1", nearly)) == ()


def test_a_hurried_and_a_contradictory_sheet_are_flagged():
    answers = sheet("R1", {"MTH-1": 2, "MTH-5": 4})
    assert [f.kind for f in quality_flags(pmo_maturity(), answers, 7.9)] == ["fast", "contradiction"]
    assert [f.kind for f in quality_flags(pmo_maturity(), answers, 8)] == ["contradiction"]
    assert quality_flags(pmo_maturity(), sheet("R1", {"MTH-1": 2, "MTH-5": 3})) == ()


# --- what holds for any answers ---

SMALL = model(dimension("A", 5, keys=(1,), na=(5,)), dimension("B", 5, keys=(2,)))
IDS = [asked.id for asked in SMALL.items]
codes = st.sampled_from(["1", "2", "3", "4", "5", "1", "2", "3", "4", "5", "DK", ""])


@st.composite
def rounds(draw):
    people = draw(st.integers(1, 6))
    groups = draw(st.lists(st.sampled_from(["office", "users"]), min_size=people, max_size=people))
    return [
        sheet(
            f"R{at}",
            {
                key: draw(codes) if key != "A-5" else draw(st.sampled_from(["1", "3", "NA", ""]))
                for key in IDS
            },
            groups[at],
        )
        for at in range(people)
    ]


@settings(max_examples=60, deadline=None)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_and_items_makes_no_difference(sheets, random):
    mixed = list(sheets)
    random.shuffle(mixed)
    for at, one in enumerate(mixed):
        answers = list(one.answers.items())
        random.shuffle(answers)
        mixed[at] = type(one)(one.respondent, dict(answers), one.group)
    one_way, other_way = score(SMALL, sheets, invited=9), score(SMALL, mixed, invited=9)
    assert one_way.items == other_way.items
    assert one_way.dimensions == other_way.dimensions
    assert (one_way.index, one_way.staged, one_way.interval) == (
        other_way.index,
        other_way.staged,
        other_way.interval,
    )
    turned = model(*[Dimension(d.id, d.id, d.items[::-1]) for d in SMALL.dimensions[::-1]])
    reversed_model = score(turned, sheets, invited=9)
    assert (one_way.index, one_way.staged, one_way.interval) == (
        reversed_model.index,
        reversed_model.staged,
        reversed_model.interval,
    )


@settings(max_examples=60, deadline=None)
@given(rounds())
def test_scores_stay_within_their_bounds(sheets):
    found = score(SMALL, sheets, invited=9)
    for scored in found.items.values():
        assert scored.mean is None or 1 <= scored.mean <= 5
    for part in found.dimensions.values():
        assert part.index is None or 1 <= part.index <= 5
        assert part.staged is None or 1 <= part.staged <= 5
        assert part.r_wg_j is None or 0 <= part.r_wg_j <= 1
        assert part.interval is None or 1 <= part.interval.low <= part.interval.high <= 5
    assert found.percent is None or 0 <= found.percent <= 100


@settings(max_examples=60, deadline=None)
@given(rounds(), st.data())
def test_raising_an_answer_never_lowers_an_index_or_a_level(sheets, data):
    at = data.draw(st.integers(0, len(sheets) - 1))
    lower = {key: given for key, given in sheets[at].answers.items() if given.value in (1, 2, 3, 4)}
    if not lower:
        return
    key = data.draw(st.sampled_from(sorted(lower)))
    raised = {k: given.code for k, given in sheets[at].answers.items()} | {key: lower[key].value + 1}
    after = score(
        SMALL, [*sheets[:at], sheet(sheets[at].respondent, raised, sheets[at].group), *sheets[at + 1 :]]
    )
    before = score(SMALL, sheets)
    for name, part in before.dimensions.items():
        if part.index is not None:
            assert after.dimensions[name].index >= part.index
            assert after.dimensions[name].staged >= part.staged
    if before.index is not None:
        assert after.index >= before.index
        assert after.staged >= before.staged


@settings(max_examples=60, deadline=None)
@given(rounds(), st.data())
def test_a_dont_know_and_a_blank_give_the_same_scores(sheets, data):
    at = data.draw(st.integers(0, len(sheets) - 1))
    key = data.draw(st.sampled_from(IDS))
    rest = {k: a.code for k, a in sheets[at].answers.items() if k != key}

    def with_answer(code):
        changed = sheet(sheets[at].respondent, {**rest, key: code}, sheets[at].group)
        return score(SMALL, [*sheets[:at], changed, *sheets[at + 1 :]], invited=9)

    blank, unknown = with_answer(""), with_answer("DK")
    assert (blank.index, blank.staged, blank.valid) == (unknown.index, unknown.staged, unknown.valid)
    assert blank.respondent_means == unknown.respondent_means
    assert blank.levels == unknown.levels


@settings(max_examples=60, deadline=None)
@given(rounds(), st.data())
def test_a_dont_know_more_changes_no_other_item_while_the_sheet_stays_valid(sheets, data):
    at = data.draw(st.integers(0, len(sheets) - 1))
    key = data.draw(st.sampled_from(IDS))
    codes_of = {k: a.code for k, a in sheets[at].answers.items()}
    changed = sheet(sheets[at].respondent, {**codes_of, key: "DK"}, sheets[at].group)
    before = score(SMALL, sheets)
    after = score(SMALL, [*sheets[:at], changed, *sheets[at + 1 :]])
    if before.valid != after.valid or before.out_of_scope != after.out_of_scope:
        return
    assert {k: i for k, i in before.items.items() if k != key} == {
        k: i for k, i in after.items.items() if k != key
    }
    other = next(d for d in ("A", "B") if not key.startswith(d))
    assert before.dimensions[other] == after.dimensions[other]
