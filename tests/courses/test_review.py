"""When a card comes back, with days worked out once by hand and by the published model."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from courses.review import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LONGEST,
    Memory,
    Retention,
    minutes,
    rated,
    retention,
    suggested,
    turns,
)

MONDAY = date(2026, 11, 2)


def test_a_new_card_comes_back_after_one_one_two_or_eight_days():
    assert {rating: turn.pause for rating, turn in turns(None, MONDAY).items()} == {AGAIN: 1, HARD: 1, GOOD: 2, EASY: 8}


def test_pauses_grow_while_a_card_is_known_and_start_afresh_when_it_is_not():
    first = rated(None, GOOD, MONDAY)
    second = rated(first.memory, GOOD, first.due)
    assert (first.due, second.due) == (date(2026, 11, 4), date(2026, 11, 15))
    assert {rating: turn.pause for rating, turn in turns(second.memory, second.due).items()} == {AGAIN: 1, HARD: 32, GOOD: 46, EASY: 77}
    forgotten = rated(second.memory, AGAIN, second.due)
    assert forgotten.pause == 1
    assert forgotten.memory.stability == pytest.approx(1.5383, abs=1e-4)
    assert forgotten.memory.difficulty > second.memory.difficulty


def test_the_same_ratings_give_the_same_days_and_none_is_beyond_a_year():
    old = Memory(stability=4000, difficulty=1.5, last=MONDAY - timedelta(days=300))
    assert rated(old, EASY, MONDAY) == rated(old, EASY, MONDAY)
    assert rated(old, EASY, MONDAY).pause == LONGEST


def test_who_wants_to_know_more_is_asked_more_often():
    memory = rated(None, GOOD, MONDAY).memory
    strict, usual, loose = (rated(memory, GOOD, MONDAY + timedelta(days=2), share).pause for share in (0.95, 0.9, 0.8))
    assert strict < usual < loose


def test_a_mark_speaks_for_a_rating_and_time_and_retention_are_told():
    assert [suggested(mark) for mark in (0, 0.5, 1, None)] == [AGAIN, HARD, GOOD, GOOD]
    assert [minutes(cards) for cards in (0, 1, 5, 6)] == [0, 1, 3, 3]
    assert retention([3, 1, 4, 2]) == Retention(recalled=3, asked=4)
    assert retention([3, 1, 4, 2]).share == 0.75
    assert retention([]).share is None
    with pytest.raises(ValueError, match="5"):
        rated(None, 5, MONDAY)
