"""Certificates earned elsewhere: recorded, decided by somebody else, and what they count for until they expire."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.models import OutboxMessage, OutsideCertificate
from tests.support import uploads as made

HERE = "/skills/certificates/"


def given(**more):
    day = clock.today() - timedelta(days=30)
    return {"title": "Risk practitioner", "issuer": "Institute", "issued_on": day, "competences": ["P06", "P03"], "file": (made.PDF, "paper.pdf")} | more


def rows(app, record=OutsideCertificate):
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(record).order_by(record.id)))


def test_a_certificate_counts_once_somebody_else_has_approved_it_until_it_expires(app, people, visit):
    bob, alice, charlie = visit(people.bob), visit(people.alice), visit(people.charlie)
    tomorrow, today = clock.today() + timedelta(days=1), clock.today()
    for wrong, says in (
        ({"issued_on": tomorrow}, "that cannot be ahead"), ({"expires_on": today - timedelta(days=40)}, "Enter a day after the day it was issued"),
        ({"competences": []}, "Choose one to 5 competences"), ({"competences": ["P01", "P02", "P03", "P04", "P05", "P06"]}, "Choose one to 5 competences"),
        ({"competences": ["X99"]}, "Choose competences from the list"), ({"file": "", "link": ""}, "Choose a file or enter a web address"), ({"title": ""}, "Enter its name"),
    ):
        page = made.send(bob, HERE, **given(**wrong))
        assert (page.status, says in page.words) == (422, True), says
    assert rows(app) == []
    assert made.send(bob, HERE, **given(expires_on=tomorrow)).location == HERE
    one, file = f"{HERE}{rows(app)[0].id}/", "/files/1/"
    assert "Waits for approval" in bob.get(HERE).words
    assert "Certificate “Risk practitioner”" not in bob.get("/skills/").words
    assert [visit(who).get(address).status for who in (people.bob, people.alice, people.petra) for address in (one, file)] == [200] * 6
    assert [visit(who).get(address).status for who in (people.charlie, people.adam) for address in (one, file)] == [404] * 4
    assert bob.post(one, {"go": "approve"}).status == 403
    assert charlie.post(one, {"go": "approve"}).status == 404

    assert "Decide about 1 certificate from elsewhere" in alice.get("/").words
    assert alice.get(HERE).link("Risk practitioner") == one
    page = alice.get(one)
    unsaid = page.submit({"go": "decline"})
    assert (unsaid.status, "Say why it is declined" in unsaid.words) == (422, True)
    assert page.submit({"go": "approve"}).status == 303
    assert alice.post(one, {"go": "decline", "reason": "Late."}).status == 409
    assert [(m.recipient, m.subject) for m in rows(app, OutboxMessage)] == [(people.bob.email, "Your certificate “Risk practitioner” was approved")]
    skills = bob.get("/skills/")
    assert skills.text.count(f'href="{one}"') == 2
    assert "Certificate “Risk practitioner”, Institute, until" in skills.words
    assert "Certificate “Risk practitioner”" in alice.get(f"/skills/{people.bob.id}/").words
    assert "from elsewhere" not in alice.get("/").words

    with app.extensions["database"].transaction() as session:
        session.scalars(select(OutsideCertificate)).one().expires_on = today - timedelta(days=1)
    assert "Expired" in bob.get(HERE).words
    assert "Certificate “Risk practitioner”" not in bob.get("/skills/").words
    assert alice.post(f"{one}remove").status == 404
    assert bob.post(f"{one}remove").status == 303
    assert [bob.get(address).status for address in (one, file)] == [404, 404]
    assert list((app.extensions["settings"].instance_dir / "files").glob("*/*")) == []


def test_nobody_approves_an_own_one_and_a_declined_one_says_why(app, people, visit):
    petra = visit(people.petra)
    assert made.send(petra, HERE, **(given() | {"file": "", "link": "https://badge.example/7"})).status == 303
    assert made.send(visit(people.bob), HERE, **given()).status == 303
    own, bobs = (f"{HERE}{row.id}/" for row in rows(app))
    assert petra.post(own, {"go": "approve"}).status == 403
    assert "Does it count?" not in petra.get(own).words
    assert petra.get(HERE).find(".//table/tbody/tr/th/a").get("href") == bobs
    assert petra.get(bobs).submit({"go": "decline", "reason": "It was a meeting, not a course."}).status == 303
    page = visit(people.bob).get(bobs)
    assert ("Declined by Petra" in page.words, "It was a meeting, not a course." in page.words) == (True, True)
