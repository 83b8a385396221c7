"""The agenda of a talk in numbers: order, minutes, what does not fit."""

from __future__ import annotations

from assessments.agenda import Topic, agenda, length, minutes_for


def test_key_items_come_first_then_the_widest_spread():
    points = agenda([Topic("A-1", False, 0.9, 2), Topic("B-1", False, 1.6, 4), Topic("C-1", True, 0.85, 3), Topic("D-1", False, None, None)])
    assert [(p.item, p.starts, p.minutes, p.fits) for p in points] == [
        ("C-1", 5, 12, True), ("B-1", 17, 11, True), ("A-1", 28, 7, True), ("D-1", 35, 7, True),
    ]
    assert length(points) == 47
    assert length(agenda([])) == 0


def test_minutes_have_a_least_and_a_most_and_a_long_agenda_says_what_does_not_fit():
    assert [minutes_for(Topic("A", key, 1, span)) for key, span in ((False, 0), (False, 1), (True, 4), (True, 9))] == [5, 5, 14, 15]
    points = agenda([Topic(str(n), False, 1.0, 4) for n in range(8)])
    assert [p.fits for p in points] == [True] * 7 + [False]
