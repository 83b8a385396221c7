"""People from outside: from the letter with the link to the answers, and how all of it ends."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine
from sqlalchemy import select

from app import clock
from app.maturity.actions.guests import forget_guests
from app.maturity.actions.letters import send_due_reminders
from app.models import Event, Guest, Invitation, OutboxMessage, Person, SignIn
from tests.support.anonymous import anonymous_round, crowd
from tests.support.build import a_round, answered
from tests.support.site import Site

HERE = "/teams/north/rounds/1/"
OLAF = {"name": "Olaf Outside", "email": "olaf@supplier.example", "group": "users", "role": "Supplier"}


def link_in_last_letter(app):
    with app.extensions["database"].reading() as session:
        text = session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.id.desc())).first()
    return re.search(r"http://127\.0\.0\.1(/invited/\S+)", text)[1]


def test_a_guest_answers_by_link_until_it_is_taken_away_or_the_round_closes(app, people, visit):
    own = app.extensions["database"]
    with own.transaction() as session:
        _, (bob,) = a_round(session, people.north, [(people.bob, "users")], closes_on=clock.today() + timedelta(days=9))
        answered(session, bob, {"GOV-1": 2})
        session.expunge_all()
    form = visit(people.alice).get(f"{HERE}invite-outside/")
    assert "belongs to an account" in form.submit({**OLAF, "email": "Charlie@north.example"}).words
    assert "Enter an e-mail address such as" in form.submit({**OLAF, "email": "olaf"}).words
    assert form.submit(OLAF).status == 303
    again = visit(people.alice).get(f"{HERE}invite-outside/").submit({**OLAF, "email": "OLAF@supplier.example"})
    assert (again.status, "on the list already" in again.words) == (422, True)
    link = link_in_last_letter(app)
    with own.reading() as session:
        guest = session.scalars(select(Guest)).one()
        assert guest.token_hash not in link
        number = session.scalar(select(Invitation.id).where(Invitation.person_id == guest.person_id))
    browser = Site(app)
    page = browser.get(link)
    assert "Olaf Outside" in page.words
    with own.reading() as session:
        assert session.scalar(select(SignIn.id).where(SignIn.person_id == guest.person_id)) is None
    welcome = page.submit(follow=True)
    assert welcome.address == f"{HERE}answer/"
    first = welcome.submit(has="form_key", follow=True, action="answer/")
    assert not first.all(".//a[@href='/sign-in']")
    assert first.submit({"GOV-1": "3", "go": "save"}).status == 303
    assert "signed in at this browser" not in browser.get(link).words
    assert [browser.get(address).status for address in (HERE, f"{HERE}results/", "/teams/", "/settings/", "/people/1/", "/search?q=pmo")] == [404] * 6
    assert "Sign in" in browser.get("/").text
    about = (f"/people/{guest.person_id}/", f"/skills/{guest.person_id}/", f"/skills/{guest.person_id}/role/", f"/admin/people/{guest.person_id}/")
    assert [visit(who).get(address).status for who in (people.petra, people.adam) for address in about] == [404] * 8
    row = visit(people.alice).get(HERE)
    assert "Outside: Supplier" in row.words
    assert "by link" in row.words
    assert "Olaf" not in visit(people.adam).get("/admin/people/?state=all").words
    row.submit(action=f"invitations/{number}/link")
    newer = link_in_last_letter(app)
    assert [Site(app).get(address).status for address in (link, newer)] == [404, 200]
    assert "a newer letter replaced it" in Site(app).get(link).words
    visit(people.alice).get(HERE).submit(action=f"invitations/{number}/revoke")
    assert [browser.get(f"{HERE}answer/GOV/").status, Site(app).get(newer).status] == [303, 404]
    assert "link taken away" in visit(people.alice).get(HERE).words
    visit(people.alice).get(HERE).submit(action=f"invitations/{number}/link")
    newest, browser = link_in_last_letter(app), Site(app)
    browser.get(newest).submit()
    visit(people.alice).get(f"{HERE}close/").submit()
    assert "Open the link in your letter again" in browser.get(browser.get(f"{HERE}answer/").location).words
    ended = Site(app).get(newest)
    assert (ended.status, "the link has ended" in ended.words) == (200, True)
    assert Site(app).post(newest).status == 409
    assert not forget_guests(own)
    with time_machine.travel(clock.now() + timedelta(days=91)):
        assert [forget_guests(own), forget_guests(own)] == [True, False]
    with own.reading() as session:
        person = session.get_one(Person, guest.person_id)
        assert (person.name, person.email) == ("Somebody from outside", "")
        assert session.scalars(select(OutboxMessage).where(OutboxMessage.recipient == OLAF["email"])).all() == []
        assert session.scalars(select(SignIn).where(SignIn.person_id == person.id)).all() == []


def test_in_an_anonymous_round_the_log_does_not_tell_that_a_guest_came(app, people, visit):
    own = app.extensions["database"]
    with own.transaction() as session:
        anonymous_round(session, people.north, crowd(session, 5), 0, state="draft", closes_on=clock.today() + timedelta(days=8))
        session.expunge_all()
    assert visit(people.alice).get(f"{HERE}invite-outside/").submit(OLAF).status == 303
    with own.reading() as session:
        assert session.scalars(select(OutboxMessage)).all() == []
    visit(people.alice).get(HERE).submit(action="open")
    welcome = Site(app).get(link_in_last_letter(app)).submit(follow=True)
    assert "stored without your name" in welcome.words
    with own.reading() as session:
        guest = session.scalars(select(Guest)).one()
        came = session.scalars(select(Event.what).where((Event.person_id == guest.person_id) | (Event.subject_id == guest.person_id))).all()
        assert came == ["invited somebody from outside to a round"]
    assert visit(people.alice).get(f"{HERE}invite-outside/").status == 409


def test_guests_alone_are_reminded_by_letter_three_days_ahead(app, people, visit):
    """Whoever has an account is told in the mail of their morning."""
    own = app.extensions["database"]
    with own.transaction() as session:
        a_round(session, people.north, [(people.bob, "users")], closes_on=clock.today() + timedelta(days=9))
        session.expunge_all()
    visit(people.alice).get(f"{HERE}invite-outside/").submit(OLAF)
    first = link_in_last_letter(app)
    with time_machine.travel(clock.now() + timedelta(days=7)):
        assert [send_due_reminders(own, "http://127.0.0.1"), send_due_reminders(own, "http://127.0.0.1")] == [True, False]
        with own.reading() as session:
            sent = [row.recipient for row in session.scalars(select(OutboxMessage).where(OutboxMessage.subject == "A reminder from North: Autumn"))]
        assert sent == [OLAF["email"]]
        assert [Site(app).get(address).status for address in (first, link_in_last_letter(app))] == [404, 200]
