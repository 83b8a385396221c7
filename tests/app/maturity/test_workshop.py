"""A workshop from the first item to the result: hidden votes, the reveal, agreed levels, with phones and without."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, select

from app import clock
from app.content import library
from app.models import AgreedLevel, OutboxMessage, PublishedResult, RecordedAnswer
from tests.support.build import a_round

HERE = "/teams/north/rounds/1/"
ITEMS = [item.id for item in library().questionnaires["pmo-maturity"].items]
FIRST, SECOND = ITEMS[:2]


def put(app, people, **more):
    with app.extensions["database"].transaction() as session:
        found = a_round(
            session, people.north, [(people.bob, "users"), (people.alice, "office"), (people.charlie, "users")], is_workshop=True,
            closes_on=clock.today() + timedelta(days=3), **more,
        )
        session.expunge_all()
    return found


def test_the_room_votes_hidden_sees_the_spread_and_agrees(app, people, visit):
    put(app, people, state="draft")
    alice, bob, charlie = (visit(person) for person in (people.alice, people.bob, people.charlie))
    alice.get(HERE).submit(action="open")
    with app.extensions["database"].reading() as session:
        assert "on your phone there to vote" in session.scalars(select(OutboxMessage.text)).first()
    assert bob.get(f"{HERE}answer/").location == f"{HERE}vote/"
    assert "has not begun" in bob.get(f"{HERE}vote/").words
    screen = alice.get(f"{HERE}workshop/").submit(action="go", follow=True)
    assert FIRST in screen.words
    assert bob.get(f"{HERE}workshop/").status == 403
    phone = bob.get(f"{HERE}vote/")
    assert "Choose one of the statements" in phone.submit().words
    assert phone.submit({"value": "2"}, follow=True).words.count("Your vote is in") == 1
    charlie.get(f"{HERE}vote/").submit({"value": "4"})
    bob.get(f"{HERE}vote/").submit({"value": "3"})
    assert f"{HERE}vote/" in [link.get("href") for link in bob.get("/").all("a")]
    assert [bob.get(f"{HERE}{end}").location for end in ("answer/GOV/", "check/")] == [f"{HERE}vote/"] * 2
    assert "2 of 3 have voted." in alice.get(HERE).words
    screen = alice.get(f"{HERE}workshop/")
    assert "2 of 3 have voted" in screen.words
    assert "vote" not in screen.find(".//fieldset[@id='level']").words
    assert bob.get(f"{HERE}workshop/state").response.json == {"stage": f"{FIRST}:hidden", "progress": 2, "says": "2 of 3 have voted"}
    phone = bob.get(f"{HERE}vote/")
    screen = screen.submit(action="reveal", follow=True)
    assert "From 3 to 4: 1 at 3, 1 at 4." in screen.words
    late = phone.submit({"value": "5"})
    assert (late.status, "no more are taken" in late.words) == (409, True)
    assert "Enter a sentence" in screen.submit({"level": "3", "reason": " "}, has="level").words
    onward = screen.submit({"level": "3", "reason": "Two of three projects show it.", "go": "next"}, has="level", follow=True)
    assert (onward.address, SECOND in onward.words) == (f"{HERE}workshop/", True)
    stale = charlie.post(f"{HERE}vote/", {"item": FIRST, "value": "3"})
    assert "moved on to another item" in stale.words
    back = onward.submit({"item": FIRST}, action="go", follow=True)
    assert "This one: level 3." in back.words
    assert back.submit({"level": "4", "reason": "We looked again.", "version": "7"}, has="level").status == 409
    assert alice.post(f"{HERE}remind").status == 409
    closing = alice.get(f"{HERE}close/")
    assert "One agreed level and the votes of two people" in closing.words
    assert "44 items have no agreed level yet" in closing.words
    assert closing.submit().status == 303
    with app.extensions["database"].reading() as session:
        stored = session.scalars(select(PublishedResult)).one()
        assert (stored.respondents, stored.kind) == (2, "nobody")
        assert session.scalars(select(RecordedAnswer.value).order_by(RecordedAnswer.value)).all() == ["3", "4"]
    assert "The workshop has ended" in bob.get(f"{HERE}vote/").words


def test_without_phones_the_agreed_levels_are_one_view_that_of_the_room(app, people, visit):
    round_, _ = put(app, people)
    assert visit(people.alice).get(f"{HERE}close/").status == 409
    with app.extensions["database"].transaction() as session:
        session.execute(insert(AgreedLevel), [
            {"round_id": round_.id, "item_id": item, "level": 2, "reason": "Talked.", "person_id": people.alice.id, "version": 1, "created_at": clock.now()}
            for item in ITEMS
        ])
    visit(people.alice).get(f"{HERE}close/").submit()
    words = visit(people.bob).get(f"{HERE}results/").words
    assert "Agreed in the room" in words
    assert "2.00" in words
    with app.extensions["database"].reading() as session:
        stored = session.scalars(select(PublishedResult)).one()
        assert (stored.kind, stored.overall_index, stored.staged) == ("room", 2.0, 2)


def test_a_workshop_is_chosen_at_set_up_and_stands_from_the_first_invitation_on(app, people, visit):
    later = (clock.today() + timedelta(days=5)).isoformat()
    page = visit(people.alice).get("/teams/north/rounds/new/")
    page.submit({"title": "Together", "purpose": "To talk.", "closes_on": later, "mode": "workshop"})
    edit = visit(people.alice).get(f"{HERE}edit/")
    assert edit.submit({"mode": "named"}).status == 303
    visit(people.alice).get(f"{HERE}edit/").submit({"mode": "workshop"})
    visit(people.alice).get(f"{HERE}invite/").submit({"people": [str(people.bob.id)], "group": "users"})
    assert visit(people.alice).get(f"{HERE}edit/").submit({"mode": "named"}).status == 409
