"""What somebody answered the last time is offered in a named round asked level by level, item by item, and copied only when asked."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.content import library
from app.models import RecordedAnswer
from tests.app.maturity.test_by_level import checked
from tests.support.build import a_round, answered
from tests.support.statements import counted

MODEL = library().questionnaires["pmo-maturity"]
HERE = "/teams/north/rounds/3/"
GOV, STR = f"{HERE}answer/GOV/", f"{HERE}answer/STR/"
BEFORE = dict.fromkeys((item.id for item in MODEL.items), 3) | {"GOV-2": "DK", "GOV-3": 5, "STR-2": ("NA", "NA1", "City treasury")}
WORDS = {"GOV-1": "It hangs in the hall.", "GOV-4": "See the chart."}


def put(app, people, last=None, submit=True, between=None, version=1, **more):
    """Round 1 is closed and Bob has answered it; *between* is a round he was not asked in; round 3 is open, level by level."""
    with app.extensions["database"].transaction() as session:
        _, (mine,) = a_round(session, people.north, [(people.bob, "users")], state="closed", **(last or {}))
        answered(session, mine, BEFORE, submit=submit, comments=WORDS)
        if between is not None:
            a_round(session, people.north, [(people.alice, "users")], number=2, state="closed", **between)
        asked = [(people.bob, "users"), (people.alice, "users")]
        round_, (now, _) = a_round(session, people.north, asked, number=3, **{"by_level": True, **more})
        key, round_.model_version = now.id, version
        session.flush()
        session.expunge_all()
    return key


def stored(app, key):
    with app.extensions["database"].reading() as session:
        return {a.item_id: a for a in session.scalars(select(RecordedAnswer).where(RecordedAnswer.invitation_id == key))}


def test_each_item_that_was_answered_can_be_confirmed_or_answered_again(app, people, visit):
    key = put(app, people)
    bob = visit(people.bob)
    page = bob.get(GOV)
    assert "Last time, in round 1: level 3, Defined. Still so?" in page.words
    assert MODEL.item("GOV-1").choice(3).text in page.find(".//div[@data-item='GOV-1']//fieldset[@class='field last fold']").words
    assert page.all(".//input[@name='GOV-2.last']") == []
    assert "In round 1 you chose: don’t know." in page.words
    assert "onfirm all" not in page.words
    assert page.submit({"GOV-1.last": "same", "GOV-3.last": "same", "GOV-4.last": "anew", "GOV-4.2": "no", "go": "save"}).status == 303
    kept = stored(app, key)
    assert {item: a.value for item, a in kept.items()} == {"GOV-1": "3", "GOV-3": "5", "GOV-4": "1"}
    assert {a.comment for a in kept.values()} == {""}
    after = bob.get(GOV)
    assert checked(after, "GOV-1") == {"2": "yes", "3": "yes", "4": "no"}
    assert after.all(".//input[@name='GOV-1.last']") == []
    assert "In round 1 you chose 3 Defined." in after.find(".//div[@data-item='GOV-1']").words
    assert after.submit({"GOV-1.4": "yes", "GOV-1.5": "no", "go": "save"}).status == 303
    assert stored(app, key)["GOV-1"].value == "4"


def test_words_come_along_only_when_asked_and_never_in_place_of_new_ones(app, people, visit):
    key = put(app, people)
    page = visit(people.bob).get(GOV)
    assert "take over what I wrote: “It hangs in the hall.”" in page.words
    assert page.all(".//input[@name='GOV-3.words']") == []
    page.submit({
        "GOV-1.last": "same", "GOV-1.words": "take", "GOV-4.last": "same", "GOV-4.words": "take", "GOV-4.comment": "A new chart.", "go": "save",
    })
    assert {item: a.comment for item, a in stored(app, key).items()} == {"GOV-1": "It hangs in the hall.", "GOV-4": "A new chart."}


def test_not_applicable_is_confirmed_with_its_reason_and_unit(app, people, visit):
    key = put(app, people)
    page = visit(people.bob).get(STR)
    assert "Last time, in round 1: not applicable. Still so? Another named unit has this duty: City treasury." in " ".join(page.words.replace("Still so?", "Still so? ").split())
    page.submit({"STR-2.last": "same", "go": "save"})
    answer = stored(app, key)["STR-2"]
    assert (answer.value, answer.reason, answer.unit) == ("NA", "NA1", "City treasury")


def save(site, **fields):
    headers = {"X-CSRFToken": site.token(), "Accept": "application/json"}
    return site.client.post(f"{GOV}save", data=fields, headers=headers, base_url="http://127.0.0.1")


def test_confirming_is_saved_at_once_and_answering_again_says_what_stands_until_then(app, people, visit):
    key = put(app, people)
    bob = visit(people.bob)
    confirmed = save(bob, **{"GOV-1.last": "same", "counter": "1"}).get_json()
    assert (confirmed["saved"], confirmed["answered"], confirmed["spared"], confirmed["still"]) == (True, 1, 1, "")
    anew = save(bob, **{"GOV-1.last": "anew", "counter": "2"}).get_json()
    assert anew["still"] == "Not finished. GOV-1: say whether level 2 is so, or choose don’t know. Until then your earlier answer stays: level 3."
    assert stored(app, key)["GOV-1"].value == "3"
    save(bob, **{"GOV-1.last": "anew", "GOV-1.2": "no", "counter": "3"})
    assert stored(app, key)["GOV-1"].value == "1"


def test_answer_again_without_an_answer_is_not_taken_for_one(app, people, visit):
    key = put(app, people)
    page = visit(people.bob).get(GOV).submit({"GOV-1.last": "anew", "GOV-3.last": "same", "go": "next"})
    assert (page.status, "GOV-1: say whether level 2 is so" in page.words) == (422, True)
    assert checked(page, "GOV-3") == {"last": "same"}
    assert stored(app, key) == {}


@pytest.mark.parametrize("case", [
    {"mode": "anonymous", "min_group": 4}, {"by_level": False}, {"last": {"mode": "anonymous"}},
    {"submit": False}, {"between": {}}, {"version": 2},
])
def test_nothing_is_offered_where_it_would_not_be_the_same_or_not_named(app, people, visit, case):
    key = put(app, people, **case)
    bob = visit(people.bob)
    page = bob.get(GOV)
    assert page.all(".//input[@name='GOV-1.last']") == []
    assert page.submit({"GOV-1.last": "same", "go": "save"}).status == 422
    assert save(bob, **{"GOV-1.last": "same", "counter": "1"}).status_code == 422
    assert stored(app, key) == {}


def test_somebody_else_s_answers_are_not_offered(app, people, visit):
    put(app, people)
    assert "Last time" not in visit(people.alice).get(GOV).words


def test_what_was_said_the_last_time_keeps_the_page_within_its_statements(app, people, visit):
    put(app, people)
    bob = visit(people.bob)
    bob.get(GOV)
    with counted(app) as statements:
        bob.get(GOV)
    assert len(statements) <= 5
