"""The profile of a team: who reads it, who changes what."""

import pytest
from sqlalchemy import select

from app.models import Event, Team

EDIT = "/teams/north/profile/edit"


def stored(app, people):
    with app.extensions["database"].reading() as session:
        return session.get(Team, people.north.id)


def test_everybody_in_the_team_reads_what_its_type_aims_at_and_why(people, visit):
    page = visit(people.bob).get("/teams/north/profile/")
    assert "Supportive PMO" in page.words
    assert "Training, mentoring and advice are its main product." in page.words
    assert not page.all(".//a[@class='button main']")


def test_the_pmo_lead_changes_the_whole_profile(app, people, visit):
    page = visit(people.petra).get(EDIT)
    assert "The PMO employs the project managers and runs the projects itself." in page.words
    answer = page.submit({
        "pmo_type": "DIR", "structure": "mixed", "reports_to": "Chief operating officer", "size": "2", "services": "Training\nAdvice", "capacity": "30", "wip": "3",
    })
    assert answer.status == 303
    team = stored(app, people)
    assert (team.pmo_type, team.structure, team.size, team.capacity, team.wip) == ("DIR", "mixed", 2, 30, 3)
    with app.extensions["database"].reading() as session:
        event = session.scalars(select(Event).where(Event.what == "changed the profile")).one()
        assert set(event.detail["fields"]) == {"pmo_type", "structure", "reports_to", "size", "services", "capacity", "wip"}


def test_the_lead_changes_capacity_and_nothing_else(app, people, visit):
    page = visit(people.alice).get(EDIT)
    assert [i.get("name") for i in page.all(".//input[@class='short']")] == ["capacity", "wip"]
    assert page.submit({"capacity": "40", "wip": "2", "pmo_type": "DIR", "name": "Mine"}).status == 303
    team = stored(app, people)
    assert (team.capacity, team.wip, team.pmo_type, team.name) == (40, 2, "SUP", "North")


@pytest.mark.parametrize(("who", "answer"), [("bob", 403), ("charlie", 404)])
def test_members_and_strangers_have_no_form(people, visit, who, answer):
    site = visit(getattr(people, who))
    assert site.get(EDIT).status == answer
    assert site.post(EDIT, {"version": "1", "capacity": "1", "wip": "1"}).status == answer


@pytest.mark.parametrize("typed", ["501", "-1", "25.0", "1e3", "٣", "", "nan", "1_0", "+3", "9" * 5000])
def test_days_that_are_no_whole_number_in_range_are_refused_and_kept_in_the_field(app, people, visit, typed):
    page = visit(people.alice).get(EDIT).submit({"capacity": typed})
    assert page.status == 422
    assert "the days a quarter" in page.words
    assert page.find(".//input[@id='capacity']").get("value") == typed
    assert stored(app, people).capacity == 25


@pytest.mark.parametrize(("field", "typed"), [("pmo_type", "ZZZ"), ("pmo_type", ["SUP", "DIR"]), ("structure", "circular"), ("wip", "11"), ("about", "x" * 1001)])
def test_what_is_not_offered_is_not_stored(app, people, visit, field, typed):
    assert visit(people.petra).get(EDIT).submit({field: typed}).status == 422
    assert stored(app, people).version == 1


def test_two_people_edit_at_once_and_the_second_sees_both_texts(app, people, visit):
    first, second = visit(people.petra).get(EDIT), visit(people.adam).get(EDIT)
    assert first.submit({"reports_to": "Director of works"}).status == 303
    page = second.submit({"reports_to": "Head of finance"})
    assert page.status == 409
    assert "Head of finance" in page.words
    assert "Director of works" in page.words
    assert stored(app, people).reports_to == "Director of works"


def test_sending_the_same_form_twice_saves_once(app, people, visit):
    page = visit(people.alice).get(EDIT)
    assert [page.submit({"capacity": "31"}).status for _ in range(2)] == [303, 303]
    assert stored(app, people).version == 2


def test_text_that_looks_like_markup_is_shown_as_text(app, people, visit):
    visit(people.petra).get(EDIT).submit({"about": "<script>alert(1)</script> {{7*7}}"})
    page = visit(people.bob).get("/teams/north/")
    assert "<script>alert(1)</script> {{7*7}}" in page.words
