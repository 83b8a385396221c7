"""The trend of a team: rounds beside each other, changes in plain words, and what may not be told."""

from __future__ import annotations

from sqlalchemy import select, update

from app import clock
from app.content import library
from app.models import AssessmentRound, Membership, PublishedResult
from app.records.publication import publish_alone
from app.records.results import store_result
from tests.support.anonymous import ITEMS, anonymous_round, crowd
from tests.support.build import a_round, answered, closed_round

MODEL = library().questionnaires["pmo-maturity"]


def named(session, team, number, people, level, items=ITEMS, **more):
    """A closed named round: person n answers *level*, every third person one higher; only these items are asked."""
    round_, asked = a_round(session, team, [(p, "users") for p in people], number=number, state="closed", title=f"Round of {number}", closed_at=clock.now(), **more)
    for n, invitation in enumerate(asked):
        answered(session, invitation, dict.fromkeys(items, level + (n % 3 == 0)))
    session.flush()
    store_result(session, round_, MODEL)
    return round_


def test_each_change_in_words_that_do_not_say_more_than_the_test(app, people, visit):
    alice = visit(people.alice)
    assert "No closed round yet" in alice.get("/teams/north/rounds/trend/").words
    with app.extensions["database"].transaction() as session:
        members = crowd(session, 6)
        named(session, people.north, 1, members, 1)
    assert "One round is no trend yet" in alice.get("/teams/north/rounds/trend/").words
    with app.extensions["database"].transaction() as session:
        named(session, people.north, 2, members, 2)
        named(session, people.north, 3, crowd(session, 2, "Other"), 3)
        closed_round(session, people.north, number=4, index=2.5, dimensions={"GOV": (2.5, 2, 3)})
        other = closed_round(session, people.north, number=5, index=2.9)
        other.mode = "anonymous"
        session.execute(update(AssessmentRound).where(AssessmentRound.number == 2).values(model_version=2))
    page = alice.get("/teams/north/rounds/trend/")
    words = page.words
    # the same six people answered one level higher everywhere: 1 + 1/3 -> 2 + 1/3
    assert "Improved (+1.00; 6 people who answered both)" in words
    assert "from version 1 to 2: the change is judged on the 45 items that both asked" in words
    assert "Not judged: fewer than three people" in words                         # round 3 had two
    assert "No change was tested when the later round closed." in words           # round 4 has no stored figures
    assert "Not compared: one of the rounds was anonymous" in words
    assert "After training people judge more strictly" in words
    gov = [["".join(cell.itertext()) for cell in row.element.findall("td")] for row in page.all(".//section[last()]//tbody/tr")][0]
    assert gov[:3] == ["1.33", "2.33improved (+1.00)", "3.50not judged: fewer than three people (+1.17)"]
    assert visit(people.bob).get("/teams/north/rounds/trend/").status == 200
    assert visit(people.charlie).get("/teams/north/rounds/trend/").status == 404


def test_items_that_only_one_round_asked_do_not_count_as_change(app, people, visit):
    with app.extensions["database"].transaction() as session:
        members = crowd(session, 4)
        first = named(session, people.north, 1, members, 2, items=ITEMS[1:])
        result = session.scalars(select(PublishedResult).where(PublishedResult.round_id == first.id)).one()  # that knew nothing of the first item
        result.scores = {**result.scores, "items": [item for item in result.scores["items"] if item["id"] != ITEMS[0]]}
        session.flush()
        second, asked = a_round(session, people.north, [(p, "users") for p in members], number=2, state="closed", closed_at=clock.now())
        second.model_version = 2
        for n, invitation in enumerate(asked):
            answered(session, invitation, {item: 5 if item == ITEMS[0] else 2 + (n % 3 == 0) for item in ITEMS})
        store_result(session, second, MODEL)
    words = visit(people.alice).get("/teams/north/rounds/trend/").words
    assert "No reliable change (+0.00; 4 people who answered both)" in words
    assert "judged on the 44 items that both asked" in words


def test_of_anonymous_rounds_only_what_was_published_is_told(app, people, visit):
    with app.extensions["database"].transaction() as session:
        members = crowd(session, 9)
        session.add_all(Membership(person_id=p.id, team_id=people.north.id) for p in members)
        for number, crew in ((1, members[:8]), (2, members[:8]), (3, members[1:9])):
            round_, _ = anonymous_round(session, people.north, crew, submitted=8, number=number, state="closed", closed_at=clock.now())
            round_.state = "published"
            session.flush()
            publish_alone(session, round_, MODEL, "North")
    page = visit(people.alice).get("/teams/north/rounds/trend/")
    assert "Of 8 dimensions shown in both, 0 moved up, 0 down, 8 stayed about the same" in page.words
    rows = [["".join(cell.itertext()) for cell in row.element.findall("td")] for row in page.all(".//section[last()]//tbody/tr")]
    # nobody joined or left between 1 and 2, two people did before 3: there only the direction may be told (R19)
    assert rows[0] == ["1.9", "1.9about the same (+0.0)", "–about the same"]
