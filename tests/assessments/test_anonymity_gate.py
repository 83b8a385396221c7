"""The gate against an attacker who adds and subtracts everything that is published (P16, P22, P23)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.anonymity import Unit, UnitTree, atoms, blocks_of, gate
from assessments.errors import NotOneTree
from tests.assessments.attacker import given_away


def answers_of(team: str, count: int) -> set[str]:
    return {f"{team}{number}" for number in range(count)}


def programme(**teams: int) -> dict[str, set[str]]:
    """One root with teams of so many answers."""
    cells = {name: answers_of(name, count) for name, count in teams.items()}
    return {"root": set().union(*cells.values()), **cells}


def published(cells: dict[str, set[str]], k: int = 5, earlier: tuple[str, ...] = ()) -> set[str]:
    return set(gate(blocks_of(cells), k, root="root", earlier=earlier))


def test_the_worked_example_of_seven_six_and_two():
    cells = programme(a=7, b=6, c=2)
    assert published(cells) == {"root", "a"}
    assert sorted(atoms(blocks_of(cells), {"root", "a"}).values()) == [7, 8]
    assert given_away({name: cells[name] for name in ("root", "a", "b")}, 5) != []


@pytest.mark.parametrize(("teams", "shown"), [
    ({"a": 5}, {"root", "a"}),                                    # a team of exactly k that is everything
    ({"a": 5, "b": 4}, {"root"}),                                 # siblings of k and k - 1
    ({"a": 5, "b": 5}, {"root", "a", "b"}),
    ({"a": 5, "b": 0}, {"root", "a"}),                            # an empty team
    ({"a": 4}, set()),                                            # below k nothing is shown
    ({"a": 3, "b": 3}, {"root"}),
    ({"a": 9, "b": 1}, {"root"}),                                 # 10 - 9 would give the 1 away
    ({"a": 8, "b": 6, "c": 5, "d": 1}, {"root", "a", "b"}),       # the smallest that covers the 1 falls
])  # fmt: skip
def test_flat_lists_of_teams(teams, shown):
    assert published(programme(**teams)) == shown


def test_a_hidden_middle_unit_whose_teams_stay_visible_gives_nothing_away():
    a, b, c, d = (answers_of(name, count) for name, count in (("a", 6), ("b", 3), ("c", 7), ("d", 5)))
    cells = {"root": a | b | c | d, "P": a | b, "Q": c | d, "a": a, "b": b, "c": c, "d": d}
    threshold_and_remainder = {name: cells[name] for name in ("root", "Q", "a", "c", "d")}
    assert given_away(threshold_and_remainder, 5) == [("b0", "b1", "b2")]
    shown = published(cells)
    assert "root" in shown
    assert given_away({name: cells[name] for name in shown}, 5) == []


def test_a_chain_of_single_children_is_one_cell_under_three_names():
    people = answers_of("a", 6)
    assert published({"root": people, "P": people, "a": people}) == {"root", "P", "a"}


def test_groups_that_cut_across_teams_pass_only_where_every_crossing_is_large():
    office, users = {"a0", "a1", "b0"}, {f"a{n}" for n in range(2, 9)} | {f"b{n}" for n in range(1, 8)}
    cells = {**programme(a=9, b=8), "group users": users, "group office": office}
    shown = published(cells)
    assert "group office" not in shown
    assert given_away({name: cells[name] for name in shown}, 5) == []


def test_a_second_publication_passes_only_together_with_the_first():
    first = programme(a=6, b=6)
    both = {f"then {name}": cell for name, cell in first.items()} | programme(a=6, b=7)
    earlier = tuple(name for name in both if name.startswith("then "))
    assert published(both, earlier=earlier) == set()              # one joiner would stand alone
    more = {f"then {name}": cell for name, cell in first.items()} | programme(a=6, b=11)
    assert published(more, earlier=earlier) == {"root", "a", "b"}


def test_order_and_names_of_cells_do_not_matter_for_ties():
    cells = programme(a=5, b=5, c=2)
    assert published(cells) == published(dict(reversed(cells.items()))) == {"root", "b"}


@st.composite
def organisations(draw):
    """A tree of one to three levels below the root, groups over everybody, an item that some skip, a later snapshot."""
    k = draw(st.integers(4, 6))
    sizes = st.integers(0, 9)
    shape = draw(st.lists(st.lists(sizes, min_size=1, max_size=4), min_size=1, max_size=4))
    cells: dict[str, set[str]] = {"root": set()}
    for p, teams in enumerate(shape):
        for t, size in enumerate(teams):
            people = answers_of(f"{p}.{t}.", size)
            for name in ("root", f"P{p}", f"T{p}.{t}"):
                cells.setdefault(name, set()).update(people)
            if draw(st.booleans()):
                half = set(sorted(people)[: size // 2])
                cells |= {f"S{p}.{t}": half, f"S{p}.{t}b": people - half}
    random = Random(draw(st.integers(0, 2**16)))
    everybody = sorted(cells["root"])
    if draw(st.booleans()):
        office = {answer for answer in everybody if random.random() < 0.3}
        cells |= {"group office": office, "group users": cells["root"] - office}
    skipped = {answer for answer in everybody if random.random() < draw(st.sampled_from([0, 0.1, 0.4]))}
    return k, {name: cell - skipped for name, cell in cells.items()}, random


def random_sets(answers: list[str], k: int, random: Random) -> list[list[str]]:
    return [random.sample(answers, min(len(answers), random.randint(1, k - 1))) for _ in range(40)]


@settings(max_examples=120, deadline=None)
@given(organisations())
def test_no_set_below_k_is_ever_computable(organisation):
    k, cells, random = organisation
    shown = published(cells, k)
    kept = {name: cells[name] for name in shown}
    assert all(len(cell) >= k for cell in kept.values())
    assert ("root" in shown) == (len(cells["root"]) >= k)
    assert given_away(kept, k, random_sets(sorted(cells["root"]), k, random)) == []
    for hidden in set(cells) - shown:                            # what is held back is held back for a reason
        with_it = kept | {hidden: cells[hidden]}
        assert not cells[hidden] or min(atoms(blocks_of(with_it), with_it).values()) < k


@settings(max_examples=60, deadline=None)
@given(organisations(), st.integers(0, 2**16))
def test_nor_by_two_publications_together(organisation, seed):
    k, cells, random = organisation
    first = {f"then {name}": cells[name] for name in published(cells, k)}
    gone = {answer for answer in cells["root"] if Random(seed).random() < 0.15}
    now = {name: cell - gone for name, cell in cells.items()}
    shown = published(now | first, k, tuple(first))
    kept = first | {name: now[name] for name in shown}
    assert given_away(kept, k, random_sets(sorted(cells["root"]), k, random)) == []


def test_the_attacker_finds_what_a_threshold_alone_gives_away():
    random, found = Random(7), 0
    for _ in range(60):
        cells = programme(**{name: random.randint(1, 9) for name in "abcd"})
        found += bool(given_away({name: cell for name, cell in cells.items() if len(cell) >= 5}, 5))
    assert found > 15


@pytest.mark.parametrize(("units", "says"), [
    ([], "at least one unit"),
    ([Unit("o", "All", "organisation"), Unit("t", "T", "team", "p")], "not below a unit"),
    ([Unit("o", "All", "organisation"), Unit("t", "T", "team")], "not below a unit"),
    ([Unit("o", "All", "organisation"), Unit("t", "T", "team", "o"), Unit("t", "T", "team", "o")], "in the tree twice"),
])  # fmt: skip
def test_units_that_are_no_tree_are_refused(units, says):
    with pytest.raises(NotOneTree, match=says):
        UnitTree(units)
