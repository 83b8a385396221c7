"""Actions of a plan and issues of a tracker follow each other, through kills, trouble and two workers."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import delete, select, update

from app import clock
from app.db import Database
from app.maturity.syncing import check_next, sync_next
from app.models import Event, PlanChange, PlannedAction, Team, TrackedIssue, TrackerProject
from tests.support.roadmaps import har_plan, har_round
from tests.support.tracker_sink import TOKEN, Mishap, tracker_sink

ROOT = Path(__file__).resolve().parents[3]
HOME = "https://cairn.north.example"
ROADMAP, HERE = "/teams/north/roadmap/", "/teams/north/roadmap/tracker/"
ACTIONS = ("TAL-2.L2", "TAL-4.L3")
# Each tracker and each database once: they know nothing of each other.
BOTH = pytest.mark.parametrize(("database", "kind"), [("sqlite", "jira"), ("postgres", "gitlab")], indirect=["database"])
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def kind():
    return "jira"


@pytest.fixture
def sink(kind):
    with tracker_sink(kind) as running:
        yield running


@pytest.fixture
def plan(app, people, sink):
    """A plan of two actions in use in North, on an installation with a tracker."""
    app.extensions["settings"] = replace(app.extensions["settings"], tracker_url=sink.url)
    with app.extensions["database"].transaction() as session:
        roadmap = har_plan(session, people.north, har_round(session, people.north))
        session.execute(delete(PlannedAction).where(PlannedAction.action_id.not_in(ACTIONS)))
        session.execute(update(PlannedAction).values(due_on=date(2036, 11, 7)))
        assert len(roadmap.plan["plan"]) > len(ACTIONS)


@pytest.fixture
def on(plan, database, people, sink):
    """The plan is carried to the tracker from now on."""
    with database.transaction() as session:
        session.add(TrackerProject(
            team_id=people.north.id, site=sink.server.address, project=sink.project, mark="1a2b", state="on", asked_at=clock.now(), name="Project office",
        ))


def work(database, sink):
    """What the worker does until nothing is due."""
    times = 0
    while sync_next(database, sink.server, HOME):
        times += 1
        assert times < 30
    return times


def stored(database, action="TAL-4.L3"):
    with database.reading() as session:
        return session.scalars(select(PlannedAction).where(PlannedAction.action_id == action)).one()


def issue(database, action="TAL-4.L3"):
    with database.reading() as session:
        return session.scalars(select(TrackedIssue).where(TrackedIssue.action_id == action)).one()


def change(database, action="TAL-4.L3", **values):
    with database.transaction() as session:
        row = session.scalars(select(PlannedAction).where(PlannedAction.action_id == action)).one()
        for name, value in values.items():
            setattr(row, name, value)


@BOTH
def test_a_lead_names_a_project_sees_that_it_can_be_reached_and_turns_it_on(plan, kind, database, people, visit, sink):
    alice = visit(people.alice)
    page = alice.get(ROADMAP).link("Tracker")
    form = alice.get(page)
    refused = form.submit({"project": "???"})
    assert (refused.status, "Enter the" in refused.words, refused.find(".//input[@name='project']").get("value")) == (422, True, "???")
    assert not check_next(database, sink.server)
    waiting = form.submit({"project": sink.project}, follow=True)
    assert f"Looking for {sink.project}" in waiting.words
    assert visit(people.bob).get(HERE).status == 403
    assert check_next(database, sink.server)
    ready = alice.get(HERE)
    assert "can be reached. Issues can be made, changed and moved" in ready.words
    assert not work(database, sink)
    done = ready.submit({}, action="on", follow=True)
    assert "not made yet" in done.words
    assert work(database, sink) == 2
    assert sorted(held.fields["title"].split("(")[1] for held in sink.issues.values()) == [f"{action})" for action in ACTIONS]
    text = sink.of("TAL-4.L3").fields["text"]
    assert "1. Invite and prepare mentors" in text
    assert f"{HOME}/teams/north/roadmap/actions/TAL-4.L3/" in text
    assert "Bob" not in text
    key = issue(database).key
    assert key in alice.get(HERE).words
    assert alice.get(f"{ROADMAP}actions/TAL-4.L3/").link(key) == issue(database).href
    assert key in alice.get(ROADMAP).words
    assert all(TOKEN not in alice.get(address).text for address in (HERE, ROADMAP))
    alice.get(HERE).submit({}, action="off", follow=True)
    change(database, state="in progress")
    assert (work(database, sink), len(sink.issues)) == (0, 2)
    assert alice.get(HERE).submit({}, action="on", follow=True).status == 200
    work(database, sink)
    assert len(sink.issues) == 2
    assert sink.of("TAL-4.L3").status == {"jira": "In Progress", "gitlab": "To Do"}[kind]


@SQLITE
def test_a_project_that_cannot_be_used_is_refused_in_plain_words(plan, database, people, visit, sink):
    alice = visit(people.alice)
    for project, words in (("NONE", "Jira has no project NONE"), ("PMO", "may not create or edit or move issues")):
        sink.rights = False
        alice.get(HERE).submit({"project": project})
        check_next(database, sink.server)
        page = alice.get(HERE)
        assert words in page.words
        assert alice.post(f"{HERE}on").status == 409
    assert sink.issues == {}


@BOTH
def test_what_changes_here_goes_over_and_what_changes_there_comes_back(on, kind, database, people, visit, sink):
    work(database, sink)
    assert work(database, sink) == 0
    change(database, state="in progress", due_on=date(2036, 12, 5))
    change(database, "TAL-2.L2", state="dropped")
    assert work(database, sink) == 2
    moved, dropped = sink.of("TAL-4.L3"), sink.of("TAL-2.L2")
    assert (moved.fields["due"], moved.status) == ("2036-12-05", "In Progress" if kind == "jira" else "To Do")
    assert (dropped.status, "cairn-dropped" in dropped.labels) == ("Done", True)
    sink.goes("TAL-4.L3", "Done", timedelta(seconds=5))
    sink.goes("TAL-2.L2", "To Do", timedelta(seconds=5))
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        work(database, sink)
        done, key = stored(database), issue(database).key
        assert (done.state, issue(database).href in done.evidence, done.ended_at is not None) == ("done", True, True)
        assert stored(database, "TAL-2.L2").state == "dropped"
        assert "Take the action up again, or close the issue" in visit(people.alice).get(HERE).words
        page = visit(people.alice).get(f"{ROADMAP}actions/TAL-4.L3/")
        assert f"Marked as done in the tracker: {key} is" in page.words
        sink.goes("TAL-4.L3", "To Do", timedelta(minutes=61))
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        work(database, sink)
        opened = stored(database)
        assert (opened.state, opened.ended_at, key in opened.state_reason) == ("planned" if kind == "jira" else "in progress", None, True)
        visit(people.alice).get(ROADMAP).submit({}, action="undo")
        assert stored(database).state == "done"
        work(database, sink)
    assert sink.of("TAL-4.L3").status == "Done"
    with database.reading() as session:
        assert [c.person_id for c in session.scalars(select(PlanChange).order_by(PlanChange.id))] == [None, None]
        assert session.scalars(select(Event.person_id).where(Event.what.endswith("in the tracker"))).all() == [None, None]


WORKER = """
    import sys
    from app.config import read_tracker_url
    from app.db import Database
    from app.maturity.syncing import sync_next
    sync_next(Database(sys.argv[1]), read_tracker_url(sys.argv[2]), "https://cairn.north.example")
