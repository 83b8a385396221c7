"""Publishing an anonymous round once: read it, work gate and figures out, store the frozen result every page reads.

Reading and working out hold no lock; storing is short and first checks that nothing has changed since. A small round does
all three in the transaction of its close, a large one in a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.models import AssessmentRound, DimensionResult, Invitation, JointRound, JointTeam, PublishedResult, Team
from app.records.anonymous import Row, Written, erase_drafts, keys_of, rewrite, written
from app.records.anonymous_figures import anonymous_snapshot, team_unit
from app.records.results import RULES_VERSION, type_in
from assessments.anonymity import Unit, UnitFigures, UnitTree, moves, people_moved, placed, publish
from assessments.questionnaire import Questionnaire

ORGANISATION = "organisation"


class Changed(Exception):
    """What a result was worked out from is no longer what is stored; work it out again."""


@dataclass(frozen=True)
class Before:
    """The last anonymous result of a team before a round: its number, who was invited, its indices."""

    number: int
    invited: set[int]
    index: Mapping[str, float | None]


@dataclass(frozen=True)
class TeamRound:
    """The round of one team in a publication."""

    id: int
    team_id: int
    number: int
    model_id: str
    targets: Mapping[str, int]


@dataclass(frozen=True)
class Gathered:
    """All that a publication is worked out from, read at one moment. `invited` and `before` are by round."""

    rounds: tuple[TeamRound, ...]
    model: Questionnaire
    tree: UnitTree
    k: int
    written: Written
    invited: Mapping[int, set[int]]
    before: Mapping[int, Before]

    @property
    def round_ids(self) -> list[int]:
        """The rounds that are published together."""
        return [round_.id for round_ in self.rounds]


@dataclass(frozen=True)
class WorkedOut:
    """A whole result, ready to be stored: rows of teams and dimensions, answers in their new order, and the units above the teams as JSON."""

    results: tuple[Row, ...]
    dimensions: tuple[Row, ...]
    comments: tuple[Row, ...]
    above: dict[str, Any]


def publish_alone(session: Session, round_: AssessmentRound, model: Questionnaire, title: str) -> None:
    """Publish the round of one team. Raises InvalidSheets when answers no longer fit the model."""
    tree = UnitTree([Unit(team_unit(round_.team_id), title, "team", type_id=type_in(model, round_.pmo_type))])
    erase_drafts(session, [round_.id])
    gathered = _gathered(session, [round_], model, tree, round_.min_group)
    store(session, gathered, work_out(gathered))


def publish_joint(session: Session, joint: JointRound, rounds: Sequence[AssessmentRound], model: Questionnaire) -> dict[str, Any]:
    """Publish the rounds of a joint round together, at once; the units above the teams as JSON: {"units": [...], "scores": {unit: snapshot}}."""
    erase_drafts(session, [round_.id for round_ in rounds])
    gathered = gather_joint(session, joint, rounds, model)
    found = work_out(gathered)
    store(session, gathered, found)
    return found.above


def gather_joint(session: Session, joint: JointRound, rounds: Sequence[AssessmentRound], model: Questionnaire) -> Gathered:
    """Read everything the result of a joint round is worked out from; a constant number of statements."""
    places = session.execute(
        select(JointTeam.team_id, JointTeam.programme_id, JointTeam.programme, Team.name)
        .join(Team, Team.id == JointTeam.team_id).where(JointTeam.joint_id == joint.id).order_by(func.lower(Team.name), Team.id)
    ).all()
    programmes = {row.programme_id: row.programme for row in places if row.programme_id is not None}
    types = {round_.team_id: type_in(model, round_.pmo_type) for round_ in rounds}
    units = [Unit(ORGANISATION, "The whole organisation", "organisation")]
    units += [
        Unit(f"programme {key}", name, "programme", ORGANISATION) for key, name in sorted(programmes.items(), key=lambda entry: entry[1].lower())
    ]
    units += [
        Unit(team_unit(row.team_id), row.name, "team", f"programme {row.programme_id}" if row.programme_id is not None else ORGANISATION, types[row.team_id])
        for row in places
    ]
    return _gathered(session, rounds, model, UnitTree(units), joint.min_group)


def _gathered(session: Session, rounds: Sequence[AssessmentRound], model: Questionnaire, tree: UnitTree, k: int) -> Gathered:
    ids = [round_.id for round_ in rounds]
    return Gathered(
        tuple(TeamRound(r.id, r.team_id, r.number, r.model_id, r.targets) for r in rounds), model, tree, k, written(session, ids),
        invited_people(session, ids), _earlier(session, rounds),
    )


def work_out(gathered: Gathered) -> WorkedOut:
    """Gate and figures of every unit, from what was read alone; no database. Raises InvalidSheets for answers that do not fit the model.

    5,000 people in 300 teams take some seconds."""
    model, k = gathered.model, gathered.k
    sheets, teams = gathered.written.by_round(model), {r.id: team_unit(r.team_id) for r in gathered.rounds}
    found = publish(
        model, gathered.tree, {teams[r.id]: sheets.get(r.id, []) for r in gathered.rounds}, k=k,
        targets={teams[r.id]: r.targets for r in gathered.rounds},
    )
    results: list[Row] = []
    dimensions: list[Row] = []
    for round_ in gathered.rounds:
        figures = found.units.get(teams[round_.id])
        if figures is not None:
            result, own = _rows(gathered, round_, figures)
            results.append(result)
            dimensions += own
    comments = [(row["id"], row["item_id"], teams[row["round_id"]]) for row in sorted(gathered.written.comments, key=lambda row: row["id"])]
    places = placed(gathered.tree, found.answers(), comments, k)
    own_units = set(teams.values())
    above = {
        "units": [{"id": unit.id, "title": unit.title, "kind": unit.kind, "parent": unit.parent} for unit in gathered.tree.units],
        "scores": {
            name: anonymous_snapshot(model, figures, invited=0, k=k).as_json() for name, figures in found.units.items() if name not in own_units
        },
    }
    return WorkedOut(tuple(results), tuple(dimensions), gathered.written.placed(places), above)


def store(session: Session, gathered: Gathered, found: WorkedOut) -> None:
    """Write the result in the transaction of the caller, who holds the rounds. Raises Changed unless all that was read is still what is stored."""
    ids = gathered.round_ids
    if keys_of(session, ids) != gathered.written.keys or invited_people(session, ids) != gathered.invited:
        raise Changed
    rewrite(session, ids, gathered.written.sheets, found.comments)
    for table, rows in ((PublishedResult, found.results), (DimensionResult, found.dimensions)):
        if rows:
            session.execute(insert(table), list(rows))
    session.flush()


def invited_people(session: Session, round_ids: Sequence[int]) -> dict[int, set[int]]:
    """Who was invited, by round; one statement."""
    found: dict[int, set[int]] = {}
    for round_id, person_id in session.execute(
        select(Invitation.round_id, Invitation.person_id).where(Invitation.round_id.in_(round_ids))
    ):
        found.setdefault(round_id, set()).add(person_id)
    return found


def _rows(gathered: Gathered, round_: TeamRound, figures: UnitFigures) -> tuple[Row, list[Row]]:
    """What is stored of one team: its result, and a row a dimension."""
    before, invited = gathered.before.get(round_.id), gathered.invited.get(round_.id, set())
    moved = _moves(before, figures, invited, gathered.k) if before else ()
    snapshot = anonymous_snapshot(
        gathered.model, figures, invited=len(invited), k=gathered.k, since=before.number if before else None, moved=moved
    )
    own = {"round_id": round_.id, "team_id": round_.team_id}
    result = own | {
        "rules_version": RULES_VERSION, "overall_index": snapshot.index, "staged": snapshot.staged, "respondents": snapshot.answered,
        "invited": snapshot.invited, "kind": snapshot.kind, "scores": snapshot.as_json(),
    }
    ways = {str(name): str(direction) for name, direction, *_ in moved}
    return result, [
        own | {"dimension": d.id, "position": position, "index": d.index, "staged": d.staged, "target": d.target, "moved": ways.get(d.id, "")}
        for position, d in enumerate(snapshot.dimensions)
    ]


def _earlier(session: Session, rounds: Sequence[AssessmentRound]) -> dict[int, Before]:
    """What each of these rounds is compared with, by round; three statements."""
    last: dict[int, tuple[int, int]] = {}
    wanted = {round_.team_id: round_ for round_ in rounds}
    for round_id, team_id, number, model_id in session.execute(
        select(AssessmentRound.id, AssessmentRound.team_id, AssessmentRound.number, AssessmentRound.model_id)
        .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.team_id.in_(wanted), AssessmentRound.mode == "anonymous").order_by(AssessmentRound.number)
    ):
        now = wanted[team_id]
        if number < now.number and model_id == now.model_id:
            last[now.id] = (round_id, number)
    ids = [round_id for round_id, _ in last.values()]
    index: dict[int, dict[str, float | None]] = {}
    for round_id, name, value in session.execute(
        select(DimensionResult.round_id, DimensionResult.dimension, DimensionResult.index).where(DimensionResult.round_id.in_(ids))
    ):
        index.setdefault(round_id, {})[name] = value
    invited = invited_people(session, ids)
    return {now: Before(number, invited.get(was, set()), index.get(was, {})) for now, (was, number) in last.items()}


def _moves(before: Before, figures: UnitFigures, invited: set[int], k: int) -> Sequence[Sequence[object]]:
    """How the dimensions moved since, as far as that may be told (R18, R19)."""
    found = moves(
        before.index, {d.id: d.index for d in figures.dimensions.values()}, {d.id: d.items_shown for d in figures.dimensions.values()},
        moved=people_moved(before.invited, invited), k=k,
    )
    return [(name, move.direction, move.difference) for name, move in found.items()]
