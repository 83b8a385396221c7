"""The invented team Harbour City, answered through the site: the numbers of the domain come out on the results page."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.models import AssessmentRound, DimensionResult, Invitation, Membership, PublishedResult
from app.records.maturity import current_levels
from assessments.reading import read_demo_teams
from tests.support.build import a_round, answered
from tests.support.people import person

HAR = next(team for team in read_demo_teams(Path("content/demo/teams.yaml")) if team.code == "HAR")
DIMENSIONS = ("GOV", "STR", "MTH", "DEL", "TAL", "STK", "VAL", "KNO")


def invited(session, people):
    """Eight people of the team, all invited to its open round."""
    crowd = [person(f"P{n}") for n in range(8)]
    session.add_all(crowd)
    session.flush()
    session.add_all(Membership(person_id=p.id, team_id=people.north.id) for p in crowd)
    groups = [sheet.group for sheet in HAR.sheets] + ["users"] * 3
    return crowd, a_round(session, people.north, list(zip(crowd, groups, strict=True)))


@pytest.fixture
def har(app, people, visit):
    """Five of eight have submitted their sheets; the lead closes."""
    with app.extensions["database"].transaction() as session:
        crowd, (_, asked) = invited(session, people)
        for invitation, sheet in zip(asked, HAR.sheets, strict=False):
            answered(session, invitation, {item: answer.code for item, answer in sheet.answers.items()})
        session.expunge_all()
    assert visit(people.alice).get("/teams/north/rounds/1/close/").submit().status == 303
    return crowd


@pytest.fixture
def har_by_hand(app, people, visit):
    """Eight invited, five answer page by page and submit, the lead closes."""
    with app.extensions["database"].transaction() as session:
        crowd, _ = invited(session, people)
        session.expunge_all()
    for who, sheet in zip(crowd, HAR.sheets, strict=False):
        site = visit(who)
        token = site.token()
        for dimension in DIMENSIONS:
            answers = {item: answer.code for item, answer in sheet.answers.items() if item.startswith(dimension)}
            go = "submit" if dimension == "KNO" else "next"
            saved = site.post(f"/teams/north/rounds/1/answer/{dimension}/", {**answers, "go": go, "csrf_token": token}, as_is=True)
            assert saved.status == 303
        assert site.get("/teams/north/rounds/1/check/").h1 == "Submitted. Thank you"
    assert visit(people.alice).get("/teams/north/rounds/1/close/").submit().status == 303
    return crowd


def test_the_site_says_what_the_rules_say_about_harbour_city(app, people, visit, har_by_hand):
    with app.extensions["database"].reading() as session:
        result = session.scalars(select(PublishedResult)).one()
        assert result.overall_index == pytest.approx(1.7737, abs=1e-4)
        assert (result.staged, result.respondents, result.invited, result.kind) == (1, 5, 8, "confirmed")
        assert result.scores["percent"] == pytest.approx(19.3417, abs=1e-4)
        talent = session.scalars(select(DimensionResult).where(DimensionResult.dimension == "TAL")).one()
        assert (round(talent.index, 4), talent.staged, talent.target, talent.position) == (1.7667, 1, 4, 4)
        levels = current_levels(session, people.north.id)
        assert (levels.levels["GOV-1"], levels.levels["DEL-6"], len(levels.levels), levels.targets["TAL"]) == (2, 1, 45, 4)
    page = visit(people.alice).get("/teams/north/rounds/1/results/")
    assert "1.77Index, of 5band: Repeatable; likely 1.62 to 1.94" in page.words
    assert "Level reached: 1 Ad hocfour of eight dimensions reach 2" in page.words
    assert "Confirmed team result" in page.words
    assert "Resources, capability & talent is 2.23 below its target of 4" in page.words
    assert "Together they carry 38 % of the weight" in page.words
    assert "30 of 45 items are agreed, 9 tolerable, 2 need a talk. Four items with fewer than five answers" in page.words
    assert "Not shown: a group needs at least 3 people, and the office side has 2." in page.words
    assert "What holds us back from level 2?" in page.words


def test_an_agreed_level_moves_the_level_and_not_the_index(app, people, visit, har):
    alice = visit(people.alice)
    for item in ("TAL-1", "TAL-5"):
        page = alice.get("/teams/north/rounds/1/agreed-levels/")
        assert page.submit({"item": item, "level": "2", "reason": "Two saw an old list.", "evidence": "The list of March."}, has="reason").status == 303
    results = alice.get("/teams/north/rounds/1/results/")
    assert "agreed; answered 1" in results.words
    assert "Two saw an old list." in results.words
    with app.extensions["database"].reading() as session:
        result = session.scalars(select(PublishedResult)).one()
        assert result.overall_index == pytest.approx(1.7737, abs=1e-4)
        talent = session.scalars(select(DimensionResult).where(DimensionResult.dimension == "TAL")).one()
        assert talent.staged == 1  # TAL-2, a key item, still stands on 1
        assert current_levels(session, people.north.id).levels["TAL-5"] == 2
    again = alice.get("/teams/north/rounds/1/agreed-levels/?item=TAL-5")
    assert again.submit({"level": "3", "version": "7"}, has="reason").status == 409
    assert again.submit({"level": "3"}, has="reason").status == 303
    assert "agreed; answered 1" in alice.get("/teams/north/rounds/1/results/").words
    taken = alice.get("/teams/north/rounds/1/agreed-levels/")
    assert taken.submit(action="remove").status == 303
    with app.extensions["database"].reading() as session:
        assert current_levels(session, people.north.id).levels["TAL-1"] == 1


def test_an_agreed_level_needs_a_reason_evidence_and_a_level_there_is(people, visit, har):
    page = visit(people.alice).get("/teams/north/rounds/1/agreed-levels/")
    refused = page.submit({"item": "TAL-5", "level": "2"}, has="reason")
    assert refused.status == 422
    assert "Enter the reason" in refused.words
    assert page.submit({"item": "TAL-5", "level": "6", "reason": "x", "evidence": "y"}, has="reason").status == 422
    assert page.submit({"item": "XYZ-1", "level": "2", "reason": "x", "evidence": "y"}, has="reason").status == 422


def test_the_figures_can_be_taken_along_with_plain_numbers(app, people, visit, har):
    alice, petra = visit(people.alice), visit(people.petra)
    sheet = alice.post("/teams/north/rounds/1/results/export.csv")
    assert sheet.status == 200
    assert sheet.headers["Content-Disposition"].startswith("attachment")
    assert '"GOV-6","' in sheet.text
    assert '"1.8833"' in sheet.text
    names = petra.get("/teams/north/rounds/1/results/").submit(action="answers.csv")
    assert '"P0","Project manager","office","GOV-1","2"' in names.text
    assert alice.post("/teams/north/rounds/1/results/answers.csv").status == 404
    assert visit(har[0]).post("/teams/north/rounds/1/results/export.csv").status == 404
    assert petra.get("/teams/north/rounds/1/results/answers.csv").location.endswith("/results/")


def test_who_answered_what_stands_with_names_for_those_who_were_named(app, people, visit, har):
    page = visit(people.alice).get("/teams/north/rounds/1/answers/")
    row = next(row.words for row in page.all(".//tbody/tr") if row.words.startswith("GOV-6"))
    assert row.endswith("122?1")
    assert visit(har[0]).get("/teams/north/rounds/1/answers/").status == 404
    with app.extensions["database"].transaction() as session:
        session.scalars(select(AssessmentRound)).one().answers_shown_to_lead = False
    assert visit(people.alice).get("/teams/north/rounds/1/answers/").status == 404
    assert visit(people.petra).get("/teams/north/rounds/1/answers/").status == 200


def test_the_agenda_of_the_talk_says_what_to_ask_and_how_long(har, people, visit):
    page = visit(people.alice).get(visit(people.alice).get("/teams/north/rounds/1/results/").link("Agenda for the talk"))
    points = page.all(".//ol[@class='agenda']/li")
    assert [point.words[:4] for point in points] == ["0:00", "0:05", "0:12", "0:19"]
    assert ["TAL-5" in points[1].words, "MTH-5" in points[2].words] == [True, True]
    assert "From 1 to 3: 3 at 1, 2 at 3." in points[1].words
    assert "24 minutes in all" in page.words
    for item in ("TAL-5", "MTH-5"):
        form = visit(people.alice).get(f"/teams/north/rounds/1/agreed-levels/?item={item}")
        form.submit({"level": "2", "reason": "We talked.", "evidence": "A list."}, has="level")
    assert "Every item that needed a talk has an agreed level: MTH-5, TAL-5." in visit(people.petra).get("/teams/north/rounds/1/agenda/").words
    assert visit(har[0]).get("/teams/north/rounds/1/agenda/").status == 404


def test_sheets_worth_a_second_look_are_named_and_the_own_last_answer_stands_beside_the_next_question(har, app, people, visit):
    with app.extensions["database"].transaction() as session:
        fast = session.scalars(select(Invitation).where(Invitation.person_id == har[0].id)).one()
        fast.submitted_at = fast.started_at + timedelta(seconds=170)
        a_round(session, people.north, [(har[0], "office")], number=2)
        a_round(session, people.south, [(har[0], "office")], number=1)
    words = visit(people.petra).get("/teams/north/rounds/1/answers/").words
    assert "P0: Less than four seconds an item." in words
    assert "MTH-5 stands" not in words
    assert "In round 1 you chose 2 Repeatable." in visit(har[0]).get("/teams/north/rounds/2/answer/GOV/").words
    assert "In round 1" not in visit(har[0]).get("/teams/south/rounds/1/answer/GOV/").words
