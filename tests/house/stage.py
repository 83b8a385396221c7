"""One organisation with every role and every object, for tests that go through the whole site.

Su and Nia are in North, which TL leads; Pe and Ivo are in South, which OL leads; Me mentors Su and is in West with Mo,
the other mentor; PL is the PMO lead, Ad the administrator; Fay has no team. Gu is asked in North's open round by link. East has nobody. The larger stage holds the
same things under the same ids, and more of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app import clock
from app.accounts.passwords import Hasher
from app.db import Database
from app.mail import post
from app.models import (
    CalendarFeed,
    Event,
    Job,
    Membership,
    OneTimeLink,
    Organisation,
    Person,
    SignIn,
    TargetChange,
    Team,
)
from app.records.accounts import hashed
from app.records.kept_text import keep
from app.ui.text import login_key
from tests.house import stage_anonymous, stage_learning, stage_measures, stage_mentoring, stage_rounds

ROLES = ("An", "Su", "Pe", "Me", "TL", "OL", "PL", "Ad")
NAMES = {
    "Su": "Susan Subject", "Pe": "Pedro Other", "Me": "Mentha Mentor", "TL": "Tilda Lead", "OL": "Olga Lead", "PL": "Paula Office",
    "Ad": "Adam Admin", "Nia": "Nia North", "Ivo": "Ivo Invited", "Mo": "Mo Mentor", "Fay": "Fay Free",
}
GRANTS = {"Me": {"is_mentor": True}, "Mo": {"is_mentor": True}, "PL": {"is_pmo_lead": True}, "Ad": {"is_admin": True}}
PLACES = {"North": ("TL", "Su", "Nia"), "South": ("OL", "Pe", "Ivo"), "West": ("Me", "Mo"), "East": ()}
PASSWORD = "correct horse battery staple"
LINK = "canary-link-token-of-fay"


@dataclass
class Stage:
    """What was built: ids and versions by short name, as strings for addresses and fields, and every canary."""

    size: int
    ids: dict[str, str] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    canaries: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def secret(self, name: str, words: str, *readers: str) -> str:
        """Remember *words* as something that only these roles may ever see; gives the words back."""
        self.canaries[name] = (words, frozenset(readers))
        return words

    def names(self) -> dict[str, str]:
        """Everything an address or a field may name."""
        return self.ids | {who: str(person.id) for who, person in self.people.items()}


def key_of(who: str) -> str:
    """The key in the cookie of a role."""
    return f"browser-key-of-{who}"


def email_of(who: str) -> str:
    """The e-mail of somebody of the stage."""
    return f"{who.lower()}.canary@mail.example"


def build(database: Database, size: int = 1) -> Stage:
    """Everything, in one transaction. *size* 1 has one more of everything that comes in lists, 10 has ten more."""
    stage = Stage(size)
    with database.transaction() as session:
        _people(session, stage)
        stage_rounds.put_rounds(session, stage)
        stage_rounds.put_roadmaps(session, stage)
        stage_measures.put_measures(session, stage)
        stage_anonymous.put_anonymous(session, stage)
        stage_mentoring.put_mentoring(session, stage)
        stage_learning.put_learning(session, stage)
        stage_learning.put_notes(session, stage)
        stage_learning.put_discussion(session, stage)
        stage_learning.put_skills(session, stage)
        stage_learning.put_assignments(session, stage)
        _accounts(session, stage)
        session.flush()
        session.expunge_all()
    return stage


def somebody(session: Session, name: str, email: str, **more: Any) -> Person:
    """One more account."""
    person = Person(email=email, email_key=login_key(email), name=name, job_title="Project manager", **more)
    session.add(person)
    session.flush()
    return person


def _people(session: Session, stage: Stage) -> None:
    session.add(Organisation(id=1, name="Northern Works"))
    for name in PLACES:
        team = Team(slug=name.lower(), name=name, pmo_type="SUP", about=f"About {name}.")
        session.add(team)
        session.flush()
        stage.teams[name] = team
        stage.ids[f"team {name}"] = str(team.id)
    hash_of_su = Hasher(1, 8, 1).hash(PASSWORD)
    for who, name in NAMES.items():
        own_hash = hash_of_su if who in ("Su", "Ad", "PL") else None
        stage.people[who] = somebody(
            session, name, email_of(who), role_profile="NPM", password_hash=own_hash, **GRANTS.get(who, {}),
        )
    session.add_all(
        TargetChange(team_id=stage.teams["North"].id, dimension="GOV", level=4 - n % 2, before=3, reason="The board asks.", person_id=stage.people["PL"].id)
        for n in range(stage.size)
    )
    stage.secret("password hash", hash_of_su)
    for place, members in PLACES.items():
        for who in members:
            session.add(Membership(person_id=stage.people[who].id, team_id=stage.teams[place].id, is_lead=who in ("TL", "OL")))
    stage.secret("e-mail of Su", email_of("Su"), "Su", "Me", "TL", "PL", "Ad")
    stage.secret("e-mail of Nia", email_of("Nia"), "TL", "PL", "Ad")
    stage.secret("e-mail of Pe", email_of("Pe"), "Pe", "OL", "PL", "Ad")
    stage.secret("e-mail of Fay", email_of("Fay"), "PL", "Ad")
    for number in range(1, 5 * stage.size + 1):
        more = somebody(session, f"North {number:02}", f"n{number}@more.example")
        stage.people[f"n{number}"] = more
        session.add(Membership(person_id=more.id, team_id=stage.teams["North"].id))
        somebody(session, f"Free {number:02}", f"f{number}@more.example")
    for number in range(1, stage.size + 1):
        session.add(Team(slug=f"team-{number}", name=f"Team {number:02}", pmo_type="CTL"))
    session.flush()


def _accounts(session: Session, stage: Stage) -> None:
    now = clock.now()
    seen = now + timedelta(hours=1)  # so that no page notes anew when somebody was last seen
    session.add(SignIn(key_hash=hashed(key_of("Gu")), person_id=stage.people["Gu"].id, checked_at=now, last_seen_at=seen))
    for who in ROLES[1:]:
        person = stage.people[who]
        signed_in = SignIn(key_hash=hashed(key_of(who)), person_id=person.id, checked_at=now, last_seen_at=seen)
        other = SignIn(key_hash=hashed(f"other-{who}"), person_id=person.id, checked_at=now, last_seen_at=seen, browser="Firefox")
        session.add_all([signed_in, other])
        session.flush()
        stage.ids |= {f"sign-in {who}": str(signed_in.id), f"other sign-in {who}": str(other.id)}
        session.add_all(
            Event(person_id=person.id, what="signed in", thing="person", thing_id=str(person.id), detail={"n": n}) for n in range(stage.size)
        )
    stage.secret("key of Su", key_of("Su"))
    stage.secret("hash of the key of Su", hashed(key_of("Su")))
    session.add(OneTimeLink(
        token_hash=stage.secret("hash of a link", hashed(LINK)), person_id=stage.people["Fay"].id, purpose="invite", expires_at=now + timedelta(days=3),
    ))
    stage.secret("link", LINK)
    stage.ids["calendar"] = "secret-of-the-calendar-of-su"
    session.add(CalendarFeed(
        person_id=stage.people["Su"].id, secret_hash=stage.secret("hash of a calendar address", hashed(stage.ids["calendar"])), created_at=now,
    ))
    typed = stage.secret("text kept for Su", "canary-kept-text-of-su", "Su")
    kept = keep(session, stage.people["Su"].id, path="/settings/", query="", came_from="/settings/", fields=[["job_title", typed]], now=now)
    stage.ids["kept"] = str(kept.id)
    message = post(session, to=email_of("Su"), subject="Hello Susan", text=stage.secret("text of a mail", "canary-text-of-a-mail"), person_id=stage.people["Su"].id)
    stage.ids["message"] = str(message.id)
    for number in range(stage.size):
        post(session, to=f"n{number}@more.example", subject="Hello", text="Hello.")
    job = Job(kind="plan roadmap", thing_id=int(stage.ids["waiting plan id"]), state="failed", says="It stopped", ended_at=now)
    session.add_all([job, *(Job(kind="plan roadmap", thing_id=1, state="done", ended_at=now) for _ in range(stage.size))])
    session.flush()
    stage.ids["job"] = str(job.id)
