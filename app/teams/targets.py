"""What the page of targets shows: defaults and own targets, the first year, other types, and the selector of the type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, can, fetch
from app.content import library
from app.models import AssessmentRound, Person, PublishedResult, TargetChange, Team
from app.records.snapshot import SCORES, Snapshot, snapshot_in
from app.records.targets import own_targets
from app.records.teams import results_seen, team_tabs
from app.ui.filters import count, joined, sentence
from assessments.questionnaire import Questionnaire
from assessments.types import SELECTOR, Question, as_other_types, first_year, gap_items, suggested

MODEL = "pmo-maturity"
DEFAULT = "default"


@dataclass(frozen=True)
class Target:
    """One dimension: the default of the type with its reason, the own target if there is one, the first year."""

    id: str
    title: str
    default: int
    own: int | None
    reason: str
    reached: int | None
    first: int | None

    @property
    def counts(self) -> int:
        """The target that counts."""
        return self.default if self.own is None else self.own


@dataclass(frozen=True)
class Changed:
    """An entry of the history."""

    when: datetime
    words: str
    reason: str
    who: str


@dataclass(frozen=True)
class TargetsPage:
    """Everything the page shows. `others` are the other types in words; `gaps` how many items are gaps now."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    kind: str
    targets: tuple[Target, ...]
    gaps: str
    others: tuple[tuple[str, str, str], ...]
    history: tuple[Changed, ...]
    may_set: bool
    dimensions: list[tuple[str, str]]
    levels: list[tuple[str, str]]


def targets_page(session: Session, me: Me, *, slug: str) -> TargetsPage:
    """The targets of a team; four statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    model = library().questionnaires[MODEL]
    kind = model.types.get(team.pmo_type)
    rows = session.execute(
        select(TargetChange, Person.name).join(Person, Person.id == TargetChange.person_id).where(TargetChange.team_id == team.id).order_by(TargetChange.id.desc())
    ).all()
    own = own_targets(session, [team.id])[team.id]
    defaults, figures = model.targets(team.pmo_type if kind else None), _last_figures(session, me, team)
    wanted = defaults | own
    reached = {d.id: d.staged for d in figures.dimensions} if figures else {}
    near = first_year(wanted, reached)
    newest = {row.TargetChange.dimension: row.TargetChange.reason for row in reversed(rows)}
    titles = {d.id: d.title for d in model.dimensions}
    return TargetsPage(
        team, team_tabs(team, "profile", me), kind.name if kind else team.pmo_type,
        tuple(
            Target(
                d.id, d.title, defaults[d.id], own.get(d.id), newest.get(d.id, "") if d.id in own else kind.reasons.get(d.id, "") if kind else "",
                reached.get(d.id), near[d.id] if reached.get(d.id) else None,
            )
            for d in model.dimensions if d.id in defaults
        ),
        *_sensitivity(model, figures, team.pmo_type, wanted),
        tuple(Changed(change.created_at, _in_words(change, titles), change.reason, name) for change, name in rows),
        can(me, "set targets", team), [(d.id, f"{d.title} ({wanted.get(d.id, '–')})") for d in model.dimensions],
        [*((str(step.value), f"{step.value} {step.name}") for step in model.levels), (DEFAULT, "The default of the type")],
    )


def _last_figures(session: Session, me: Me, team: Team) -> Snapshot | None:
    """The stored figures of the last closed round I may read; one statement."""
    row = session.execute(
        select(SCORES).join(AssessmentRound, AssessmentRound.id == PublishedResult.round_id)
        .where(AssessmentRound.team_id == team.id, AssessmentRound.model_id == MODEL, AssessmentRound.state.in_(("closed", "published")), results_seen(me))
        .order_by(AssessmentRound.number.desc()).limit(1)
    ).one_or_none()
    return snapshot_in(row.scores) if row else None


def _sensitivity(
    model: Questionnaire, figures: Snapshot | None, own: str, wanted: Mapping[str, int]
) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    if figures is None:
        return "", ()
    levels = {item.id: item.level for item in figures.items if item.level is not None and item.in_scope and model.has(item.id)}
    gaps = len(gap_items(model, levels, wanted))
    others = tuple(
        (
            model.types[other.type].name, f"{count(len(other.new), 'other item', words=False)} would be {'a gap' if len(other.new) == 1 else 'gaps'}, {len(other.gone)} would not",
            joined(list(other.new)),
        )
        for other in as_other_types(model, levels, own, wanted)
    )
    return f"{sentence(count(gaps, 'item is', 'items are'))} below target now, of {len(levels)} measured.", others


def _in_words(change: TargetChange, titles: Mapping[str, str]) -> str:
    after = f"to {change.level}" if change.level is not None else "back to the default"
    return f"{titles.get(change.dimension, change.dimension)} from {change.before} {after}"


@dataclass(frozen=True)
class TypePage:
    """The five questions with what was chosen, and the types they point to: (id, name, when it fits)."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    questions: tuple[tuple[Question, str], ...]
    asked: bool
    types: tuple[tuple[str, str, str], ...]
    now: str
    may_edit: bool


def type_page(session: Session, me: Me, *, slug: str, answers: Mapping[str, str]) -> TypePage:
    """The selector of the type; one statement. Nothing is stored."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    types = library().questionnaires[MODEL].types
    found = tuple((name, types[name].name, types[name].chooses_when) for name in suggested(answers) if name in types)
    now = types[team.pmo_type].name if team.pmo_type in types else team.pmo_type
    chosen = tuple((q, answers.get(q.id, "") if answers.get(q.id, "") in dict(q.choices) else "") for q in SELECTOR)
    return TypePage(team, team_tabs(team, "profile", me), chosen, bool(answers), found, now, can(me, "edit team", team))
