"""Carrying out the actions of a plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.access import Me
from app.models import ActionNote, Event, PlannedAction
from app.records.roadmaps import my_actions
from tests.support.build import rated
from tests.support.roadmaps import har_plan, har_round
from tests.support.statements import counted

HERE = "/teams/north/roadmap/actions/TAL-4.L3/"


@pytest.fixture
def plan(app, people):
    """Harbour City's plan in use in North; Bob owns TAL-4.L3 and it is due far ahead."""
    with app.extensions["database"].transaction() as session:
        har_plan(session, people.north, har_round(session, people.north))
        change(session, owner_id=people.bob.id, due_on=date(2036, 11, 7))


def change(session, action_id="TAL-4.L3", **values):
    row = session.scalars(select(PlannedAction).where(PlannedAction.action_id == action_id)).one()
    for name, value in values.items():
        setattr(row, name, value)


def stored(app, action_id="TAL-4.L3"):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(PlannedAction).where(PlannedAction.action_id == action_id)).one()


def test_the_page_says_what_changes_what_to_do_and_what_it_takes(plan, people, visit):
    page = visit(people.alice).get(HERE)
    assert page.h1 == "Launch the mentoring programme"
    assert "Helpful seniors advise newcomers when asked." in page.words
    assert "Round 1: mean 2.00 of 5 answers" in page.words
    assert "458 points, 76.3 a day" in page.words
    assert "6 weeks in Q4 2026" in page.words
    assert "TAL-2 on level 2" in page.words
    assert [step.words for step in page.all(".//ol[@role='list']/li/span[2]")] == [
        "Invite and prepare mentors", "Match on gaps, limits and workload", "Sign agreements with two or three goals", "Log two sessions a month",
        "Review after three months, re-match if needed",
    ]
    assert "Look for: Pairing agreements" in page.words
    assert "K20 Mentoring coverage" in page.words


def test_the_page_says_what_the_action_delivers_and_what_shows_that_it_is_done(plan, people, visit):
    page = visit(people.alice).get("/teams/north/roadmap/actions/MTH-3.L3/")
    assert "DeliversOne list of the templates that stay, each with a filled example, and the smaller variant beside it.T15" in page.words
    assert "What shows that it is done? Notes of both co-design sessions with the names of the users" in page.words
    assert "Look for: The template set" in page.words


def test_an_action_that_content_no_longer_holds_says_so(app, plan, people, visit):
    with app.extensions["database"].transaction() as session:
        session.scalars(select(PlannedAction).where(PlannedAction.action_id == "STK-1.L3")).one().action_id = "STK-9.L3"
    page = visit(people.alice).get("/teams/north/roadmap/actions/STK-9.L3/")
    assert page.h1 == "STK-9.L3"
    assert "No steps are worked out for this action. Its texts are no longer on this site" in page.words
    assert "What changes?" not in page.words
    assert page.all(".//input[@name='steps']") == []


def test_the_owner_carries_an_action_from_start_to_done(app, plan, people, visit):
    bob = visit(people.bob)
    assert bob.get(HERE).submit({}, action="start").location == HERE
    assert stored(app).started_at is not None
    bob.get(HERE).submit({"steps": ["1", "2"]}, action="steps")
    assert stored(app).steps_done == [1, 2]
    bob.get(HERE).submit({"blocked_because": "Two mentors are on leave."}, action="block")
    page = bob.get(HERE)
    assert "Blocked: Two mentors are on leave." in page.words
    page.submit({}, action="resume")
    bob.get(HERE).submit({"evidence": "Register of agreements, October 2026"}, action="evidence")
    page = bob.get(HERE)
    answer = bob.post(f"{HERE}finish", {"version": str(stored(app).version), "evidence": "Register of agreements, October 2026"})
    assert answer.status == 303
    done = stored(app)
    assert (done.state, done.evidence, done.ended_at is not None) == ("done", "Register of agreements, October 2026", True)
    page = bob.get(HERE)
    assert "Done" in page.words
    for words in ("Started", "Ticked 2 of 5 steps", "Blocked: Two mentors are on leave.", "Went on", "Wrote the evidence", "Marked as done", "Planned for Q4 2026"):
        assert words in page.words, words
    assert "Done" in bob.get("/teams/north/roadmap/").words


