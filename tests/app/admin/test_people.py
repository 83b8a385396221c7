"""The list of people and new accounts."""

import pytest
from sqlalchemy import select

from app import clock
from app.models import Membership, Person
from tests.support.people import person
from tests.support.statements import counted


def names(page):
    return [row.words.split("@")[0] for row in page.all(".//tbody/tr")]


@pytest.mark.parametrize("address", ["/admin/", "/admin/people/", "/admin/people/add", "/admin/people/import/", "/admin/teams/", "/admin/organisation/", "/admin/events/", "/admin/jobs/"])
def test_administration_is_not_there_for_learners_and_leads(people, visit, address):
    assert [visit(who).get(address).status for who in (people.bob, people.alice, people.charlie)] == [404, 404, 404]
    assert visit().get(address).status == 303
    assert visit(people.adam).get(address).status == 200


@pytest.mark.parametrize(("address", "status"), [
    ("/admin/", 404), ("/admin/organisation/", 404), ("/admin/jobs/", 404), ("/admin/people/", 200), ("/admin/people/add", 200),
    ("/admin/people/import/", 200), ("/admin/teams/", 200), ("/admin/events/", 200),
])
def test_a_pmo_lead_has_people_teams_and_the_log(people, visit, address, status):
    assert visit(people.petra).get(address).status == status


def test_the_list_of_a_pmo_lead_has_neither_administrators_nor_pmo_leads_nor_sign_ins(people, visit):
    page = visit(people.petra).get("/admin/people/")
    assert [row.find("th/a").text for row in (r.element for r in page.all(".//tbody/tr"))] == ["Alice", "Bob", "Charlie"]
    assert "Last sign-in" not in page.words
    assert visit(people.petra).get(f"/admin/people/{people.adam.id}/").status == 404
    assert visit(people.petra).get("/admin/people/?state=all&role=admin&sort=seen").status == 200


@pytest.mark.parametrize(("query", "found"), [
    ("q=ali", ["Alice"]), ("q=BOB@north", ["Bob"]), ("q=%25", []), ("q=_", []), ("q=%27+OR+1%3D1--", []), ("q=\\", []), ("team=north", ["Alice", "Bob"]), ("team=none", ["Adam", "Petra"]),
    ("team=nowhere", []), ("role=lead", ["Alice"]), ("role=learner", ["Bob", "Charlie"]), ("role=admin", ["Adam"]), ("role=emperor&page=0", ["Adam", "Alice", "Bob", "Charlie", "Petra"]),
    ("state=closed", []), ("sort=password;drop&page=-1", ["Adam", "Alice", "Bob", "Charlie", "Petra"]), ("q=" + "%25" * 6000, []), ("q=a%00b", []),
])
def test_search_and_filters_are_literal_and_unknown_ones_do_nothing(people, visit, query, found):
    page = visit(people.adam).get(f"/admin/people/?{query}")
    assert page.status == 200
    assert [e.element.find("th/a").text for e in page.all(".//tbody/tr")] == found


def test_the_list_takes_as_many_statements_for_two_hundred_people_as_for_five(app, people, visit):
    site = visit(people.adam)
    with counted(app) as few:
        site.get("/admin/people/")
    with app.extensions["database"].transaction() as session:
        everybody = [person(f"P{n}") for n in range(200)]
        session.add_all(everybody)
        session.flush()
        session.add_all(Membership(person_id=p.id, team_id=people.north.id) for p in everybody)
    with counted(app) as many:
        page = site.get("/admin/people/?sort=newest&q=p1")
    assert len(many) == len(few) <= 7
    assert "Page 1 of 3" in page.words
    assert "q=p1&sort=newest&page=2" in page.link("Next")


def test_an_administrator_adds_a_lead_and_sees_the_link_once(app, people, visit):
    site = visit(people.adam)
    page = site.get("/admin/people/add").submit({"name": "Dana Fox", "email": "dana@north.example", "team": "south", "role_profile": "PMG", "is_lead": "y"})
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    link = page.find("code").words.removeprefix("http://127.0.0.1")
    assert "Dana Fox" in visit().get(link).words
    with app.extensions["database"].reading() as session:
        dana = session.scalars(select(Person).where(Person.email_key == "dana@north.example")).one()
        place = session.scalars(select(Membership).where(Membership.person_id == dana.id)).one()
        assert (place.team_id, place.is_lead, dana.role_profile, dana.is_admin) == (people.south.id, True, "PMG", False)


def test_sending_the_form_for_a_new_person_twice_adds_one(app, people, visit):
    page = visit(people.adam).get("/admin/people/add")
    first, second = (page.submit({"name": "Dana", "email": "dana@north.example"}) for _ in range(2))
    assert (first.status, second.status, second.location) == (200, 303, "/admin/people/add")
    with app.extensions["database"].reading() as session:
        assert len(session.scalars(select(Person).where(Person.name == "Dana")).all()) == 1


def test_a_pmo_lead_invites_a_learner_and_nothing_more(app, people, visit):
    page = visit(people.petra).get("/admin/people/add")
    assert not page.all(".//input[@type='checkbox']")
    answer = page.submit({"name": "Dana", "email": "dana@north.example", "team": "north", "is_admin": "y", "is_lead": "y", "is_mentor": "y"})
    assert answer.status == 200
    with app.extensions["database"].reading() as session:
        dana = session.scalars(select(Person).where(Person.name == "Dana")).one()
        assert (dana.is_admin, dana.is_mentor, dana.is_pmo_lead) == (False, False, False)
        assert not session.scalars(select(Membership).where(Membership.person_id == dana.id)).one().is_lead


@pytest.mark.parametrize(("fields", "said"), [
    ({"email": "BOB@North.example"}, "has an account already"), ({"email": "ｂｏｂ@north.example"}, "has an account already"), ({"email": "dana"}, "such as name@example.org"),
    ({"name": " "}, "Enter the name"), ({"name": "a\u202eb\x00"}, "control characters"), ({"team": "nowhere"}, "from the list"), ({"is_lead": "y"}, "Choose the team to lead"),
    ({"email": "da\u200bna@north.example"}, "such as name@example.org"), ({"role_profile": "ZZZ"}, "from the list"), ({"name": "x" * 121}, "at most 120"),
])
def test_a_new_person_who_cannot_be_is_refused_and_nothing_is_stored(app, people, visit, fields, said):
    page = visit(people.adam).get("/admin/people/add").submit({"name": "Dana", "email": "dana@north.example"} | fields)
    assert page.status == 422
    assert said in page.words
    with app.extensions["database"].reading() as session:
        assert len(session.scalars(select(Person)).all()) == 5


def test_closed_accounts_are_listed_when_asked_for(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = clock.now()
    site = visit(people.adam)
    assert "Bob" not in site.get("/admin/people/").words
    assert "Closed" in site.get("/admin/people/?state=closed").words
