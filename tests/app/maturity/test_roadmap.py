"""Planning a roadmap, taking it into use, and reading it."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from datetime import date

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from app import clock
from app.content import library
from app.jobs import work_once
from app.maturity.solving import model
from app.models import AssessmentRound, Attachment, Job, PlannedAction, SavedRoadmap
from app.records.results import store_result
from app.work import KINDS
from assessments.planning.document import plan_request
from tests.support.build import a_round, answered
from tests.support.documents import rows_of as rows_of_sheet
from tests.support.documents import slides_of, text_of
from tests.support.roadmaps import har_plan, har_round
from tests.support.statements import counted

HAR_PLAN = {
    1: ["STK-1.L3", "TAL-2.L2", "TAL-2.L3", "TAL-3.L3"],
    2: ["TAL-1.L2", "TAL-4.L3", "TAL-5.L2", "TAL-6.L3"],
    3: ["MTH-2.L2", "MTH-2.L3", "STK-2.L3", "TAL-5.L3"],
    4: ["KNO-6.L2", "MTH-3.L3", "MTH-6.L3", "STK-5.L2"],
}
ROADMAP = "/teams/north/roadmap/"


def stored(app, number=1):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(SavedRoadmap).where(SavedRoadmap.number == number)).one()


def write(app, build):
    with app.extensions["database"].transaction() as session:
        return build(session)


def planned(app, people, current=True, **more):
    def build(session):
        round_ = har_round(session, people.north)
        return har_plan(session, people.north, round_, current=current, **more)
    return write(app, build)


def ask(site, **fields):
    return site.get(f"{ROADMAP}plan/").submit({"days": "25", "wip": "4", "starts_on": "2026-11-16", **fields})


def test_harbour_city_gets_its_best_plan_through_the_site(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    alice = visit(people.alice)
    answer = ask(alice)
    assert (answer.status, answer.location) == (303, f"{ROADMAP}plans/1/")
    assert "Looking for the best plan" in alice.get(answer.location).words
    assert alice.get(f"{answer.location}status").response.json == {"stage": "working", "progress": 0, "says": "Waiting for its turn"}

    assert work_once(app.extensions["database"], KINDS)
    saved = stored(app)
    assert (saved.plan["value"], saved.plan["earliness"], saved.plan["effort"], saved.plan["status"]) == (7027, 16099, 100, "optimal")
    found = {q: sorted(e["action"] for e in saved.plan["plan"] if e["quarter"] == q) for q in HAR_PLAN}
    assert found == HAR_PLAN
    assert "Still being worked out" in alice.get(answer.location).words
    assert alice.get(f"{answer.location}status").response.json["stage"] == "ready"
    assert work_once(app.extensions["database"], KINDS)
    assert not work_once(app.extensions["database"], KINDS)
    saved = stored(app)
    found = [(entry["days"], entry["at_a_time"], entry["quarters"], entry["value"]) for entry in saved.sensitivity]
    assert found[:3] == [(1, 0, 0, 7127), (2, 0, 0, 7267), (5, 0, 0, 7475)]
    assert found[4] == (0, 1, 0, 7079)
    assert [each[:3] for each in found[3::2]] == [(10, 0, 0), (0, 0, 1)]
    assert min(found[3][3], found[5][3]) > 7475

    page = alice.get(answer.location)
    assert "1.77 → 2.30" in page.words
    assert "7,027 points against 6,463" in page.words
    assert "8.7 %" in page.words
    assert "Proven best" in page.words
    assert "One more day a quarter is worth 100 points; five more days 448 points." in page.words
    assert "This plan brings 564 points or 8.7 % more for the same limits." in page.words
    assert "Q4 2026. It can begin at once, and early points count longer." in page.words
    assert re.findall(r"<text[^>]*>(now|[+][0-9]+)</text>", page.text) == ["now", "+1", "+2", "+5", "+10"]
    assert "38 useful actions did not make it: 32 for capacity, 6 because they need another one first." in page.words
    assert alice.get(f"{answer.location}status").response.json["stage"] == "whole"


def test_a_plan_is_taken_into_use_and_its_actions_fall_due_on_fridays(app, people, visit):
    planned(app, people, current=False)
    alice = visit(people.alice)
    assert "No plan is in use" in alice.get(ROADMAP).words
    answer = alice.get(f"{ROADMAP}plans/1/").submit({}, action="adopt")
    assert answer.location == ROADMAP
    page = alice.get(ROADMAP)
    assert [q.get("aria-label") for q in page.all(".//section[@class]") if "quarter" in q.get("class").split()] == ["Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027"]
    assert "Collect skill self-ratings" in page.words
    with app.extensions["database"].reading() as session:
        first = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-2.L2")).one()
    assert (first.due_on, first.due_on.weekday()) == (date(2026, 7, 17), 4)
    assert (first.state, first.value, first.effort, first.role) == ("planned", 660, 3, "quick win")


def test_a_plan_is_taken_into_use_once(app, people, visit):
    planned(app, people, current=False)
    alice = visit(people.alice)
    page = alice.get(f"{ROADMAP}plans/1/")
    page.submit({}, action="adopt")
    assert alice.post(f"{ROADMAP}plans/1/adopt").status == 409


def test_a_second_plan_replaces_the_first_which_stays_readable(app, people, visit):
    planned(app, people)

    with app.extensions["database"].transaction() as session:
        first = session.scalars(select(SavedRoadmap)).one()
        running = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-4.L3")).one()
        running.state, running.owner_id, running.steps_done = "in progress", people.bob.id, [1, 2]
        har_plan(session, people.north, session.get_one(AssessmentRound, first.round_id), current=False, number=2)
    alice = visit(people.alice)
    assert "Plan 2 is worked out and not in use" in alice.get(ROADMAP).words
    second = alice.get(f"{ROADMAP}plans/2/")
    assert "Nothing: every open action stands in the same quarter." in second.words
    refused = second.submit({}, action="adopt")
    assert refused.status == 422
    assert "Say why plan 2 is better than plan 1, which is in use" in refused.words
    second.submit({"adopted_because": "The analyst is back."}, action="adopt")
    assert "Approved by Alice on" in alice.get(ROADMAP).words
    assert "The analyst is back." in alice.get(ROADMAP).words
    action = alice.get(f"{ROADMAP}actions/TAL-4.L3/")
    assert "In progress" in action.words or "behind" in action.words
    assert "Bob" in action.words
    old = alice.get(f"{ROADMAP}plans/1/")
    assert "Was in use" in old.words
    assert "Launch the mentoring programme" in old.words


def test_planning_again_does_not_propose_what_is_done(app, people, visit):
    planned(app, people)
    with app.extensions["database"].transaction() as session:
        for action in session.scalars(select(PlannedAction).where(PlannedAction.action_id.in_(["TAL-2.L2", "TAL-2.L3"]))):
            action.state, action.ended_at = "done", clock.now()
    alice = visit(people.alice)
    assert "Two actions done since then count as reached and will not be proposed again: TAL-2.L2 and TAL-2.L3." in alice.get(f"{ROADMAP}plan/").words
    ask(alice)
    saved = stored(app, 2)
    assert saved.inputs["levels"]["TAL-2"] == 3
    assert work_once(app.extensions["database"], KINDS)
    answer = stored(app, 2).plan
    assert not {"TAL-2.L2", "TAL-2.L3"} & set(answer["candidates"])
    page = alice.get(f"{ROADMAP}plans/2/")
    assert "of it comes from actions done since round 1" in page.words


def test_one_level_up_aims_at_most_one_level_above_what_a_dimension_has_reached(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    ask(visit(people.alice), target_view="next")
    assert stored(app).inputs["targets"] == {"GOV": 3, "STR": 2, "MTH": 3, "DEL": 2, "TAL": 2, "STK": 3, "VAL": 2, "KNO": 3}


def test_single_quarters_may_have_other_days(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    ask(visit(people.alice), quarter_2="10", horizon="3")
    assert stored(app).capacity == [25, 10, 25]


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"days": "0"}, "No useful action fits into the days given."), ({"wip": "0"}, "The plan was allowed no action at a time."),
])
def test_a_plan_without_room_is_empty_and_says_why(app, people, visit, fields, sentence):
    write(app, lambda session: har_round(session, people.north))
    alice = visit(people.alice)
    ask(alice, **fields)
    assert work_once(app.extensions["database"], KINDS)
    page = alice.get(f"{ROADMAP}plans/1/")
    assert "The plan is empty." in page.words
    assert sentence in page.words
    assert alice.post(f"{ROADMAP}plans/1/adopt").status == 409


def test_numbers_and_dates_that_cannot_be_are_refused_and_nothing_is_stored(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    page = visit(people.alice).get(f"{ROADMAP}plan/")
    wrong = [
        {"days": value} for value in ("", "-1", "501", "١", "1_0", "+3", "3.0", "nan", "1e309", "-0", "9" * 5000)
    ] + [{"horizon": "0"}, {"horizon": "9"}, {"wip": "21"}, {"quarter_1": "-5"}, {"quarter_8": "5"}, {"target_view": "far"}] + [
        {"starts_on": value} for value in ("", "2026-02-30", "1900-01-01", "9999-01-04", "２０２６-11-16", "2026-11-17")
    ]
    for fields in wrong:
        answer = page.submit(fields)
        assert answer.status == 422, fields
        assert "to put right" in answer.words
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(SavedRoadmap)).all() == []
        assert session.scalars(select(Job)).all() == []


def test_asking_twice_with_one_form_makes_one_plan(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    page = visit(people.alice).get(f"{ROADMAP}plan/")
    assert [page.submit({}).location for _ in range(2)] == [f"{ROADMAP}plans/1/"] * 2
    with app.extensions["database"].reading() as session:
        assert len(session.scalars(select(SavedRoadmap)).all()) == 1


def test_a_team_without_a_closed_round_is_told_what_to_do_first(app, people, visit):
    alice = visit(people.alice)
    assert alice.get(ROADMAP).link("Plan a roadmap") == f"{ROADMAP}plan/"
    page = alice.get(f"{ROADMAP}plan/")
    assert "Nothing to plan from yet" in page.words
    values = {"days": "25", "wip": "4", "horizon": "4", "starts_on": "2026-11-16", "target_view": "full"}
    assert alice.post(f"{ROADMAP}plan/", values).status == 409


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_round_in_which_nobody_filled_in_enough_is_no_start_of_a_plan(app, people, visit):
    write(app, lambda session: har_round(session, people.north))
    with app.extensions["database"].transaction() as session:
        round_, (bob,) = a_round(session, people.north, [(people.bob, "users")], number=2, closed_at=clock.now())
        asked = library().questionnaires["pmo-maturity"]
        answered(session, bob, {item.id: "DK" for item in asked.items})
        round_.state = "closed"
        session.flush()
        store_result(session, round_, asked)
    alice = visit(people.alice)
    assert alice.get(f"{ROADMAP}plan/").submit({"days": "25"}).status == 303
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(AssessmentRound.number).join(SavedRoadmap, SavedRoadmap.round_id == AssessmentRound.id)) == 1
    result = alice.get("/teams/north/rounds/2/results/")
    assert "There are no figures to draw" in result.words
    assert "nobody did at all" not in result.words
    assert result.link("Set up a round") == "/teams/north/rounds/new/"
    assert "Plan a roadmap" not in result.words


def test_a_plan_that_cannot_be_worked_out_says_so(app, people, visit):
    saved = planned(app, people, current=False)
    with app.extensions["database"].transaction() as session:
        row = session.get_one(SavedRoadmap, saved.id)
        row.state, row.plan, row.sensitivity, row.inputs = "waiting", None, None, {"model": "gone", "levels": {}, "horizon": 4, "capacity": [1] * 4}
        session.add(Job(kind="plan roadmap", thing_id=row.id))
    assert work_once(app.extensions["database"], KINDS)
    page = visit(people.alice).get(f"{ROADMAP}plans/1/")
    assert "No plan came of this." in page.words
    assert "no longer installed" in page.words


def test_who_may_see_and_who_may_plan(app, people, visit):
    planned(app, people, current=False)
    for reader in (people.alice, people.bob, people.petra):
        for address in (ROADMAP, f"{ROADMAP}plans/1/", f"{ROADMAP}plans/1/status", f"{ROADMAP}plans/1/export.csv"):
            assert visit(reader).get(address).status == 200, (reader.name, address)
    for stranger in (people.charlie, people.adam):
        for address in (ROADMAP, f"{ROADMAP}plan/", f"{ROADMAP}plans/1/", f"{ROADMAP}plans/1/status", f"{ROADMAP}plans/1/export.csv"):
            assert visit(stranger).get(address).status == 404, (stranger.name, address)
        assert visit(stranger).post(f"{ROADMAP}plans/1/adopt").status == 404
        assert visit(stranger).post(f"{ROADMAP}plan/").status == 404
    bob = visit(people.bob)
    assert (bob.get(f"{ROADMAP}plan/").status, bob.post(f"{ROADMAP}plan/").status, bob.post(f"{ROADMAP}plans/1/adopt").status) == (403, 403, 403)
    assert "Use this plan" not in bob.get(f"{ROADMAP}plans/1/").words
    assert visit().get(ROADMAP).status == 303
    petra = visit(people.petra)
    assert petra.post(f"{ROADMAP}plans/1/adopt").status == 303
    assert visit(people.charlie).get("/teams/south/roadmap/plans/1/").status == 404
    assert petra.get(f"{ROADMAP}plans/2147483648/").status == 404


def test_a_member_who_may_not_read_the_result_sees_the_plan_without_the_index(app, people, visit):
    planned(app, people)
    page = visit(people.bob).get(ROADMAP)
    assert "1.77" not in page.words
    assert "Where will we stand" not in page.words
    assert "+0.53" in page.words


def test_the_export_reads_back_as_it_stands(app, people, visit):
    planned(app, people)
    with app.extensions["database"].transaction() as session:
        row = session.scalars(select(PlannedAction).where(PlannedAction.action_id == "TAL-2.L3")).one()
        session.add_all(Attachment(person_id=people.bob.id, planned_action_id=row.id, **one) for one in ({"key": "f" * 32, "name": "=a.pdf"}, {"link": "https://a.example/"}))
    answer = visit(people.bob).get(f"{ROADMAP}export.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="north-roadmap-1.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 16
    first = next(row for row in rows if row["Action"] == "TAL-2.L3")
    assert (first["Quarter"], first["Days"], first["Weeks"], first["Points"], first["Needs"]) == ("Q3 2026", "6", "6", "550", "TAL-2.L2")
    assert (first["From level"], first["To level"], first["State"], first["Due"]) == ("2", "3", "planned", "2026-08-28")
    assert first["Files"] == "'=a.pdf; https://a.example/"


def test_the_json_export_can_be_planned_again_from_the_command_line(app, people, visit):
    planned(app, people)
    answer = visit(people.bob).get(f"{ROADMAP}export.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="north-roadmap-1.json"'
    body = json.loads(answer.text)
    assert (body["in_use"], body["answer"]["value"], len(body["actions"])) == (True, 7027, 16)
    assert plan_request(body["problem"], model).problem.capacity == (25, 25, 25, 25)
    assert visit(people.charlie).get(f"{ROADMAP}export.json").status == 404


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_report_slides_and_workbook_of_a_plan_read_back_as_they_stand(app, people, visit):
    planned(app, people)
    alice, bob = visit(people.alice), visit(people.bob)
    files = {kind: alice.get(f"{ROADMAP}export.{kind}").body for kind in ("pdf", "pptx", "xlsx")}
    words = text_of(files["pdf"])
    report = PdfReader(io.BytesIO(files["pdf"]))
    assert (report.metadata.title, report.trailer["/Root"]["/Lang"][:2], len(report.pages)) == ("North: roadmap", "en", 3)
    for said in ("1.77 → 2.30", "7,027 points against 6,463. Proven best.", "Q3 2026 29 Jun to 25 Sep: 25 of 25 days planned", "38 useful actions did not make it"):
        assert said in words, said
    for action in itertools.chain(*HAR_PLAN.values()):
        assert action in words

    actions = {row["Action"]: row for row in rows_of_sheet(files["xlsx"], "Actions")}
    assert {q: sorted(a for a in actions if actions[a]["Quarter"] == name) for q, name in enumerate(("Q3 2026", "Q4 2026", "Q1 2027", "Q2 2027"), 1)} == HAR_PLAN
    assert (actions["TAL-2.L3"]["Days"], actions["TAL-2.L3"]["Points"], actions["TAL-2.L3"]["Due"].date()) == (6, 550, date(2026, 8, 28))
    gantt = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))["Gantt"]
    rows = {row[0].value: row for row in gantt.iter_rows() if row[0].value in actions}
    filled = {name: [n for n, cell in enumerate(row[5:], 1) if cell.fill.fill_type == "solid"] for name, row in rows.items()}
    assert filled["TAL-2.L3"] == [4, 5, 6, 7, 8, 9]                     # six weeks up to Friday 28 August, the ninth week
    assert [rows["TAL-2.L3"][4 + week].value for week in (4, 9)] == ["S", "F"]
    assert {name: len(weeks) for name, weeks in filled.items()} == {name: row["Weeks"] for name, row in actions.items()}
    assert len(rows_of_sheet(files["xlsx"], "Left out")) == 38

    slides = slides_of(files["pptx"])
    assert len(slides) == 2
    assert slides[0].shapes.title.text_frame.text.startswith("16 actions in four quarters")
    ahead = [shape.chart for shape in slides[1].shapes if shape.has_chart][0]
    assert dict(zip(ahead.plots[0].categories, ahead.plots[0].series[0].values, strict=True))["TAL"] == 3.1

    for kind in files:                                                  # whoever may not read the result finds no figure of it
        body = bob.get(f"{ROADMAP}export.{kind}").body
        assert "1.77" not in text_of(body), kind
        assert visit(people.charlie).get(f"{ROADMAP}export.{kind}").status == 404
    assert bob.get(f"{ROADMAP}plans/1/export.pdf").headers["Content-Disposition"] == 'attachment; filename="north-roadmap-1.pdf"'
    assert bob.get(f"{ROADMAP}plans/9/export.pdf").status == 404


def test_the_roadmap_takes_the_same_statements_however_many_actions_and_plans(app, people, visit):
    planned(app, people)
    site = visit(people.alice)
    with counted(app) as all_actions:
        site.get(ROADMAP)
    with app.extensions["database"].transaction() as session:
        round_ = session.scalars(select(AssessmentRound)).one()
        for number in range(2, 5):
            har_plan(session, people.north, round_, current=False, number=number)
        for action in session.scalars(select(PlannedAction).limit(12)).all():
            session.delete(action)
    with counted(app) as few_actions:
        site.get(ROADMAP)
    assert len(all_actions) == len(few_actions) <= 12


def test_a_round_closed_since_the_plan_was_made_is_told_to_those_who_plan(app, people, visit):
    said = "has closed since this plan was made"
    planned(app, people)
    assert said not in visit(people.alice).get(ROADMAP).words
    write(app, lambda session: har_round(session, people.north, number=2))
    page = visit(people.alice).get(ROADMAP)
    assert f"Round 2 {said}" in page.words
    assert (page.link("See what worked"), page.link("plan again")) == (f"{ROADMAP}proof/", f"{ROADMAP}plan/")
    assert said not in visit(people.bob).get(ROADMAP).words
