"""High levels that nobody has shown anything for, and results that have grown old."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from sqlalchemy import select

from app import clock
from app.models import AssessmentRound, Invitation
from app.records.results import store_result
from tests.support.build import a_round, answered
from tests.support.sheets import library

RESULTS = "/teams/north/rounds/1/results/"
ASKS = "What has nobody shown yet?"
HIGH = {"GOV-1": 4, "STR-1": 5, "TAL-2": 4, "KNO-3": 4, "VAL-1": 5}


def closed(app, people, high) -> None:
    model = library().questionnaires["pmo-maturity"]
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, [(people.bob, "users"), (people.charlie, "office")])
        for invitation in session.scalars(select(Invitation)):
            answered(session, invitation, {item.id: high.get(item.id, 2) for item in model.items})
        round_ = session.scalars(select(AssessmentRound)).one()
        round_.state, round_.closed_at = "closed", clock.now()
        session.flush()
        store_result(session, round_, model)


def test_claims_stand_on_the_results_of_those_who_see_every_file(app, people, visit):
    closed(app, people, HIGH)
    alice = visit(people.alice)
    page = alice.get(RESULTS)
    assert "Five items stand on level 4 Managed or above without a file, a link or agreed evidence." in page.words
    assert len(page.all(f".//section[h2='{ASKS}']/ul/li")) == 3
    assert [code.words for code in page.all(f".//section[h2='{ASKS}']/details//li/span[@class='code']")] == ["GOV-1", "STR-1", "TAL-2", "VAL-1", "KNO-3"]
    assert page.words == alice.get(RESULTS).words
    assert ASKS not in visit(people.charlie).get(RESULTS).words


def test_agreed_evidence_is_something_shown(app, people, visit):
    closed(app, people, {"GOV-1": 4, "STR-1": 5})
    alice = visit(people.alice)
    sent = {"item": "GOV-1", "level": "4", "reason": "We looked at it.", "evidence": "The figures of the last two quarters."}
    assert alice.get("/teams/north/rounds/1/agreed-levels/").submit(sent).status == 303
    words = alice.get(RESULTS).words
    assert "One item stands on level 4 Managed or above" in words
    assert alice.get("/teams/north/rounds/1/agreed-levels/").submit(sent | {"item": "STR-1", "level": "3"}).status == 303
    assert ASKS not in alice.get(RESULTS).words


def test_a_result_without_high_levels_asks_nothing(app, people, visit):
    closed(app, people, {})
    assert ASKS not in visit(people.alice).get(RESULTS).words


def test_a_result_older_than_a_year_says_so(app, people, visit):
    closed(app, people, {})
    assert "more than a year old" not in visit(people.alice).get(RESULTS).words
    with time_machine.travel(clock.now() + timedelta(days=367), tick=True):
        assert "This result is more than a year old." in visit(people.alice).get(RESULTS).words
