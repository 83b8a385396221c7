"""Test-out and renewal: one longer check over a course, from its start to what the certificate says."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from app import clock
from app.content import library
from app.models import CourseTry, IssuedCertificate
from courses.course_check import course_quiz
from courses.dates import months_after
from tests.support.sheets import of_quiz

START = "/courses/project-life-cycle/whole-check/"


def sheet(app, path, wrong=0):
    """What a browser would send for the try at this address."""
    with app.extensions["database"].reading() as session:
        tried = session.get(CourseTry, int(path.rstrip("/").rpartition("/")[2]))
    course = library().catalogue.course(tried.course_id)
    return of_quiz(course_quiz(course, course.check), wrong, tried.seed)


def age(app, days):
    with app.extensions["database"].transaction() as session:
        session.execute(update(CourseTry).values(day=clock.today() - timedelta(days=days)))


def test_a_test_out_from_the_failed_try_to_the_certificate(app, people, visit):
    bob = visit(people.bob)
    course = bob.get("/courses/project-life-cycle/")
    start = bob.get(course.link("Pass by test-out"))
    assert "12 of 15 right" in start.words
    path = start.submit().location
    assert bob.post(START).location == path
    answers = sheet(app, path, wrong=5)
    assert bob.post(path, {"go": "submit"}).status == 422
    assert bob.post(path, answers | {"go": "save"}).location == START
    assert bob.get(START).find(".//main//form//button[@class='button main']").words == "Go on with the check"
    assert visit(people.alice).get(path).status == 404
    assert visit(people.alice).post(path, answers).status == 404
    result = bob.get(bob.post(path, answers).location)
    assert result.h1 == "Not passed: Project life cycle"
    assert "One try every 30 days" in result.words
    assert bob.post(START).status == 409
    age(app, 30)
    path = bob.post(START).location
    passed = bob.get(bob.post(path, sheet(app, path, wrong=2)).location)
    assert passed.h1 == "Passed: Project life cycle"
    paper = visit().get(passed.link("Open the certificate"))
    assert "All lessons, passed by one longer check" in paper.words
    assert "Passed by test-out" in bob.get("/courses/project-life-cycle/").words
    assert bob.post(START).status == 409
    assert "You have completed this course" in bob.get(START).words
    assert bob.get("/paths/").link("New project manager") == "/paths/new-project-manager/"


def test_a_certificate_with_an_end_is_renewed_and_keeps_its_history(app, people, visit):
    end = clock.today() + timedelta(days=10)
    with app.extensions["database"].transaction() as session:
        session.add(IssuedCertificate(
            code="held", person_id=people.bob.id, course_id="C12", revision=1, holder="Bob", course_title="Mentoring", issuer="Northern Works", expires_on=end,
            facts={"summary": "Guiding.", "lessons": ["One"], "hours": 2.5, "completed_on": "2025-01-01", "competences": []},
        ))
    bob = visit(people.bob)
    assert "Renew it" not in visit(people.petra).get("/certificates/held/").words
    start = bob.get(bob.get("/certificates/held/").link("Renew it"))
    path = start.submit().location
    assert bob.post(path, sheet(app, path)).status == 303
    shown = visit().get("/certificates/held/")
    with app.extensions["database"].reading() as session:
        held = session.scalars(select(IssuedCertificate)).one()
    assert held.expires_on == months_after(end, 24)
    assert shown.all(".//dl/dt")[3].words == "Renewed"
    assert "Renew it" not in bob.get("/certificates/held/").words
    assert "It can be renewed from" in bob.get("/courses/mentoring-and-coaching/whole-check/").words
    assert bob.post("/courses/mentoring-and-coaching/whole-check/").status == 409
    assert bob.get("/courses/pmo-foundations/whole-check/").status == 404
