"""Keeping the own account."""

import json

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.models import Event, MeetingNote, Pairing, Person, SignIn
from app.models.mentoring import Meeting
from app.records.accounts import make_link
from tests.support.passwords import PASSWORD, with_password

NEW = "five ducks on a frozen pond"


def stored(app, person):
    with app.extensions["database"].reading() as session:
        return session.get(Person, person.id)


def test_somebody_changes_name_and_time_zone_and_reads_dates_in_it(app, people, visit):
    site = visit(people.bob)
    page = site.get("/settings/")
    assert "Everybody who is signed in reads this" in page.words
    assert page.submit({"name": "Bob Archer", "time_zone": "Pacific/Auckland", "shares_email": "y"}, has="name").status == 303
    bob = stored(app, people.bob)
    assert (bob.name, bob.time_zone, bob.shares_email, bob.shares_progress) == ("Bob Archer", "Pacific/Auckland", True, False)
    assert "changed the settings" in site.get("/settings/").words


def test_nobody_sets_the_own_role_by_sending_more_fields(app, people, visit):
    extra = {"is_admin": "y", "is_pmo_lead": "y", "is_mentor": "y", "role_profile": "PML", "id": "1", "email": "x@y.example", "password_hash": "x", "disabled_at": "2026-01-01"}
    assert visit(people.bob).get("/settings/").submit({"name": "Bob B", **extra}, has="name").status == 303
    bob = stored(app, people.bob)
    assert (bob.is_admin, bob.is_pmo_lead, bob.is_mentor, bob.role_profile, bob.email) == (False, False, False, "NPM", "bob@north.example")


@pytest.mark.parametrize(("field", "typed"), [
    ("name", ""), ("name", "\u2060\u200b"), ("name", "x" * 121), ("name", "a\nb"), ("name", "a\x00b"), ("name", "\u0301\u0301"),
    ("time_zone", "Mars/Olympus"), ("time_zone", "../../etc/passwd"), ("time_zone", "x" * 1000), ("time_zone", ""), ("job_title", "a\x1b[31m"),
])
def test_bad_details_are_refused_at_their_field(app, people, visit, field, typed):
    page = visit(people.bob).get("/settings/").submit({field: typed}, has="name")
    assert page.status == 422
    assert page.find(".//div[@class='faults']//a").get("href") == f"#{field}"
    assert stored(app, people.bob).version == 1


@pytest.mark.parametrize("name", ["X", "O’Brien-Ní Dhomhnaill", "محمد", "山田太郎", "n" * 120, "e\u0301" * 119])
def test_names_of_all_kinds_are_kept(app, people, visit, name):
    assert visit(people.bob).get("/settings/").submit({"name": name}, has="name").status == 303


def test_a_changed_password_needs_the_current_one_and_ends_other_sign_ins(app, people, visit):
    with_password(app, people.bob)
    here, elsewhere = visit(people.bob), visit(people.bob)
    wrong = here.get("/settings/password").submit({"current": "not the password", "password": NEW})
    assert (wrong.status, "This is not your password" in wrong.words) == (422, True)
    assert here.get("/settings/password").submit({"current": PASSWORD, "password": "short"}).status == 422
    assert elsewhere.get("/teams/").status == 200
    assert here.get("/settings/password").submit({"current": PASSWORD, "password": NEW}).status == 303
    assert (here.get("/teams/").status, elsewhere.get("/teams/").status) == (200, 303)
    assert visit().get("/sign-in").submit({"email": "bob@north.example", "password": NEW}, has="password").status == 303


def test_guessing_the_current_password_stops_after_ten_tries(app, people, visit):
    with_password(app, people.bob)
    site = visit(people.bob)
    for _ in range(10):
        site.get("/settings/confirm").submit({"current": "not the password"})
    page = site.get("/settings/confirm").submit({"current": PASSWORD})
    assert (page.status, "Too many tries" in page.words) == (422, True)


