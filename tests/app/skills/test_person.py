"""The page of one person's skills: the worked example, what closes gaps, evidence, and who may open it."""

from datetime import timedelta

import pytest

from app import clock
from app.content import library
from app.models import Goal, Person, SkillEvidence, SkillRating
from tests.support.build import active_pairing, passed_check, rated
from tests.support.statements import counted


@pytest.fixture
def bob(app, people):
    """Bob as in domain 7.5: at every target of a new project manager except P03 1, P06 0 and H02 1, where 2 is needed."""
    levels = dict(library().skills.roles["NPM"].targets) | {"P03": 1, "P06": 0, "H02": 1}
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, levels)
    return people.bob


def row(page, competence):
    return page.find(f".//tr[@id='{competence}']").words


def test_the_worked_example_has_four_steps_to_go_of_35_and_an_index_of_11_4_per_cent(bob, visit):
    page = visit(bob).get("/skills/")
    assert page.h1 == "My skills"
    assert "21/24" in page.words
    assert "Of 35, a skill-gap index of 11.4 %." in page.words
    assert [card.words for card in page.all(".//div[@class='card']/h3")] == [
        "Risk, opportunity and issue management", "Planning and scheduling", "Communication",
    ]
    assert "2 to go" in row(page, "P06")
    assert "at target" in row(page, "P01")


def test_an_assessment_counts_instead_of_the_own_rating_and_two_steps_apart_is_worth_a_talk(app, people, bob, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, bob, {"P06": 2}, "assessed", people.alice, note="Led the risk workshop alone")
    page = visit(bob).get("/skills/")
    assert "22/24" in page.words
    assert "Talk about it You say 0, the assessment says 2" in row(page, "P06")
    assert "assessed by Alice: Led the risk workshop alone" in row(page, "P06")


def test_without_ratings_the_page_says_how_to_start(people, visit):
    page = visit(people.bob).get("/skills/")
    assert "No ratings yet" in page.words
    assert "What closes my gaps?" not in page.words
    assert page.link("Rate myself") == "/skills/rate/"


def test_without_a_role_ratings_stand_without_a_target(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.adam, {"P01": 2})
    page = visit(people.adam).get("/skills/")
    assert "no target" in row(page, "P01")
    assert "No role has been set yet" in page.words


def test_a_gap_names_lessons_that_are_written_and_those_that_are_not(bob, visit):
    card = visit(bob).get("/skills/").all(".//div[@class='card']")[1]
    written = library().catalogue.lessons_for_competence("P03")
    assert written[0].title in card.words
    assert "not written yet" in visit(bob).get("/skills/").words


def test_a_lesson_that_is_passed_is_evidence_and_no_longer_suggested(app, bob, visit):
    lesson = library().catalogue.lessons_for_competence("P03")[0]
    today = clock.today()
    with app.extensions["database"].transaction() as session:
        passed_check(session, bob, lesson.id, today)
    page = visit(bob).get("/skills/")
    assert f"Check of lesson {lesson.id} passed" in row(page, "P03")
    assert lesson.title not in [a.words for a in page.all(".//div[@class='card']//a")]


def test_evidence_older_than_a_year_and_old_ratings_say_so(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P10": 1}, days_ago=366)
        session.add(SkillEvidence(
            person_id=people.bob.id, competence_id="P10", text="Wrote a business case", link="https://files.example/1",
            shown_on=clock.today() - timedelta(days=400),
        ))
    words = row(visit(people.bob).get("/skills/"), "P10")
    assert "newest evidence older than a year" in words
    assert "rated more than a year ago" in words


def test_a_mentoring_goal_stands_with_its_gap_and_otherwise_a_mentor_can_be_found(app, people, bob, visit):
    today = clock.today()
    with app.extensions["database"].transaction() as session:
        pairing = active_pairing(session, people.charlie, bob, today)
        session.add(Goal(pairing_id=pairing.id, competence_id="P06", from_level=0, to_level=2, due_on=today + timedelta(days=60)))
    page = visit(bob).get("/skills/")
    assert page.link("Mentoring goal") == f"/mentoring/pairings/{pairing.id}/"
    assert page.link("Find a mentor") == "/mentoring/mentors/?competence=P03"


@pytest.mark.parametrize(("who", "status"), [("bob", 200), ("alice", 200), ("petra", 200), ("charlie", 404), ("adam", 404)])
def test_skills_are_open_to_the_person_the_lead_and_the_pmo_lead_alone(people, visit, who, status):
    assert visit(getattr(people, who)).get(f"/skills/{people.bob.id}/").status == status


def test_a_lead_sees_nobody_of_another_team_and_no_absent_person(people, visit):
    alice = visit(people.alice)
    assert alice.get(f"/skills/{people.charlie.id}/").status == 404
    assert alice.get("/skills/999999/").status == 404
    assert alice.get("/skills/007/").status == 404


def test_signed_out_the_page_asks_to_sign_in(people, visit):
    assert visit().get("/skills/").location.startswith("/sign-in")


def test_a_mentor_sees_the_page_only_while_the_mentee_shares_and_then_no_single_lessons(app, people, bob, visit):
    lesson = library().catalogue.lessons_for_competence("P03")[0]
    with app.extensions["database"].transaction() as session:
        active_pairing(session, people.charlie, bob, clock.today())
        passed_check(session, bob, lesson.id, clock.today())
    mentor = visit(people.charlie)
    assert mentor.get(f"/skills/{bob.id}/").status == 404
    assert "Colleagues and mentors do not" in visit(bob).get("/skills/").words
    with app.extensions["database"].transaction() as session:
        session.get(Person, bob.id).shares_progress = True
    page = mentor.get(f"/skills/{bob.id}/")
    assert page.status == 200
    assert lesson.id not in page.words
    assert "Assess" not in [a.words for a in page.all("main//a")]
    assert "your mentor" in visit(bob).get("/skills/").words


def test_names_and_evidence_are_shown_as_text(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add(SkillEvidence(
            person_id=people.bob.id, competence_id="P01", text="<script>alert(1)</script> {{7*7}}", link="", shown_on=clock.today(),
        ))
    assert "<script>alert(1)</script> {{7*7}}" in row(visit(people.bob).get("/skills/"), "P01")


def test_the_page_takes_as_many_statements_for_a_long_history_as_for_none(app, people, visit):
    site = visit(people.bob)
    with counted(app) as few:
        site.get("/skills/")
    now = clock.now()
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, dict.fromkeys(library().skills.competences, 1))
        session.add_all(
            SkillRating(
                person_id=people.bob.id, competence_id=c, kind="self", level=0, rater_id=people.bob.id,
                rated_at=now - timedelta(days=n), replaced_at=now,
            )
            for c in library().skills.competences for n in range(5)
        )
    with counted(app) as many:
        site.get("/skills/")
    assert len(few) == len(many) == 7
