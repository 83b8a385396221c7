"""The list of people leaves the site only for administrators with a fresh password, harmless to a spreadsheet, and is noted."""

import csv
import io

import time_machine
from sqlalchemy import select

from app import clock
from app.models import Event, Person
from tests.support.people import person
from tests.support.statements import counted


def test_an_administrator_takes_the_list_out_and_that_is_noted(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).disabled_at = clock.now()
        session.add(person("Zoe", is_mentor=True, job_title="=HYPERLINK(\"http://evil.example\")", created_at=clock.now().replace(year=2020, month=2, day=3)))
    site = visit(people.adam)
    answer = site.get("/admin/people/").submit(action="/export/")
    assert (answer.status, answer.headers["Content-Disposition"], answer.headers["Cache-Control"]) == (200, 'attachment; filename="people.csv"', "no-store")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(answer.text))}
    assert list(rows) == ["Adam", "Alice", "Bob", "Charlie", "Petra", "Zoe"]
    assert (rows["Alice"]["roles"], rows["Alice"]["teams"], rows["Alice"]["state"]) == ("lead", "North", "no password yet")
    assert (rows["Bob"]["roles"], rows["Bob"]["state"]) == ("learner", "closed")
    assert rows["Adam"]["last_sign_in"] == clock.today().isoformat()
    assert (rows["Zoe"]["job_title"], rows["Zoe"]["added"]) == ("'=HYPERLINK(\"http://evil.example\")", "2020-02-03")
    with app.extensions["database"].reading() as session:
        event = session.scalars(select(Event).where(Event.thing == "people")).one()
    assert (event.person_id, event.what, event.detail) == (people.adam.id, "exported the list of people", {"people": 6})


def test_it_takes_as_many_statements_for_many_people_as_for_few(app, people, visit):
    site = visit(people.adam)
    token = site.token()
    seen = []
    for more in (0, 40):
        with app.extensions["database"].transaction() as session:
            session.add_all(person(f"P{n}") for n in range(more))
        with counted(app) as statements:
            assert site.post("/admin/people/export/", {"csrf_token": token}).status == 200
        seen.append(len(statements))
    assert seen[0] == seen[1]


def test_without_a_fresh_password_or_the_role_nothing_leaves(app, people, visit):
    with time_machine.travel("2026-11-24 08:00Z", tick=False) as now:
        site = visit(people.adam)
        now.shift(31 * 60)
        assert site.post("/admin/people/export/").location == "/settings/confirm?next=/admin/people/export/"
    assert visit(people.adam).get("/admin/people/export/").location == "/admin/people/"
    for who in (people.petra, people.alice, people.bob):
        assert visit(who).post("/admin/people/export/").status == 404
    assert "Take out" not in visit(people.petra).get("/admin/people/").words
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(Event).where(Event.thing == "people")).all() == []
