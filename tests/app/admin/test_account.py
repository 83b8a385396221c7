"""What is done to somebody's account: details, roles, links, closing."""

import threading

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.models import Event, Person
from tests.support.passwords import PASSWORD, with_password


def stored(app, who):
    with app.extensions["database"].reading() as session:
        return session.get(Person, who.id)


def at(who, end=""):
    return f"/admin/people/{who.id}/{end}"


def events(app, what):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(Event).where(Event.what == what)).all()


def test_details_are_changed_with_a_reason_that_stands_in_the_log(app, people, visit):
    site = visit(people.adam)
    assert "Enter the reason" in site.get(at(people.bob, "edit")).submit({"name": "Robert"}).words
    assert site.get(at(people.bob, "edit")).submit({"name": "Robert", "email": "Robert@north.example", "role_profile": "PMG", "reason": "new name"}).status == 303
    bob = stored(app, people.bob)
    assert (bob.name, bob.email_key, bob.role_profile) == ("Robert", "robert@north.example", "PMG")
    (event,) = events(app, "changed a profile")
    assert event.detail == {"fields": ["name", "email", "role_profile"], "reason": "new name"}
    assert "robert@" not in str(event.detail)
    assert "changed a profile" in visit(people.bob).get("/settings/").words


def test_an_e_mail_of_somebody_else_is_refused_and_two_editors_see_both_texts(people, visit):
    site = visit(people.adam)
    assert site.get(at(people.bob, "edit")).submit({"email": "ALICE@north.example", "reason": "x"}).status == 422
    first, second = site.get(at(people.bob, "edit")), site.get(at(people.bob, "edit"))
    first.submit({"name": "Rob", "reason": "x"})
    page = second.submit({"name": "Bobby", "reason": "x"})
    assert (page.status, "Rob" in page.words, "Bobby" in page.words) == (409, True, True)


@pytest.mark.parametrize("end", ["edit", "close"])
def test_a_pmo_lead_changes_no_details_and_closes_no_account(people, visit, end):
    site = visit(people.petra)
    assert site.get(at(people.bob, end)).status == 403
    assert site.post(at(people.bob, end), {"reason": "x"}).status == 403


@pytest.mark.parametrize("end", ["open", "end-sign-ins", "link"])
def test_a_pmo_lead_opens_nothing_ends_nothing_and_gives_no_link(people, visit, end):
    assert visit(people.petra).post(at(people.bob, end)).status == 403


def test_a_pmo_lead_makes_a_mentor_but_no_pmo_lead_and_no_administrator(app, people, visit):
    page = visit(people.petra).get(at(people.bob, "roles"))
    assert [i.get("name") for i in page.all(".//input[@type='checkbox']")] == ["is_mentor"]
    assert page.submit({"is_mentor": "y", "is_admin": "y", "is_pmo_lead": "y"}).status == 303
    bob = stored(app, people.bob)
    assert (bob.is_mentor, bob.is_admin, bob.is_pmo_lead) == (True, False, False)


def test_nobody_changes_the_own_roles_or_closes_the_own_account(app, people, visit):
    site = visit(people.adam)
    for end in ("roles", "edit", "close"):
        assert site.get(at(people.adam, end)).status == 403
    assert site.post(at(people.adam, "roles"), {"version": "1", "is_pmo_lead": "y"}).status == 403
    assert site.post(at(people.adam, "close"), {"reason": "x"}).status == 403
    assert site.post(at(people.adam, "link")).status == 403
    assert "Settings" in site.get(at(people.adam)).words
    assert not stored(app, people.adam).is_pmo_lead


def test_a_given_role_and_a_taken_one_count_from_the_next_click(people, visit):
    adam, bob = visit(people.adam), visit(people.bob)
    assert bob.get("/admin/").status == 404
    adam.get(at(people.bob, "roles")).submit({"is_admin": "y"})
    assert bob.get("/admin/").status == 200
    adam.get(at(people.bob, "roles")).submit({"is_admin": None})
    assert bob.get("/admin/").status == 404


