"""Which claims are to be looked at, and when a result is old."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.claims import SAMPLE, drawn_sample, is_old, unshown

IDS = st.lists(st.text("ABC123-", min_size=1, max_size=6), unique=True, max_size=30)


def test_high_levels_without_anything_shown_are_named_in_order():
    levels = [("A", 4), ("B", 5), ("C", 3), ("D", None), ("E", 4)]
    assert unshown(levels, {"E"}, 5) == ("A", "B")
    assert unshown(levels, {"A", "B", "E"}, 5) == ()
    assert unshown([("A", 1), ("B", 2), ("C", 3)], (), 3) == ("B", "C")


@pytest.mark.parametrize("top", [1, 2, 3])
def test_the_lowest_level_is_never_a_claim(top):
    assert unshown([("A", 1)], (), top) == ()


@given(IDS, st.text(max_size=8))
def test_a_sample_is_part_of_the_items_in_their_order_and_always_the_same(items, key):
    sample = drawn_sample(items, key)
    assert len(sample) == min(SAMPLE, len(items))
    assert list(sample) == [item for item in items if item in sample]
    assert sample == drawn_sample(items, key)


@given(IDS.filter(lambda items: len(items) > SAMPLE), st.text(max_size=8))
def test_what_is_drawn_does_not_hang_on_the_order_of_the_items(items, key):
    assert set(drawn_sample(items, key)) == set(drawn_sample(items[::-1], key))


def test_other_rounds_draw_other_items():
    items = [f"A-{number}" for number in range(20)]
    assert len({drawn_sample(items, str(key)) for key in range(20)}) > 10


def test_a_result_is_old_after_a_year():
    assert not is_old(date(2025, 11, 22), date(2026, 11, 22))
    assert is_old(date(2025, 11, 21), date(2026, 11, 22))
