"""What a PMO lead sees of all pairings, and what other pages read of mine."""

from datetime import timedelta

from app.access import Me
from app.models import Goal
from app.records.mentoring import goals_by_competence, next_sessions, open_follow_ups, waiting_requests
from tests.app.mentoring.records import TODAY, asked, held, paired, planned, put, somebody
from tests.support.statements import counted

AT = "/mentoring/programme/"


def test_a_pmo_lead_sees_dates_counts_and_states_and_no_words(app, people, visit):
    pairing = paired(app, people.charlie, people.bob)
    held(app, pairing, people.bob, shared="SHARED-WORDS", private="PRIVATE-WORDS", step="STEP-WORDS")
    planned(app, pairing, people.bob)
    put(app, Goal(pairing_id=1, competence_id="P03", text="GOAL-WORDS", from_level=1, to_level=2, due_on=TODAY, state="reached", ended_on=TODAY))
    page = visit(people.petra).get(AT)
    assert "1 of 2 goals reached" in page.words
    assert "1, 50 min" in page.words
    for words in ("SHARED-WORDS", "PRIVATE-WORDS", "STEP-WORDS", "GOAL-WORDS", "WISH-WORDS", "Scoring risks", "Room 2.14", "Run the next", "Between us"):
        assert words not in page.text


def test_thirty_silent_days_raise_an_alarm(app, people, visit):
    quiet = paired(app, people.charlie, people.bob, began=90)
    held(app, quiet, people.bob, days_ago=31)
    lively = paired(app, people.charlie, people.alice, slot=2, began=90)
    held(app, lively, people.alice, days_ago=30)
    rows = visit(people.petra).get(AT).all(".//tbody/tr")
    assert "No session for 30 days" in rows[0].words
    assert "Bob" in rows[0].words
    assert "No session" not in rows[1].words


def test_requests_that_wait_are_shown_and_declined_ones_are_not(app, people, visit):
    asked(app, people.charlie, people.bob)
    paired(app, people.charlie, people.alice, state="declined", slot=None)
    paired(app, people.charlie, people.adam, state="ended", slot=None)
    words = visit(people.petra).get(AT).words
    assert "Waits for an answer" in words
    assert "Ended" in words
    assert "Alice" not in words


def test_the_programme_of_pairings_is_for_pmo_leads(people, visit):
    for person in (people.alice, people.bob, people.charlie, people.adam):
        assert visit(person).get(AT).status == 404
    assert visit().get(AT).location.startswith("/sign-in")
    assert "No pairings yet" in visit(people.petra).get(AT).words


def test_many_pairings_are_paged_with_the_same_statements(app, people, visit):
    paired(app, people.charlie, people.bob)
    site = visit(people.petra)
    site.get(AT)
    with counted(app) as few:
        site.get(AT)
    for n in range(50):
        paired(app, somebody(app, f"Mentor{n:02}"), people.bob)
    with counted(app) as many:
        page = site.get(AT)
    assert len(few) == len(many) <= 4
    assert len(page.all(".//tbody/tr")) == 50
    assert len(site.get(f"{AT}?page=2").all(".//tbody/tr")) == 1


def asking(person):
    return Me(person_id=person.id, name=person.name, email=person.email, time_zone="UTC", is_pmo_lead=person.is_pmo_lead)


def test_other_pages_read_my_steps_and_nobody_elses(app, people):
    pairing = paired(app, people.charlie, people.bob)
    held(app, pairing, people.charlie, step="Read the plan", owner=people.bob)
    planned(app, pairing, people.bob, in_days=3)
    asked(app, people.charlie, people.adam)
    with app.extensions["database"].reading() as session:
        bob, charlie, petra = asking(people.bob), asking(people.charlie), asking(people.petra)
        (step,) = next_sessions(session, bob, TODAY)
        assert (step.label, step.href, step.date) == ("Session with Charlie", "/mentoring/pairings/1/sessions/1/".replace("sessions/1", "sessions/2"), TODAY + timedelta(days=3))
        assert step.note == "14:00, 45 minutes, Room 2.14, Scoring risks"
        assert [s.label for s in next_sessions(session, charlie, TODAY)] == ["Session with Bob"]
        assert [(s.label, s.note) for s in open_follow_ups(session, bob)] == [("Read the plan", "Agreed with Charlie")]
        assert open_follow_ups(session, charlie) == ()
        assert [s.label for s in waiting_requests(session, charlie)] == ["Adam asks you to mentor them"]
        assert waiting_requests(session, bob) == ()
        assert next_sessions(session, petra, TODAY) == open_follow_ups(session, petra) == waiting_requests(session, petra) == ()
        assert goals_by_competence(session, bob, people.bob.id)["P06"][0].to_level == 2
        assert list(goals_by_competence(session, charlie, people.bob.id)) == ["P06"]
        assert goals_by_competence(session, petra, people.bob.id) == {}
        assert goals_by_competence(session, asking(people.alice), people.bob.id) == {}
