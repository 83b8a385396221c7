"""Publishing an anonymous round once: gate, figures, and the frozen result every page reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import (
    AgreedLevel,
    AssessmentRound,
    DimensionResult,
    Invitation,
    JointRound,
    JointTeam,
    PublishedResult,
    Team,
)
from app.records.anonymous import erase_drafts, sheets_of, show_comments, shuffle, written_comments
from app.records.results import RULES_VERSION, type_in
from app.records.snapshot import DimensionFigures, HeldBack, ItemFigures, Snapshot
from assessments.anonymity import (
    Publication,
    Unit,
    UnitFigures,
    UnitTree,
    moves,
    people_moved,
    placed,
    protected,
    publish,
    restaged,
    unit_figures,
)
from assessments.questionnaire import Questionnaire


def team_unit(team_id: int) -> str:
    """The name of a team in the tree of a round."""
    return f"team {team_id}"


def publish_alone(session: Session, round_: AssessmentRound, model: Questionnaire, title: str) -> None:
    """Publish the round of one team. Raises InvalidSheets when answers no longer fit the model."""
    tree = UnitTree([Unit(team_unit(round_.team_id), title, "team", type_id=type_in(model, round_.pmo_type))])
    publish_rounds(session, [round_], model, tree, k=round_.min_group)


def publish_rounds(
    session: Session, rounds: Sequence[AssessmentRound], model: Questionnaire, tree: UnitTree, *, k: int, by_group: bool = False
) -> Publication:
    """Publish rounds of several teams as one: shuffle, gate, store the result of each team that may be shown, place comments."""
    ids = [round_.id for round_ in rounds]
    erase_drafts(session, ids)
    shuffle(session, ids)
    sheets = sheets_of(session, ids, model)
    found = publish(
        model, tree, {team_unit(r.team_id): sheets[r.id] for r in rounds}, k=k, by_group=by_group,
        targets={team_unit(r.team_id): r.targets for r in rounds},
    )
    invited, before = invited_people(session, ids), _earlier(session, rounds)
    for round_ in rounds:
        figures = found.units.get(team_unit(round_.team_id))
        if figures is not None:
            _store(session, round_, model, figures, invited.get(round_.id, set()), before.get(round_.id), k)
    teams = {round_.id: team_unit(round_.team_id) for round_ in rounds}
    written = [(key, item, teams[round_id]) for key, item, round_id in written_comments(session, ids)]
    show_comments(session, placed(tree, found.answers(), written, k))
    session.flush()
    return found


ORGANISATION = "organisation"


def publish_joint(session: Session, joint: JointRound, rounds: Sequence[AssessmentRound], model: Questionnaire) -> dict[str, Any]:
    """Publish the rounds of a joint round together; the units above the teams as JSON: {"units": [...], "scores": {unit: snapshot}}."""
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
    found = publish_rounds(session, rounds, model, UnitTree(units), k=joint.min_group)
    teams = {team_unit(row.team_id) for row in places}
    return {
        "units": [{"id": unit.id, "title": unit.title, "kind": unit.kind, "parent": unit.parent} for unit in units],
        "scores": {
            name: anonymous_snapshot(model, figures, invited=0, k=joint.min_group).as_json()
            for name, figures in found.units.items() if name not in teams
        },
    }


def invited_people(session: Session, round_ids: Sequence[int]) -> dict[int, set[int]]:
    """Who was invited, by round; one statement."""
    found: dict[int, set[int]] = {}
    for round_id, person_id in session.execute(
        select(Invitation.round_id, Invitation.person_id).where(Invitation.round_id.in_(round_ids))
    ):
        found.setdefault(round_id, set()).add(person_id)
    return found


def _store(
    session: Session, round_: AssessmentRound, model: Questionnaire, figures: UnitFigures, invited: set[int], before: Before | None, k: int
) -> None:
    moved = _moves(before, figures, invited, k) if before else ()
    snapshot = anonymous_snapshot(model, figures, invited=len(invited), k=k, since=before.number if before else None, moved=moved)
    session.add(PublishedResult(
        round_id=round_.id, team_id=round_.team_id, rules_version=RULES_VERSION, overall_index=snapshot.index, staged=snapshot.staged,
        respondents=snapshot.answered, invited=snapshot.invited, kind=snapshot.kind, scores=snapshot.as_json(),
    ))
    session.add_all(
        DimensionResult(
            round_id=round_.id, team_id=round_.team_id, dimension=d.id, position=position, index=d.index, staged=d.staged, target=d.target
        )
        for position, d in enumerate(snapshot.dimensions)
    )


@dataclass(frozen=True)
class Before:
    """The last anonymous result of a team before a round: its number, who was invited, its indices."""

    number: int
    invited: set[int]
    index: Mapping[str, float | None]


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


def anonymous_snapshot(
    model: Questionnaire, figures: UnitFigures, *, invited: int, k: int, since: int | None = None, moved: Sequence[Sequence[object]] = ()
) -> Snapshot:
    """The published figures of a unit in the shape every results page reads."""
    top = model.top_level
    return Snapshot(
        model=model.id, version=model.version, title=model.title, levels=[step.name for step in model.levels], index=figures.index,
        percent=None if figures.index is None else round(100 * (figures.index - 1) / (top - 1)), staged=figures.staged,
        published=figures.published, kind="anonymous", weight_share=figures.weight_share, interval=None, spread=None, invited=invited,
        answered=figures.n, valid=figures.n, groups={}, dimensions=[_dimension(model, figures, d.id, k) for d in model.dimensions],
        items=[_item(model, figures, item.id) for item in model.items], min_group=k, since=since, moves=moved,
    )


def hidden_snapshot(model: Questionnaire, k: int, targets: Mapping[str, int]) -> Snapshot:
    """What stands for a unit that is not shown: the same for too few answers and for protected ones (R12)."""
    nothing = unit_figures(model, "", 0, {}, frozenset(), None, targets)
    return anonymous_snapshot(model, nothing, invited=0, k=k)


def restage(model: Questionnaire, snapshot: Snapshot, agreed: Mapping[str, int]) -> Snapshot:
    """The snapshot with other agreed levels: level reached and what holds back follow, every published figure stays."""
    items = [replace(item, agreed_level=agreed.get(item.id)) for item in snapshot.items]
    levels = {item.id: item.level for item in items if item.level is not None}
    dimensions = []
    for d in snapshot.dimensions:
        staged, back = restaged(model, model.dimension(d.id), levels) if d.index is not None else (None, ())
        dimensions.append(replace(d, staged=staged, holding_back=[HeldBack(b.item, b.level, b.rules) for b in back]))
    whole = min((d.staged for d in dimensions if d.staged is not None), default=None)
    return replace(snapshot, items=items, dimensions=dimensions, staged=whole)


def stand_beside(session: Session, round_: AssessmentRound, model: Questionnaire, snapshot: Snapshot) -> None:
    """Store the levels agreed since beside the published figures, which stay as they are (R20)."""
    agreed = {row[0]: row[1] for row in session.execute(
        select(AgreedLevel.item_id, AgreedLevel.level).where(AgreedLevel.round_id == round_.id)
    )}
    found = restage(model, snapshot, agreed)
    session.execute(
        update(PublishedResult).where(PublishedResult.round_id == round_.id).values(staged=found.staged, scores=found.as_json())
    )
    for d in found.dimensions:
        one = (DimensionResult.round_id == round_.id) & (DimensionResult.dimension == d.id)
        session.execute(update(DimensionResult).where(one).values(staged=d.staged))
    session.flush()


def _item(model: Questionnaire, figures: UnitFigures, item_id: str) -> ItemFigures:
    asked, dimension = model.item(item_id), model.dimension_of(item_id)
    in_scope = item_id not in figures.dimensions[dimension.id].out_of_scope
    shown = figures.items.get(item_id)
    if shown is None:
        return ItemFigures(item_id, asked.title, dimension.id, asked.key, 0, None, None, None, in_scope, None, None, None, (), 0, 0, ())
    return ItemFigures(
        item_id, asked.title, dimension.id, asked.key, shown.n, shown.mean, shown.level, None, in_scope, shown.r_wg, shown.ad, shown.reading,
        (), 0, 0, [(int(value), count) for value, count in shown.counts],
    )


def _dimension(model: Questionnaire, figures: UnitFigures, dimension_id: str, k: int) -> DimensionFigures:
    d = figures.dimensions[dimension_id]
    return DimensionFigures(
        d.id, model.dimension(d.id).title, d.weight, d.index, d.staged, d.target, d.items_shown, d.items_in_scope, d.out_of_scope, None, None, 0,
        None, None, None, [HeldBack(b.item, b.level, b.rules) for b in d.holding_back], None if d.index is not None else protected(k),
    )
