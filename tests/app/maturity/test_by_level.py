"""A round asked level by level: the same answers from yes and not yet, and contradictions are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.content import library
from app.models import AnonymousSheet, AssessmentRound, JointRound, Membership, RecordedAnswer
from tests.support.build import a_round
from tests.support.people import person
from tests.support.statements import counted

MODEL = library().questionnaires["pmo-maturity"]
HERE = "/teams/north/rounds/1/"
GOV = f"{HERE}answer/GOV/"


def later(days=7):
    return (clock.today() + timedelta(days=days)).isoformat()


def put(app, people, asked=None, **more):
    with app.extensions["database"].transaction() as session:
        a_round(session, people.north, asked or [(people.bob, "users")], by_level=True, **more)
        session.expunge_all()


def stored(app):
    with app.extensions["database"].reading() as session:
        return {a.item_id: a.value for a in session.scalars(select(RecordedAnswer))}


def said(item, level):
    """What a browser sends of somebody whose answer is this level."""
    return {f"{item}.{at}": "yes" for at in range(2, level + 1)} | ({f"{item}.{level + 1}": "no"} if level < 5 else {})


def save(site, **fields):
    headers = {"X-CSRFToken": site.token(), "Accept": "application/json"}
    return site.client.post(f"{GOV}save", data=fields, headers=headers, base_url="http://127.0.0.1")


def checked(page, item):
    """The steps of an item that have a word, as the page shows them."""
    found = page.all(f".//div[@data-item='{item}']//input[@checked]")
    return {choice.get("name").removeprefix(f"{item}."): choice.get("value") for choice in found}


def test_the_first_not_yet_ends_an_item_and_the_answer_is_the_level_below(app, people, visit):
    put(app, people)
    bob = visit(people.bob)
    welcome = bob.get(f"{HERE}answer/")
    assert "one statement at a time" in welcome.words
    assert "at most 180 questions" in welcome.words
    page = bob.get(GOV)
    first = MODEL.item("GOV-1")
    assert page.all(".//input[@name='GOV-1'][@value='3']") == []
    assert [choice.get("value") for choice in page.all(".//input[@name='GOV-1']")] == ["DK", "levels"]
    assert f"Level 1 Ad hoc is where everybody starts: {first.choices[0].text}" in page.words
    fields = {}
    for number, level in enumerate((1, 2, 3, 4, 5), 1):
        fields |= said(f"GOV-{number}", level)
    page = page.submit({**fields, "GOV-6": "DK", "go": "save"}, follow=True)
    assert stored(app) == {"GOV-1": "1", "GOV-2": "2", "GOV-3": "3", "GOV-4": "4", "GOV-5": "5", "GOV-6": "DK"}
    assert "You chose 2 Repeatable" in page.words
    assert [checked(page, f"GOV-{n}") for n in (1, 3, 5, 6)] == [
        {"2": "no"}, {"2": "yes", "3": "yes", "4": "no"}, dict.fromkeys("2345", "yes"), {"GOV-6": "DK"},
    ]
    assert "6 of 180 questions did not have to be asked" in page.words
    again = page.submit({"GOV-3.3": "no", "GOV-3.4": None, "GOV-6": "levels", **said("GOV-6", 4), "go": "save"})
    assert again.status == 303
    assert (stored(app)["GOV-3"], stored(app)["GOV-6"]) == ("2", "4")


@pytest.mark.parametrize(("fields", "says"), [
    ({"GOV-1.2": "no", "GOV-1.4": "yes"}, "GOV-1: you say not yet to level 2 and yes to level 4. A level takes in all below it, so change one of the two"),
    ({"GOV-1.2": "yes"}, "GOV-1: say whether level 3 is so too, or choose don’t know"), ({"GOV-1.3": "yes"}, "GOV-1: say whether level 2 is so too"),
    ({"GOV-1": "levels"}, "GOV-1: say whether level 2 is so, or choose don’t know"), ({"GOV-1": "3"}, "GOV-1: answer yes or not yet"),
    ({"GOV-1.2": "perhaps"}, "GOV-1: answer yes or not yet"), ({"GOV-1.2": ["yes", "no"]}, "GOV-1: choose one answer"),
    ({"GOV-1.last": "same"}, "GOV-1: there is no earlier answer to confirm"), ({"GOV-1": "NA"}, "not applicable is not offered here"),
    ({"GOV-1.1": "no"}, "a question that is not on this page"), ({"GOV-1.6": "yes"}, "a question that is not on this page"),
])
def test_what_does_not_come_to_an_answer_is_told_and_what_was_typed_stays(app, people, visit, fields, says):
    put(app, people)
    page = visit(people.bob).get(GOV).submit({**fields, "GOV-1.comment": "kept", **said("GOV-2", 2), "go": "next"})
    assert page.status == 422
    assert says in page.words
    assert page.find(".//textarea[@name='GOV-1.comment']").words == "kept"
    assert checked(page, "GOV-2") == {"2": "yes", "3": "no"}
    expected = {name.removeprefix("GOV-1."): word for name, word in fields.items() if word in ("yes", "no") and name[-1] in "2345"}
    assert checked(page, "GOV-1").items() >= expected.items()
    assert stored(app) == {}


def test_dont_know_and_not_applicable_come_before_steps_that_are_out_of_sight(app, people, visit):
    put(app, people)
    page = visit(people.bob).get(f"{HERE}answer/STR/")
    page.submit({"STR-1.2": "yes", "STR-1": "DK", **said("STR-2", 3), "STR-2": "NA", "STR-2.reason": "NA1", "STR-2.unit": "Treasury", "go": "save"})
    assert stored(app) == {"STR-1": "DK", "STR-2": "NA"}


def test_an_autosave_says_what_is_still_to_be_said_and_keeps_the_comment(app, people, visit):
    put(app, people)
    bob = visit(people.bob)
    begun = save(bob, **{"GOV-1.2": "yes", "GOV-1.comment": "We have one", "counter": "1"}).get_json()
    assert (begun["saved"], begun["answered"], begun["still"]) == (True, 0, "Not finished. GOV-1: say whether level 3 is so too, or choose don’t know.")
    assert stored(app) == {"GOV-1": ""}
    done = save(bob, **{"GOV-1.2": "yes", "GOV-1.3": "no", "GOV-1.comment": "We have one", "counter": "2"}).get_json()
    assert (done["answered"], done["spared"], done["still"]) == (1, 2, "")
    assert stored(app) == {"GOV-1": "2"}
    changed = save(bob, **{"GOV-1.2": "yes", "GOV-1.3": "yes", "counter": "3"}).get_json()
    assert changed["still"].endswith("Until then your earlier answer stays: level 2.")
    assert stored(app) == {"GOV-1": "2"}
    wrong = save(bob, **{"GOV-1.2": "no", "GOV-1.3": "yes", "counter": "4"})
    assert (wrong.status_code, "not yet to level 2 and yes to level 3" in wrong.get_json()["error"]) == (422, True)
    assert save(bob, **{"GOV-1.2": "no", "counter": "1"}).get_json()["saved"] is False
    assert stored(app) == {"GOV-1": "2"}


def answer_all(site, level):
    for dimension in MODEL.dimensions:
        fields = {}
        for item in dimension.all_items():
            fields |= said(item.id, level)
        assert site.get(f"{HERE}answer/{dimension.id}/").submit({**fields, "go": "next"}).status == 303


def test_a_sheet_said_step_by_step_is_scored_like_any_other(app, people, visit):
    put(app, people, closes_on=clock.today() + timedelta(days=3))
    bob = visit(people.bob)
    answer_all(bob, 2)
    ready = bob.get(f"{HERE}check/")
    assert (ready.h1, "90 of 180 questions did not have to be asked" in ready.words) == ("Ready to submit", True)
    assert ready.submit().status == 303
    page = visit(people.alice).get(f"{HERE}close/").submit(follow=True)
    assert page.h1 == "Results of round 1"
    assert "2.00" in page.words


def test_an_anonymous_round_is_asked_level_by_level_too_and_nothing_is_kept_of_the_steps(app, people, visit):
    with app.extensions["database"].transaction() as session:
        crowd = [person(f"Crowd{n}") for n in range(4)]
        session.add_all(crowd)
        session.flush()
        session.expunge_all()
    put(app, people, asked=[(people.bob, "users"), *((one, "users") for one in crowd)], mode="anonymous", min_group=4)
    bob = visit(people.bob)
    answer_all(bob, 4)
    assert bob.get(f"{HERE}check/").submit().status == 303
    with app.extensions["database"].reading() as session:
        sheet = session.scalars(select(AnonymousSheet)).one()
        assert sheet.answers == {item.id: "4" for item in MODEL.items}
        assert session.scalars(select(RecordedAnswer)).all() == []


def test_a_draft_may_change_how_it_is_asked_and_an_open_round_keeps_it(app, people, visit):
    alice = visit(people.alice)
    form = alice.get("/teams/north/rounds/new/")
    fields = {"title": "Autumn", "purpose": "To see.", "closes_on": later()}
    assert form.find(".//input[@name='asked'][@checked]").get("value") == "whole"
    assert "Choose how the items are asked from the list" in form.submit({**fields, "asked": "aloud"}).words
    workshop = form.submit({**fields, "asked": "by level", "mode": "workshop"})
    assert (workshop.status, "A workshop shows all levels side by side" in workshop.words) == (422, True)
    assert form.submit({**fields, "asked": "by level"}).location == HERE
    assert "Level by level" in alice.get(HERE).find(".//dl").words
    alice.get(f"{HERE}invite/").submit({"people": str(people.bob.id), "group": "users"})
    edit = alice.get(f"{HERE}edit/")
    assert edit.submit({"asked": "whole"}).status == 303
    assert alice.get(f"{HERE}edit/").submit({"asked": "by level"}).status == 303
    late = alice.get(f"{HERE}edit/")
    alice.get(HERE).submit(action="open")
    refused = late.submit({"asked": "whole"})
    assert (refused.status, "Only a draft can be changed" in refused.words) == (409, True)
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(AssessmentRound.by_level)).one() is True


def test_a_joint_round_is_asked_level_by_level_in_every_team(app, people, visit):
    with app.extensions["database"].transaction() as session:
        crowd = [person(f"Crowd{n}") for n in range(8)]
        session.add_all(crowd)
        session.flush()
        session.add_all(Membership(person_id=one.id, team_id=(people.north, people.south)[n % 2].id) for n, one in enumerate(crowd))
        session.flush()
        session.expunge_all()
    petra = visit(people.petra)
    fields = {"title": "All", "purpose": "To see.", "teams": [str(people.north.id), str(people.south.id)], "closes_on": later(), "min_group": "4"}
    made = petra.get("/programme/rounds/new/").submit({**fields, "asked": "by level"})
    assert made.status == 303
    page = petra.get(made.location)
    assert "Level by level" in page.words
    assert page.submit(action="open").status == 303
    with app.extensions["database"].reading() as session:
        assert session.scalars(select(JointRound.by_level)).one() is True
        assert session.scalars(select(AssessmentRound.by_level)).all() == [True, True]
    assert "Level 2 Repeatable" in visit(people.bob).get(GOV).words


def test_asking_level_by_level_costs_no_more_statements(app, people, visit):
    put(app, people)
    bob = visit(people.bob)
    bob.get(GOV)
    with counted(app) as statements:
        bob.get(GOV)
    assert len(statements) <= 5
