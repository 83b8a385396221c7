"""A workshop in numbers: votes counted and worded, the order of items, and the sheet of a room that did not vote."""

from __future__ import annotations

import pytest

from app.content import library
from assessments.errors import NothingSubmitted
from assessments.rounds import Round, move
from assessments.scoring import score
from assessments.workshop import neighbours, next_to_settle, sheet_of_the_room, spread

MODEL = library().questionnaires["pmo-maturity"]
FIRST, SECOND, LAST = MODEL.items[0].id, MODEL.items[1].id, MODEL.items[-1].id


def test_votes_are_counted_and_worded():
    votes = spread(MODEL.item(FIRST), ["3", "2", "3", "DK", "4", "3", "NA"])
    assert (votes.counts, votes.n, votes.dont_know, votes.not_applicable) == (((1, 0), (2, 1), (3, 3), (4, 1), (5, 0)), 5, 1, 1)
    assert votes.words == "From 2 to 4: 1 at 2, 3 at 3, 1 at 4."
    assert [spread(MODEL.item(FIRST), codes).words for codes in (["3"] * 4, ["5"], ["DK"])] == [
        "All 4 at 3.", "One vote, for 5.", "Nobody has voted for a level.",
    ]


def test_the_order_of_items_has_two_ends_and_goes_on_where_nothing_is_agreed():
    assert neighbours(MODEL, FIRST) == ("", SECOND)
    assert neighbours(MODEL, LAST)[1] == ""
    assert next_to_settle(MODEL, {FIRST: 2}) == SECOND
    assert next_to_settle(MODEL, {item.id: 2 for item in MODEL.items}) == LAST


def test_a_room_that_agrees_on_level_two_everywhere_is_at_index_two_as_a_single_view():
    agreed = {item.id: 2 for item in MODEL.items} | {FIRST: 3}
    result = score(MODEL, [sheet_of_the_room(MODEL, agreed)], type_id="SUP", invited=4, agreed_levels=agreed)
    assert (result.kind, result.staged, result.answered) == ("single view", 2, 1)
    assert result.dimensions["GOV"].index == pytest.approx(13 / 6)


def test_a_workshop_closes_on_one_agreed_level_without_a_vote():
    assert move(Round("open", invited=2, settled=1), "close", runs_it=True).state == "closed"
    with pytest.raises(NothingSubmitted):
        move(Round("open", invited=2), "close", runs_it=True)