def test_evidence_is_needed_for_done_and_a_reason_for_blocked_and_dropped(app, plan, people, visit):
    alice = visit(people.alice)
    alice.get(HERE).submit({}, action="start")
    page = alice.get(HERE)
    for action, sentence in (("block", "Enter what is in the way"), ("drop", "Enter the reason")):
        answer = page.submit({}, action=action)
        assert answer.status == 422
        assert sentence in answer.words
    answer = alice.post(f"{HERE}finish", {"version": str(stored(app).version), "evidence": " "})
    assert answer.status == 422
    assert "Enter what shows that it is done" in answer.words
    assert stored(app).state == "in progress"


def test_steps_out_of_order_are_refused_and_change_nothing(app, plan, people, visit):
    alice = visit(people.alice)
    version = str(stored(app).version)
    for address, fields in (
        ("finish", {"evidence": "Seen"}), ("resume", {}), ("take-up", {}), ("put-back", {}),
        ("block", {"blocked_because": "x y"}), ("reopen", {"reopened_because": "x y"}),
    ):
        assert alice.post(f"{HERE}{address}", {"version": version, **fields}).status == 409, address
    assert (stored(app).state, stored(app).version) == ("planned", int(version))
    assert alice.post(f"{HERE}fly").status in (404, 405)


def test_a_dropped_action_can_be_taken_up_again_by_a_lead(app, plan, people, visit):
    alice = visit(people.alice)
    alice.get(HERE).submit({"dropped_because": "Another programme covers it."}, action="drop")
    assert stored(app).state == "dropped"
    assert "15 actions work" in alice.get("/teams/north/roadmap/").words
    alice.get(HERE).submit({}, action="take-up")
    assert stored(app).state == "planned"


def test_owner_and_due_date_are_set_by_the_lead_with_a_reason_after_the_start(app, plan, people, visit):
    alice = visit(people.alice)
    alice.get(HERE).submit({"owner": str(people.alice.id), "due_on": "2027-01-29"}, action="assign")
    assert (stored(app).owner_id, stored(app).due_on) == (people.alice.id, date(2027, 1, 29))
    alice.get(HERE).submit({}, action="start")
    page = alice.get(HERE)
    assert "Say why: the action has been started" in page.submit({"due_on": "2027-02-26"}, action="assign").words
    page.submit({"due_on": "2027-02-26", "changed_because": "A mentor joins in February only."}, action="assign")
    assert stored(app).due_on == date(2027, 2, 26)
    assert "Moved the due date to 26 February 2027: A mentor joins in February only." in alice.get(HERE).words


@pytest.mark.parametrize("fields", [
    {"owner": "0"}, {"owner": "999"}, {"owner": "charlie"}, {"due_on": ""}, {"due_on": "2026-02-30"}, {"due_on": "1900-01-01"}, {"due_on": "9999-01-01"},
    {"due_on": "２０２７-01-29"}, {"due_on": "2026-06-26"},
])
def test_an_owner_from_outside_and_a_day_that_cannot_be_are_refused(app, plan, people, visit, fields):
    fields = {name: str(people.charlie.id) if value == "charlie" else value for name, value in fields.items()}
    before = stored(app)
    assert visit(people.alice).get(HERE).submit(fields, action="assign").status == 422
    assert stored(app).version == before.version


def test_everybody_in_the_team_may_write_a_note_and_read_it(app, plan, people, visit):
    assert visit(people.bob).get("/teams/north/roadmap/actions/STK-1.L3/").submit({"note": "<b>First</b> map is drawn."}, action="notes").status == 303
    page = visit(people.petra).get("/teams/north/roadmap/actions/STK-1.L3/")
    assert "<b>First</b> map is drawn." in page.words
    assert page.submit({"note": " "}, action="notes").status == 422
    assert page.submit({"note": "x" * 2001}, action="notes").status == 422
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(ActionNote)) == 1


