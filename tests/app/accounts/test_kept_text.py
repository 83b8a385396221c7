"""A sign-in that ends while somebody types loses nothing, and shows nothing to anybody else (P41, F32)."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
import time_machine
from sqlalchemy import delete, select, update

import app as package
from app import clock
from app.models import KeptText, MeetingNote, Membership, Pairing, Person, SignIn
from app.models.mentoring import Meeting
from app.records.kept_text import LONGEST, SECRET, typed_fields
from app.ui.fields import Password
from app.ui.forms import Form
from tests.support.build import a_round
from tests.support.passwords import PASSWORD, with_password
from tests.support.site import standing


def end_sign_ins(app, gone=False):
    with app.extensions["database"].transaction() as session:
        session.execute(delete(SignIn) if gone else update(SignIn).values(ended_at=clock.now()))


def kept(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(KeptText).order_by(KeptText.id)).all()


def stored(app, person):
    with app.extensions["database"].reading() as session:
        return session.get(Person, person.id)


def sign_in(app, page, person):
    if not stored(app, person).password_hash:
        with_password(app, person)
    return page.submit({"email": f"{person.name.lower()}@north.example", "password": PASSWORD}, has="password")


def late(app, page, typed, gone=False, **which):
    """Send the form after the sign-in has ended; the sign-in page one is led to."""
    end_sign_ins(app, gone)
    answer = page.submit(typed, **which)
    assert answer.status == 303
    return page.site.get(answer.location)


@pytest.mark.parametrize("gone", [False, True])
def test_the_same_person_gets_the_form_back_as_it_was_left_and_sends_it_again(app, people, visit, gone):
    site = visit()
    sign_in(app, site.get("/sign-in"), people.bob)
    asked = late(app, site.get("/settings/"), {"name": "Bob the late", "shares_email": "y"}, gone, has="name")
    assert "It is kept for one hour" in asked.words
    assert stored(app, people.bob).name == "Bob"
    led = sign_in(app, asked, people.bob)
    assert re.fullmatch(r"/kept-text/\d+/", led.location)
    again = site.get(led.location)
    assert again.h1 == "Settings"
    assert "This was not sent" in again.words
    assert not again.all(".//div[@class='faults']")
    assert again.find(".//input[@name='name']").get("value") == "Bob the late"
    assert again.find(".//a[.='Go to what I typed']").get("href") == "#name"
    assert again.find(".//input[@name='shares_email']").get("checked") is not None
    assert stored(app, people.bob).name == "Bob"
    sent = site.post("/settings/", standing(again.form(has="name")), as_is=True, headers={"Referer": f"http://127.0.0.1{led.location}"})
    assert (sent.status, sent.location) == (303, "/settings/")
    assert (stored(app, people.bob).name, stored(app, people.bob).shares_email) == ("Bob the late", True)
    assert kept(app) == []


def test_somebody_else_at_the_same_browser_sees_nothing_of_it(app, people, visit):
    site = visit(people.bob)
    asked = late(app, site.get("/settings/"), {"job_title": "only mine"}, has="name")
    address = f"/kept-text/{kept(app)[0].id}/"
    led = sign_in(app, asked, people.charlie)
    assert led.location == "/"
    assert "only mine" not in site.get("/").words
    assert site.get(address).status == 404
    assert site.post(f"{address}drop").status == 404
    for who in (people.adam, people.petra):
        assert visit(who).get(address).status == 404
    site.post("/sign-out")
    back = sign_in(app, site.get("/sign-in"), people.bob)
    assert back.location == address


def test_an_answer_page_comes_back_with_its_choices_and_comments(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users")])
    site = visit(people.bob)
    asked = late(app, site.get("/teams/north/rounds/1/answer/GOV/"), {"GOV-1": "4", "GOV-2.comment": "I think so", "go": "next"})
    again = site.get(sign_in(app, asked, people.bob).location)
    assert again.find(".//input[@name='GOV-1'][@checked]").get("value") == "4"
    assert again.find(".//textarea[@name='GOV-2.comment']").words == "I think so"
    assert again.submit(action="/answer/GOV/").status == 303
    assert site.get("/teams/north/rounds/1/answer/GOV/").find(".//input[@name='GOV-1'][@checked]").get("value") == "4"


def test_answers_of_an_anonymous_round_are_not_kept_with_a_name(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users")], mode="anonymous", min_group=4)
    asked = late(app, visit(people.bob).get("/teams/north/rounds/1/answer/GOV/"), {"GOV-1": "4", "go": "next"})
    assert "cannot be kept here" in asked.words
    assert kept(app) == []


def test_a_form_inside_a_page_of_others_comes_back_in_its_place(app, people, visit):
    with app.extensions["database"].transaction() as session:
        pairing = Pairing(mentor_id=people.charlie.id, mentee_id=people.bob.id, state="active", slot=1)
        session.add(pairing)
        session.flush()
        meeting = Meeting(pairing_id=pairing.id, held_on=clock.today(), minutes=45, topic="Risk", logged_by_id=people.bob.id)
        session.add(meeting)
        session.flush()
        address = f"/mentoring/pairings/{pairing.id}/sessions/{meeting.id}/"
    with_password(app, people.bob)
    site = visit(people.bob)
    asked = late(app, site.get(address), {"private": "A long thought"}, has="private")
    again = site.get(sign_in(app, asked, people.bob).location)
    assert again.find(".//textarea[@name='private']").words == "A long thought"
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(MeetingNote)).all() == []
    assert again.submit(has="private").status == 303


def test_where_the_form_is_no_longer_open_the_bare_text_is_there_to_copy(app, people, visit):
    site = visit(people.alice)
    asked = late(app, site.get("/teams/north/profile/edit"), {"capacity": "31"}, has="capacity")
    assert sign_in(app, asked, people.alice).status == 303
    with app.extensions["database"].transaction() as session:
        session.execute(delete(Membership).where(Membership.person_id == people.alice.id))
    page = site.get(f"/kept-text/{kept(app)[0].id}/")
    assert page.h1 == "What you typed"
    assert [h.words for h in page.all("h2")] == ["Capacity", "Wip"]
    assert "31" in page.words


def test_it_is_gone_after_an_hour_and_leads_there_once(app, people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        site = visit(people.bob)
        asked = late(app, site.get("/settings/"), {"job_title": "Planner"}, has="name")
        now.shift(59 * 60)
        address = sign_in(app, asked, people.bob).location
        assert site.get(address).status == 200
        assert sign_in(app, visit().get("/sign-in"), people.bob).location == "/"
        now.shift(61)
        assert site.get(address).status == 404
        sign_in(app, visit().get("/sign-in"), people.bob)
        assert kept(app) == []


def test_what_is_not_wanted_is_dropped(app, people, visit):
    site = visit(people.bob)
    asked = late(app, site.get("/settings/"), {"job_title": "Planner"}, has="name")
    page = site.get(sign_in(app, asked, people.bob).location)
    assert page.submit(action="/drop").status == 303
    assert kept(app) == []


def test_of_several_windows_the_newest_comes_first_and_names_the_others(app, people, visit):
    site = visit(people.bob)
    page = site.get("/settings/")
    end_sign_ins(app)
    for n in range(7):
        asked = page.submit({"job_title": f"Title {n}"}, has="name")
    assert [dict(row.fields)["job_title"] for row in kept(app)] == [f"Title {n}" for n in range(2, 7)]
    again = site.get(sign_in(app, site.get(asked.location), people.bob).location)
    assert again.find(".//input[@name='job_title']").get("value") == "Title 6"
    assert len([a for a in again.all("a") if a.words.startswith("Also kept")]) == 4


def test_passwords_files_and_tokens_are_never_kept(app, people, visit):
    site = visit(people.bob)
    token = site.token()
    end_sign_ins(app)
    for path in ("/settings/password", "/settings/email", "/settings/confirm"):
        answer = site.post(path, {"current": "s3cret", "password": "s3cret", "email": "x@y.example", "csrf_token": token}, as_is=True)
        assert (answer.status, "kept=no" in answer.location or "kept" not in answer.location) == (303, True)
    site.post("/settings/", {"current": "s3cret", "password": "s3cret", "name": "Bob", "form_key": "k", "csrf_token": token}, as_is=True)
    assert [row.fields for row in kept(app)] == [[["name", "Bob"]]]
    assert typed_fields([("csrf_token", "x"), ("form_key", "y"), ("version", "3"), ("note", " ")]) == []


def test_every_password_field_of_the_site_is_known_as_secret():
    for module in pkgutil.walk_packages(package.__path__, "app."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    found = {
        name for form in every_subclass(Form) for name, field in vars(form).items()
        if getattr(field, "field_class", None) is not None and issubclass(field.field_class, Password)
    }
    assert found
    assert found <= SECRET


def every_subclass(one):
    return [one, *(below for each in one.__subclasses__() for below in every_subclass(each))]


def test_a_text_that_is_too_long_is_not_kept_and_that_is_said(app, people, visit):
    site = visit(people.bob)
    asked = late(app, site.get("/settings/"), {"job_title": "x" * (LONGEST + 1)}, has="name")
    assert "Go back in your browser and copy it" in asked.words
    assert kept(app) == []


def test_a_button_without_text_only_leads_to_sign_in_and_back(app, people, visit):
    site = visit(people.bob)
    visit(people.bob)
    page = site.get("/settings/")
    end_sign_ins(app)
    answer = page.submit(action="/end-others")
    assert (answer.status, answer.location) == (303, "/sign-in?next=/")
    assert kept(app) == []


def test_a_stranger_without_a_sign_in_keeps_nothing(app, people, visit):
    assert visit().post("/settings/", {"name": "Mallory"}).status == 401
    assert kept(app) == []


def test_a_script_is_told_and_its_page_saves_again_once_the_same_person_is_back(app, people, visit):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users")])
    site = visit(people.bob)
    token = site.token()

    def save(**headers):
        return site.client.post(
            "/teams/north/rounds/1/answer/GOV/save", data={"GOV-1": "3", "counter": "1"}, base_url="http://127.0.0.1",
            headers={"X-CSRFToken": token, "Accept": "application/json", **headers},
        )

    end_sign_ins(app)
    told = save()
    assert (told.status_code, told.get_json()["error"]) == (401, "You are signed out. Sign in in another tab; your text stays here.")
    assert save(**{"Sec-Fetch-Mode": "cors", "Accept": "*/*"}).status_code == 401
    assert kept(app) == []
    sign_in(app, site.get("/sign-in"), people.bob)
    assert save().get_json()["saved"] is True


def test_the_token_of_one_person_is_worth_nothing_once_another_has_signed_in(app, people, visit):
    site = visit(people.bob)
    page = site.get("/settings/")
    end_sign_ins(app)
    sign_in(app, site.get("/sign-in"), people.charlie)
    assert page.submit({"name": "Not Charlie"}, has="name").status == 400
    assert stored(app, people.charlie).name == "Charlie"
