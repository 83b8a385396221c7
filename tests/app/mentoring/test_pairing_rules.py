"""What a mentor covers, which place is free, how long a pairing runs."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.mentoring.pairing import (
    cover,
    covered,
    expected_sessions,
    first_name,
    first_of_two,
    free_slots,
    is_silent,
    months_later,
    review_day,
    skipped_to,
    spoken,
)
from app.records.skills import Gap
from app.ui.paging import paging

GAPS = (Gap("P03", "Planning", 0, 2, 2), Gap("P06", "Risk", 1, 2, 1), Gap("H03", "Stakeholders", 2, 3, 1))


def test_a_mentor_covers_a_gap_with_three_or_more_on_the_card():
    assert [gap.competence for gap in covered(GAPS, {"P03": 3, "P06": 2, "H03": 4})] == ["P03", "H03"]
    assert covered(GAPS, {}) == ()


def test_only_the_three_largest_gaps_count_as_reasons():
    fourth = Gap("B01", "Strategy", 0, 1, 1)
    assert covered((*GAPS, fourth), {"B01": 4}) == ()


def test_the_cover_of_the_worked_example_is_a_half():
    """Gaps 2, 1 and 1; the mentor is ahead by 1, 2 and 0: (1 + 1 + 0) / 4."""
    assert cover(GAPS, {"P03": 1, "P06": 3, "H03": 2}) == 0.5
    assert cover((), {"P03": 4}) == 0.0


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(["P03", "P06", "H03"]), st.integers(0, 4)))
def test_the_cover_stays_between_nothing_and_all(levels):
    assert 0 <= cover(GAPS, levels) <= 1
    assert cover(GAPS, {**levels, "P03": 4}) >= cover(GAPS, levels)


def test_the_free_places_are_those_nobody_takes():
    assert free_slots(3, {2}) == (1, 3)
    assert free_slots(1, {1}) == ()
    assert free_slots(2, {None, 3}) == (1, 2)


def test_six_months_later_is_the_same_day_or_the_last_of_the_month():
    assert months_later(date(2026, 10, 5), 6) == date(2027, 4, 5)
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)


def test_two_a_month_over_half_a_year_are_twelve_sessions():
    assert expected_sessions("two sessions a month", date(2026, 10, 5), date(2027, 4, 5)) == 12
    assert expected_sessions("one session a week", date(2026, 10, 5), date(2026, 10, 19)) == 2
    assert expected_sessions("when the moon is full", date(2026, 10, 5), date(2027, 4, 5)) is None


def test_a_pairing_is_silent_after_more_than_thirty_days():
    assert not is_silent(date(2026, 10, 23), None, date(2026, 11, 22))
    assert is_silent(date(2026, 10, 22), None, date(2026, 11, 22))
    assert is_silent(None, date(2026, 10, 1), date(2026, 11, 22))
    assert not is_silent(None, None, date(2026, 11, 22))


def test_time_is_said_in_hours_and_minutes():
    assert [spoken(n) for n in (0, 45, 120, 150)] == ["0 min", "45 min", "2 h", "2 h 30 min"]


def test_the_look_back_is_in_week_twelve():
    assert review_day(date(2026, 10, 5)) == date(2026, 12, 28)


def test_a_time_that_the_clocks_skip_names_the_next_one():
    assert skipped_to(date(2027, 3, 28), "02:30", "Europe/Berlin") == "03:30"
    assert skipped_to(date(2027, 3, 28), "03:00", "Europe/Berlin") == ""
    assert skipped_to(date(2026, 10, 25), "02:30", "Europe/Berlin") == ""


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    assert first_of_two(date(2026, 10, 25), "02:30", "Europe/Berlin") == "UTC+02:00"
    assert first_of_two(date(2026, 10, 25), "03:00", "Europe/Berlin") == ""
    assert first_of_two(date(2027, 3, 28), "02:30", "Europe/Berlin") == ""
    assert first_of_two(date(2026, 11, 1), "01:30", "America/St_Johns") == "UTC-02:30"


def test_people_call_each_other_by_the_first_word_of_the_name():
    assert (first_name("Marta Lindqvist"), first_name("Cher")) == ("Marta", "Cher")


def test_a_page_that_does_not_exist_is_the_nearest_one():
    assert [paging(typed, 51, "/x/").number for typed in ("", "2", "3", "0", "-1", "٢", "999999999")] == [1, 2, 2, 1, 1, 1, 1]
    assert paging("2", 51, "/x/", {"competence": "P06", "q": ""}).href(1) == "/x/?competence=P06&page=1"
    assert paging("1", 0, "/x/").last == 1
