"""Reminders by mail: one a morning, never twice, only what somebody may see, and none of a kind turned off."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import select, update

from app.config import read_mail_url
from app.deadlines.mornings import Mornings, remind
from app.models import (
    AssessmentRound,
    CourseAssignment,
    Invitation,
    Membership,
    OutboxMessage,
    Pairing,
    Person,
    Reminder,
)
from app.uploads import Store
from app.work import rounds
from tests.support.build import a_round, active_pairing, closed_round, current_roadmap
from tests.support.mail_sink import mail_sink

HOME = "https://cairn.north.example"
TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)


def put(session, people):
    """Bob has an action that is over, a course, a round and an agreement about to end; Alice the other action and the course."""
    current_roadmap(session, people.north, closed_round(session, people.north), [
        ("TAL-4.L3", "planned", TODAY - timedelta(days=2), people.bob), ("TAL-2.L2", "in progress", TODAY + timedelta(days=7), people.alice),
        ("STK-1.L3", "planned", TODAY + timedelta(days=8), people.bob), ("DEL-1.L3", "done", TODAY, people.bob),
    ])
    session.add(CourseAssignment(course_id="C05", team_id=people.north.id, due_on=TODAY + timedelta(days=1), assigned_by_id=people.alice.id))
    round_, asked = a_round(session, people.north, [(people.bob, "office"), (people.alice, "office")], number=2, closes_on=TODAY + timedelta(days=3))
    asked[1].state = "submitted"
    pairing = active_pairing(session, people.charlie, people.bob, TODAY)
    pairing.ends_on = TODAY + timedelta(days=14)
    session.flush()
    return round_


def work(database, server, folder):
    """All that a worker finds to do now."""
    done, turns = rounds(database, server, HOME, Store(folder)), 0
    while sum(once() for once in done):
        turns += 1
        assert turns < 100


def test_each_morning_brings_one_mail_with_what_is_new_and_none_twice(database, people, tmp_path):
    with mail_sink() as sink:
        server = read_mail_url(sink.url, HOME)
        with database.transaction() as session:
            put(session, people)
            session.get_one(Person, people.charlie.id).time_zone = "America/New_York"
            session.get_one(Person, people.adam.id).disabled_at = MORNING
        with time_machine.travel(MORNING, tick=False) as clock:
            work(database, server, tmp_path)
            first = {mail["To"]: mail for mail in sink.mails}
            assert {to: mail["Subject"] for to, mail in first.items()} == {"bob@north.example": "Four things to see to", "alice@north.example": "Two things to see to"}
            text = first["bob@north.example"].get_content()
            assert text.index("Over:") < text.index("TAL-4.L3, planned" if "TAL-4.L3, planned" in text else "Action TAL-4.L3") < text.index("Coming up:")
            for words in ("2 days over (Saturday 21 November 2026)", "Project life cycle: tomorrow", "Round 2 of North closes: in 3 days", "agreement with Charlie ends: in 14 days",
                          f"{HOME}/teams/north/roadmap/actions/TAL-4.L3/", f"{HOME}/settings/reminders/"):
                assert words in text, words
            assert "STK-1.L3" not in text
            assert "Round 2" not in first["alice@north.example"].get_content()
            work(database, server, tmp_path)
            clock.shift(timedelta(hours=6))  # seven o'clock in New York
            work(database, server, tmp_path)
            assert sorted(mail["To"] for mail in sink.mails[2:]) == ["charlie@north.example"]
            clock.move_to(MORNING + timedelta(days=1))
            work(database, server, tmp_path)
            assert [mail["To"] for mail in sink.mails[3:]] == ["bob@north.example"]  # one new thing: the other action is a week ahead
            assert "STK-1.L3" in sink.mails[3].get_content()
            assert sink.mails[3]["Subject"] == "One thing to see to"
            clock.move_to(MORNING + timedelta(days=6))
            work(database, server, tmp_path)
            again = sorted((mail["To"], mail["Subject"]) for mail in sink.mails[4:])
            assert again == [("alice@north.example", "One thing to see to"), ("bob@north.example", "Two things to see to")]  # the course is over, the action a week later
            assert "6 days over" not in sink.mails[4].get_content()


def test_what_was_told_is_kept_out_by_a_constraint_and_kinds_can_be_turned_off(app, database, people, visit):
    with database.transaction() as session:
        put(session, people)
    page = visit(people.bob).get("/settings/reminders/")
    assert "This site cannot send mail yet" in page.words
    assert page.submit({"kinds": ["course", "round"]}).location == "/settings/"
    assert visit(people.bob).post("/settings/reminders/", {"kinds": "secrets"}).status == 422
    with database.transaction() as session:
        assert remind(session, people.bob.id, base_url=HOME, now=MORNING) == 2
    with database.transaction() as session:
        assert remind(session, people.bob.id, base_url=HOME, now=MORNING) == 0
        assert [row.subject for row in session.scalars(select(OutboxMessage))] == ["Two things to see to"]
        assert sorted(kind for kind, in session.execute(select(Reminder.kind))) == ["course", "day", "round"]
    # what somebody no longer sees is not told: neither membership, pairing nor invitation is left
    with database.transaction() as session:
        session.execute(update(Pairing).values(state="ended"))
        session.execute(update(Invitation).values(state="submitted"))
        session.execute(Membership.__table__.delete())
        session.execute(Reminder.__table__.delete())
        assert remind(session, people.bob.id, base_url=HOME, now=MORNING + timedelta(days=1)) == 0
    with time_machine.travel(MORNING, tick=False):
        assert not Mornings(database, None, HOME)()


def test_of_a_round_without_names_everybody_asked_is_told_alike(database, people):
    with database.transaction() as session:
        put(session, people)
        session.execute(update(AssessmentRound).where(AssessmentRound.number == 2).values(mode="anonymous", min_group=4))
        session.execute(update(Invitation).values(submitted_at=None))
        told = [remind(session, who.id, base_url=HOME, now=MORNING) for who in (people.alice, people.bob)]
        texts = session.scalars(select(OutboxMessage.text).order_by(OutboxMessage.id)).all()
    assert told == [3, 4]
    parts = {text[text.index("- Round 2"):].split("\n  http")[0] for text in texts}
    assert parts == {"- Round 2 of North closes: in 3 days (Thursday 26 November 2026)\n  Everybody asked gets this. If you have handed in, there is nothing to do."}


def test_people_of_the_demo_are_written_to_on_this_computer_only(database, people):
    with database.transaction() as session:
        put(session, people)
        session.execute(update(Person).values(is_demo=True))
    with time_machine.travel(MORNING, tick=False):
        assert not Mornings(database, read_mail_url("smtp://mail.north.example", HOME), HOME)()
        assert Mornings(database, read_mail_url("smtp://127.0.0.1:1025", HOME), HOME)()
