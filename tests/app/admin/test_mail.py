"""Changes of an account are told by mail, and administrators see what waits without reading it."""

import time_machine
from sqlalchemy import select

from app import clock
from app.mail import post
from app.models import Event, OutboxMessage
from app.records.accounts import make_link
from tests.support.passwords import PASSWORD, with_password


def mails(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def told(app):
    return [(mail.recipient, mail.subject) for mail in mails(app)]


BOTH = [("bob@north.example", "The e-mail of your account has changed"), ("bob@new.example", "This is now the e-mail of your account")]


def test_both_addresses_are_told_when_somebody_changes_the_own_one(app, people, visit):
    site = visit(people.bob)
    page = site.get("/settings/email")
    assert "both addresses are told by mail as soon as this site can send mail" in page.words
    assert page.submit({"email": "bob@new.example"}).status == 303
    assert told(app) == BOTH
    old, new = mails(app)
    assert "You changed the e-mail of your account from this address to bob@new.example" in old.text
    assert "http://127.0.0.1/sign-in" in new.text
    assert "bob@north.example" not in new.text
    site.get("/settings/email").submit({"email": "bob@new.example"})
    assert len(mails(app)) == 2


def test_both_addresses_are_told_when_an_administrator_changes_it_with_a_fresh_password(app, people, visit):
    with_password(app, people.adam)
    address = f"/admin/people/{people.bob.id}/edit"
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        site = visit(people.adam)
        page = site.get(address)
        now.shift(31 * 60)
        assert page.submit({"email": "bob@new.example", "reason": "New name"}).location == f"/settings/confirm?next={address}"
        assert told(app) == []
        site.get(f"/settings/confirm?next={address}").submit({"current": PASSWORD})
        assert site.get(address).submit({"email": "bob@new.example", "reason": "New name"}).status == 303
    assert told(app) == BOTH
    assert "Adam, an administrator, changed the e-mail" in mails(app)[0].text


def test_no_mail_is_left_when_the_change_is_refused(app, people, visit):
    assert visit(people.bob).get("/settings/email").submit({"email": "alice@north.example"}).status == 422
    assert visit(people.adam).get(f"/admin/people/{people.bob.id}/edit").submit({"email": "alice@north.example", "reason": "x"}).status == 422
    assert told(app) == []


def test_a_new_password_is_told_to_its_owner_but_the_first_one_is_not(app, people, visit):
    for password in ("five ducks on a frozen pond", "six ducks on a frozen pond"):
        with app.extensions["database"].transaction() as session:
            address = f"/choose-password/{make_link(session, people.bob.id, 'reset', clock.now())}"
        assert visit().get(address).submit({"password": password}).status == 303
    assert told(app) == [("bob@north.example", "The password of your account has changed")]
    assert "ducks" not in mails(app)[0].text


def test_an_administrator_sees_what_waits_tries_it_and_drops_it_without_reading_it(app, people, visit):
    with app.extensions["database"].transaction() as session:
        post(session, to="bob@north.example", subject="Your round", text="private words", person_id=people.bob.id)
        failed = post(session, to="gone@north.example", subject="Your plan", text="private words")
        failed.state, failed.last_error, failed.attempts = "failed", "The mail server said 550 <b>no</b>", 1
        sent = post(session, to="alice@north.example", subject="Done", text="")
        sent.state, sent.sent_at = "sent", clock.now()
        sent_id, failed_id = sent.id, failed.id
    site = visit(people.adam)
    page = site.get("/admin/mail/")
    assert "Mail is not set up. One message waits." in page.words
    assert "private words" not in page.text
    assert [cell.words for cell in page.all(".//tbody/tr/th")] == ["gone@north.example", "bob@north.example", "alice@north.example"]
    assert "550 <b>no</b>" in page.words
    assert page.submit(action=f"/{failed_id}/again").status == 303
    assert site.get("/admin/mail/").submit(action="/drop").status == 303
    assert sorted(mail.state for mail in mails(app)) == ["dropped", "sent", "waiting"]
    for deed in ("again", "drop"):
        assert site.post(f"/admin/mail/{sent_id}/{deed}").status == 409
        assert visit(people.petra).post(f"/admin/mail/{sent_id}/{deed}").status == 404
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Event.what).where(Event.thing == "mail").order_by(Event.id)).all() == ["tried a mail again", "dropped a mail"]
