"""Rounds: which steps lead where, who takes them, and what a sheet goes through."""

from dataclasses import replace

import pytest

from assessments.errors import (
    ModeIsFixed,
    NobodyInvited,
    NothingSubmitted,
    NotInvited,
    NotYourRound,
    RoundAlreadyClosed,
    RoundNotOpen,
    RoundRuleBroken,
    SheetAlreadySubmitted,
    SheetIncomplete,
)
from assessments.rounds import Round, change_mode, check_invitation, move, move_sheet, steps_open_to

OPEN = Round("open", invited=5, submitted=3)


def test_a_round_goes_from_draft_to_published():
    drafted = Round(invited=5)
    opened = move(drafted, "open", runs_it=True)
    closed = move(Round("open", invited=5, submitted=3), "close", runs_it=True)
    published = move(closed, "publish", runs_it=True)
    assert (opened.state, closed.state, published.state) == ("open", "closed", "published")
    assert published.is_over


def test_only_those_who_run_a_round_move_it():
    with pytest.raises(NotYourRound):
        move(OPEN, "close", runs_it=False)


@pytest.mark.parametrize(
    ("state", "step", "error"),
    [
        ("open", "open", RoundRuleBroken),
        ("draft", "close", RoundNotOpen),
        ("draft", "publish", RoundNotOpen),
        ("closed", "cancel", RoundAlreadyClosed),
        ("published", "reopen", RoundAlreadyClosed),
        ("cancelled", "open", RoundAlreadyClosed),
    ],
)
def test_steps_that_do_not_lead_anywhere_are_refused(state, step, error):
    with pytest.raises(error):
        move(Round(state, invited=5, submitted=3), step, runs_it=True)


def test_opening_needs_somebody_invited_and_closing_somebody_submitted():
    with pytest.raises(NobodyInvited):
        move(Round(), "open", runs_it=True)
    with pytest.raises(NothingSubmitted):
        move(Round("open", invited=5), "close", runs_it=True)


def test_an_anonymous_round_is_published_from_the_minimum_group_on():
    four = Round("closed", "anonymous", min_group=5, invited=9, submitted=4)
    with pytest.raises(NothingSubmitted, match="at least 5"):
        move(four, "publish", runs_it=True)
    assert steps_open_to(four, runs_it=True) == ("reopen",)


def test_named_results_show_on_closing_and_anonymous_ones_on_publishing():
    assert Round("closed", "named").shows_results
    assert not Round("closed", "anonymous").shows_results
    assert Round("published", "anonymous").shows_results
    assert not OPEN.shows_results


def test_the_steps_on_offer():
    assert steps_open_to(Round(invited=2), runs_it=True) == ("open", "cancel")
    assert steps_open_to(OPEN, runs_it=True) == ("close", "cancel")
    assert steps_open_to(Round("closed", submitted=1), runs_it=True) == ("reopen", "publish")
    assert steps_open_to(OPEN, runs_it=False) == ()


def test_the_first_invitation_fixes_mode_and_minimum_group():
    assert change_mode(Round(), "anonymous", 4).mode == "anonymous"
    with pytest.raises(ModeIsFixed):
        change_mode(Round(invited=1), "anonymous", 5)
    with pytest.raises(RoundRuleBroken, match="at least 4"):
        change_mode(Round(), "anonymous", 3)


def test_who_may_invite_and_until_when():
    check_invitation(Round(), runs_it=True)
    check_invitation(OPEN, runs_it=True)
    with pytest.raises(NotYourRound):
        check_invitation(Round(), runs_it=False)
    with pytest.raises(RoundRuleBroken):
        check_invitation(Round("open", "anonymous"), runs_it=True)
    with pytest.raises(RoundAlreadyClosed):
        check_invitation(Round("closed"), runs_it=True)


def test_a_sheet_is_saved_submitted_and_withdrawn():
    assert move_sheet(OPEN, "invited", "save", invited=True, missing=["A-1"]) == "started"
    assert move_sheet(OPEN, "started", "submit", invited=True) == "submitted"
    assert move_sheet(OPEN, "submitted", "withdraw", invited=True) == "started"


def test_what_a_sheet_cannot_do():
    with pytest.raises(NotInvited):
        move_sheet(OPEN, "invited", "save", invited=False)
    with pytest.raises(RoundNotOpen, match="not opened yet"):
        move_sheet(Round(), "invited", "save", invited=True)
    with pytest.raises(RoundNotOpen, match="no more answers"):
        move_sheet(Round("closed"), "started", "submit", invited=True)
    with pytest.raises(SheetIncomplete) as caught:
        move_sheet(OPEN, "started", "submit", invited=True, missing=["A-2"])
    assert caught.value.missing == ("A-2",)
    with pytest.raises(SheetAlreadySubmitted):
        move_sheet(OPEN, "submitted", "save", invited=True)
    with pytest.raises(RoundRuleBroken, match="nothing to withdraw"):
        move_sheet(OPEN, "started", "withdraw", invited=True)
    with pytest.raises(RoundRuleBroken, match="anonymous"):
        move_sheet(Round("open", "anonymous"), "submitted", "withdraw", invited=True)


def test_an_anonymous_round_neither_opens_nor_closes_below_its_minimum_group():
    draft = Round(mode="anonymous", min_group=5, invited=4)
    with pytest.raises(NobodyInvited, match="at least 5 people"):
        move(draft, "open", runs_it=True)
    assert move(replace(draft, invited=5), "open", runs_it=True).state == "open"
    with pytest.raises(NothingSubmitted, match="Fewer than 5 people have submitted"):
        move(Round("open", "anonymous", 5, 9, 4), "close", runs_it=True)
    assert move(Round("open", "anonymous", 5, 9, 5), "close", runs_it=True).state == "closed"
