"""Whose role is set by whom: a lead, the PMO lead or an administrator, never the person."""

import pytest

from app.models import Person


def role_of(app, person):
    with app.extensions["database"].transaction() as session:
        return session.get(Person, person.id).role_profile


@pytest.mark.parametrize(("who", "status"), [("alice", 303), ("petra", 303), ("adam", 303), ("bob", 403), ("charlie", 404)])
def test_a_role_is_set_by_lead_pmo_lead_or_administrator(app, people, visit, who, status):
    site = visit(getattr(people, who))
    address = f"/skills/{people.bob.id}/role/"
    assert site.get(address).status == (200 if status == 303 else status)
    assert site.post(address, {"role": "PMG", "version": "1"}).status == status
    assert role_of(app, people.bob) == ("PMG" if status == 303 else "NPM")


@pytest.mark.parametrize("who", ["alice", "petra", "adam"])
def test_nobody_sets_their_own_role(app, people, visit, who):
    person = getattr(people, who)
    before = role_of(app, person)
    answer = visit(person).post(f"/skills/{person.id}/role/", {"role": "SPO"})
    assert answer.status == 403
    assert role_of(app, person) == before


@pytest.mark.parametrize("bad", ["", "ZZZ", ["PMG", "SPO"]])
def test_a_role_that_does_not_exist_is_refused(app, people, visit, bad):
    assert visit(people.alice).get(f"/skills/{people.bob.id}/role/").submit({"role": bad}).status == 422
    assert role_of(app, people.bob) == "NPM"


def test_of_two_who_set_a_role_the_second_sees_what_the_first_chose(app, people, visit):
    first, second = visit(people.alice).get(f"/skills/{people.bob.id}/role/"), visit(people.petra).get(f"/skills/{people.bob.id}/role/")
    assert first.submit({"role": "PMG"}).status == 303
    answer = second.submit({"role": "SPO"})
    assert answer.status == 409
    assert "Project manager" in answer.words
    assert role_of(app, people.bob) == "PMG"
