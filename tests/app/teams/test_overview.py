"""One team at a glance."""

from datetime import date

from app.models import Invitation
from tests.support.build import closed_round, current_roadmap
from tests.support.statements import counted

DIMENSIONS = {"GOV": (3.2, 3, 3), "TAL": (1.77, 1, 4), "DEL": (1.71, 1, 2)}


def with_result(app, people, **more):
    with app.extensions["database"].transaction() as session:
        round_ = closed_round(session, people.north, dimensions=DIMENSIONS, **more)
        current_roadmap(session, people.north, round_, [
            ("TAL-1.L2", "done", date(2026, 10, 20), people.bob), ("TAL-2.L2", "in progress", date(2020, 1, 31), people.bob),
            ("GOV-1.L3", "planned", date(2036, 1, 31), None),
        ])
        return round_


def test_the_lead_of_a_new_team_is_told_to_start_the_first_round(people, visit):
    page = visit(people.alice).get("/teams/north/")
    assert page.link("Start the first round") == "/teams/north/rounds/"
    assert "A roadmap is planned from the result of a round" in page.words


def test_the_lead_sees_the_level_the_largest_gap_and_what_is_due(app, people, visit):
    with_result(app, people)
    page = visit(people.alice).get("/teams/north/")
    assert "Level reached: 1 Ad hoc" in page.words
    assert "1.77" in page.words
    assert "5 of 8 people answered" in page.words
    assert "Furthest from its target: Resources, capability & talent, 2.23 below 4." in page.words
    assert "at target" in page.words
    assert "1 of 3 actions done, one action late" in page.words
    assert "Due next: TAL-2.L2 on 31 January 2020, owned by Bob. Late" in page.words
    assert page.link("Open the results") == "/teams/north/rounds/1/results/"


def test_a_member_who_was_not_invited_sees_the_roadmap_but_not_the_result(app, people, visit):
    with_result(app, people)
    page = visit(people.bob).get("/teams/north/")
    assert "1.77" not in page.words
    assert "No result to show" in page.words
    assert "1 of 3 actions done" in page.words


def test_an_invited_member_sees_the_result_exactly_if_the_round_is_shared(app, people, visit):
    shared = with_result(app, people)
    with app.extensions["database"].transaction() as session:
        session.add(Invitation(round_id=shared.id, person_id=people.bob.id))
        kept = closed_round(session, people.south, index=4.44, shared_with_participants=False)
        session.add(Invitation(round_id=kept.id, person_id=people.charlie.id))
    assert "Level reached: 1 Ad hoc" in visit(people.bob).get("/teams/north/").words
    assert "4.44" not in visit(people.charlie).get("/teams/south/").words


def test_an_administrator_from_outside_sees_people_and_profile_but_no_result(app, people, visit):
    with_result(app, people)
    page = visit(people.adam).get("/teams/north/")
    assert "1.77" not in page.words
    assert "TAL-2.L2" not in page.words
    assert [a.words for a in page.all(".//nav[@class='tabs']//a")] == ["Overview", "People", "Profile"]


def test_the_overview_takes_the_same_statements_for_one_round_as_for_ten(app, people, visit):
    with_result(app, people)
    site = visit(people.alice)
    with counted(app) as few:
        site.get("/teams/north/")
    with app.extensions["database"].transaction() as session:
        for number in range(2, 12):
            closed_round(session, people.north, number=number, dimensions=DIMENSIONS)
    with counted(app) as many:
        page = site.get("/teams/north/")
    assert len(many) == len(few) <= 9
    assert page.all(".//section[3]//tbody/tr")[0].words.startswith("Round 11")