def test_changing_the_e_mail_asks_for_the_password_when_it_was_given_long_ago(app, people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        with_password(app, people.bob)
        site = visit(people.bob)
        now.shift(31 * 60)
        asked = site.get("/settings/email")
        assert asked.location == "/settings/confirm?next=/settings/email"
        assert site.post("/settings/email", {"email": "bob@new.example"}).location == "/settings/confirm?next=/settings/email"
        page = site.get(asked.location)
        assert page.h1 == "Your password, please"
        assert page.submit({"current": "not the password"}).status == 422
        assert site.get(asked.location).submit({"current": PASSWORD}).location == "/settings/email"
        assert site.get("/settings/email").submit({"email": "Bob@New.example"}).status == 303
    assert (stored(app, people.bob).email, stored(app, people.bob).email_key) == ("Bob@New.example", "bob@new.example")


@pytest.mark.parametrize("typed", ["ALICE@north.example", "", "bob", "bob@", "bob@x.example\nBcc: y@z.example", "a" * 250 + "@x.example", "a@b@c.example"])
def test_an_e_mail_that_is_taken_or_is_none_is_refused(app, people, visit, typed):
    assert visit(people.bob).get("/settings/email").submit({"email": typed}).status == 422
    assert stored(app, people.bob).email == "bob@north.example"


def test_a_new_e_mail_voids_links_made_for_the_old_one(app, people, visit):
    site = visit(people.bob)
    with app.extensions["database"].transaction() as session:
        address = f"/choose-password/{make_link(session, people.bob.id, 'reset', clock.now())}"
    site.get("/settings/email").submit({"email": "bob@new.example"})
    assert visit().get(address).status == 404


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"])
def test_after_the_password_one_stays_on_this_site(app, people, visit, wanted):
    with_password(app, people.bob)
    site = visit(people.bob)
    page = site.get("/settings/confirm", query_string={"next": wanted})
    assert page.submit({"current": PASSWORD}).location == "/"


def test_one_ends_a_single_other_sign_in_or_all_others(app, people, visit):
    here, phone, library = visit(people.bob), visit(people.bob), visit(people.bob)
    page = here.get("/settings/")
    assert "Three browsers" in page.words
    assert page.submit(action="/end").status == 303
    assert sorted([phone.get("/teams/").status, library.get("/teams/").status]) == [200, 303]
    assert here.get("/settings/").submit(action="/end-others").status == 303
    assert [s.get("/teams/").status for s in (here, phone, library)] == [200, 303, 303]


def test_the_sign_in_of_somebody_else_is_not_found(app, people, visit):
    visit(people.alice)
    with app.extensions["database"].reading() as session:
        hers = session.scalar(select(SignIn.id).where(SignIn.person_id == people.alice.id))
    for who in (people.bob, people.adam):
        assert visit(who).post(f"/settings/sign-ins/{hers}/end").status == 404


def test_my_data_holds_what_is_mine_and_no_word_of_anybody_else(app, people, visit):
    with app.extensions["database"].transaction() as session:
        pairing = Pairing(mentor_id=people.charlie.id, mentee_id=people.bob.id, state="active", slot=1)
        session.add(pairing)
        session.flush()
        meeting = Meeting(pairing_id=pairing.id, held_on=clock.today(), minutes=45, topic="Risk", logged_by_id=people.bob.id)
        session.add(meeting)
        session.flush()
        session.add_all([
            MeetingNote(meeting_id=meeting.id, author_id=people.bob.id, kind="private", text="mine alone"),
            MeetingNote(meeting_id=meeting.id, author_id=people.charlie.id, kind="private", text="his alone"),
            MeetingNote(meeting_id=meeting.id, author_id=people.charlie.id, kind="shared", text="his shared words"),
        ])
    site = visit(people.bob)
    answer = site.get("/settings/download").submit()
    assert answer.status == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    mine = json.loads(answer.text)
    assert mine["profile"]["email"] == "bob@north.example"
    assert mine["teams"][0]["team"] == "North"
    assert mine["sessions"][0]["topic"] == "Risk"
    assert [note["text"] for note in mine["my_notes"]] == ["mine alone"]
    assert "his" not in answer.text.replace("this", "")
    assert "alice" not in answer.text.lower()
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Event).where(Event.what == "downloaded the own data")).one().person_id == people.bob.id


def test_my_data_needs_a_fresh_password(people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        site = visit(people.bob)
        now.shift(31 * 60)
        assert site.post("/settings/download").location == "/settings/confirm?next=/settings/download"


def test_two_browsers_change_the_details_and_the_second_is_told(people, visit):
    one, two = visit(people.bob).get("/settings/"), visit(people.bob).get("/settings/")
    assert one.submit({"job_title": "Planner"}, has="name").status == 303
    page = two.submit({"job_title": "Scheduler"}, has="name")
    assert page.status == 409
    assert "Planner" in page.words
    assert "Scheduler" in page.words


def test_the_own_events_are_listed_for_me_alone(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all(Event(person_id=people.bob.id, what=f"deed {n}", thing="person", thing_id=str(people.bob.id)) for n in range(60))
        session.add(Event(person_id=people.alice.id, what="a deed of hers", thing="person", thing_id=str(people.alice.id)))
    site = visit(people.bob)
    assert site.get("/settings/").link("Everything") == "/settings/events/"
    first, second = site.get("/settings/events/"), site.get("/settings/events/?page=2")
    assert (len(first.all(".//tbody/tr")), len(second.all(".//tbody/tr"))) == (50, 10)
    assert "a deed of hers" not in first.words + second.words
