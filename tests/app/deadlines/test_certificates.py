"""Mail before a certificate runs out: once for each end, with what renews it, and to nobody for whom nothing ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import select, update

from app.config import read_mail_url
from app.deadlines.mornings import remind
from app.models import IssuedCertificate, OutboxMessage, OutsideCertificate
from app.uploads import Store
from app.work import rounds
from tests.support.mail_sink import mail_sink

HOME = "https://cairn.north.example"
TODAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
END = TODAY + timedelta(days=56)


def held(person, course_id="C12", title="Mentoring and coaching", ends=END, revision=1, **more):
    facts = {"summary": "S", "lessons": ["L"], "competences": [], "hours": 1, "completed_on": "2025-01-18"}
    return IssuedCertificate(
        code=f"{person.email.partition('@')[0]}-{course_id}-{revision}", person_id=person.id, course_id=course_id, revision=revision, holder=person.name, course_title=title,
        issuer="North", facts=facts, expires_on=ends, **more,
    )


def told(database, person, day=0):
    """The texts of the mails of one morning."""
    with database.transaction() as session:
        before = set(session.scalars(select(OutboxMessage.id)))
        remind(session, person.id, base_url=HOME, now=MORNING + timedelta(days=day))
        return [row.text for row in session.scalars(select(OutboxMessage)) if row.id not in before]


def test_eight_weeks_ahead_one_mail_says_what_renews_it_and_a_renewed_one_is_told_of_at_its_next_end(database, people, tmp_path):
    with database.transaction() as session:
        session.add(held(people.bob))
    with mail_sink() as sink, time_machine.travel(MORNING - timedelta(days=1), tick=False) as clock:
        server = read_mail_url(sink.url, HOME)

        def mails():
            work = rounds(database, server, HOME, Store(tmp_path))
            while sum(once() for once in work):
                pass
            return [(mail["To"], mail["Subject"], mail.get_content()) for mail in sink.mails]

        assert mails() == []
        clock.shift(timedelta(days=1))
        (to, subject, text), = mails()
        assert (to, subject) == ("bob@north.example", "One thing to see to")
        for words in (
            "Coming up:", "- Your certificate Mentoring and coaching runs out: in 56 days (Monday 18 January 2027)",
            "One check over the whole course renews it: 8 of 10 questions right, one try every 30 days. Being early costs no day.",
            f"{HOME}/courses/mentoring-and-coaching/whole-check/", f"{HOME}/settings/reminders/",
        ):
            assert words in text, words
        for days in (1, 30, 55, 56):
            clock.move_to(MORNING + timedelta(days=days))
            assert len(mails()) == 1, days
        with database.transaction() as session:
            session.execute(update(IssuedCertificate).values(expires_on=date(2029, 1, 18)))
        clock.move_to(datetime(2028, 11, 22, 7, 5, tzinfo=UTC))
        assert len(mails()) == 1
        clock.shift(timedelta(days=1))
        assert "in 56 days (Thursday 18 January 2029)" in mails()[1][2]


def test_nobody_is_told_of_what_does_not_end_for_them(database, people):
    with database.transaction() as session:
        session.add_all([
            held(people.bob, ends=None), held(people.bob, "C05", ends=END + timedelta(days=1)),
            held(people.alice, revoked_at=MORNING), held(people.alice, "C05", ends=TODAY - timedelta(days=1)),
            held(people.charlie), held(people.charlie, revision=2, ends=date(2028, 11, 1)),
            OutsideCertificate(person_id=people.adam.id, title="Course", issuer="Institute", issued_on=TODAY, expires_on=END, state="waiting"),
        ])
    assert [told(database, who) for who in (people.bob, people.alice, people.charlie, people.adam)] == [[], [], [], []]


def test_certificates_from_elsewhere_and_courses_that_are_gone_say_so(database, people):
    with database.transaction() as session:
        session.add_all([
            held(people.bob, "X99", "Old course"),
            OutsideCertificate(person_id=people.bob.id, title="Risk practitioner", issuer="Institute of Projects", issued_on=TODAY, expires_on=END, state="approved"),
        ])
    text, = told(database, people.bob)
    assert f"Old course runs out: in 56 days (Monday 18 January 2027)\n  The course is not renewed here any more. The certificate's page stays, and will say that it ran out.\n  {HOME}/certificates/bob-X99-1/" in text
    assert "Your certificate Risk practitioner runs out" in text
    assert "Ask Institute of Projects what a renewal needs, and record the new certificate here." in text
    assert told(database, people.bob, day=1) == []


def test_the_kind_can_be_turned_off(database, people, visit):
    with database.transaction() as session:
        session.add(held(people.bob))
    page = visit(people.bob).get("/settings/reminders/")
    assert "eight weeks for certificates" in page.words
    assert page.submit({"kinds": ["action", "course", "round", "pairing"]}).status == 303
    assert told(database, people.bob) == []
