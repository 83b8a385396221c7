"""Where people get stuck and leave: figures from five people on, for those who lead or write."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.models import Enrolment, LessonVisit, Membership, Person
from tests.support.build import passed_check


def readers(app, people, number):
    """People of North who opened the first lesson of C05 a month ago; all but two passed it five days later."""
    then = clock.now() - timedelta(days=30)
    with app.extensions["database"].transaction() as session:
        for n in range(number):
            person = Person(email=f"r{n}@north.example", email_key=f"r{n}@north.example", name=f"Reader {n}", job_title="")
            session.add(person)
            session.flush()
            session.add_all([
                Membership(person_id=person.id, team_id=people.north.id), Enrolment(person_id=person.id, course_id="C05"),
                LessonVisit(person_id=person.id, lesson_id="C05-1", last_at=then, created_at=then),
            ])
            if n >= 2:
                passed_check(session, person, "C05-1", (then + timedelta(days=5)).date())


def test_figures_begin_with_five_readers_and_name_nobody(app, people, visit):
    readers(app, people, 4)
    assert "Too few readers yet" in visit(people.alice).get("/lessons/stuck/").words
    assert "Fewer than five people have started it" in visit(people.petra).get("/lessons/funnel/").words


def test_a_lead_and_an_author_see_where_it_stops(app, people, visit):
    readers(app, people, 7)
    lead = visit(people.alice).get("/lessons/stuck/")
    row = lead.find(".//tbody/tr").words
    for words in ("Initiation", "look at it", "5 or more", "1.0", "5.0", "a quarter to a half"):
        assert words in row
    assert "Reader" not in lead.words
    table = lead.submit(action="/lessons/stuck/export")
    assert table.text.splitlines()[1] == '"Project life cycle","Initiation","5","1.0","5.0","a quarter to a half","yes"'
    author = visit(people.adam).get("/lessons/funnel/")
    assert "5 or more" in author.words
    rows = author.submit(action="/lessons/funnel/export").text.splitlines()
    assert '"Project life cycle","Started","5"' in rows
    assert '"Project life cycle","Complete",""' in rows
    assert visit(people.bob).get("/lessons/stuck/").status == 404
