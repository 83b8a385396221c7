"""The start page, teams, the organisation, the audit log and background work."""

import pytest
from sqlalchemy import select

from app import clock
from app.admin.actions.site import slug_of
from app.models import AssessmentRound, Event, Job, Organisation, Person, SavedRoadmap, Team
from tests.support.build import closed_round
from tests.support.statements import counted


def team(app, slug):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(Team).where(Team.slug == slug)).one_or_none()


def test_a_new_installation_is_led_through_its_first_steps(app, people, visit):
    site = visit(people.adam)
    page = site.get("/admin/")
    assert "5 of 6 done." in page.words
    assert page.link("See the teams") == "/teams/"
    with app.extensions["database"].transaction() as session:
        session.get(Organisation, 1).name = "My organisation"
        session.get(Person, people.petra.id).is_pmo_lead = False
    page = site.get("/admin/")
    assert "3 of 6 done." in page.words
    assert page.link("Name it") == "/admin/organisation/"


def test_the_first_steps_go_when_they_are_done_or_put_away(app, people, visit):
    site = visit(people.adam)
    assert site.get("/admin/").submit(action="put-away").status == 303
    assert "What comes first?" not in site.get("/admin/").words
    with app.extensions["database"].transaction() as session:
        session.get(Organisation, 1).setup_finished_at = None
        closed_round(session, people.north)
    assert "What comes first?" not in site.get("/admin/").words


