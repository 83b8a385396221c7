"""The programme page: teams against their own targets, what needs attention, counts, and who may open it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app import clock
from app.content import library
from app.models import (
    AssessmentRound,
    DimensionResult,
    Enrolment,
    Goal,
    Meeting,
    Membership,
    MentorProfile,
    Programme,
    ProgrammeTeam,
    PublishedResult,
    Team,
)
from tests.support.build import active_pairing, closed_round, current_roadmap, rated
from tests.support.people import person
from tests.support.site import standing
from tests.support.statements import counted

NORTH = {"GOV": (1.88, 2, 3), "STR": (2.5, 2, 2), "TAL": (1.77, 1, 4), "STK": (None, None, 4)}


@pytest.fixture
def measured(app, people):
    """North has a closed round; South has none."""
    with app.extensions["database"].transaction() as session:
        closed_round(session, people.north, dimensions={"GOV": (1.0, 1, 3)})
        closed_round(session, people.north, number=2, dimensions=NORTH)
    return people


def test_a_field_shows_index_gap_and_opens_the_round_it_comes_from(measured, visit):
    page = visit(measured.petra).get("/programme/")
    tal = page.find(".//a[@href='/teams/north/rounds/2/results/#TAL']")
    assert tal.words == "1.77−2.23"
    assert page.find(".//td[@data-label='TAL']").get("class") == "g3"
    assert page.find(".//a[@href='/teams/north/rounds/2/results/#STR']").words == "2.50at target"
    assert page.find(".//a[@href='/teams/north/rounds/2/results/#STK']").words == "–not shown"
    assert "0 of 3 fields are 2.25 or more below target; 1 is at target." in page.words
    assert "Supportive PMO, n = 5" in page.words


def test_a_team_without_a_result_says_so_and_teams_stand_in_the_order_of_the_alphabet(measured, visit):
    page = visit(measured.petra).get("/programme/")
    names = [th.words for th in page.all(".//table[@class='heat'][1]//tbody//th")][:2]
    assert names[0].startswith("North")
    assert names[1] == "SouthControlling PMO, no closed round yet"


def test_teams_can_be_narrowed_to_one_pmo_type(measured, visit):
    site = visit(measured.petra)
    assert "One team, each against" in site.get("/programme/?type=CTL").words
    assert "No team is of this type" in site.get("/programme/?type=EPM").words
    assert "Two teams" in site.get("/programme/?type=drop").words


def test_people_and_coverage_follow_the_chosen_team(app, measured, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, measured.charlie, {"P01": 3})
    site = visit(measured.petra)
    assert "Who needs which competence, in North?" in site.get("/programme/").words
    page = site.get("/programme/?team=south&show=P01")
    assert page.find(f".//a[@href='/skills/{measured.charlie.id}/#P01']").words == "3 of 3at target"
    assert "Who needs which competence, in South?" in page.words
    assert "Who needs which competence, in North?" in site.get("/programme/?team=nowhere&show=nothing&page=abc").words


@pytest.mark.parametrize(("who", "status"), [("petra", 200), ("alice", 404), ("bob", 404), ("adam", 404)])
def test_the_programme_is_open_to_the_pmo_lead_alone(people, visit, who, status):
    site = visit(getattr(people, who))
    assert site.get("/programme/").status == status
    assert site.post("/programme/export/teams/").status == status


def test_nothing_to_do_is_said_in_words(people, visit):
    assert "Nothing is late, no round closes within a week" in visit(people.petra).get("/programme/").words


def test_what_needs_the_pmo_lead_is_listed_with_its_place(app, measured, visit):
    today = clock.today()
    with app.extensions["database"].transaction() as session:
        round_ = closed_round(session, measured.south)
        current_roadmap(session, measured.south, round_, [
            ("GOV-1.L2", "in progress", today - timedelta(days=14), measured.charlie),
            ("GOV-2.L2", "done", today - timedelta(days=14), None),
            ("GOV-3.L2", "planned", today + timedelta(days=1), None),
        ])
        session.add_all(
            AssessmentRound(team_id=team.id, number=9, title="Spring", model_id="pmo-maturity", model_version=1, pmo_type="SUP", state="open", closes_on=today + days)
            for team, days in ((measured.north, timedelta(days=7)), (measured.south, timedelta(days=8)))
        )
        quiet = active_pairing(session, measured.charlie, measured.bob, today - timedelta(days=90))
        session.add(Meeting(pairing_id=quiet.id, state="held", held_on=today - timedelta(days=31), minutes=60, logged_by_id=measured.bob.id))
        lively = active_pairing(session, measured.alice, measured.bob, today - timedelta(days=90))
        session.add(Meeting(pairing_id=lively.id, state="held", held_on=today - timedelta(days=30), minutes=60, logged_by_id=measured.bob.id))
        session.add(MentorProfile(person_id=measured.alice.id, state="published"))
        session.add(MentorProfile(person_id=measured.bob.id, state="draft"))
    page = visit(measured.petra).get("/programme/")
    found = {a.get("href"): a.words for a in page.all(".//ol//h3/a")}
    assert list(found) == [
        "/teams/south/roadmap/actions/GOV-1.L2/", "/teams/north/rounds/9/", "/mentoring/programme/", "/mentoring/approvals/",
    ]
    assert found["/teams/south/roadmap/actions/GOV-1.L2/"].endswith(": two weeks behind")
    assert found["/mentoring/programme/"] == "Charlie and Bob have not met for 31 days"


def test_more_than_four_of_a_kind_are_counted(app, measured, visit):
    today = clock.today()
    late = [(f"GOV-{n}.L2", "planned", today - timedelta(days=n), None) for n in range(1, 7)]
    with app.extensions["database"].transaction() as session:
        current_roadmap(session, measured.north, closed_round(session, measured.north, number=3), late)
    assert "And two more actions behind their dates" in visit(measured.petra).get("/programme/").words


def test_learning_and_mentoring_stand_in_counts(app, people, visit):
    course = library().catalogue.in_order()[0]
    with app.extensions["database"].transaction() as session:
        session.add_all(Enrolment(person_id=one.id, course_id=course.id) for one in (people.bob, people.alice))
        pairing = active_pairing(session, people.alice, people.bob, clock.today())
        session.add(Goal(pairing_id=pairing.id, competence_id="P06", from_level=0, to_level=2, due_on=clock.today(), state="reached"))
    page = visit(people.petra).get("/programme/")
    assert f"{course.title}20" in [row.words for row in page.all(".//tr")]
    assert "1 reached, 0 open" in page.words
    assert "1, and 0 asked for" in page.words


def test_sixty_teams_take_as_many_statements_as_three_and_come_in_pages(app, people, visit):
    def add(numbers):
        with app.extensions["database"].transaction() as session:
            for n in numbers:
                team = Team(slug=f"team-{n}", name=f"Team {n:03}", pmo_type="SUP")
                one = person(f"Person{n}", role_profile="PMG")
                session.add_all([team, one])
                session.flush()
                session.add(Membership(person_id=one.id, team_id=team.id))
                rated(session, one, {"P01": 2})
                round_ = closed_round(session, team, dimensions=NORTH)
                current_roadmap(session, team, round_, [("GOV-1.L2", "planned", clock.today() - timedelta(days=3), one)])

    add([1])
    site = visit(people.petra)
    with counted(app) as few:
        site.get("/programme/")
    add(range(2, 59))
    with counted(app) as many:
        page = site.get("/programme/")
    assert len(few) == len(many) == 7
    assert len(page.all(".//td[@data-label='GOV']")) == 48
    assert page.link("Next") == "/programme/?type=&page=2"
    assert len(site.get("/programme/?page=2").all(".//td[@data-label='GOV']")) == 10
    assert "60 teams" in page.words


def test_teams_may_be_compared_only_when_their_people_say_so(app, measured, visit):
    """Set Y of the domain, twice: six teams of four people with the means 2.25, 3.15, 2.70; MSB 3.24 / 5, MSW 0.92 / 18, n0 4."""
    site = visit(measured.petra)
    page = site.get("/programme/")
    assert "that takes 5 teams with a named round of three people or more, and there are none" in page.words
    assert "One field shows no figure" in page.words
    with app.extensions["database"].transaction() as session:
        harbour = Programme(name="Harbour", name_key="harbour")
        session.add(harbour)
        session.flush()
        for n in range(6):
            team = Team(slug=f"y{n}", name=f"Y {n}", pmo_type="DEC")
            session.add(team)
            session.flush()
            round_ = closed_round(session, team, dimensions={"GOV": (2.0, 2, 3)})
            session.execute(update(PublishedResult).where(PublishedResult.round_id == round_.id).values(
                people_counted=4, people_mean=(2.25, 3.15, 2.70)[n % 3], people_variance=(0.13 / 3, 0.13 / 3, 0.2 / 3)[n % 3],
            ))
            if n:
                session.add(ProgrammeTeam(team_id=team.id, programme_id=harbour.id))
            moved = ("improved", "possibly improved", "no reliable change", "possibly declined", "declined", "")[n]
            session.execute(update(DimensionResult).where(DimensionResult.round_id == round_.id).values(moved=moved))
    words = site.get("/programme/").words
    assert "Averages tell these teams apart. ICC(1) 0.74, large; ICC(2) 0.92; 24 people in 6 teams" in words
    page = site.get(f"/programme/?type=DEC&programme={harbour.id}")
    signs = [cell.words for cell in page.all(".//table[@class='heat'][1]//td[@data-label='GOV']")]
    assert [words.partition("−1.00")[2] for words in signs] == ["△ maybe up", "= same", "▽ maybe down", "▼ down", ""]
    assert "Five teams" in page.words
    assert "24 people" not in page.words
    assert len(site.post("/programme/export/teams/", standing(page.form("overview.pptx")) | {"type": "DEC"}, as_is=True).text.splitlines()) == 6
    assert "Eight teams" in site.get("/programme/?programme=x").words
