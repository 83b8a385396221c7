"""Agreement and reliability: the printed examples of the rules, to four decimals."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.agreement import (
    alpha,
    between_sums,
    between_teams,
    chance_of_false_agreement,
    f_upper,
    icc1_size,
    interval,
    item_agreement,
    mean_of,
    perspective_gap,
    r_wg_j,
    strength,
    sums_of,
    t_975,
    t_two_sided,
    variance_of,
    within_team,
)

SET_X = [[3, 4, 3, 4, 3], [2, 3, 3, 3, 2], [3, 3, 4, 4, 3], [2, 2, 3, 4, 2]]
SET_Z = [[2, 2, 3, 2, 2], [3, 3, 3, 4, 3], [2, 3, 2, 2, 1], [4, 3, 4, 4, 4], [3, 2, 3, 3, 3], [1, 2, 2, 1, 2]]
TEAM_A, TEAM_B, TEAM_C = [2.0, 2.5, 2.2, 2.3], [3.1, 2.9, 3.4, 3.2], [2.6, 3.0, 2.4, 2.8]


def near(value):
    return pytest.approx(value, abs=5.1e-5)


@pytest.mark.parametrize(
    ("answers", "variance", "r_wg", "shown", "ad_m", "ad_md"),
    [
        ([3, 4, 3, 4, 3], 0.3, 0.85, 0.85, 0.48, 0.4),
        ([1, 5, 1, 5, 3], 4.0, -1.0, 0.0, 1.6, 1.6),
        ([2, 2, 3, 2], 0.25, 0.875, 0.875, 0.375, 0.25),
        ([4, 4, 4, 4, 4], 0.0, 1.0, 1.0, 0.0, 0.0),
    ],
)
def test_agreement_on_one_item(answers, variance, r_wg, shown, ad_m, ad_md):
    found = item_agreement(answers)
    assert (found.variance, found.r_wg, found.shown) == (near(variance), near(r_wg), near(shown))
    assert (found.ad_m, found.ad_md) == (near(ad_m), near(ad_md))


def test_agreement_on_set_x():
    items = [item_agreement(row) for row in SET_X]
    assert [i.variance for i in items] == [near(0.3), near(0.3), near(0.3), near(0.8)]
    assert [i.ad_m for i in items] == [near(0.48), near(0.48), near(0.48), near(0.72)]
    assert sum(i.ad_m for i in items) / 4 == near(0.54)
    assert r_wg_j([i.r_wg for i in items]) == near(0.9368)


def test_r_wg_of_many_items_grows_with_their_number():
    assert [r_wg_j([0.5] * count) for count in (1, 5, 45)] == [near(0.5), near(0.8333), near(0.9783)]
    assert r_wg_j([-0.2, 0.2]) == 0.0
    assert r_wg_j([]) is None


@pytest.mark.parametrize(
    ("answers", "reading"),
    [
        ([2, 2], None),
        ([3, 3, 3], "no sign of disagreement"),
        ([1, 5, 3], "talk about it"),
        ([2, 2, 3, 2, 2], "agreed"),
        ([2, 2, 3, 4, 2], "tolerable"),
        ([3, 2, 1, 3, 1], "talk about it"),
        ([1, 1, 1, 3, 3, 3, 2, 2, 2], "tolerable"),
    ],
)
def test_what_to_do_about_an_item(answers, reading):
    assert item_agreement(answers).reading == reading


def test_a_deviation_of_exactly_0_8_is_not_above_the_cut():
    found = item_agreement([3, 2, 1, 3, 1])
    assert (found.r_wg, found.ad_m) == (0.5, 0.8)
    assert item_agreement([1, 1, 2, 3, 3, 3, 2, 1, 2, 3]).reading != "agreed"


def test_agreement_of_fewer_than_two_people_is_undefined():
    assert item_agreement([3]).r_wg is None
    assert item_agreement([3]).ad_m is None
    assert item_agreement([]).reading is None


@pytest.mark.parametrize(
    ("value", "word"),
    [(0.91, "very strong"), (0.90, "strong"), (0.71, "strong"), (0.70, "moderate"), (0.51, "moderate"),
     (0.50, "weak"), (0.31, "weak"), (0.30, "none"), (-1.0, "none")],
)  # fmt: skip
def test_words_for_r_wg(value, word):
    assert strength(value) == word


@pytest.mark.parametrize(
    ("n", "by_r_wg", "by_ad", "by_both"),
    [
        (3, 0.2320, 0.3760, 0.2320),
        (4, 0.0976, 0.3088, 0.0976),
        (5, 0.0592, 0.2640, 0.0592),
        (6, 0.0450, 0.1548, 0.0450),
        (7, 0.0275, 0.1388, 0.0275),
        (8, 0.0210, 0.1004, 0.0210),
    ],
)
def test_chance_of_false_agreement(n, by_r_wg, by_ad, by_both):
    found = chance_of_false_agreement(n)
    assert (found.r_wg, found.ad_m, found.both) == (near(by_r_wg), near(by_ad), near(by_both))


def test_the_chance_counts_what_asking_everybody_at_random_would_give():
    readings = [item_agreement(answers) for answers in product((1, 2, 3, 4, 5), repeat=4)]
    assert sum(r.r_wg >= 0.7 for r in readings) / 625 == near(chance_of_false_agreement(4).r_wg)


@pytest.mark.parametrize(
    ("df", "point"), [(2, 4.3027), (3, 3.1824), (4, 2.7764), (5, 2.5706), (6, 2.4469), (7, 2.3646)]
)
def test_points_of_students_t(df, point):
    assert t_975(df) == near(point)
    assert t_two_sided(t_975(df), df) == near(0.05)


def test_interval_of_a_team_mean():
    y = [2.4, 2.8, 2.2, 3.0, 2.6, 2.5, 2.9, 2.0]
    found = interval(y, 12)
    assert (found.mean, found.sd, found.factor) == (near(2.55), near(0.3464), near(0.6030))
    assert (found.low, found.high) == (near(2.3754), near(2.7246))
    nearly_everybody_outside = interval(y, 100_000_000)
    assert (nearly_everybody_outside.low, nearly_everybody_outside.high) == (near(2.2604), near(2.8396))


def test_no_interval_when_nobody_is_left_to_sample_or_too_few_answered():
    assert interval([2.0, 3.0, 2.5], 3) is None
    assert interval([2.0, 3.0], 9) is None
    assert interval([2.0, 3.0, 2.5], None) is None


def test_an_interval_stays_on_the_scale():
    found = interval([1.0, 1.0, 5.0], 90)
    assert (found.low, found.high) == (1, 5)


def test_the_perspective_gap_needs_three_people_on_each_side():
    assert perspective_gap([4.0, 4.0, 3.4], [2.0, 3.0, 2.5]) == near(1.3)
    assert perspective_gap([4.0, 4.0], [2.0, 3.0, 2.5]) is None
    assert perspective_gap([4.0, 4.0, 4.0], [2.0, 3.0]) is None


def test_icc_between_teams_of_equal_size():
    found = between_teams([TEAM_A, TEAM_B, TEAM_C])
    assert (found.msb, found.msw, found.n0) == (near(0.81), near(0.0511), near(4.0))
    assert (found.msb * 2, found.msw * 9) == (near(1.62), near(0.46))
    assert (found.icc1, found.icc2, found.f, found.p) == (
        near(0.7878),
        near(0.9369),
        near(15.8478),
        near(0.0011),
    )


def test_icc_between_teams_of_unequal_size():
    found = between_teams([TEAM_A, [3.1, 2.9, 3.4], [2.6, 3.0, 2.4, 2.8, 2.7]])
    assert (found.n0, found.msb, found.msw) == (near(3.9167), near(0.6762), near(0.0507))
    assert (found.icc1, found.icc2) == (near(0.7589), near(0.9250))


def test_icc_is_undefined_where_nothing_varies_and_refused_where_it_makes_no_sense():
    found = between_teams([[2.0, 2.0], [2.0, 2.0]])
    assert (found.icc1, found.icc2, found.f, found.p) == (None, None, None, None)
    for teams in ([[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], []]):
        with pytest.raises(ValueError, match="the least"):
            between_teams(teams)


def test_words_for_icc1():
    assert [icc1_size(v) for v in (0.0, 0.01, 0.1, 0.25)] == ["none", "small", "medium", "large"]


def test_icc_inside_a_team():
    found = within_team(SET_X)
    assert (found.msr, found.msc, found.mse) == (near(1.0667), near(1.1250), near(0.1917))
    assert (found.icc_a1, found.icc_ak, found.icc_c1) == (near(0.2917), near(0.6731), near(0.4773))
    with pytest.raises(ValueError, match="no empty cell"):
        within_team([[1, 2], [1]])


def test_cronbachs_alpha():
    found = alpha(SET_Z)
    assert found.item_variances == (near(1.1), near(0.3), near(0.5667), near(1.4667), near(1.1))
    assert (sum(found.item_variances), found.total_variance) == (near(4.5333), near(16.8))
    assert found.value == near(0.9127)
    assert found.if_deleted == (near(0.8515), near(0.9494), near(0.8839), near(0.8615), near(0.8889))
    assert not found.enough
    assert found.advice is None
    assert alpha([[1, 2], [2, 1], [3, 3]]).advice == "The items hang together loosely. Check their wording."
    assert alpha([[2, 2], [2, 2]]).value is None
    with pytest.raises(ValueError, match="no empty cell"):
        alpha([[1, 2]])


def test_upper_tail_of_f():
    assert f_upper(15.8478, 2, 9) == near(0.0011)
    assert f_upper(2.7764**2, 1, 4) == near(0.05)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=9))
def test_agreement_stays_in_bounds_and_ignores_the_order_of_people(answers):
    found = item_agreement(answers)
    assert -3 <= found.r_wg <= 1
    assert 0 <= found.ad_md <= found.ad_m <= 2
    assert found == item_agreement(answers[::-1])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=8))
def test_r_wg_at_0_7_implies_a_small_deviation(answers):
    found = item_agreement(answers)
    assert found.r_wg < 0.7 or found.ad_m <= 0.8


def test_teams_are_compared_from_sums_as_from_all_answers():
    found = between_sums(sums_of([(len(team), mean_of(team), variance_of(team)) for team in (TEAM_A, TEAM_B, TEAM_C)]))
    assert [round(value, 4) for value in (found.msb, found.msw, found.icc1, found.icc2, found.f, found.p)] == [0.81, 0.0511, 0.7878, 0.9369, 15.8478, 0.0011]
    with pytest.raises(ValueError, match="Two teams"):
        between_sums(sums_of([(3, 2.0, 0.1)]))