"""


@SQLITE
def test_a_worker_killed_after_the_issue_was_made_makes_no_second_one(on, database, database_url, sink):
    sink.stalls = threading.Event()
    worker = subprocess.Popen([sys.executable, "-c", textwrap.dedent(WORKER), database_url, sink.url], cwd=ROOT)
    assert sink.made.wait(120)
    worker.kill()
    worker.wait(10)
    sink.stalls.set()
    sink.stalls = None
    assert len(sink.issues) == 1
    work(database, sink)
    assert len(sink.issues) == 2
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        work(database, sink)
    assert (len(sink.issues), bool(issue(database).ref), bool(issue(database, "TAL-2.L2").ref)) == (2, True, True)


def test_two_workers_at_once_make_one_issue_of_each_action(on, database, database_url, sink):
    def alone():
        own = Database(database_url)
        work(own, sink)
        own.dispose()

    workers = [threading.Thread(target=alone) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(sink.issues) == 2


@SQLITE
def test_a_tracker_in_trouble_is_asked_in_growing_pauses_and_the_lead_is_told(on, database, people, visit, sink):
    with time_machine.travel(clock.now(), tick=False) as now:
        sink.mishaps.append(Mishap("POST /rest/api/2/issue", status=500))
        assert work(database, sink) == 1
        page = visit(people.alice).get(HERE)
        assert "Jira is in trouble itself (500). The next try is" in page.words
        now.shift(61)
        assert work(database, sink) == 1  # the other one; this one waits until a search would find what may have been made
        now.shift(300)
        sink.mishaps.append(Mishap("GET", status=429, headers={"Retry-After": "1800"}))
        work(database, sink)
        with database.reading() as session:
            assert session.scalars(select(TrackerProject.retry_at)).one() == clock.now() + timedelta(minutes=30)
        now.shift(1700)
        assert work(database, sink) == 0
        page = visit(people.alice).get(HERE).submit({}, action="again", follow=True)
        assert "too many requests" not in page.words
        work(database, sink)
        assert "Look here" not in visit(people.alice).get(HERE).words
    assert len(sink.issues) == 2


@SQLITE
def test_what_the_tracker_does_not_take_is_said_holds_up_nobody_and_is_given_up_after_a_week(on, database, people, visit, sink):
    with time_machine.travel(clock.now(), tick=False) as now:
        work(database, sink)
        sink.offers = ("To Do",)
        change(database, state="in progress")
        change(database, "TAL-2.L2", due_on=date(2036, 12, 5))
        assert work(database, sink) == 2
        assert sink.of("TAL-2.L2").fields["due"] == "2036-12-05"
        assert "Move the issue there by hand." in visit(people.alice).get(HERE).words
        for _ in range(8):
            now.shift(86_400)
            work(database, sink)
        assert issue(database).is_stopped
        assert "Given up." in visit(people.alice).get(f"{ROADMAP}actions/TAL-4.L3/").words
        sink.offers = ("To Do", "In Progress")
        visit(people.alice).get(HERE).submit({}, action="again")
        work(database, sink)
        assert (sink.of("TAL-4.L3").status, issue(database).last_error) == ("In Progress", "")


@SQLITE
def test_an_issue_that_is_gone_is_not_made_anew_until_the_lead_says_so(on, database, people, visit, sink):
    work(database, sink)
    sink.hides = set(sink.issues)
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        work(database, sink)
        page = visit(people.alice).get(HERE)
        assert "is not there any more" in page.words
        assert (work(database, sink), len(sink.issues)) == (0, 2)
        sink.hides = set()
        page.submit({}, action="again")
        work(database, sink)
    assert (len(sink.issues), bool(issue(database).ref)) == (2, True)


@SQLITE
def test_another_tracker_or_none_is_left_alone(on, database, people, visit, sink, app):
    elsewhere = replace(sink.server, host="localhost")
    assert not sync_next(database, elsewhere, HOME)
    assert not sync_next(database, None, HOME)
    assert not check_next(database, None)
    app.extensions["settings"] = replace(app.extensions["settings"], tracker_url="")
    assert "No tracker is set up on this installation." in visit(people.alice).get(HERE).words
    assert visit(people.alice).post(HERE, {"project": "PMO"}).status == 409
    assert sink.asked == []


@SQLITE
def test_the_demo_which_anybody_can_sign_in_to_reaches_no_real_tracker(plan, database, people, visit, app):
    with database.transaction() as session:
        session.execute(update(Team).where(Team.id == people.north.id).values(is_demo=True))
    assert visit(people.alice).post(HERE, {"project": "PMO"}).status == 303
    app.extensions["settings"] = replace(app.extensions["settings"], tracker_url=f"jira+https://:{TOKEN}@jira.north.example")
    assert "The teams of the demo are carried to no real tracker." in visit(people.alice).get(HERE).words
    assert visit(people.alice).post(HERE, {"project": "PMO"}).status == 409
