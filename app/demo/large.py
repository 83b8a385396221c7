"""A large organisation for load tests: teams, people, closed rounds with results, ratings; the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import clock
from app.content import library
from app.db import Database
from app.demo.reading import DOMAIN
from app.demo.rounds import answer_rows, read_codes, shipped_model
from app.demo.sheets import sheets_near
from app.demo.skills import made_levels, made_rows
from app.models import AssessmentRound, Invitation, Membership, Organisation, Person, RecordedAnswer, SkillRating, Team
from app.records.results import store_result
from app.ui.text import login_key
from assessments.questionnaire import Questionnaire

MOST_ANSWER, OFFICE = 12, 3
MONTHS_BETWEEN = timedelta(days=182)
BATCH = 20_000
FIRST_NAMES = (
    "Ada", "Bruno", "Celia", "Dario", "Edda", "Farid", "Gita", "Hugo", "Irma", "Janek", "Kaja", "Lars", "Mina", "Nils", "Olga", "Petra",
    "Quim", "Rosa", "Sami", "Tilda", "Ugo", "Vera", "Wanda", "Xenia", "Yann", "Zora",
)
LAST_NAMES = (
    "Abel", "Bakker", "Castro", "Dietz", "Eklund", "Fabre", "Gruber", "Horvat", "Ivers", "Jansen", "Kowal", "Lund", "Marino", "Novak",
    "Olsen", "Pinto", "Quist", "Rossi", "Sousa", "Toth", "Urban", "Vidal", "Weber", "Young", "Zeman",
)
TOWNS = ("Ashford", "Brenna", "Corvo", "Dunmore", "Elstow", "Farsund", "Gloria", "Hamra", "Ilmen", "Jura")
KINDS = ("water works", "hospitals", "railways", "schools", "insurance", "foods", "shipping", "telecoms", "housing", "research")
STAFF = ("PMO lead", "PMO analyst", "PMO analyst")
ROLES = {"PMO lead": "PML", "PMO analyst": "PAN", "Project manager": "PMG", "New project manager": "NPM", "Sponsor": "SPO"}


@dataclass(frozen=True)
class Size:
    """How large the organisation is: rounds are per team."""

    teams: int
    people: int
    rounds: int
    seed: int


@dataclass(frozen=True)
class Crew:
    """A team with its people in order; the first leads it."""

    team: Team
    people: Sequence[tuple[int, str]]


def load_large(own: Database, password_hash: str, size: Size) -> None:
    """Put a generated organisation into a database without people."""
    with own.transaction() as session:
        now, random = clock.now(), Random(size.seed)
        session.add(Organisation(id=1, name="Generated organisation", setup_finished_at=now, created_at=now))
        crews = _crews(session, size, random, password_hash, now)
        model = shipped_model()
        for crew in crews:
            for number in range(1, size.rounds + 1):
                _round(session, crew, number, model, f"{size.seed}/{crew.team.slug}/{number}", now - MONTHS_BETWEEN * (size.rounds - number + 1))
        _ratings(session, crews, random, now)


def _crews(session: Session, size: Size, random: Random, password_hash: str, now: datetime) -> list[Crew]:
    types = sorted(shipped_model().types)
    teams = [
        Team(
            slug=f"t{number:03}", name=f"{TOWNS[number % len(TOWNS)]} {KINDS[number // len(TOWNS) % len(KINDS)]} {number}",
            pmo_type=types[number % len(types)], capacity=random.choice((20, 25, 40, 60)), wip=random.choice((3, 4, 5)), is_demo=True,
        )
        for number in range(1, size.teams + 1)
    ]
    session.add_all(teams)
    shared: dict[str, Any] = {"password_hash": password_hash, "password_changed_at": now, "is_demo": True, "version": 1}
    rows = [
        _person("admin", "Gabriel Stein", "Administrator of this site", None) | {"is_admin": True},
        _person("pmo", "Daniel Roth", "PMO lead of the whole organisation", "PML") | {"is_pmo_lead": True},
    ]
    words = []
    for number in range(size.people):
        place = number // len(teams)
        role = STAFF[place] if place < len(STAFF) else random.choice(("Project manager", "Project manager", "New project manager", "Sponsor"))
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)} {number + 1}"
        rows.append(_person(f"p{number + 1:05}", name, role, ROLES[role]))
        words.append(role)
    plain = {"is_admin": False, "is_pmo_lead": False}
    session.execute(insert(Person), [plain | row | shared for row in rows])
    session.flush()
    ids = list(session.scalars(select(Person.id).where(Person.email.like("p_____@%")).order_by(Person.email)))
    crews = [Crew(team, [(ids[n], words[n]) for n in range(at, size.people, len(teams))]) for at, team in enumerate(teams)]
    session.execute(insert(Membership), [
        {"person_id": person_id, "team_id": crew.team.id, "is_lead": place == 0} for crew in crews for place, (person_id, _) in enumerate(crew.people)
    ])
    return crews


def _person(name: str, full_name: str, title: str, role: str | None) -> dict[str, Any]:
    email = f"{name}@{DOMAIN}"
    return {"email": email, "email_key": login_key(email), "name": full_name, "job_title": title, "role_profile": role}


def _round(session: Session, crew: Crew, number: int, model: Questionnaire, seed: str, opened: datetime) -> None:
    closed = opened + timedelta(days=14)
    round_ = AssessmentRound(
        team_id=crew.team.id, number=number, title=f"Round {number}", model_id=model.id, model_version=model.version,
        pmo_type=crew.team.pmo_type, targets=model.targets(crew.team.pmo_type), state="closed", opened_at=opened, closed_at=closed,
        closes_on=closed.date(), created_at=opened, created_by_id=crew.people[0][0] if crew.people else None,
    )
    session.add(round_)
    session.flush()
    asked = crew.people[:MOST_ANSWER]
    if not asked:
        return
    invitations = [
        Invitation(
            round_id=round_.id, person_id=person_id, role=role, group="office" if place < OFFICE else "users", state="submitted",
            started_at=opened, submitted_at=closed, created_at=opened,
        )
        for place, (person_id, role) in enumerate(asked)
    ]
    session.add_all(invitations)
    session.flush()
    profile = _profile(model, seed, number)
    rows = [
        row
        for invitation, sheet in zip(invitations, sheets_near(model, profile, len(asked), seed), strict=True)
        for row in answer_rows(invitation.id, read_codes(sheet), closed)
    ]
    session.execute(insert(RecordedAnswer), rows)
    store_result(session, round_, model)


def _profile(model: Questionnaire, seed: str, number: int) -> dict[str, float]:
    """Where the team stands, a little higher with every round."""
    random = Random(seed.rsplit("/", 1)[0])
    start = random.uniform(1.3, 3.0)
    return {d.id: max(1.0, min(4.6, start + random.uniform(-0.6, 0.6) + 0.2 * number)) for d in model.dimensions}


def _ratings(session: Session, crews: Sequence[Crew], random: Random, now: datetime) -> None:
    roles = library().skills.roles
    rows: list[dict[str, Any]] = []
    for crew in crews:
        for person_id, role in crew.people:
            rated = now - timedelta(days=random.randint(20, 300))
            levels = made_levels(roles[ROLES[role]], random, {})
            rows += made_rows(person_id, crew.people[0][0], levels, rated, rated + timedelta(days=8))
        if len(rows) > BATCH:
            session.execute(insert(SkillRating), rows)
            rows = []
    if rows:
        session.execute(insert(SkillRating), rows)
