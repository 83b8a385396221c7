"""The list of teams, and what a stranger sees of a team: its name."""

import pytest

from app.models import Membership, Team
from tests.support.people import person
from tests.support.statements import counted


def test_somebody_sees_the_own_team_with_its_lead_and_only_the_names_of_the_others(people, visit):
    page = visit(people.bob).get("/teams/")
    assert page.link("North") == "/teams/north/"
    assert [row.words for row in page.all(".//tbody/tr")] == ["NorthSupportive PMOAlice2"]
    assert [name.words for name in page.all(".//main//section/ul/li")] == ["South"]


@pytest.mark.parametrize("who", ["petra", "adam"])
def test_the_pmo_lead_and_administrators_open_every_team(people, visit, who):
    page = visit(getattr(people, who)).get("/teams/")
    assert [page.link("North"), page.link("South")] == ["/teams/north/", "/teams/south/"]
    assert [visit(getattr(people, who)).get(f"/teams/south/{tab}").status for tab in ("", "people/", "profile/")] == [200, 200, 200]


def test_a_team_one_is_not_in_looks_like_no_team_at_all(people, visit):
    site = visit(people.charlie)
    for tab in ("", "people/", "profile/", "profile/edit"):
        there, nowhere = site.get(f"/teams/north/{tab}"), site.get(f"/teams/nowhere/{tab}")
        assert (there.status, there.words) == (404, nowhere.words)


def test_signed_out_one_is_sent_to_sign_in(people, visit):
    assert visit().get("/teams/north/").location == "/sign-in?next=/teams/north/"


def test_an_archived_team_is_not_listed(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.get(Team, people.south.id).archived_at = people.south.created_at
    assert "South" not in visit(people.petra).get("/teams/").words


def test_the_list_takes_as_many_statements_for_sixty_teams_as_for_two(app, people, visit):
    site = visit(people.petra)
    with counted(app) as few:
        site.get("/teams/")
    with app.extensions["database"].transaction() as session:
        teams = [Team(slug=f"t{n}", name=f"Team {n:02}") for n in range(60)]
        lead = person("Lena")
        session.add_all([*teams, lead])
        session.flush()
        session.add_all(Membership(person_id=lead.id, team_id=team.id, is_lead=True) for team in teams)
    with counted(app) as many:
        page = site.get("/teams/")
    assert len(many) == len(few)
    assert "Page 1 of 2, 62 in all" in page.words
    assert len(site.get("/teams/?page=9999").all(".//tbody/tr")) == 12
    assert site.get("/teams/?page=abc").status == 200
