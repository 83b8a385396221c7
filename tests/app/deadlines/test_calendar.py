"""A private calendar: what stands in it, for how long, and what ends it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from app import clock
from app.documents.calendar import Dated, calendar_text
from app.models import (
    AssessmentRound,
    CalendarFeed,
    Event,
    Meeting,
    MeetingNote,
    Membership,
    Pairing,
    Person,
    PlannedAction,
)
from tests.support.build import a_round, active_pairing, closed_round, current_roadmap
from tests.support.calendars import read_back
from tests.support.site import BASE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_texts_are_escaped_days_are_whole_and_times_have_their_zone():
    berlin = {"starts_at": "02:30", "minutes": 45, "zone": "Europe/Berlin"}
    body = calendar_text("Mine; all, of it", (
        Dated("action-1", 3, date(2026, 11, 27), "Hold; the, review\r\nBEGIN:VEVENT", "A line", "/a/", "Roadmap action"),
        Dated("session-1", 0, date(2026, 3, 29), "Skipped by the clocks", **berlin), Dated("session-2", 0, date(2026, 10, 25), "Comes twice", **berlin),
        Dated("session-3", 0, date(2026, 6, 1), "Café " * 30, place="Room 1, upstairs", is_dropped=True),
    ), site="https://cairn.north.example:8443", now=NOW)
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert body.count(b"\r\nBEGIN:VEVENT") == 4
    found = read_back(body)
    action = found["action-1"]
    assert (str(action["uid"]), action["sequence"], action["status"]) == ("action-1@cairn.north.example", 3, "CONFIRMED")
    assert (action.decoded("dtstart"), action.decoded("dtend"), action.decoded("dtstamp")) == (date(2026, 11, 27), date(2026, 11, 28), NOW)
    assert str(action["summary"]).replace("\r", "") == "Hold; the, review\nBEGIN:VEVENT"
    assert str(action["url"]) == "https://cairn.north.example:8443/a/"
    assert found["session-1"].decoded("dtstart").isoformat() == "2026-03-29T03:30:00+02:00"
    assert found["session-1"].decoded("dtend").isoformat() == "2026-03-29T04:15:00+02:00"
    assert found["session-2"].decoded("dtstart").isoformat() == "2026-10-25T02:30:00+02:00"
    assert found["session-3"]["status"] == "CANCELLED"
    assert str(found["session-3"]["location"]) == "Room 1, upstairs"


@pytest.fixture
def address(app, people, visit):
    """Bob's calendar: an action, a round, a session and the end of an agreement."""
    today = clock.today()
    with app.extensions["database"].transaction() as session:
        session.get_one(Person, people.bob.id).time_zone = "Europe/Berlin"
        current_roadmap(session, people.north, closed_round(session, people.north), [
            ("TAL-4.L3", "planned", today + timedelta(days=9), people.bob), ("TAL-2.L2", "in progress", today, people.alice), ("STK-1.L3", "done", today, people.bob),
        ])
        a_round(session, people.north, [(people.bob, "office")], number=2, closes_on=today + timedelta(days=3))
        pairing = active_pairing(session, people.charlie, people.bob, today)
        pairing.ends_on, pairing.limits = today + timedelta(days=90), "canary-limits"
        meeting = Meeting(
            pairing_id=pairing.id, state="planned", held_on=today + timedelta(days=2), starts_at="14:00", minutes=45, place="Room 1", topic="canary-topic",
            logged_by_id=people.bob.id,
        )
        session.add(meeting)
        session.flush()
        session.add(MeetingNote(meeting_id=meeting.id, author_id=people.bob.id, kind="private", text="canary-note"))
    page = visit(people.bob).get("/settings/calendar/").submit(action="make")
    assert page.status == 200
    return page.find(".//code").words.removeprefix(BASE)


def opened(visit, address, **kw):
    """What a calendar program gets, with no sign-in."""
    return visit().client.get(address, base_url=BASE, **kw)


def test_a_calendar_holds_what_is_mine_and_follows_what_changes(app, people, visit, address):
    today = clock.today()
    first = opened(visit, address)
    assert (first.status_code, first.mimetype, first.headers["Cache-Control"]) == (200, "text/calendar", "private, no-cache")
    assert b"canary" not in first.data
    found = read_back(first.data)
    action = f"action-{people.north.id}-TAL-4.L3"
    assert sorted(name.partition("-")[0] for name in found) == ["action", "pairing", "round", "session"]
    assert found[action].decoded("dtstart") == today + timedelta(days=9)
    meeting = next(entry for name, entry in found.items() if name.startswith("session"))
    assert meeting.decoded("dtstart").strftime("%H:%M %Z") == "14:00 CET"
    assert "Charlie" in str(meeting["summary"])
    tag = first.headers["ETag"]
    assert opened(visit, address, headers={"If-None-Match": tag}).status_code == 304
    with app.extensions["database"].transaction() as session:
        row = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-4.L3")).one()
        row.state, row.ended_at = "dropped", clock.now()
    changed = opened(visit, address, headers={"If-None-Match": tag})
    dropped = read_back(changed.data)[action]
    assert (changed.status_code, str(dropped["status"]), dropped["sequence"]) == (200, "CANCELLED", found[action]["sequence"] + 1)
    with app.extensions["database"].transaction() as session:
        session.execute(update(Pairing).values(state="ended"))
        session.execute(update(PlannedAction).values(ended_at=clock.now() - timedelta(days=40)))
        session.execute(update(AssessmentRound).where(AssessmentRound.number == 2).values(mode="anonymous", min_group=4))
    assert [name.partition("-")[0] for name in read_back(opened(visit, address).data)] == ["round"]


def test_an_address_ends_with_a_new_one_its_removal_the_account_and_the_membership(app, people, visit, address):
    database = app.extensions["database"]
    with database.transaction() as session:
        session.execute(Membership.__table__.delete().where(Membership.person_id == people.bob.id))
    assert "action" not in {name.partition("-")[0] for name in read_back(opened(visit, address).data)}
    bob = visit(people.bob)
    second = bob.get("/settings/calendar/").submit(action="make").find(".//code").words.removeprefix(BASE)
    assert (opened(visit, address).status_code, opened(visit, second).status_code) == (404, 200)
    with database.reading() as session:
        kept = session.scalars(select(CalendarFeed)).one()
        assert kept.secret_hash not in second
    with database.transaction() as session:
        session.execute(update(Person).where(Person.id == people.bob.id).values(disabled_at=clock.now()))
    assert opened(visit, second).status_code == 404
    with database.transaction() as session:
        session.execute(update(Person).where(Person.id == people.bob.id).values(disabled_at=None))
    assert bob.get("/settings/calendar/").submit(action="remove").location == "/settings/calendar/"
    assert opened(visit, second).status_code == 404
    assert "You have no address yet." in bob.get("/settings/calendar/").words
    with database.reading() as session:
        noted = session.scalars(select(Event.what).where(Event.what.contains("calendar")).order_by(Event.id)).all()
    assert noted == ["made a calendar address", "changed the calendar address", "removed the calendar address"]
