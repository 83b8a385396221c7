"""The heat map of people and competences: shades, columns, coverage. No database."""

from app.content import library
from app.records.skill_map import all_coverage, skill_map
from app.records.skills import RatedPerson
from assessments.skills import Rating

ROLES = library().skills.roles


def somebody(number, role, **levels):
    return RatedPerson(number, f"Person {number}", ROLES.get(role), {c: Rating(level) for c, level in levels.items()})


def test_one_step_two_steps_and_more_have_their_own_shade():
    drawn = skill_map((somebody(1, "PML", P01=4, P05=3, P06=1, P09=1),), "practice")
    shades = {cell.competence: (cell.value, cell.words, cell.shade) for cell in drawn.rows[0].cells}
    assert shades["P01"] == ("4 of 4", "at target", "g0")
    assert shades["P05"] == ("3 of 4", "−1", "g2")
    assert shades["P06"] == ("1 of 3", "−2", "g3")
    assert shades["P09"] == ("1 of 4", "−3", "g4")
    assert shades["P02"] == ("– of 2", "not rated", "g0")


def test_the_eight_largest_gaps_stand_in_the_order_of_the_catalogue():
    drawn = skill_map((somebody(1, "PML", B03=0, P01=0, P12=0, H01=2),))
    assert len(drawn.columns) == 8
    ids = [column.id for column in drawn.columns]
    assert {"B03", "P01", "P12", "H01"} <= set(ids)
    assert ids == [c for c in library().skills.competences if c in ids]


def test_more_than_eight_columns_show_codes_only():
    assert [bool(column.name) for column in skill_map((), "practice").columns] == [False] * 13
    assert [bool(column.name) for column in skill_map((), "people").columns] == [True] * 6


def test_nobody_is_a_hole_one_is_a_risk_two_are_enough():
    people = (somebody(1, "PMG", P01=3, P02=4, P03=2), somebody(2, "PMG", P01=3))
    thin = {held.id: held.holders for held in skill_map(people).coverage}
    assert "P01" not in thin
    assert thin["P02"] == ("Person 1",)
    assert thin["P03"] == ()
    assert [held.id for held in skill_map(people).coverage][-1] == "P02"
    assert len(all_coverage(people)) == 24


def test_only_the_people_shown_have_a_row_but_everybody_counts():
    people = tuple(somebody(n, "PMG", P01=3) for n in range(60))
    drawn = skill_map(people, "", 50, 100)
    assert (len(drawn.rows), drawn.people) == (10, 60)
