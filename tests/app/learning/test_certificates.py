"""Certificates: issued by rule, checked by strangers, withdrawn with a reason."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from app import clock
from app.models import IssuedCertificate, LessonVisit
from app.ui.qr import qr_code
from tests.support.build import passed_check
from tests.support.sheets import fields

LESSONS = (("initiation", "C05-1"), ("planning", "C05-2"), ("execution-and-control", "C05-3"), ("closing", "C05-4"), ("gates-authority-and-records", "C05-5"))


def pass_lessons(site, lessons=LESSONS):
    for slug, lesson_id in lessons:
        path = site.post(f"/courses/project-life-cycle/{slug}/check/").location
        last = site.post(path, fields(lesson_id))
        assert last.status == 303
    return site.get(last.location)


def almost_there(app, who):
    """All lessons but the last were read and passed last week."""
    with app.extensions["database"].transaction() as session:
        for _, lesson_id in LESSONS[:4]:
            session.add(LessonVisit(person_id=who.id, lesson_id=lesson_id, last_at=clock.now()))
            passed_check(session, who, lesson_id, clock.today() - timedelta(days=7))


def hold(app, visit, who):
    """Somebody who passes the last lesson; the page of the result."""
    almost_there(app, who)
    return pass_lessons(visit(who), LESSONS[4:])


def certificates(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(IssuedCertificate)).all()


def test_the_last_passed_check_brings_the_certificate(app, people, visit):
    site = visit(people.bob)
    pass_lessons(site, LESSONS[:4])
    assert certificates(app) == []
    result = pass_lessons(site, LESSONS[4:])
    assert [c.holder for c in certificates(app)] == ["Bob"]
    assert site.get(result.link("Open the certificate")).status == 200
    assert "Project life cycle" in site.get("/certificates/").words


def test_passing_again_issues_no_second_one(app, people, visit):
    hold(app, visit, people.bob)
    pass_lessons(visit(people.bob), LESSONS[4:])
    assert len(certificates(app)) == 1


def test_a_stranger_with_the_code_reads_every_fact_and_nothing_more(app, people, visit):
    hold(app, visit, people.bob)
    code = certificates(app)[0].code
    page = visit().get(f"/certificates/{code}/")
    for fact in ("Bob", "Project life cycle", "Valid", "Northern Works", "5 of 5", code, "No end date"):
        assert fact in page.words
    assert "bob@north.example" not in page.text
    assert not page.all(f".//form[@action='/certificates/{code}/withdraw']")


def test_a_code_cannot_be_guessed(app, people, visit):
    hold(app, visit, people.bob)
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", certificates(app)[0].code)
    for code in ("AAAAAAAAAAAAAAAAAAAAAA", "a%00b", "a" * 500):
        assert visit().get(f"/certificates/{code}/").status == 404
        assert visit(people.petra).post(f"/certificates/{code}/withdraw", {"why": "mistake", "reason": "No"}).status == 404


def test_a_pmo_lead_withdraws_with_a_reason_that_shows_at_once(app, people, visit):
    hold(app, visit, people.bob)
    path = f"/certificates/{certificates(app)[0].code}/"
    lead = visit(people.petra)
    for missing in ({"why": "answers", "reason": ""}, {"reason": "Answers were shared"}, {"why": "other", "reason": "Answers were shared"}):
        assert lead.get(path).submit(missing).status == 422
    assert lead.get(path).submit({"why": "answers", "reason": "Answers were shared beforehand"}).status == 303
    page = visit().get(path)
    assert "Withdrawn" in page.words
    assert "Its checks were not passed in the way the rules ask" in page.words
    assert lead.post(path + "withdraw", {"why": "answers", "reason": "Again"}).status == 409


def test_others_cannot_withdraw(app, people, visit):
    hold(app, visit, people.bob)
    path = f"/certificates/{certificates(app)[0].code}/withdraw"
    sent = {"why": "mistake", "reason": "No"}
    answers = {name: visit(getattr(people, name)).post(path, sent).status for name in ("bob", "alice", "charlie")}
    assert answers == {"bob": 403, "alice": 403, "charlie": 404}


def test_a_pmo_lead_does_not_withdraw_an_own_one(app, people, visit):
    hold(app, visit, people.petra)
    assert visit(people.petra).post(f"/certificates/{certificates(app)[0].code}/withdraw", {"why": "mistake", "reason": "No"}).status == 403


def test_the_qr_code_holds_the_address():
    drawn = qr_code("http://127.0.0.1/certificates/abc/")
    assert drawn.side == 29 + 2 * 2
    assert drawn.path.startswith("M2 2.5h7")