def test_a_role_change_needs_a_fresh_password(app, people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        with_password(app, people.adam)
        site = visit(people.adam)
        now.shift(31 * 60)
        page = site.get(at(people.bob, "roles"))
        assert page.location == f"/settings/confirm?next={at(people.bob, 'roles')}"
        assert site.post(at(people.bob, "roles"), {"version": "1", "is_admin": "y"}).status == 303
        assert not stored(app, people.bob).is_admin
        assert site.get(page.location).submit({"current": PASSWORD}).location == at(people.bob, "roles")
        assert site.get(at(people.bob, "roles")).status == 200


def test_the_last_administrator_keeps_the_role_when_two_take_it_from_each_other(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).is_admin = True
    pages = [visit(people.adam).get(at(people.bob, "roles")), visit(people.bob).get(at(people.adam, "roles"))]
    answers = []
    threads = [threading.Thread(target=lambda page=page: answers.append(page.submit({"is_admin": None}).status)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(303) == 1
    assert stored(app, people.adam).is_admin != stored(app, people.bob).is_admin


def test_a_closed_account_has_no_sign_in_and_opens_again(app, people, visit):
    with_password(app, people.bob)
    adam, bob = visit(people.adam), visit(people.bob)
    assert bob.get("/teams/").status == 200
    assert adam.get(at(people.bob, "close")).submit({"reason": ""}).status == 422
    assert adam.get(at(people.bob, "close")).submit({"reason": "left the organisation"}).status == 303
    assert bob.get("/teams/").status == 303
    right = {"email": "bob@north.example", "password": PASSWORD}
    assert visit().get("/sign-in").submit(right, has="password").status == 422
    assert "Closed on" in adam.get(at(people.bob)).words
    assert adam.get(at(people.bob)).submit(action="/open").status == 303
    assert bob.get("/teams/").status == 303
    assert visit().get("/sign-in").submit(right, has="password").status == 303
    assert [event.detail["reason"] for event in events(app, "closed an account")] == ["left the organisation"]


def test_ending_all_sign_ins_signs_somebody_out_everywhere(people, visit):
    bob, phone = visit(people.bob), visit(people.bob)
    visit(people.adam).get(at(people.bob)).submit(action="/end-sign-ins")
    assert [bob.get("/teams/").status, phone.get("/teams/").status] == [303, 303]


def test_a_link_is_shown_once_and_voids_the_one_before(app, people, visit):
    site = visit(people.adam)
    page = site.get(at(people.bob))
    first = page.submit(action="/link")
    assert first.status == 200
    assert "seven days" in first.words
    assert page.submit(action="/link").location == at(people.bob, "link")
    assert site.get(at(people.bob, "link")).location == at(people.bob)
    second = site.get(at(people.bob)).submit(action="/link")
    links = [p.find("code").words.removeprefix("http://127.0.0.1") for p in (first, second)]
    assert [visit().get(link).status for link in links] == [404, 200]
    with app.extensions["database"].reading() as session:
        assert not session.get(Person, people.bob.id).password_hash
    with_password(app, people.bob)
    assert "one hour" in site.get(at(people.bob)).submit(action="/link").words


def test_the_page_of_an_account_shows_events_to_administrators_alone(people, visit):
    visit(people.adam).get(at(people.bob)).submit(action="/end-sign-ins")
    assert "ended all sign-ins" in visit(people.adam).get(at(people.bob)).words
    page = visit(people.petra).get(at(people.bob))
    assert (page.status, "ended all sign-ins" in page.words, "How do they sign in" in page.words) == (200, False, False)


@pytest.mark.parametrize("number", ["999999", "007", "0"])
def test_an_account_that_is_not_there_is_not_found(people, visit, number):
    assert visit(people.adam).get(f"/admin/people/{number}/").status == 404
    assert visit(people.adam).post(f"/admin/people/{number}/link").status == 404


def test_an_administrator_who_is_closed_last_is_refused_when_nobody_is_left(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).is_admin = True
        session.get(Person, people.bob.id).disabled_at = clock.now()
    assert visit(people.adam).get(at(people.bob, "roles")).submit({"is_admin": None}).status == 303
    assert not stored(app, people.bob).is_admin
