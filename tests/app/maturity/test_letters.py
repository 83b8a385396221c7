"""Letters of a round: who is written to and when, what stands in them, and that none of them tells who has answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import select

from app import clock
from app.config import read_mail_url
from app.mail.sending import send_next
from app.maturity.actions.letters import send_due_reminders
from app.maturity.closing import elsewhere, last_moment, may_be_written_to, reminder_is_due
from app.models import Event, OutboxMessage
from app.work import now_and_then
from tests.support.anonymous import anonymous_round, crowd
from tests.support.build import a_round, answered
from tests.support.mail_sink import mail_sink
from tests.support.people import person

HERE, HOME = "/teams/north/rounds/1/", "http://127.0.0.1"
DAY = date(2026, 11, 27)


def test_the_last_moment_is_told_on_the_clock_of_the_reader():
    assert last_moment(DAY, "UTC", "Asia/Tokyo") == "Saturday 28 November 2026, 08:59 (Asia/Tokyo)"
    assert last_moment(DAY, "UTC", "America/New_York") == "Friday 27 November 2026, 18:59 (America/New York)"
    assert elsewhere(DAY, "UTC", "Europe/Lisbon") == elsewhere(None, "UTC", "Asia/Tokyo") == ""
    assert elsewhere(DAY, "UTC", "Europe/Berlin") == "Saturday 28 November 2026, 00:59 (Europe/Berlin)"


def test_reminders_are_due_three_days_ahead_in_the_morning_and_once_a_day():
    moments = [datetime(2026, 11, 24, 7, 59), datetime(2026, 11, 24, 8), datetime(2026, 11, 27, 23, 59), datetime(2026, 11, 28)]
    assert [reminder_is_due(DAY, "UTC", at.replace(tzinfo=UTC)) for at in moments] == [False, True, True, False]
    assert not reminder_is_due(DAY, "America/New_York", moments[1].replace(tzinfo=UTC))
    now = clock.now()
    assert [may_be_written_to(at, now) for at in (None, now - timedelta(hours=23, minutes=59), now - timedelta(days=1))] == [True, False, True]


def test_what_waits_for_the_calendar_is_looked_for_once_a_minute():
    found, looks = [True, False, False], []
    look = now_and_then(lambda: (looks.append(1), found[len(looks) - 1])[1])
    with time_machine.travel(datetime(2026, 11, 24, tzinfo=UTC), tick=False) as now:
        assert [look(), look(), look()] == [True, False, False]
        now.shift(timedelta(minutes=1))
        assert (look(), len(looks)) == (False, 3)


def arrived(app, sink):
    """(who, subject, text) of every letter since the last time, through the real way out."""
    sink.mails.clear()
    while send_next(app.extensions["database"], read_mail_url(sink.url, HOME)):
        pass
    return sorted((mail["To"].partition("@")[0], mail["Subject"], mail.get_content()) for mail in sink.mails)


def names(letters):
    return [who for who, *_ in letters]


def test_a_named_round_writes_on_opening_inviting_reminding_and_moving(app, people, visit):
    own, today = app.extensions["database"], clock.today()
    with own.transaction() as session:
        bea = person("Bea", time_zone="Asia/Tokyo")
        session.add(bea)
        session.flush()
        _, (mine, _) = a_round(session, people.north, [(people.bob, "users"), (bea, "users")], state="draft", closes_on=today + timedelta(days=9))
        session.expunge_all()
    with mail_sink() as sink:
        assert arrived(app, sink) == []
        visit(people.alice).get(HERE).submit(action="open")
        bea_letter, bob_letter = arrived(app, sink)
        assert (bob_letter[0], bob_letter[1]) == ("bob", "North asks for your view: Autumn")
        for words in (
            "Hello Bob", "Alice asks for your view", "To see where to start.", f"{HOME}{HERE}answer/", "about 20 minutes", "23:59 (UTC)",
            "the lead of North and the PMO lead can see who answered what",
        ):
            assert words in bob_letter[2].replace("=\n", "")
        assert "08:59 (Asia/Tokyo)" in bea_letter[2]
        assert "08:59 (Asia/Tokyo)" in visit(bea).get(f"{HERE}answer/").words
        visit(people.alice).get(f"{HERE}invite/").submit({"email": "charlie@north.example", "group": "office"})
        assert names(arrived(app, sink)) == ["charlie"]
        again = visit(people.alice).post(f"{HERE}remind")
        assert (again.status, arrived(app, sink)) == (409, [])
        assert "less than a day ago" in again.words
        with own.transaction() as session:
            answered(session, session.merge(mine), {"GOV-1": 2})
        with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
            page = visit(people.alice).get(HERE)
            assert page.submit(action="remind").status == 303
            assert names(arrived(app, sink)) == ["bea", "charlie"]
            page.submit({"closes_on": (today + timedelta(days=12)).isoformat()}, action="extend")
            moved = arrived(app, sink)
            assert (names(moved), moved[0][1]) == (["bea", "charlie"], "The closing day has moved: Autumn")
            page.submit({"closes_on": (today + timedelta(days=12)).isoformat()}, action="extend")
            assert not send_due_reminders(own, HOME)
        with time_machine.travel(clock.now() + timedelta(days=10)):
            assert [send_due_reminders(own, HOME), send_due_reminders(own, HOME)] == [True, False]
            assert arrived(app, sink) == []  # people with an account are told in the mail of their morning
        with time_machine.travel(clock.now() + timedelta(days=14)):
            assert visit(people.alice).post(f"{HERE}remind").status == 409


def test_an_anonymous_round_reminds_everybody_so_that_no_list_tells_who_answered(app, people, visit):
    own = app.extensions["database"]
    with own.transaction() as session:
        asked = crowd(session, 6)
        anonymous_round(session, people.north, asked, 5, closes_on=clock.today() + timedelta(days=8))
        session.expunge_all()
    assert visit(people.alice).get(HERE).submit(action="remind").status == 303
    with own.reading() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
        assert sorted(row.recipient for row in rows) == sorted(p.email for p in asked)
        assert all("this goes to everybody who is asked" in row.text for row in rows)
        noted = session.scalars(select(Event).where(Event.what == "reminded people of a round")).one()
        assert noted.detail == {}
