"""What a publication holds: figures coarser below 2k, items with their own gate, one sentence for the rest."""

from __future__ import annotations

from random import Random

import pytest

from assessments.anonymity import (
    Unit,
    UnitTree,
    least_for_comments,
    moves,
    people_moved,
    placed,
    protected,
    publish,
    response_band,
)
from assessments.errors import InvalidSheets
from tests.assessments.attacker import given_away
from tests.assessments.values import dimension, model, pmo_maturity, sheet

SMALL = model(dimension("A", 4, keys=(1,), na=(4,)), dimension("B", 3))
ALONE = UnitTree([Unit("t", "Team", "team")])
TWO = UnitTree([Unit("o", "All", "organisation"), Unit("a", "A", "team", "o"), Unit("b", "B", "team", "o")])


def sheets(team, columns, **constant):
    """One sheet a column: {"A-1": [3, 4]}; every other item is 3."""
    count = len(next(iter(columns.values())))
    items = {item.id: constant.get("rest", 3) for item in SMALL.items}
    return [sheet(f"{team}{n}", items | {key: values[n] for key, values in columns.items()}, constant.get("group")) for n in range(count)]


def test_five_equal_answers_are_held_away_from_the_end_of_the_scale():
    found = publish(SMALL, ALONE, {"t": sheets("t", {"A-1": [5] * 5, "A-2": [1] * 5})}, k=5).units["t"]
    assert (found.n, found.items["A-1"].mean, found.items["A-1"].level) == (5, 4.8, 5)
    assert found.items["A-2"].mean == 1.2
    assert found.items["A-1"].reading == "agreed"
    assert (found.items["A-1"].r_wg, found.items["A-1"].ad, found.items["A-1"].counts) == (None, None, ())


def test_from_twice_k_answers_on_the_counts_are_there_unless_all_chose_the_same():
    found = publish(SMALL, ALONE, {"t": sheets("t", {"A-1": [3] * 5 + [4] * 5, "A-2": [5] * 10})}, k=5).units["t"]
    one = found.items["A-1"]
    # s2 = 10 x 0.25 / 9 = 0.2778, r_wg = 1 - 0.1389 = 0.8611
    assert (one.n, one.mean, one.level, one.r_wg, one.ad) == (10, 3.5, 3, 0.86, 0.5)
    assert one.counts == ((1, 0), (2, 0), (3, 5), (4, 5), (5, 0))
    assert (found.items["A-2"].mean, found.items["A-2"].counts) == (5.0, ())


def test_dimension_and_whole_come_from_the_items_shown():
    found = publish(SMALL, ALONE, {"t": sheets("t", {"A-1": [4] * 5, "A-4": [2, 2, "DK", "DK", "DK"]}, rest=3)}, k=5).units["t"]
    # A-4 has two answers and is not shown: A = (4 + 3 + 3) / 3 = 3.3, B = 3.0, whole = 3.15 -> 3.1 or 3.2 by weight 1
    assert "A-4" not in found.items
    assert (found.dimensions["A"].index, found.dimensions["A"].items_shown, found.dimensions["A"].items_in_scope) == (3.3, 3, 4)
    assert (found.dimensions["B"].index, found.dimensions["B"].staged) == (3.0, 3)
    assert (found.index, found.staged, found.published) == (pytest.approx(3.15, abs=0.051), 3, True)


def test_an_item_everybody_skips_is_simply_not_there_and_its_dimension_falls_if_it_is_a_key_item():
    found = publish(SMALL, ALONE, {"t": sheets("t", {"A-1": ["DK"] * 6})}, k=5).units["t"]
    assert "A-1" not in found.items
    assert (found.dimensions["A"].index, found.dimensions["B"].index) == (None, 3.0)


def test_out_of_scope_is_said_only_where_at_least_k_decided_it():
    nobody_else = sheets("t", {"A-4": ["NA", "NA", "DK", "DK", "DK"]})
    assert publish(SMALL, ALONE, {"t": nobody_else}, k=5).units["t"].dimensions["A"].out_of_scope == ()
    most = sheets("t", {"A-4": ["NA", "NA", "NA", 2, 2]})
    assert publish(SMALL, ALONE, {"t": most}, k=5).units["t"].dimensions["A"].out_of_scope == ("A-4",)


def test_half_filled_sheets_count_nowhere_and_can_take_the_round_below_k():
    five = sheets("t", {"A-1": [3] * 5})
    half = sheet("half", {"A-1": 5, "A-2": 5})
    assert publish(SMALL, ALONE, {"t": [*five[:4], half]}, k=5).units == {}
    assert publish(SMALL, ALONE, {"t": [*five, half]}, k=5).units["t"].n == 5


def test_a_skip_that_would_stand_alone_takes_the_item_from_the_team_not_from_the_whole():
    a = sheets("a", {"A-1": [2] * 6})
    b = sheets("b", {"A-1": [4, 4, 4, 4, "DK"]})
    found = publish(SMALL, TWO, {"a": a, "b": b}, k=5).units
    assert set(found) == {"o", "a", "b"}
    assert [("A-1" in found[unit].items) for unit in ("o", "a", "b")] == [True, False, False]   # 10 - 6 = 4 < 5
    assert [found[unit].items["A-2"].n for unit in ("o", "a", "b")] == [11, 6, 5]


def test_groups_are_shown_for_the_whole_alone():
    office = [sheet(f"o{n}", {item.id: 4 for item in SMALL.items}, "office") for n in range(5)]
    users = [sheet(f"u{n}", {item.id: 2 for item in SMALL.items}, "users") for n in range(6)]
    found = publish(SMALL, ALONE, {"t": office + users}, k=5, by_group=True).units
    assert {name: unit.index for name, unit in found.items()} == {"t": 2.9, "group office": 4.0, "group users": 2.0}
    assert set(publish(SMALL, ALONE, {"t": office[:4] + users}, k=5, by_group=True).units) == {"t"}


