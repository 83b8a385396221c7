"""Five named people and two teams, so that a test of who may do what reads like a story.

Alice leads North, Bob is in North, Charlie is in South, Petra is the PMO lead, Adam the administrator."""

from __future__ import annotations

from dataclasses import dataclass

from app.db import Database
from app.models import Membership, Organisation, Person, Team
from app.ui.text import login_key


@dataclass(frozen=True)
class Cast:
    """Everybody, as records that are no longer attached to a session."""

    north: Team
    south: Team
    alice: Person
    bob: Person
    charlie: Person
    petra: Person
    adam: Person


def person(name: str, **more: object) -> Person:
    """Somebody with an account and no password."""
    email = f"{name.lower()}@north.example"
    return Person(email=email, email_key=login_key(email), name=name, **more)


def cast(database: Database) -> Cast:
    """Put the five people and the two teams into the database."""
    with database.transaction() as session:
        session.add(Organisation(id=1, name="Northern Works"))
        north = Team(slug="north", name="North", pmo_type="SUP")
        south = Team(slug="south", name="South", pmo_type="CTL")
        alice = person("Alice", role_profile="PML")
        bob = person("Bob", role_profile="NPM")
        charlie = person("Charlie", role_profile="PMG")
        petra = person("Petra", is_pmo_lead=True, role_profile="PML")
        adam = person("Adam", is_admin=True)
        everybody = [north, south, alice, bob, charlie, petra, adam]
        session.add_all(everybody)
        session.flush()
        session.add_all([
            Membership(person_id=alice.id, team_id=north.id, is_lead=True),
            Membership(person_id=bob.id, team_id=north.id),
            Membership(person_id=charlie.id, team_id=south.id),
        ])
        session.flush()
        session.expunge_all()
    return Cast(north, south, alice, bob, charlie, petra, adam)
