"""The figures of a team: recorded, corrected, taken back, given a target, imported and taken away."""

from __future__ import annotations

from sqlalchemy import select

from app.models import Event, KpiTarget, KpiValue

KPIS = "/teams/north/kpis/"


def rows(app, kpi="K01"):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(KpiValue).where(KpiValue.kpi_id == kpi).order_by(KpiValue.id)).all()


def test_a_figure_is_recorded_corrected_with_its_history_and_taken_back(app, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    assert "No figure yet" in alice.get(KPIS).words
    form = alice.get(f"{KPIS}K01/2026-Q2/")
    refused = form.submit({"raw_accepted": "9", "raw_due": "8", "comment": "Kept"})
    assert (refused.status, rows(app)) == (422, [])
    assert "Accepted and closed cannot be more than due to finish" in refused.words
    assert "Kept" in refused.words
    assert alice.post(f"{KPIS}K01/2026-Q2/", {"seen": "", "raw_accepted": "3", "raw_due": "4", "result": "75"}).status == 422
    assert alice.post(f"{KPIS}K01/2026-Q2/", {"seen": ""}).status == 422
    form.submit({"raw_accepted": "3", "raw_due": "4"})
    page = alice.get(f"{KPIS}K01/")
    assert "Q2 2026: 75.0 % against a target of 80.0 %, n = 4, a small number. Trend: fewer than three quarters." in page.words
    assert "Close to target" in page.words
    stale = rows(app)[0].id
    correction = {"seen": str(stale), "raw_accepted": "6", "raw_due": "8"}
    assert "Enter why it is corrected" in alice.post(f"{KPIS}K01/2026-Q2/", correction).words
    assert alice.post(f"{KPIS}K01/2026-Q2/", correction | {"reason": "A list was missing."}).status == 303
    assert "since you opened the page" in alice.post(f"{KPIS}K01/2026-Q2/", correction | {"reason": "Again."}).words
    assert [(row.value, row.cases, row.is_current, row.reason) for row in rows(app)] == [(75.0, 4.0, False, ""), (75.0, 8.0, True, "A list was missing.")]
    assert "A list was missing." in alice.get(f"{KPIS}K01/2026-Q2/").words
    assert "75.0 %" in bob.get(KPIS).words
    assert bob.get(f"{KPIS}K01/2026-Q2/").status == 403
    assert alice.post(f"{KPIS}K01/2026-Q2/take-back", {"seen": str(rows(app)[-1].id), "withdrawn_because": "Another team's list."}).status == 303
    assert "No figure yet" in alice.get(KPIS).words
    assert "taken back" in alice.get(f"{KPIS}K01/2026-Q2/").words
    assert alice.post(f"{KPIS}K01/2026-Q2/take-back", {"seen": str(rows(app)[-1].id), "withdrawn_because": "Twice."}).status == 409
    with app.extensions["database"].reading() as session:
        told = session.scalars(select(Event.what).where(Event.thing == "team").order_by(Event.id)).all()
    assert told == ["recorded a figure", "corrected a figure", "took a figure back"]


def test_no_case_is_not_nought_and_a_gap_stays_a_gap(app, people, visit):
    alice = visit(people.alice)
    alice.get(f"{KPIS}K01/2026-Q1/").submit({"raw_accepted": "0", "raw_due": "0"})
    alice.get(f"{KPIS}K02/2025-Q4/").submit({"result": "71.4286"})
    page = alice.get(KPIS)
    assert "no cases" in page.words
    assert "not recorded" in page.words
    assert (rows(app)[0].value, rows(app)[0].cases) == (None, 0.0)
    for code in ("2026-Q9", "2030-Q1", "1999-Q1", "x"):
        assert alice.get(f"{KPIS}K01/{code}/").status == 404
    assert alice.get(f"{KPIS}K99/").status == 404


def test_a_target_of_the_team_has_a_reason_and_can_go_back_to_the_usual_one(app, people, visit):
    alice = visit(people.alice)
    assert "Enter why this target" in alice.post(f"{KPIS}K01/target", {"target": "90"}).words
    assert alice.post(f"{KPIS}K01/target", {"target": "90", "target_because": "The board asked for it."}).status == 303
    assert "set by Alice" in alice.get(f"{KPIS}K01/").words
    assert alice.post(f"{KPIS}K01/target", {"target": "90", "target_because": "Again."}).status == 422
    assert alice.post(f"{KPIS}K01/target", {"target": "", "target_because": "Too hopeful."}).status == 303
    assert "the usual one" in alice.get(f"{KPIS}K01/").words
    assert alice.post(f"{KPIS}K29/target", {"target": "5", "target_because": "No."}).status == 409
    with app.extensions["database"].reading() as session:
        assert len(session.scalars(select(KpiTarget)).all()) == 2


def test_a_table_is_tried_first_stored_whole_and_what_goes_out_comes_in_again(app, people, visit):
    alice = visit(people.alice)
    wrong = alice.get(f"{KPIS}import/").submit({"text": "kpi,quarter,raw_numbers\nK01,2026-Q2,accepted=6; due=8\nK02,2026-Q2,on_time=9; closed=7\n"})
    assert wrong.status == 422
    assert "Line 3, raw_numbers: closed on time cannot be more than closed" in wrong.words
    tried = alice.get(f"{KPIS}import/").submit({"text": "kpi;quarter;raw_numbers\nK01;2026-Q2;\"accepted=6; due=8\"\nK02;2026-Q2;\"on_time=5; closed=7\"\n"})
    assert "Two figures would be new and no figures corrected." in tried.words
    assert rows(app) == []
    assert tried.submit({}, action="import/run").location == KPIS
    assert [row.value for row in rows(app)] == [75.0]
    out = alice.get(f"{KPIS}export.csv")
    assert out.text.splitlines()[1] == '"K01","2026-Q2","accepted=6; due=8","","",""'
    assert "Nothing is new" in alice.get(f"{KPIS}import/").submit({"text": out.text}).words
    changed = out.text.replace("accepted=6", "accepted=7")
    assert "Enter why figures are corrected" in alice.post(f"{KPIS}import/run", {"text": changed}).words
    assert alice.post(f"{KPIS}import/run", {"text": changed, "import_because": "One was missing."}).status == 303
    assert [(row.value, row.is_current, row.reason) for row in rows(app)] == [(75.0, False, ""), (87.5, True, "One was missing.")]
    empty = alice.get(f"{KPIS}empty.csv").text
    assert "Eight figures would be new" in alice.get(f"{KPIS}import/").submit({"text": empty}).words


def test_the_catalogue_explains_every_measure(people, visit):
    bob = visit(people.bob)
    page = bob.get("/kpis/")
    assert "These 33 measures stand beside it" in page.words
    assert page.words.count("To begin with") == 8
    one = bob.get("/kpis/K06/")
    assert "Count only milestones an outsider could check." in one.words
    assert "DEL-2.L3" in one.words
    assert bob.get("/kpis/K99/").status == 404
    assert "KPI K06" in bob.get("/search?q=milestone hit").words


def test_the_pmo_lead_sees_all_teams_from_the_sums_of_their_raw_numbers(app, people, visit):
    common = {"kpi_id": "K04", "quarter": 8105, "cases": None}
    with app.extensions["database"].transaction() as session:
        session.add(KpiValue(team_id=people.north.id, value=0.875, inputs={"ev": 84000, "ac": 96000}, **common))
        session.add(KpiValue(team_id=people.south.id, value=150 / 140, inputs={"ev": 150000, "ac": 140000}, **common))
        session.add(KpiValue(team_id=people.south.id, value=14.0, inputs={"median": 14, "closed": 3}, kpi_id="K16", quarter=8105, cases=3.0))
    petra = visit(people.petra)
    page = petra.get("/programme/kpis/?quarter=2026-Q2&kpi=K04")
    assert "0.99" in page.words
    assert "medians are not added up" in page.words
    assert "0.88" in page.words
    assert "1.07" in page.words
    assert "No figure for Q1 2026" in petra.get("/programme/kpis/?quarter=2026-Q1").words
    table = petra.get("/programme/kpis/export.csv").text.splitlines()
    assert len(table) == 4
    assert '"K04","Cost performance (portfolio CPI)","2026-Q2","0.875","ratio","","0.95","off target","ev=84000; ac=96000"' in table[1]
    assert "KPI" in visit(people.alice).get("/teams/north/").words