@pytest.mark.parametrize(("where", "k", "says"), [
    ({"t": "ab"}, 3, "at least 4"), ({"x": "ab"}, 5, "not part of the round"),
])  # fmt: skip
def test_what_cannot_be_published_is_refused(where, k, says):
    given = {team: [sheet(name, {"A-1": 3}) for name in names] for team, names in where.items()}
    with pytest.raises(InvalidSheets, match=says):
        publish(SMALL, ALONE, given, k=k)


def test_a_person_in_two_teams_is_refused():
    one = sheet("r", {"A-1": 3})
    with pytest.raises(InvalidSheets, match="two teams"):
        publish(SMALL, TWO, {"a": [one], "b": [one]}, k=5)


def organisation(random, model_, teams):
    """Random sheets of a two-level organisation with skips, and who gave a value to which item."""
    units = [Unit("o", "All", "organisation"), *(Unit(f"p{p}", "P", "programme", "o") for p in range(3))]
    units += [Unit(f"t{t}", "T", "team", random.choice(["o", "p0", "p1", "p2"])) for t in range(teams)]
    given = {
        f"t{t}": [
            sheet(f"{t}.{n}", {item.id: random.choice([1, 2, 3, 4, 5, 3, 3, "DK"]) for item in model_.items}, random.choice(["office", "users"]))
            for n in range(random.randint(0, 11))
        ]
        for t in range(teams)
    }
    return UnitTree(units), given


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_shown_of_an_item_gives_no_set_below_k_away(seed):
    random = Random(seed)
    tree, given = organisation(random, SMALL, 7)
    found = publish(SMALL, tree, given, k=5, by_group=True).units
    everybody = {s.respondent: (team, s) for team, of in given.items() for s in of}
    valid = {name for name, (_, s) in everybody.items() if 5 * len(s.values()) >= 4 * 7}
    inside = {
        unit: {name for name in valid if unit in (*tree.way_up(everybody[name][0]), f"group {everybody[name][1].group}")} for unit in found
    }
    assert given_away(inside, 5) == []
    for item in SMALL.items:
        answered = {
            unit: {name for name in inside[unit] if item.id in everybody[name][1].values()} for unit in found if item.id in found[unit].items
        }
        assert given_away(answered, 5) == []
        assert {unit: len(names) for unit, names in answered.items()} == {unit: found[unit].items[item.id].n for unit in answered}


def test_the_shipped_model_gives_the_figures_of_the_named_scoring():
    from assessments.scoring import score

    given = [sheet(f"r{n}", {item.id: 1 + (n * 7 + at) % 5 for at, item in enumerate(pmo_maturity().items)}) for n in range(12)]
    found = publish(pmo_maturity(), UnitTree([Unit("t", "T", "team", type_id="SUP")]), {"t": given}, k=5).units["t"]
    named = score(pmo_maturity(), given, type_id="SUP")
    assert found.staged == named.staged
    assert found.index == pytest.approx(named.index, abs=0.15)
    assert {key: d.staged for key, d in found.dimensions.items()} == {key: d.staged for key, d in named.dimensions.items()}


@pytest.mark.parametrize(("answered", "invited", "band"), [
    (0, 40, "few"), (4, 40, "few"), (5, 40, "some"), (19, 40, "some"), (20, 40, "half"), (32, 40, "half"), (33, 40, "most"), (5, 5, "most"),
])  # fmt: skip
def test_the_response_is_told_in_bands(answered, invited, band):
    assert response_band(answered, invited, 5) == band


def test_comments_stand_where_enough_answered_and_at_least_three_wrote():
    tree = UnitTree([
        Unit("o", "All", "organisation"), Unit("p", "P", "programme", "o"), *(Unit(t, t, "team", "p") for t in "abc"),
    ])  # fmt: skip
    n = {"o": {"A-1": 30}, "p": {"A-1": 30}, "a": {"A-1": 9}, "b": {"A-1": 12}, "c": {"A-1": 7}}
    written = [*((f"a{i}", "A-1", "a") for i in range(3)), ("b0", "A-1", "b"), *((f"c{i}", "A-1", "c") for i in range(4)), ("x", "A-2", "a")]
    found = placed(tree, n, written, 5)
    assert {found[f"a{i}"] for i in range(3)} == {"a"}
    assert {found["b0"], *(found[f"c{i}"] for i in range(4))} == {"p"}
    assert found["x"] is None
    assert (least_for_comments(4), least_for_comments(5), least_for_comments(6)) == (8, 8, 9)
    assert placed(tree, n, written[:2], 5) == {"a0": None, "a1": None}


def test_a_change_is_told_without_giving_a_joiner_away():
    before, now, shown = {"A": 2.4, "B": 3.0, "C": None, "D": 2.0}, {"A": 2.6, "B": 2.5, "C": 3.0, "D": 2.6}, {"A": 3, "B": 3, "C": 3, "D": 2}
    exact = moves(before, now, shown, moved=0, k=5)
    assert {name: (m.direction, m.difference) for name, m in exact.items()} == {"A": ("about the same", 0.2), "B": ("down", -0.5)}
    assert {m.difference for m in moves(before, now, shown, moved=1, k=5).values()} == {None}
    assert moves(before, now, shown, moved=5, k=5) == exact
    assert people_moved([1, 2, 3], [2, 3, 4]) == 2
    assert protected(5) == "Fewer than 5 answers or protected"
