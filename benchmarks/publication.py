"""Time to publish an anonymous round of a large organisation: all sheets in, gate and figures of every unit out.

The second table is the whole way with a database: how long everybody else waits for the write lock when the job of the
site publishes, beside doing all of it in one transaction."""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

from sqlalchemy import insert

from app import clock
from app.db import Database
from app.maturity.publishing import keep, read
from app.migrations import migrate
from app.models import AnonymousSheet, AssessmentRound, Invitation, JointRound, JointTeam, Person, Programme, Team
from app.models.anonymous import random_key
from app.records.publication import work_out
from assessments.anonymity import Publication, Unit, UnitTree, publish
from assessments.answers import Answer, AnswerSheet
from assessments.questionnaire import Questionnaire
from tests.assessments.values import pmo_maturity

SIZES = ((500, 30, 5), (5_000, 300, 25))
K, GOAL, SKIPPED = 5, 3.0, 0.04


def main() -> None:
    """Print persons, teams, units shown, items shown of all, processor seconds and goal."""
    print(f"\n{'persons':>8}{'teams':>7}{'units shown':>13}{'items shown':>13}{'seconds':>9}{'goal':>6}")
    model = pmo_maturity()
    for persons, teams, programmes in SIZES:
        tree, sheets = organisation(model, persons, teams, programmes)
        began = time.process_time()
        found = publish(model, tree, sheets, k=K)
        seconds = time.process_time() - began
        print(f"{persons:8}{teams:7}{len(found.units):8} of {len(tree.units):<4}{_share(found, model):12.0%}{seconds:9.2f}{GOAL:6.1f}")


    print(f"\n{'persons':>8}{'teams':>7}{'read':>8}{'work out':>10}{'store':>8}{'locked before':>15}{'locked now':>12}")
    for persons, teams, programmes in SIZES:
        read_s, work_s, store_s = stored(model, persons, teams, programmes)
        print(f"{persons:8}{teams:7}{read_s:8.2f}{work_s:10.2f}{store_s:8.2f}{read_s + work_s + store_s:15.2f}{store_s:12.2f}")


def stored(model: Questionnaire, persons: int, teams: int, programmes: int) -> tuple[float, float, float]:
    """Processor seconds to read, work out and store the result of a closed joint round in a new SQLite file."""
    _, sheets = organisation(model, persons, teams, programmes)
    with tempfile.TemporaryDirectory() as folder:
        own = Database(f"sqlite:///{Path(folder) / 'site.db'}")
        migrate(own)
        joint_id = put(own, model, sheets, programmes)
        began = time.process_time()
        gathered = read(own, joint_id)
        assert gathered is not None
        read_at = time.process_time()
        found = work_out(gathered)
        worked_at = time.process_time()
        assert keep(own, joint_id, gathered, found)
        ended = time.process_time()
        own.dispose()
    return read_at - began, worked_at - read_at, ended - worked_at


def put(own: Database, model: Questionnaire, sheets: dict[str, list[AnswerSheet]], programmes: int) -> int:
    """A closed joint round with these sheets; its id."""
    with own.transaction() as session:
        groups = [Programme(name=f"P{n}", name_key=f"p{n}") for n in range(programmes)]
        session.add_all(groups)
        joint = JointRound(number=1, title="All", purpose="", model_id=model.id, model_version=model.version, min_group=K, state="closed", closes_on=date(2026, 1, 1))
        units = {name: Team(slug=name, name=name.upper(), pmo_type="SUP") for name in sheets}
        session.add_all([joint, *units.values()])
        session.flush()
        rounds = {
            name: AssessmentRound(
                team_id=team.id, number=1, title="All", mode="anonymous", min_group=K, model_id=model.id, model_version=model.version,
                pmo_type="SUP", targets=model.targets("SUP"), state="closed", closed_at=clock.now(),
            )
            for name, team in units.items()
        }
        session.add_all(rounds.values())
        session.flush()
        for place, (name, round_) in enumerate(rounds.items()):
            group = groups[place % programmes]
            session.add(JointTeam(joint_id=joint.id, team_id=round_.team_id, round_id=round_.id, programme_id=group.id, programme=group.name))
            for sheet in sheets[name]:
                person = Person(email=f"{sheet.respondent}@example.org", email_key=f"{sheet.respondent}@example.org", name=sheet.respondent)
                session.add(person)
                session.add(Invitation(round_id=round_.id, person=person, state="submitted"))
        rows = [
            {"id": random_key(), "round_id": rounds[name].id, "group": "users", "answers": {item: given.code for item, given in sheet.answers.items()}}
            for name, own_sheets in sheets.items() for sheet in own_sheets
        ]
        session.execute(insert(AnonymousSheet), rows)
        return joint.id


def organisation(model: Questionnaire, persons: int, teams: int, programmes: int) -> tuple[UnitTree, dict[str, list[AnswerSheet]]]:
    """Teams of uneven size in programmes; about one answer in 25 is don't know."""
    random = Random(1)
    units = [Unit("all", "All", "organisation"), *(Unit(f"p{p}", f"P{p}", "programme", "all") for p in range(programmes))]
    units += [Unit(f"t{t}", f"T{t}", "team", f"p{t % programmes}", "SUP") for t in range(teams)]
    sheets: dict[str, list[AnswerSheet]] = {f"t{t}": [] for t in range(teams)}
    for n in range(persons):
        answers = {item.id: Answer.dk() if random.random() < SKIPPED else Answer.of(random.randint(1, 5)) for item in model.items}
        sheets[f"t{int(teams * random.random() ** 1.5)}"].append(AnswerSheet(str(n), answers))
    return UnitTree(units), sheets


def _share(found: Publication, model: Questionnaire) -> float:
    return sum(len(unit.items) for unit in found.units.values()) / (len(found.units) * len(model.items))


if __name__ == "__main__":
    main()