def test_who_may_do_what_to_an_action(app, plan, people, visit):
    other = "/teams/north/roadmap/actions/STK-1.L3/"
    posts = {
        "start": {}, "steps": {}, "evidence": {"evidence": "Seen"}, "block": {"blocked_because": "No"}, "drop": {"dropped_because": "No"},
        "finish": {"evidence": "Seen"}, "put-back": {}, "assign": {"owner": "", "due_on": "2027-01-29"},
    }
    version = str(stored(app, "STK-1.L3").version)
    bob = visit(people.bob)
    page = bob.get(other)
    assert page.status == 200
    assert {form.get("action") for form in page.all(".//main//form")} == {f"{other}notes"}
    for name, fields in posts.items():
        assert bob.post(f"{other}{name}", {"version": version, **fields}).status == 403, name
    for name in ("drop", "assign"):
        assert bob.post(f"{HERE}{name}", {"version": str(stored(app).version), **posts[name]}).status == 403, f"owner {name}"
    for stranger in (people.charlie, people.adam):
        site = visit(stranger)
        assert site.get(other).status == 404
        for name, fields in {**posts, "notes": {"note": "Hello"}}.items():
            assert site.post(f"{other}{name}", {"version": version, **fields}).status == 404, (stranger.name, name)
    assert visit().get(other).status == 303
    assert visit(people.charlie).get("/teams/south/roadmap/actions/STK-1.L3/").status == 404
    assert visit(people.alice).get("/teams/north/roadmap/actions/GOV-1.L5/").status == 404
    assert visit(people.petra).post(f"{other}start", {"version": version}).status == 303


def test_the_second_of_two_people_sees_both_texts_and_overwrites_nothing(app, plan, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    mine, theirs = alice.get(HERE), bob.get(HERE)
    theirs.submit({"evidence": "Session log of October"}, action="evidence")
    answer = mine.submit({"evidence": "Register <script>"}, action="evidence")
    assert answer.status == 409
    assert "Register <script>" in answer.words
    assert "Session log of October" in answer.words
    assert stored(app).evidence == "Session log of October"


def test_a_step_ticked_that_does_not_exist_is_refused(app, plan, people, visit):
    assert visit(people.bob).get(HERE).submit({"steps": ["6"]}, action="steps").status == 422
    assert stored(app).steps_done == []


def test_an_action_of_a_plan_that_was_replaced_is_kept_as_it_was(app, plan, people, visit):
    with app.extensions["database"].transaction() as session:
        session.scalars(select(PlannedAction)).first().roadmap.is_current = False
    alice = visit(people.alice)
    page = alice.get(HERE)
    assert "no longer in use" in page.words
    assert page.all(".//main//form") == []
    assert alice.post(f"{HERE}start", {"version": str(stored(app).version)}).status == 409


def test_people_who_need_help_are_named_to_those_who_may_see_their_skills(app, plan, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"H04": 0, "H05": 0, "H02": 0, "P12": 0})
    assert "Bob" in visit(people.alice).get(HERE).find(".//table").words
    with app.extensions["database"].transaction() as session:
        rated(session, people.alice, {"H04": 0})
    assert "Alice" not in visit(people.bob).get(HERE).find(".//table").words


def test_my_open_actions_come_in_the_order_they_are_due(app, plan, people):
    today = date(2026, 11, 16)
    with app.extensions["database"].transaction() as session:
        change(session, "STK-1.L3", owner_id=people.bob.id, due_on=today - timedelta(days=3))
        change(session, "TAL-2.L2", owner_id=people.bob.id, state="done")
    bob = Me(people.bob.id, "Bob", "bob@north.example", "UTC", teams=frozenset({people.north.id}))
    with app.extensions["database"].reading() as session:
        mine = my_actions(session, bob, today)
    assert [(one.action_id, one.is_late, one.href) for one in mine] == [
        ("STK-1.L3", True, "/teams/north/roadmap/actions/STK-1.L3/"), ("TAL-4.L3", False, HERE),
    ]


def test_the_page_takes_the_same_statements_for_one_note_as_for_many(app, plan, people, visit):
    site = visit(people.alice)
    with counted(app) as few:
        site.get(HERE)
    with app.extensions["database"].transaction() as session:
        number = session.scalars(select(PlannedAction.id).where(PlannedAction.action_id == "TAL-4.L3")).one()
        session.add_all(ActionNote(planned_action_id=number, person_id=people.bob.id, text=f"Note {n}") for n in range(30))
        session.add_all(Event(person_id=people.bob.id, what="started", thing="action", thing_id=str(number)) for n in range(30))
    with counted(app) as many:
        page = site.get(HERE)
    assert len(few) == len(many) <= 11
    assert "Page 1 of 2, 30 in all" in page.words
    assert "Note 9" in site.get(f"{HERE}?page=2").words
    assert site.get(f"{HERE}?page=abc").status == 200
