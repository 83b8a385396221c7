"""The heat map of a team: for its leads and the PMO lead, with the coverage and the CSV."""

import csv
import io

import pytest
from sqlalchemy import select

from app.models import Event, Membership
from tests.support.build import rated
from tests.support.people import person
from tests.support.statements import counted


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("petra", 200), ("bob", 404), ("charlie", 404), ("adam", 404)])
def test_a_team_is_open_to_its_leads_and_the_pmo_lead(people, visit, who, status):
    site = visit(getattr(people, who))
    assert site.get("/skills/team/north/").status == status
    assert site.post("/skills/team/north/export/").status == status


def test_a_lead_does_not_see_another_team(people, visit):
    assert visit(people.alice).get("/skills/team/south/").status == 404
    assert visit(people.alice).get("/skills/team/nowhere/").status == 404


def test_a_field_says_what_somebody_has_of_what_the_role_needs(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P06": 0, "P01": 2})
    page = visit(people.alice).get("/skills/team/north/")
    assert len(page.all(".//table[@class='heat']//th[@scope='col']")) == 9
    field = page.find(f".//a[@href='/skills/{people.bob.id}/#P06']")
    assert field.words == "0 of 2−2"
    assert page.find(f".//a[@href='/skills/{people.bob.id}/#P02']").words == "– of 2not rated"


@pytest.mark.parametrize(("show", "columns"), [("practice", 13), ("people", 6), ("business", 5), ("B05", 1), ("nonsense", 8)])
def test_every_competence_can_be_reached(people, visit, show, columns):
    page = visit(people.alice).get(f"/skills/team/north/?show={show}")
    assert len(page.all(".//table[@class='heat']//th[@scope='col']")) == columns + 1


def test_what_one_person_holds_alone_is_a_risk_and_what_nobody_holds_a_hole(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P01": 3, "P02": 3, "P03": 2})
        rated(session, people.alice, {"P02": 4})
    rows = [r.words for r in visit(people.alice).get("/skills/team/north/").all(".//table[@class='table']//tr")]
    assert "P01 Governance and life cycle Bob One person" in " ".join(rows).replace("BobOne", "Bob One").replace("cycleBob", "cycle Bob")
    assert any(r.startswith("P03") and r.endswith("Nobody") for r in rows)
    assert not any(r.startswith("P02") for r in rows)


def test_the_csv_reads_back_and_starts_no_formula(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(type(people.bob), people.bob.id).name = "=1+1"
        rated(session, people.bob, {"P06": 0})
    answer = visit(people.alice).post("/skills/team/north/export/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="team-skills.csv"'
    head, *rows = csv.reader(io.StringIO(answer.text))
    assert head == ["Person", "Role", "Competence", "Name", "Own rating", "Assessed", "Counts", "Target", "Gap"]
    assert len(rows) == 48
    assert ["'=1+1", "New project manager", "P06", "Risk, opportunity and issue management", "0", "", "0", "2", "2"] in rows
    with app.extensions["database"].transaction() as session:
        assert session.scalars(select(Event.thing_id).where(Event.what == "exported skills")).all() == [str(people.north.id)]


def test_sixty_people_take_as_many_statements_as_two(app, people, visit):
    site = visit(people.alice)
    with counted(app) as few:
        site.get("/skills/team/north/")
    with app.extensions["database"].transaction() as session:
        many_people = [person(f"Person{n}", role_profile="PMG") for n in range(60)]
        session.add_all(many_people)
        session.flush()
        for one in many_people:
            session.add(Membership(person_id=one.id, team_id=people.north.id))
            rated(session, one, {"P01": 2, "P02": 3})
    with counted(app) as many:
        page = site.get("/skills/team/north/")
    assert len(few) == len(many) == 3
    assert len(page.all(".//table[@class='heat']//th[@scope='row']")) == 50
    assert len(site.get("/skills/team/north/?page=2").all(".//table[@class='heat']//th[@scope='row']")) == 12
