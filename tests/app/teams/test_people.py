"""Who may put whom into a team."""

import pytest
from sqlalchemy import select

from app.models import Event, Membership, Person
from tests.support.people import person


def place(app, team, who):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(Membership).where(Membership.team_id == team.id, Membership.person_id == who.id)).one_or_none()


def newcomer(app, name="Dana", **more):
    with app.extensions["database"].transaction() as session:
        dana = person(name, **more)
        session.add(dana)
        session.flush()
        session.expunge_all()
    return dana


def test_a_lead_adds_somebody_without_a_team_by_button_or_by_e_mail(app, people, visit):
    dana, emil = newcomer(app), newcomer(app, "Emil")
    site = visit(people.alice)
    page = site.get("/teams/north/people/")
    assert page.submit(action="/people/add").status == 303
    assert page.submit({"person": "EMIL@north.example"}, has="person").status == 303
    assert place(app, people.north, dana)
    assert place(app, people.north, emil)
    with app.extensions["database"].reading() as session:
        event = session.scalars(select(Event).where(Event.what == "added to the team", Event.subject_id == dana.id)).one()
        assert (event.person_id, event.thing, event.thing_id) == (people.alice.id, "team", str(people.north.id))


def test_a_lead_does_not_take_somebody_from_another_team_but_the_pmo_lead_may(app, people, visit):
    page = visit(people.alice).get("/teams/north/people/").submit({"person": "Charlie"}, has="person")
    assert page.status == 422
    assert "Charlie belongs to another team. Ask the PMO lead to change that" in page.words
    assert page.find(".//input[@id='person']").get("value") == "Charlie"
    assert visit(people.petra).get("/teams/north/people/").submit({"person": "charlie"}, has="person").status == 303
    assert place(app, people.north, people.charlie)


@pytest.mark.parametrize(("typed", "said"), [
    ("", "Enter the name or e-mail"), ("\u200b", "Enter the name or e-mail"), ("Nobody Atall", "Nobody with an account"),
    ("Bob", "Bob is in the team already"), ("Sam", "More than one person has this name"), ("a\x00b", "without control characters"), ("%", "Nobody with an account"),
    ("x" * 255, "at most 254 characters"),
])
def test_what_does_not_name_one_person_is_said_at_the_field(app, people, visit, typed, said):
    newcomer(app, "Sam")
    newcomer_two = person("Sam")
    newcomer_two.email_key = "sam2@north.example"
    with app.extensions["database"].transaction() as session:
        session.add(newcomer_two)
    page = visit(people.petra).get("/teams/north/people/").submit({"person": typed}, has="person")
    assert page.status == 422
    assert said in page.words


def test_somebody_with_a_disabled_account_cannot_be_added(app, people, visit):
    newcomer(app, "Gone", disabled_at=people.bob.created_at)
    assert visit(people.petra).get("/teams/north/people/").submit({"person": "Gone"}, has="person").status == 422


def test_a_lead_releases_a_member_but_not_another_lead_and_not_themself(app, people, visit):
    with app.extensions["database"].transaction() as session:
        dana = person("Dana")
        session.add(dana)
        session.flush()
        session.add(Membership(person_id=dana.id, team_id=people.north.id, is_lead=True))
        dana_id = dana.id
    site = visit(people.alice)
    assert site.post("/teams/north/people/remove", {"person_id": str(people.bob.id)}).status == 303
    assert not place(app, people.north, people.bob)
    assert site.post("/teams/north/people/remove", {"person_id": str(dana_id)}).status == 403
    assert site.post("/teams/north/people/remove", {"person_id": str(people.alice.id)}).status == 403
    assert place(app, people.north, people.alice).is_lead


@pytest.mark.parametrize(("who", "answer"), [("bob", 403), ("charlie", 403), ("alice", 403), ("petra", 303), ("adam", 303)])
def test_leads_are_appointed_by_the_pmo_lead_or_an_administrator(app, people, visit, who, answer):
    assert visit(getattr(people, who)).post("/teams/north/people/appoint", {"person_id": str(people.bob.id)}).status == answer
    assert place(app, people.north, people.bob).is_lead == (answer == 303)


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_who_does_not_lead_the_team_changes_no_member(app, people, visit, who):
    dana = newcomer(app)
    site = visit(getattr(people, who))
    assert site.post("/teams/north/people/", {"person": "Dana"}).status == 403
    assert site.post("/teams/north/people/remove", {"person_id": str(people.alice.id)}).status == 403
    assert not place(app, people.north, dana)


def test_nobody_puts_themself_into_a_team_or_makes_themself_lead(app, people, visit):
    page = visit(people.adam).get("/teams/north/people/").submit({"person": "Adam"}, has="person")
    assert page.status == 422
    with app.extensions["database"].transaction() as session:
        session.add(Membership(person_id=people.petra.id, team_id=people.north.id))
    assert visit(people.petra).post("/teams/north/people/appoint", {"person_id": str(people.petra.id)}).status == 403
    assert not place(app, people.north, people.petra).is_lead


@pytest.mark.parametrize("sent", ["", "abc", "999999", "0", "-1", "9" * 30])
def test_a_person_who_is_not_in_the_team_is_not_found(people, visit, sent):
    assert visit(people.petra).post("/teams/north/people/remove", {"person_id": sent}).status == 404


def test_a_lead_who_is_released_loses_the_team_with_the_next_click(app, people, visit):
    site = visit(people.alice)
    assert site.get("/teams/north/profile/edit").status == 200
    visit(people.petra).post("/teams/north/people/release", {"person_id": str(people.alice.id)})
    assert site.get("/teams/north/profile/edit").status == 403
    visit(people.petra).post("/teams/north/people/remove", {"person_id": str(people.alice.id)})
    assert site.get("/teams/north/").status == 404


def test_the_list_of_people_says_who_leads_and_which_role_each_works_towards(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Person, people.bob.id).job_title = "Site planner"
    rows = [row.words for row in visit(people.bob).get("/teams/north/people/").all(".//tbody/tr")]
    assert rows[0].startswith("Alice Lead")
    assert "Bob youSite plannerNew project manager" in rows[1]
