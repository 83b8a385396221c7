"""The states of an action and the calendar of a plan, without the site."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.maturity import quarters
from app.maturity.action_states import MOVES, moves_from, refusal

STATES = ("planned", "in progress", "blocked", "done", "dropped")


@pytest.mark.parametrize(("state", "owner", "lead"), [
    ("planned", ["start"], ["start", "drop"]),
    ("in progress", ["finish", "block", "put-back"], ["finish", "block", "put-back", "drop"]),
    ("blocked", ["resume", "put-back"], ["resume", "put-back", "drop"]),
    ("done", ["reopen"], ["reopen"]),
    ("dropped", [], ["take-up"]),
])
def test_each_state_offers_its_steps(state, owner, lead):
    assert [move.name for move in moves_from(state, leads=False)] == owner
    assert [move.name for move in moves_from(state, leads=True)] == lead


def test_a_planned_action_is_not_done_before_it_is_started():
    assert refusal("planned", MOVES["finish"]) == "This action is planned, so that step is not open now. Reload the page to see what is."
    assert refusal("in progress", MOVES["finish"]) == ""


@settings(max_examples=60, deadline=None)
@given(some.lists(some.sampled_from(sorted(MOVES)), max_size=12))
def test_whatever_is_tried_an_action_stays_in_a_known_state_and_is_done_only_with_evidence(tries):
    state = "planned"
    for name in tries:
        move = MOVES[name]
        if not refusal(state, move):
            assert move.after != "done" or (state == "in progress" and move.asks == "evidence")
            state = move.after
        assert state in STATES


def test_an_action_is_due_on_the_friday_of_its_finish_week():
    assert quarters.due_on(date(2026, 6, 29), 3) == date(2026, 7, 17)
    assert quarters.due_on(date(2026, 6, 29), 13) == date(2026, 9, 25)


def test_a_plan_starts_on_the_next_monday():
    assert quarters.next_monday(date(2026, 11, 12)) == date(2026, 11, 16)
    assert quarters.next_monday(date(2026, 11, 16)) == date(2026, 11, 23)


def test_quarters_are_called_after_the_calendar():
    assert quarters.names(date(2026, 6, 29), 4) == ("Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027")
    assert quarters.names(date(2026, 11, 16), 2) == ("Q4 2026", "Q1 2027")


@settings(max_examples=60, deadline=None)
@given(some.dates(date(2020, 1, 1), date(2040, 1, 1)), some.integers(1, 8))
def test_no_two_quarters_of_a_plan_have_one_name(day, horizon):
    assert len(set(quarters.names(quarters.next_monday(day), horizon))) == horizon


@pytest.mark.parametrize(("day", "words"), [
    (date(2026, 11, 13), ""), (date(2026, 11, 14), "1 day behind"), (date(2026, 11, 26), "13 days behind"), (date(2026, 11, 27), "2 weeks behind"),
])
def test_lateness_is_told_in_days_and_from_two_weeks_in_weeks(day, words):
    assert quarters.behind(date(2026, 11, 13), day) == words


def test_a_day_lies_in_its_quarter():
    start = date(2026, 6, 29)
    assert [quarters.quarter_of(start, day) for day in (date(2026, 6, 28), start, date(2026, 9, 27), date(2026, 9, 28))] == [0, 1, 1, 2]
    assert quarters.span(start, 2) == (date(2026, 9, 28), date(2026, 12, 25))
