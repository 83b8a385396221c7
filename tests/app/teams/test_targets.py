"""Targets of a team: set by the PMO lead with a reason, kept in a history, used by the next round; and the type selector."""

from __future__ import annotations

from sqlalchemy import select

from app.content import library
from app.models import AssessmentRound, Event, TargetChange
from app.records.results import store_result
from tests.support.anonymous import ITEMS, crowd
from tests.support.build import a_round, answered

HERE = "/teams/north/targets/"


def test_a_target_is_set_with_a_reason_and_counts_from_the_next_round(app, people, visit):
    petra, alice = visit(people.petra), visit(people.alice)
    assert "all targets are the defaults of the type" in alice.get(HERE).words
    assert alice.post(HERE, {"dimension": "GOV", "level": "4", "reason": "Why not"}).status == 403
    for fields in ({"reason": ""}, {"level": "7"}, {"dimension": "XYZ"}, {"level": "default"}):
        refused = petra.get(HERE).submit({"dimension": "GOV", "level": "4", "reason": "The board asks."} | fields)
        assert refused.status == 422, fields
    assert petra.get(HERE).submit({"dimension": "GOV", "level": "4", "reason": "The board asks."}).status == 303
    assert petra.get(HERE).submit({"dimension": "TAL", "level": "2", "reason": "Training sits elsewhere."}).status == 303
    assert petra.get(HERE).submit({"dimension": "TAL", "level": "default", "reason": "It came back."}).status == 303
    words = alice.get(HERE).words
    assert "Mandate & governance from 3 to 4" in words
    assert "from 2 back to the default" in words
    assert "set, default 3" in words
    assert visit(people.charlie).get(HERE).status == 404
    with app.extensions["database"].transaction() as session:
        assert [(c.dimension, c.level, c.before) for c in session.scalars(select(TargetChange).order_by(TargetChange.id))] == [
            ("GOV", 4, 3), ("TAL", 2, 4), ("TAL", None, 2),
        ]
        assert session.scalars(select(Event.what).where(Event.thing == "team")).all() == ["set a target"] * 3
        a_round(session, people.north, [(people.bob, "users")], state="draft")
    assert petra.get("/teams/north/rounds/1/").submit(action="open").status == 303
    with app.extensions["database"].reading() as session:
        targets = session.scalars(select(AssessmentRound.targets)).one()
    assert (targets["GOV"], targets["TAL"]) == (4, 4)


def test_gaps_as_another_type_and_the_first_year(app, people, visit):
    alice = visit(people.alice)
    assert "the gaps under each type stand here" in alice.get(HERE).words
    with app.extensions["database"].transaction() as session:
        round_, asked = a_round(session, people.north, [(p, "users") for p in crowd(session, 3)], state="closed")
        for invitation in asked:
            answered(session, invitation, dict.fromkeys(ITEMS, 2))
        store_result(session, round_, library().questionnaires["pmo-maturity"])
    page = alice.get(HERE)
    # all 45 items on 2; SUP aims at 2 in STR, DEL and VAL: 5 + 6 + 5 items are no gap
    assert "29 items are below target now, of 45 measured." in page.words
    rows = [row.words for row in page.all(".//section[2]//tbody/tr")]
    assert next(row for row in rows if row.startswith("Controlling PMO")).startswith("Controlling PMO16 other items would be gaps, 0 would not")
    first = [row.words for row in page.all(".//section[1]//tbody/tr")]
    assert first[0].startswith("Mandate & governance323")


def test_five_questions_point_to_a_type_and_store_nothing(people, visit):
    site, here = visit(people.petra), "/teams/north/type/"
    assert "fits best" not in site.get(here).words
    assert "Answer all five questions." in site.get(f"{here}?ends=no").words
    page = site.get(f"{here}?ends=no&shape=one&leads=others&product=teach&force=may")
    assert "PM centre of excellence (PMCoE) fits best." in page.words
    assert "Supportive PMO" in page.words
    assert "Answer all five" in site.get(f"{here}?ends=<b>&shape=1&leads=&product=x&force=y").words
