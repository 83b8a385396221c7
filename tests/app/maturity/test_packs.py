"""Packs as a check-list and as the beginning of a plan, and the early warning above the plan."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models import KpiValue, SavedRoadmap
from tests.support.roadmaps import har_plan, har_round

ROADMAP = "/teams/north/roadmap/"


@pytest.fixture
def plan(app, people):
    """Harbour City's plan in use in North."""
    with app.extensions["database"].transaction() as session:
        har_plan(session, people.north, har_round(session, people.north))


def test_a_pack_is_a_check_list_that_can_begin_a_plan(app, plan, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    page = alice.get(f"{ROADMAP}packs/")
    assert {"Seven-step set-up pack", "Five initiatives pack", "Roadblock pack"} <= {h.words for h in page.all("h2")}
    assert (bob.get(f"{ROADMAP}packs/").status, bob.get(f"{ROADMAP}packs/roadblocks/").status) == (403, 403)
    pack = alice.get(f"{ROADMAP}packs/five-initiatives/")
    assert "1. Align projects with strategy" in pack.words
    assert alice.get(f"{ROADMAP}packs/nothing/").status == 404
    form = alice.get(pack.link("Plan with this pack"))
    assert "Five initiatives pack:" in form.words
    chosen = [select_.get("name") for select_ in form.root.iter("select") if any(o.get("selected") is not None and (o.get("value") or "").isdigit() for o in select_.iter("option"))]
    assert chosen
    assert form.submit({}, action="plan/").status == 303
    with app.extensions["database"].reading() as session:
        asked = session.scalars(select(SavedRoadmap).order_by(SavedRoadmap.number.desc())).first()
    assert {f"place.{name}" for name in asked.inputs["pinned"]} == set(chosen)


def test_the_plan_warns_of_roadblocks_with_their_signs(app, plan, people, visit):
    alice, bob = visit(people.alice), visit(people.bob)
    before = bob.get(ROADMAP).words
    assert "Milestone hit rate was off target" not in before
    with app.extensions["database"].transaction() as session:
        session.add_all(KpiValue(team_id=people.north.id, kpi_id="K06", quarter=quarter, value=40.0, cases=20.0) for quarter in (8104, 8105))
    page = alice.get(ROADMAP)
    assert "of a roadblock" in page.words
    assert "Milestone hit rate was off target two quarters running" in page.words
    assert "Pick one milestone of each live project" in page.words
    assert page.link("Open the roadblock pack") == f"{ROADMAP}packs/roadblocks/"
    theirs = bob.get(ROADMAP)
    assert "Milestone hit rate was off target two quarters running" in theirs.words
    assert "Open the roadblock pack" not in theirs.words
    assert "stands at level" not in theirs.words


def test_without_a_round_a_pack_is_a_check_list_alone(people, visit):
    page = visit(people.alice).get(f"{ROADMAP}packs/seven-step-set-up/")
    assert "No round is closed yet" in page.words
    assert "42 person-days" in page.words
    assert "Plan with this pack" not in page.words
