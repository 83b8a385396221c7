"""A large joint round is published by a job: nothing is locked meanwhile, and a stop or a second start does no harm."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, func, insert, select, update

from app.jobs import work_once
from app.maturity.publishing import AT_ONCE, PUBLISH, keep, publish_closed, read
from app.models import (
    AnonymousComment,
    AnonymousSheet,
    AssessmentRound,
    DimensionResult,
    Event,
    Invitation,
    InvitationLetter,
    Job,
    JointRound,
    PublishedResult,
)
from app.models.anonymous import random_key
from app.records.publication import Changed, work_out
from tests.app.maturity.test_joint import HIDDEN, HOME, organisation, set_up, units_of
from tests.support.anonymous import ITEMS

ONE_EACH = dict(zip(ITEMS, [str(1 + n % 5) for n in range(len(ITEMS))], strict=True))


def closed(app, people, visit):
    """A joint round of one sheet more than is published at once, closed; the PMO lead's browser."""
    petra = visit(people.petra)
    set_up(petra, organisation(app, people, pier=AT_ONCE - 5, park=2, quay=7))
    petra.get(f"{HOME}1/").submit(action="open")
    with app.extensions["database"].transaction() as session:
        rounds = session.scalars(select(Invitation.round_id).where(Invitation.person_id != people.petra.id).order_by(Invitation.id)).all()[: AT_ONCE + 1]
        session.execute(insert(AnonymousSheet), [{"id": random_key(), "round_id": at, "group": "users", "answers": ONE_EACH} for at in rounds])
        session.execute(insert(AnonymousComment), [
            {"id": random_key(), "round_id": rounds[0], "item_id": ITEMS[0], "text": f"Said {n}", "shown_at": ""} for n in range(3)
        ])
        session.execute(update(Invitation).where(Invitation.round_id.in_(rounds)).values(state="submitted"))
    assert petra.get(f"{HOME}1/close/").submit().location == f"{HOME}1/"
    return petra


def stored(database):
    """(results, dimensions, state of the joint round, states of its rounds)."""
    with database.reading() as session:
        count = [session.scalar(select(func.count()).select_from(table)) for table in (PublishedResult, DimensionResult)]
        return (*count, session.scalars(select(JointRound.state)).one(), set(session.scalars(select(AssessmentRound.state))))


def test_the_result_is_worked_out_behind_the_page(app, people, visit):
    petra, database = closed(app, people, visit), app.extensions["database"]
    assert stored(database) == (0, 0, "closed", {"closed"})
    assert "The result is being worked out" in petra.get(f"{HOME}1/").words
    assert json.loads(petra.get(f"{HOME}1/status").text) == {"stage": "working", "progress": 0, "says": "Waiting for its turn"}
    assert petra.get(f"{HOME}1/results/").status == 409
    assert "being worked out" in petra.get("/teams/pier/rounds/1/results/").words
    assert "See the result" not in petra.get("/teams/pier/rounds/1/").words
    assert "already" in petra.post(f"{HOME}1/publish").words                       # it waits for its turn
    before = keys(database)
    assert work_once(database, {PUBLISH: publish_closed})
    assert stored(database) == (1, 8, "published", {"published"})
    assert not keys(database) & before                                             # new keys in a random order (R6)
    units = units_of(petra.get(f"{HOME}1/results/"))
    # 195 in Pier, 2 in Park and 4 in Quay have handed in: the two small teams are 6 together
    shown = {name: cells[0] for name, cells in units.items()}
    assert shown["Pierteam"] == str(AT_ONCE - 5)
    assert shown["Parkteam"] == shown["Quayteam"] == HIDDEN
    assert "Said 1" in petra.get("/teams/pier/rounds/1/results/").words
    with database.reading() as session:
        assert session.scalars(select(Event.what).where(Event.thing == "joint round").order_by(Event.id.desc()).limit(2)).all() == [
            "published a joint round", "closed a joint round",
        ]


def keys(database):
    with database.reading() as session:
        return set(session.scalars(select(AnonymousSheet.id)))


def test_a_stop_a_second_start_and_a_change_in_between_leave_nothing_half(app, people, visit):
    petra, database = closed(app, people, visit), app.extensions["database"]

    def stopped(percent, says):
        if percent > 50:
            raise KeyboardInterrupt

    with database.reading() as session:
        joint_id = session.scalars(select(JointRound.id)).one()
    with pytest.raises(KeyboardInterrupt):
        publish_closed(database, joint_id, stopped)
    assert stored(database) == (0, 0, "closed", {"closed"})
    first = read(database, joint_id)
    with database.transaction() as session:
        last = session.scalars(select(Invitation.id).order_by(Invitation.id.desc())).first()
        session.execute(delete(InvitationLetter).where(InvitationLetter.invitation_id == last))
        session.execute(delete(Invitation).where(Invitation.id == last))
    with pytest.raises(Changed):
        keep(database, joint_id, first, work_out(first))
    assert stored(database)[:3] == (0, 0, "closed")
    with database.transaction() as session:
        session.execute(update(Job).values(state="failed"))
    page = petra.get(f"{HOME}1/")
    assert "Nothing has been published and no answer is lost" in page.words
    assert page.submit(action="publish").status == 303
    two = [read(database, joint_id) for _ in range(2)]
    assert [keep(database, joint_id, one, work_out(one)) for one in two] == [True, False]
    once = stored(database)
    assert once == (1, 8, "published", {"published"})
    assert work_once(database, {PUBLISH: publish_closed})                          # the job asked for finds nothing left to do
    assert stored(database) == once
    assert petra.post(f"{HOME}1/publish").status == 409
