"""Moving actions, changing several at once, and taking the last change back."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from app.models import PlanChange, PlannedAction
from tests.support.calendars import read_back
from tests.support.roadmaps import har_plan, har_round
from tests.support.site import BASE, Page

ROADMAP = "/teams/north/roadmap/"


@pytest.fixture
def plan(app, people):
    """Harbour City's plan in use in North; Bob owns TAL-4.L3."""
    with app.extensions["database"].transaction() as session:
        har_plan(session, people.north, har_round(session, people.north))
        session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-4.L3")).one().owner_id = people.bob.id


def stored(app, action_id="TAL-4.L3"):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(PlannedAction).where(PlannedAction.action_id == action_id)).one()


def test_an_action_moves_to_another_quarter_without_script_and_the_change_is_taken_back(app, plan, people, visit):
    alice = visit(people.alice)
    before = stored(app)
    assert (before.quarter, before.due_on) == (2, date(2026, 11, 6))
    moved = alice.post(f"{ROADMAP}several", {"pick": f"TAL-4.L3:{before.version}", "quarter": "4"})
    assert moved.location == ROADMAP
    after = stored(app)
    assert (after.quarter, after.finish_week, after.due_on, after.due_on.weekday()) == (4, 45, date(2027, 5, 7), 4)
    page = alice.get(ROADMAP)
    assert "planned for Q4 2026" in page.words
    assert "Last change: moved to Q2 2027: TAL-4.L3 (Alice" in page.words
    assert "5 actions where 4 were allowed" in page.words
    page.submit({}, action="undo")
    back = stored(app)
    assert (back.quarter, back.due_on, back.owner_id) == (2, date(2026, 11, 6), people.bob.id)
    assert "Last change" not in alice.get(ROADMAP).words
    assert alice.post(f"{ROADMAP}undo").status == 409


def test_a_move_before_what_an_action_needs_is_refused_and_nothing_changes(app, plan, people, visit):
    alice = visit(people.alice)
    answer = alice.post(f"{ROADMAP}several", {"pick": f"TAL-2.L2:{stored(app, 'TAL-2.L2').version}", "quarter": "4"})
    assert answer.status == 422
    assert "TAL-2.L3 needs TAL-2.L2, which stands in a later quarter." in answer.words
    assert stored(app, "TAL-2.L2").quarter == 1
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(PlanChange)).all() == []


def test_several_actions_change_together_or_not_at_all(app, plan, people, visit):
    alice = visit(people.alice)
    form = alice.get(f"{ROADMAP}?view=list")
    picks = [f"{name}:{stored(app, name).version}" for name in ("STK-1.L3", "TAL-2.L2")]
    assert "Choose at least one action" in form.submit({"owner": str(people.bob.id)}, action="several").words
    nothing = form.submit({"pick": picks}, action="several")
    assert "Choose what to change" in nothing.words
    assert len(re.findall(r'name="pick"[^>]* checked', nothing.text)) == 2
    assert form.submit({"pick": [picks[0], "TAL-2.L2:99"], "start": "y"}, action="several").status == 409
    assert form.submit({"pick": ["TAL-2.L2"], "start": "y"}, action="several").status == 422
    assert stored(app, "STK-1.L3").state == "planned"
    done = form.submit({"pick": picks, "owner": str(people.bob.id), "start": "y"}, action="several")
    assert done.location == f"{ROADMAP}?view=list"
    assert [(stored(app, n).state, stored(app, n).owner_id) for n in ("STK-1.L3", "TAL-2.L2")] == [("in progress", people.bob.id)] * 2
    stranger = alice.get(f"{ROADMAP}?view=list").submit({"pick": picks, "owner": str(people.charlie.id)}, action="several")
    assert stranger.status == 422
    assert "Choose an owner from the list" in stranger.words