def test_the_start_page_counts_and_names_no_person(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all([Job(kind="roadmap", thing_id=1, state="failed"), Job(kind="roadmap", thing_id=2)])
    site = visit(people.adam)
    with counted(app) as statements:
        page = site.get("/admin/")
    assert "One job failed." in page.words
    assert "Bob" not in page.words
    assert len(statements) <= 7


@pytest.mark.parametrize(("name", "slug"), [("Bürgerdienste & IT", "burgerdienste-it"), ("山田", "team"), ("  A  b ", "a-b"), ("../x", "x"), ("x" * 80, "x" * 40)])
def test_the_address_of_a_team_is_made_from_its_name(name, slug):
    assert slug_of(name) == slug


def test_a_pmo_lead_adds_renames_and_archives_a_team(app, people, visit):
    site = visit(people.petra)
    assert site.get("/admin/teams/").submit({"name": "West Works", "pmo_type": "DIR"}, has="name").status == 303
    assert site.get("/teams/west-works/").status == 200
    assert site.get("/admin/teams/west-works/").submit({"name": "West"}, has="name").status == 303
    assert team(app, "west-works").name == "West"
    assert site.get("/admin/teams/west-works/").submit(action="/archive").status == 303
    assert team(app, "west-works").archived_at
    assert "Archived" in site.get("/admin/teams/").words
    assert site.get("/admin/teams/").submit(action="/bring-back").status == 303
    assert not team(app, "west-works").archived_at
    with app.extensions["database"].reading() as session:
        deeds = session.scalars(select(Event.what).where(Event.thing == "team").order_by(Event.id)).all()
    assert deeds == ["added a team", "renamed a team", "archived a team", "brought back a team"]


def test_two_teams_whose_names_make_the_same_address_both_get_one(app, people, visit):
    site = visit(people.adam)
    for name in ("A & B", "A + B", "A - B"):
        assert site.get("/admin/teams/").submit({"name": name}, has="name").status == 303
    assert [team(app, slug).name for slug in ("a-b", "a-b-2", "a-b-3")] == ["A & B", "A + B", "A - B"]


@pytest.mark.parametrize("typed", ["", "\u200b", "NORTH", "x" * 81, "a\nb"])
def test_a_team_without_a_name_or_with_a_taken_one_is_refused(app, people, visit, typed):
    page = visit(people.adam).get("/admin/teams/").submit({"name": typed}, has="name")
    assert page.status == 422
    with app.extensions["database"].reading() as session:
        assert len(session.scalars(select(Team)).all()) == 2


def test_a_team_with_an_open_round_is_not_archived(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(AssessmentRound, closed_round(session, people.north).id).state = "open"
    page = visit(people.adam).post("/admin/teams/north/archive")
    assert (page.status, "Close it first" in page.words) == (409, True)
    assert not team(app, "north").archived_at


def test_archiving_deletes_nothing(app, people, visit):
    with app.extensions["database"].transaction() as session:
        round_ = closed_round(session, people.north)
        session.add(SavedRoadmap(team_id=people.north.id, round_id=round_.id, number=1, starts_on=clock.today(), horizon=4, capacity=[1], wip=1, model_version=1, rules_version="1", inputs={}))
    visit(people.adam).post("/admin/teams/north/archive")
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(AssessmentRound)).one().team_id == people.north.id
        assert session.scalars(select(SavedRoadmap)).one().team_id == people.north.id


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_leads_and_learners_touch_no_team_here(app, people, visit, who):
    site = visit(getattr(people, who))
    assert site.post("/admin/teams/", {"name": "Mine", "pmo_type": "SUP"}).status == 404
    assert site.post("/admin/teams/north/", {"name": "Mine", "version": "1"}).status == 404
    assert site.post("/admin/teams/north/archive").status == 404
    assert team(app, "north").name == "North"


def test_two_people_rename_at_once_and_the_second_is_told(people, visit):
    one, two = visit(people.petra).get("/admin/teams/north/"), visit(people.adam).get("/admin/teams/north/")
    assert one.submit({"name": "North Works"}, has="name").status == 303
    assert two.submit({"name": "Northern"}, has="name").status == 409


def test_the_organisation_is_named_and_decides_who_runs_rounds(app, people, visit):
    site = visit(people.adam)
    page = site.get("/admin/organisation/")
    assert page.submit({"name": "Northern Works Ltd", "time_zone": "Europe/London", "leads_run_rounds": None}).status == 303
    with app.extensions["database"].reading() as session:
        stored = session.get(Organisation, 1)
        assert (stored.name, stored.time_zone, stored.leads_run_rounds) == ("Northern Works Ltd", "Europe/London", False)
    assert page.submit({"name": "Older"}).status == 409
    for bad in ({"name": ""}, {"time_zone": "../../etc"}):
        assert site.get("/admin/organisation/").submit(bad).status == 422


def test_an_organisation_that_was_never_saved_can_be(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.delete(session.get(Organisation, 1))
    assert visit(people.adam).get("/admin/organisation/").submit({"name": "Ours"}).status == 303


def test_the_log_shows_an_administrator_everything_and_a_pmo_lead_the_programme(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all([
            Event(person_id=people.bob.id, what="signed in", thing="person", thing_id=str(people.bob.id), detail={"address": "203.0.113.9"}),
            Event(person_id=people.alice.id, what="opened a round", thing="round", thing_id="7", detail={"reason": "spring"}),
        ])
    adam, petra = visit(people.adam).get("/admin/events/"), visit(people.petra).get("/admin/events/")
    assert "203.0.113.9" in adam.words
    assert "reason: spring" in adam.words
    assert "opened a round" in petra.words
    assert "spring" not in petra.words
    assert "203.0.113.9" not in petra.words
    assert "Bob" not in petra.words


def test_a_pmo_lead_reads_of_mentor_cards_and_of_courses_with_a_due_date(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all([
            Event(person_id=people.bob.id, what="wrote the mentor card", thing="mentor profile", thing_id="1"),
            Event(person_id=people.alice.id, what="assigned a course", thing="assignment", thing_id="2"),
        ])
    words = visit(people.petra).get("/admin/events/").words
    assert "wrote the mentor card" in words
    assert "assigned a course" in words


def test_the_log_is_filtered_by_name_deed_and_thing_and_paged(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all(Event(person_id=people.bob.id, what="signed in", thing="person", thing_id=str(people.bob.id)) for _ in range(60))
        session.add(Event(person_id=people.alice.id, what="opened a round", thing="round", thing_id="7"))
    site = visit(people.adam)
    assert len(site.get("/admin/events/?q=ALICE").all(".//tbody/tr")) == 1
    assert len(site.get("/admin/events/?q=opened&thing=round").all(".//tbody/tr")) == 1
    assert len(site.get("/admin/events/?q=bob&page=2").all(".//tbody/tr")) == 10
    assert "Nothing fits" in site.get("/admin/events/?q=%25").words
    with counted(app) as statements:
        site.get("/admin/events/")
    assert len(statements) <= 7


def test_a_failed_job_is_tried_again_and_a_waiting_one_is_not(app, people, visit):
    with app.extensions["database"].transaction() as session:
        failed, waiting = Job(kind="roadmap", thing_id=1, state="failed", tries=3), Job(kind="roadmap", thing_id=2)
        session.add_all([failed, waiting])
        session.flush()
        ids = failed.id, waiting.id
    site = visit(people.adam)
    assert site.get("/admin/jobs/").submit(action="/again").status == 303
    with app.extensions["database"].reading() as session:
        assert [session.get(Job, ids[0]).state, session.get(Job, ids[0]).tries] == ["waiting", 0]
    assert site.post(f"/admin/jobs/{ids[1]}/again").status == 409
    assert site.post("/admin/jobs/999/again").status == 404
    assert visit(people.petra).post(f"/admin/jobs/{ids[0]}/again").status == 404
