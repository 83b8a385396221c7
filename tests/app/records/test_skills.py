"""Gaps of many people in one statement, and who of a team needs help."""

from app.access import Me
from app.content import library
from app.models import Person
from app.records.skills import gaps, in_need, level_words, role_words
from tests.support.build import rated
from tests.support.statements import counted


def asking(person, **more):
    return Me(person_id=person.id, name=person.name, email=person.email, time_zone="UTC", **more)


def test_gaps_come_largest_first_and_the_worked_example_has_four_steps(app, people):
    levels = dict(library().skills.roles["NPM"].targets) | {"P03": 1, "P06": 0, "H02": 1}
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, levels)
    with app.extensions["database"].reading() as session, counted(app) as statements:
        found = gaps(session, [people.bob.id, people.adam.id])
    assert [(gap.competence, gap.have, gap.need, gap.gap) for gap in found[people.bob.id]] == [("P06", 0, 2, 2), ("P03", 1, 2, 1), ("H02", 1, 2, 1)]
    assert found[people.adam.id] == ()
    assert len(statements) == 1


def test_nobody_asked_about_takes_no_statement(app, people):
    with app.extensions["database"].reading() as session, counted(app) as statements:
        assert gaps(session, []) == {}
    assert statements == []


def test_an_assessment_replaces_the_own_rating_in_the_gap(app, people):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, dict(library().skills.roles["NPM"].targets))
        rated(session, people.bob, {"P01": 0}, "assessed", people.alice)
    with app.extensions["database"].reading() as session:
        assert [(gap.competence, gap.have) for gap in gaps(session, [people.bob.id])[people.bob.id]] == [("P01", 0)]


def test_a_lead_sees_who_needs_help_with_which_lessons_and_others_see_themselves_alone(app, people):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P03": 1})
        rated(session, people.alice, {"P03": 0})
    with app.extensions["database"].reading() as session, counted(app) as statements:
        seen = in_need(session, asking(people.alice, leads=frozenset({people.north.id})), people.north.id, ["P03"])
    assert [(one.name, one.gaps[0].gap) for one in seen] == [("Alice", 3), ("Bob", 1)]
    assert seen[0].lessons[0][1].startswith("/courses/")
    assert len(statements) == 1
    with app.extensions["database"].reading() as session:
        assert [one.name for one in in_need(session, asking(people.bob), people.north.id, ["P03"])] == ["Bob"]
        assert in_need(session, asking(people.charlie), people.north.id, ["P03"]) == ()
        assert in_need(session, asking(people.alice), people.north.id, []) == ()


def test_a_disabled_account_is_nobody_to_help(app, people):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = people.bob.created_at
    with app.extensions["database"].reading() as session:
        assert [one.name for one in in_need(session, asking(people.petra, is_pmo_lead=True), people.north.id, ["P03"])] == ["Alice"]


def test_levels_and_roles_in_words():
    skills = library().skills
    assert level_words(skills, 2) == "2 with support"
    assert level_words(skills, None) == "not rated"
    assert [role_words(skills.roles[key]) for key in ("NPM", "PAN")] == ["new project manager", "PMO analyst"]
    assert role_words(None) == "no role yet"