def test_a_change_is_not_taken_back_over_a_newer_one_by_hand(app, plan, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    alice.post(f"{ROADMAP}several", {"pick": f"TAL-4.L3:{stored(app).version}", "quarter": "3"})
    with app.extensions["database"].transaction() as session:
        session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-4.L3")).one().evidence = "Since then."
    assert bob.post(f"{ROADMAP}undo").status == 403
    answer = alice.post(f"{ROADMAP}undo")
    assert answer.status == 409
    assert "has been changed since" in answer.words


def test_a_step_of_an_owner_is_taken_back_by_the_owner(app, plan, people, visit):
    bob = visit(people.bob)
    bob.get(f"{ROADMAP}actions/TAL-4.L3/").submit({}, action="start")
    assert stored(app).state == "in progress"
    page = bob.get(f"{ROADMAP}?view=time")
    assert "Last change: started: TAL-4.L3 (Bob" in page.words
    assert len(page.all(".//ul[@class='bars']/li")) == 16
    page.submit({}, action="undo")
    assert (stored(app).state, stored(app).started_at) == ("planned", None)
    assert bob.post(f"{ROADMAP}several", {"pick": "TAL-4.L3:1", "quarter": "3"}).status == 403
    assert visit(people.charlie).post(f"{ROADMAP}undo").status == 404


def test_the_page_says_whether_the_plan_is_on_its_way(app, plan, people, visit):
    with app.extensions["database"].transaction() as session:
        first = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-2.L2")).one()
        first.state, first.ended_at = "done", datetime(2026, 7, 20, 9, tzinfo=UTC)
        late = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-3.L3")).one()
        late.state = "in progress"
    page = visit(people.bob).get(ROADMAP)
    assert "660 points are done of the" in page.words
    assert "7,027 are in the plan." in page.words
    assert "At the pace so far" in page.words
    assert re.search(r"TAL-3.L3 [^:]*: overdue by [0-9]+ days", page.words)
    quarters = [row.words for row in page.all(".//section[@aria-labelledby='pace']//tbody/tr")]
    assert [row.split("Q")[1][:6] for row in quarters] == ["3 2026", "4 2026", "1 2027", "2 2027"]
    assert quarters[0].endswith("660")
    assert quarters[3].endswith("7,027–")


def test_the_plan_as_a_calendar_names_its_actions_as_the_calendar_of_their_owner_does(app, plan, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    answer = bob.client.get(bob.get(ROADMAP).link("Calendar"), base_url=BASE)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    alice.post(f"{ROADMAP}several", {"pick": f"TAL-4.L3:{stored(app).version}", "quarter": "4"})
    moved = bob.client.get(f"{ROADMAP}export.ics", base_url=BASE)
    address = bob.get("/settings/calendar/").submit(action="make").find(".//code").words.removeprefix(BASE)
    before, after, own = (read_back(body) for body in (answer.data, moved.data, visit().client.get(address, base_url=BASE).data))
    name = f"action-{people.north.id}-TAL-4.L3"
    assert len(before) == len(after) == 16
    assert (before[name].decoded("dtstart"), after[name].decoded("dtstart"), own[name].decoded("dtstart")) == (date(2026, 11, 6), date(2027, 5, 7), date(2027, 5, 7))
    assert before[name]["sequence"] + 1 == after[name]["sequence"] == own[name]["sequence"]
    assert list(own) == [name]
    saved = bob.client.get(f"{ROADMAP}plans/1/export.ics", base_url=BASE)
    assert read_back(saved.data).keys() == after.keys()
    assert visit(people.charlie).get(f"{ROADMAP}export.ics").status == 404


def changed_table(text, **cells):
    """The exported table with cells changed: {action id with _ for . and -: {column: value}}."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows:
        row |= cells.get(row["Action"].replace("-", "_").replace(".", "_"), {})
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_plan_goes_out_as_a_table_comes_back_changed_and_is_undone(app, plan, people, visit):
    alice = visit(people.alice)
    exported = alice.get(f"{ROADMAP}export.csv").text
    page = alice.get(f"{ROADMAP}import/")
    same = page.submit({"text": exported})
    assert "No actions would change." in same.words
    assert same.link("Nothing differs: back to the roadmap") == ROADMAP
    wrong = page.submit({"text": changed_table(exported, TAL_4_L3={"State": "done"}, TAL_2_L2={"Owner": "Charlie"})})
    assert wrong.status == 422
    assert "Two things to put right in the table" in wrong.words
    assert "Owner: Charlie is not in the team" in wrong.words
    assert "Evidence: say what shows that it is done" in wrong.words
    table = changed_table(exported, TAL_4_L3={"State": "done", "Evidence": "Ten pairs met"}, TAL_2_L2={"State": "In Progress", "Owner": "Bob"})
    dry = alice.client.post(f"{ROADMAP}import/", base_url=BASE, data={"csrf_token": alice.token(), "file": (io.BytesIO(table.encode("utf-8-sig")), "../x.csv")})
    preview = Page(alice, dry)
    assert "Two actions would change. 14 rows of the table say what the plan says already." in preview.words
    assert "State: planned → done" in preview.words
    before = stored(app)
    assert before.state == "planned"
    done = preview.submit()
    assert done.location == f"{ROADMAP}?view=list"
    after, other = stored(app), stored(app, "TAL-2.L2")
    assert (after.state, after.evidence, after.started_at is not None, after.ended_at is not None) == ("done", "Ten pairs met", True, True)
    assert (other.state, other.owner_id, other.ended_at) == ("in progress", people.bob.id, None)
    late = preview.submit({"form_key": "another"})
    assert (late.status, "The plan has changed since the table was checked" in late.words) == (422, True)
    roadmap = alice.get(ROADMAP)
    assert "Last change: imported 2 changes (Alice" in roadmap.words
    back = alice.get(f"{ROADMAP}export.csv").text
    assert "No actions would change." in page.submit({"text": back}).words
    roadmap.submit({}, action="undo")
    undone = stored(app)
    assert (undone.state, undone.evidence, undone.started_at, undone.ended_at) == ("planned", "", None, None)
    assert alice.get(f"{ROADMAP}export.csv").text == exported
    assert visit(people.bob).get(f"{ROADMAP}import/").status == 403
    assert visit(people.bob).post(f"{ROADMAP}import/run", {"text": table, "stamp": "1"}).status == 403
