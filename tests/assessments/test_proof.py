"""Promised against measured, counted by teams, and days learned from what actions took."""

from assessments.proof import Finished, Learned, Tally, learned_days, outcome, tally


def test_an_action_is_verified_when_its_item_stands_on_the_promised_level():
    assert [outcome(3, level) for level in (4, 3, 2, None)] == ["verified", "verified", "not verified", "not measured"]


def test_teams_are_counted_once_with_their_best_outcome():
    found = tally([Finished("A", 3, 3), Finished("A", 3, None), Finished("B", 3, 2), Finished("C", 3, None)])
    assert found == Tally(teams=3, measured=2, verified=1)
    assert not found.is_told
    assert tally([Finished(team, 3, 3) for team in "ABC"]).is_told
    assert tally([]) == Tally(0, 0, 0)


def test_days_are_learned_from_three_teams_on():
    # (3 x 5 + 8 + 9 + 7) / 6 = 6.5
    rows = [Finished("A", 2, None, 8), Finished("B", 2, None, 9), Finished("C", 2, None, 7), Finished("D", 2, None)]
    assert learned_days(5, rows) == Learned(6.5, 8.0, 3)
    assert learned_days(5, rows[:2]) is None
    # a team that finished it twice counts with its mean: (3 x 5 + 8 + 9 + (7 + 3) / 2) / 6 = 6.1667
    twice = learned_days(5, [*rows, Finished("C", 2, None, 3)])
    assert twice is not None
    assert round(twice.days, 4) == 6.1667
