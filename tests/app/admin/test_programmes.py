"""Programmes: made, filled, renamed, removed; a team is in one at most."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.models import Event, Programme, ProgrammeTeam

HERE = "/admin/programmes/"


def made(visit, who, name="Harbour works"):
    return visit(who).get(HERE).submit({"name": name}).location


def teams_in(app):
    with app.extensions["database"].reading() as session:
        return {row[0]: row[1] for row in session.execute(select(ProgrammeTeam.team_id, Programme.name).join(Programme))}


def test_a_programme_is_made_filled_renamed_and_removed(app, people, visit):
    petra = visit(people.petra)
    assert "No programme yet" in petra.get(HERE).words
    there = made(visit, people.petra)
    assert petra.get(there).submit({"name": "Harbour", "teams": [str(people.north.id), str(people.south.id)]}, action=there).status == 303
    page = petra.get(HERE)
    assert "HarbourNorth, South" in page.words
    assert "No teams are in no programme" in page.words
    assert petra.get(there).submit({"teams": str(people.south.id)}, action=there).status == 303
    assert teams_in(app) == {people.south.id: "Harbour"}
    assert petra.get(there).submit(action="remove").status == 303
    assert teams_in(app) == {}
    assert petra.get(there).status == 404
    with app.extensions["database"].reading() as session:
        told = session.scalars(select(Event.what).where(Event.thing == "programme").order_by(Event.id)).all()
    assert told == ["added a programme", "changed a programme", "changed a programme", "removed a programme"]
    assert "Harbour" in petra.get("/admin/events/?thing=programme").words


def test_a_team_is_offered_to_one_programme_alone(app, people, visit):
    one, two = made(visit, people.adam, "One"), made(visit, people.adam, "Two")
    adam = visit(people.adam)
    late = adam.get(two)
    assert adam.get(one).submit({"teams": str(people.north.id)}, action=one).status == 303
    assert "North" not in adam.get(two).words
    refused = late.submit({"teams": str(people.north.id)}, action=two)
    assert refused.status == 422
    assert "Choose the teams from the list" in refused.words
    with pytest.raises(IntegrityError), app.extensions["database"].transaction() as session:
        session.add(ProgrammeTeam(team_id=people.north.id, programme_id=int(two.split("/")[-2])))


def test_names_differ_and_two_editors_see_each_other(people, visit):
    there = made(visit, people.petra, "Harbour")
    refused = visit(people.adam).get(HERE).submit({"name": "HARBOUR"})
    assert "There is a programme with this name already" in refused.words
    mine, hers = visit(people.petra).get(there), visit(people.adam).get(there)
    assert hers.submit({"name": "Docks"}, action=there).status == 303
    assert mine.submit({"name": "Quays"}, action=there).status == 409
    for who in (people.alice, people.bob):
        assert visit(who).get(HERE).status == 404
        assert visit(who).post(there, {"name": "Mine"}).status == 404
