"""What a lead may wish for before a plan is worked out."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from app.jobs import work_once
from app.maturity.queries.roadmap_offer import InUse, days_left
from app.maturity.wishes import Offer, read_wishes, standing
from app.models import PlannedAction, SavedRoadmap
from app.work import KINDS
from tests.support.roadmaps import har_plan, har_round

ROADMAP = "/teams/north/roadmap/"
OFFER = Offer(("PMO analyst", "PMO lead"), {"GOV": 3, "TAL": 4}, 5, ("TAL-1.L2", "TAL-2.L2", "TAL-4.L3"), {"TAL-4.L3": 2})


def test_wishes_are_read_field_by_field() -> None:
    posted = {
        "role.1": "10", "role.2": "", "target.GOV": "3", "target.TAL": " 5 ", "place.TAL-1.L2": "2", "place.TAL-2.L2": "out", "days.TAL-1.L2": "9",
        "left.TAL-4.L3": "1", "csrf_token": "x", "role": "admin",
    }
    wishes = read_wishes(OFFER, posted)
    assert (wishes.role_limits, wishes.targets, wishes.efforts) == ({"PMO analyst": 10}, {"TAL": 5}, {"TAL-1.L2": 9})
    assert (wishes.started, wishes.pinned, wishes.banned, wishes.faults) == ({"TAL-4.L3": 1}, {"TAL-1.L2": 2}, ("TAL-2.L2",), [])
    problem = wishes.added_to({"targets": {"GOV": 3, "TAL": 4}, "wip": 4})
    assert problem == {
        "targets": {"GOV": 3, "TAL": 5}, "wip": 4, "role_limits": {"PMO analyst": 10}, "efforts": {"TAL-1.L2": 9}, "started": {"TAL-4.L3": 1},
        "pinned": {"TAL-1.L2": 2}, "banned": ["TAL-2.L2"],
    }
    assert standing(OFFER, problem) == {
        "role.1": "10", "target.TAL": "5", "days.TAL-1.L2": "9", "left.TAL-4.L3": "1", "place.TAL-1.L2": "2", "place.TAL-2.L2": "out",
    }


def test_what_is_under_way_goes_on_unless_it_is_stopped() -> None:
    assert read_wishes(OFFER, {}).started == {"TAL-4.L3": 2}
    stopped = read_wishes(OFFER, {"place.TAL-4.L3": "out"})
    assert (stopped.started, stopped.banned) == ({}, ("TAL-4.L3",))


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("role.1", "-1", "PMO analyst: enter the days a quarter as a whole number from 0 to 500"),
    ("target.GOV", "6", "GOV: enter the target as a whole number from 1 to 5"),
    ("days.TAL-1.L2", "٣", "TAL-1.L2: enter the days as a whole number from 1 to 500"),
    ("left.TAL-4.L3", "501", "TAL-4.L3: enter the days left as a whole number from 0 to 500"),
    ("place.TAL-1.L2", "9", "TAL-1.L2: choose a quarter from the list"),
    ("place.NO-1.L2", "1", "The form names something this plan no longer offers"),
])
def test_wishes_that_cannot_be_are_named_at_their_field(field: str, typed: str, sentence: str) -> None:
    wishes = read_wishes(OFFER, {field: typed})
    assert [where for where, _ in wishes.faults] == [field if "NO-" not in field else ""]
    assert sentence in wishes.faults[0][1]
    assert wishes.typed[field] == typed


def stored(app, number):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(SavedRoadmap).where(SavedRoadmap.number == number)).one()


def test_a_plan_is_worked_out_with_the_wishes_and_from_what_is_under_way(app, people, visit):
    with app.extensions["database"].transaction() as session:
        har_plan(session, people.north, har_round(session, people.north))
        running = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-4.L3")).one()
        running.state, running.steps_done = "in progress", [1, 2]
    alice = visit(people.alice)
    form = alice.get(f"{ROADMAP}plan/")
    assert "One action under way goes on in the first quarter with what is left: TAL-4.L3." in form.words
    fields = {
        "days": "25", "wip": "4", "starts_on": "2026-11-16", "label": "Analyst on leave", "most_per_dimension": "2", "quarter_2": "15",
        "place.TAL-1.L2": "3", "place.STK-1.L3": "out", "days.TAL-5.L2": "7", "target.KNO": "2", "keep_points": "40",
    }
    refused = form.submit({**fields, "place.TAL-4.L3": "99", "days.TAL-5.L2": "many"})
    assert refused.status == 422
    assert "TAL-5.L2: enter the days as a whole number from 1 to 500" in refused.words
    assert 'value="many"' in refused.text
    assert 'value="Analyst on leave"' in refused.text

    assert form.submit(fields).location == f"{ROADMAP}plans/2/"
    asked = stored(app, 2)
    assert (asked.label, asked.capacity, asked.inputs["most_per_dimension"]) == ("Analyst on leave", [25, 15, 25, 25], 2)
    assert (asked.inputs["pinned"], asked.inputs["banned"], asked.inputs["efforts"]) == ({"TAL-1.L2": 3}, ["STK-1.L3"], {"TAL-5.L2": 7})
    assert (asked.inputs["started"], asked.inputs["targets"]["KNO"], asked.inputs["keep_points"]) == ({"TAL-4.L3": 4}, 2, 40)
    assert asked.inputs["keep"]["STK-5.L2"] == 2

    assert work_once(app.extensions["database"], KINDS)
    plan = {entry["action"]: entry for entry in stored(app, 2).plan["plan"]}
    assert (plan["TAL-1.L2"]["quarter"], plan["TAL-4.L3"]["quarter"], plan["TAL-4.L3"]["role"]) == (3, 1, "under way")
    assert "STK-1.L3" not in plan
    page = alice.get(f"{ROADMAP}plans/2/")
    assert "Goes on" in page.words
    assert "It is under way, so it goes on first." in page.words
    assert "It was fixed to Q2 2027." in page.words
    assert re.search(r"[0-9]+ of [0-9]+ actions stay in the quarter they had; staying counts 40 points each.", page.words)
    again = alice.get(f"{ROADMAP}plan/?like=2")
    assert 'value="Analyst on leave"' in again.text
    assert again.find(".//select[@id='place.TAL-1.L2']/option[@selected]").words == "Quarter 3"


def test_wishes_that_contradict_each_other_are_refused_before_anything_is_stored(app, people, visit):
    with app.extensions["database"].transaction() as session:
        har_round(session, people.north)
    form = visit(people.alice).get(f"{ROADMAP}plan/")
    answer = form.submit({"starts_on": "2026-11-16", "place.TAL-2.L3": "1", "place.TAL-2.L2": "2"})
    assert answer.status == 422
    assert "TAL-2.L3: it is pinned to quarter 1, but it needs TAL-2.L2, pinned to quarter 2." in answer.words
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(SavedRoadmap)).all() == []


def test_the_quarters_to_stay_in_follow_the_calendar_of_the_new_plan() -> None:
    now = InUse(1, {}, {"late": date(2026, 9, 4), "soon": date(2026, 12, 18), "far": date(2027, 5, 28), "beyond": date(2028, 1, 7)})
    assert now.keep(date(2026, 11, 16), 4) == {"late": 1, "soon": 1, "far": 3}


def test_a_variant_stands_beside_the_plan_in_use_and_plans_are_compared(app, people, visit):
    with app.extensions["database"].transaction() as session:
        round_ = har_round(session, people.north)
        har_plan(session, people.north, round_)
        variant = har_plan(session, people.north, round_, current=False, number=2)
        entries = [dict(entry) for entry in variant.plan["plan"] if entry["action"] != "STK-5.L2"]
        next(entry for entry in entries if entry["action"] == "TAL-4.L3")["quarter"] = 3
        variant.label, variant.plan = "Less at once", {**variant.plan, "plan": entries, "value": 6547}
    alice = visit(people.alice)
    page = alice.get(f"{ROADMAP}plans/2/")
    assert page.h1 == "Plan 2: Less at once"
    assert "One moves, one goes; 14 stay in their quarter. In points that is -480 against what is still open there." in page.words
    compared = alice.get(f"{ROADMAP}compare/?plan=2&plan=1&plan=x&plan=99")
    rows = {row.words.split()[0]: row.words for row in compared.all(".//tbody/tr")}
    assert rows["STK-5.L2"].endswith("Q2 2027not in it")
    assert rows["TAL-4.L3"].endswith("Q4 2026Q1 2027")
    assert len(rows) == 17
    assert "Nothing to compare yet" in alice.get(f"{ROADMAP}compare/?plan=1").words


def test_steps_done_before_the_plan_are_not_counted_twice() -> None:
    """TAL-4.L3 takes 6 days in five steps: two steps done leave 4 days, in the first plan and in those after it."""
    first = PlannedAction(action_id="TAL-4.L3", effort=6, role="gap", steps_done=[1, 2])
    again = PlannedAction(action_id="TAL-4.L3", effort=4, role="under way", steps_done=[1, 2])
    further = PlannedAction(action_id="TAL-4.L3", effort=4, role="under way", steps_done=[1, 2, 3, 4])
    assert [days_left("pmo-maturity", action) for action in (first, again, further)] == [4, 4, 2]


def test_trying_a_plan_of_one_level_up_again_leaves_the_targets_to_its_view(app, people, visit):
    with app.extensions["database"].transaction() as session:
        har_round(session, people.north)
    alice = visit(people.alice)
    alice.get(f"{ROADMAP}plan/").submit({"starts_on": "2026-11-16", "target_view": "next", "role.1": "7"})
    page = alice.get(f"{ROADMAP}plan/?like=1")
    assert page.find(".//input[@id='target.TAL']").get("value") == ""
    assert page.find(".//input[@id='role.1']").get("value") == "7"
    assert page.find(".//input[@name='target_view'][@checked]").get("value") == "next"
