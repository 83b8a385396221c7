"""The card of a person."""

import pytest

from app import clock
from app.models import Pairing, Person


@pytest.mark.parametrize(("who", "sees"), [("alice", True), ("bob", True), ("charlie", False), ("petra", True), ("adam", True)])
def test_the_e_mail_of_bob_is_seen_by_himself_his_lead_the_pmo_lead_and_administrators(people, visit, who, sees):
    page = visit(getattr(people, who)).get(f"/people/{people.bob.id}/")
    assert page.h1 == "Bob"
    assert "North" in page.words
    assert ("bob@north.example" in page.words) == sees


def test_a_mentor_in_an_active_pairing_sees_the_e_mail_and_anybody_once_it_is_shared(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add(Pairing(mentor_id=people.charlie.id, mentee_id=people.bob.id, state="active", slot=1))
    assert "bob@north.example" in visit(people.charlie).get(f"/people/{people.bob.id}/").words
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.alice.id).shares_email = True
    assert "alice@north.example" in visit(people.charlie).get(f"/people/{people.alice.id}/").words


@pytest.mark.parametrize(("who", "sees"), [("alice", True), ("bob", True), ("charlie", False), ("petra", True), ("adam", False)])
def test_the_way_to_the_skills_is_shown_to_those_who_may_read_them(people, visit, who, sees):
    page = visit(getattr(people, who)).get(f"/people/{people.bob.id}/")
    assert ("See the skills" in page.words) == sees


@pytest.mark.parametrize("number", ["999999", "007", "9223372036854775808", "-1", "1e3", "%D9%A3"])
def test_a_card_that_is_not_there_is_not_found(people, visit, number):
    assert visit(people.bob).get(f"/people/{number}/").status == 404


def test_signed_out_there_is_no_card(people, visit):
    assert visit().get(f"/people/{people.bob.id}/").status == 303


def test_a_closed_account_says_so(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = clock.now()
    assert "closed" in visit(people.alice).get(f"/people/{people.bob.id}/").words
