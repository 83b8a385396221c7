"""What worked: finished actions against the next round, for a team and over all teams; days taken are learned from."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from app import clock
from app.models import KpiValue, Membership, PlannedAction, PublishedResult, Team
from app.records.results import store_result
from assessments.measures import quarter_of
from tests.app.maturity.test_trend import MODEL
from tests.support.anonymous import ITEMS, crowd
from tests.support.build import a_round, answered, closed_round, current_roadmap
from tests.support.statements import counted

DUE = date(2026, 11, 1)


def plan(session, team, *actions, days=None):
    """A plan in use of which all these actions are done; *days* are what each took."""
    first = closed_round(session, team)
    current_roadmap(session, team, first, [(name, "done", DUE, None) for name in actions])
    for row in session.scalars(select(PlannedAction).join(PlannedAction.roadmap).where(PlannedAction.roadmap.has(team_id=team.id))):
        row.ended_at, row.actual_days = clock.now() - timedelta(days=3), days
    first.closed_at = clock.now() - timedelta(days=90)
    session.flush()


def measured(session, team, people, levels, **more):
    """The next round of a team: everybody answers these levels, and 2 elsewhere."""
    round_, asked = a_round(session, team, [(p, "users") for p in people], number=2, state="closed", closed_at=clock.now(), **more)
    for invitation in asked:
        answered(session, invitation, {item: levels.get(item, 2) for item in ITEMS})
    store_result(session, round_, MODEL)
    return round_


def test_promised_and_measured_of_one_team_with_the_whole_thread(app, people, visit):
    alice = visit(people.alice)
    assert "No action is finished yet" in alice.get("/teams/north/roadmap/proof/").words
    with app.extensions["database"].transaction() as session:
        plan(session, people.north, "TAL-4.L3", "STK-1.L3", days=9)
    assert "nothing is measured yet" in alice.get("/teams/north/roadmap/proof/").words
    with app.extensions["database"].transaction() as session:
        members = crowd(session, 3)
        measured(session, people.north, members, {"TAL-4": 3, "STK-1": 2})
    page = alice.get("/teams/north/roadmap/proof/")
    assert "Two finished actions are measured: 1 verified, 1 not." in page.words
    rows = {row.element.findtext(".//th//span"): "".join(row.element.itertext()) for row in page.all(".//tbody/tr")}
    assert "Verified" in rows["TAL-4"]
    assert "Promised from 2 to 3; round 2: level 3" in rows["TAL-4"]
    assert "Not verified" in rows["STK-1"]
    assert "9 taken" in rows["STK-1"]
    links = {link.get("href") for link in page.all(".//tbody//a")}
    assert {"/items/TAL-4/", "/teams/north/roadmap/actions/TAL-4.L3/", "/skills/team/north/", "/teams/north/rounds/2/results/"} <= links
    assert "nothing is measured yet" in visit(people.bob).get("/teams/north/roadmap/proof/").words  # he was not asked in that round
    assert visit(people.charlie).get("/teams/north/roadmap/proof/").status == 404


def test_the_measure_an_action_names_is_told_with_its_movement(app, people, visit):
    now = quarter_of(clock.today())
    with app.extensions["database"].transaction() as session:
        plan(session, people.north, "TAL-4.L3", "STK-1.L3")
        for quarter, value in ((now, 40.0), (now + 1, 45.0), (now + 2, 60.0), (now + 3, 90.0)):
            session.add(KpiValue(team_id=people.north.id, kpi_id="K20", quarter=quarter, value=value, cases=20.0))
    page = visit(people.alice).get("/teams/north/roadmap/proof/")
    told = {link.get("href"): link.words for link in page.all(".//tbody//a") if "/kpis/" in link.get("href")}
    assert "went from 40.0 % to 60.0 %: the way it should" in told["/teams/north/kpis/K20/"]
    assert "no figure at the start" in told["/teams/north/kpis/K08/"]


def test_over_all_teams_nothing_is_told_of_fewer_than_three(app, people, visit):
    petra = visit(people.petra)
    assert "No action is finished yet" in petra.get("/programme/proof/").words
    with app.extensions["database"].transaction() as session:
        members = crowd(session, 3)
        for n, took in enumerate((8, 9, 7)):
            team = Team(slug=f"t{n}", name=f"Team {n}", pmo_type="SUP")
            session.add(team)
            session.flush()
            plan(session, team, *(["TAL-4.L3", "STK-1.L3"] if n else ["TAL-4.L3"]), days=took)
            measured(session, team, members, {"TAL-4": 3 if n else 2})
        session.add(Membership(person_id=people.bob.id, team_id=team.id))
    with counted(app) as statements:
        page = petra.get("/programme/proof/")
    assert len(statements) <= 6
    rows = {row.element.findtext(".//th//span"): "".join(row.element.itertext()) for row in page.all(".//tbody/tr")}
    assert "Three teams finished it; 2 of 3 measured since stand on level 3" in rows["TAL-4.L3"]
    assert "mean of 8.0 in n = 3 teams" in rows["TAL-4.L3"]
    assert "Two teams finished it.6" in rows["STK-1.L3"]  # nothing of how many rose; the days of the catalogue come next
    assert "too few teams" in rows["STK-1.L3"]
    assert visit(people.alice).get("/programme/proof/").status in (403, 404)


def test_days_taken_are_stored_with_the_evidence_and_wrong_ones_refused(app, people, visit):
    with app.extensions["database"].transaction() as session:
        plan(session, people.north, "TAL-4.L3")
    site, here = visit(people.alice), "/teams/north/roadmap/actions/TAL-4.L3/"
    refused = site.get(here).submit({"evidence": "The list of pairs.", "actual_days": "many"}, action="evidence")
    assert refused.status == 422
    assert "from 0 to 999" in refused.words
    assert "The list of pairs." in refused.text
    assert site.get(here).submit({"evidence": "The list of pairs.", "actual_days": "7"}, action="evidence").status == 303
    assert "took 7 days" in site.get(here).words
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(PlannedAction.actual_days)).one() == 7
        assert session.scalars(select(PublishedResult.round_id)).all()
