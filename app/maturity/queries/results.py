"""The results of a closed round, from the stored figures alone; who answered what; the levels agreed after a talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, can
from app.db import built_once
from app.errors import Forbidden, NotVisible, OutOfOrder
from app.maturity.queries.evidence_of_round import round_evidence
from app.maturity.queries.place import WHO_RUNS, Place, place
from app.maturity.queries.result_parts import (
    Brake,
    DimensionRow,
    Headline,
    ItemRow,
    Sameness,
    change_words,
    dimension_rows,
    furthest,
    headline,
    holding_back,
    item_row,
    move_words,
    radar,
    sameness,
    widest_first,
)
from app.models import (
    AgreedLevel,
    AssessmentRound,
    DimensionResult,
    Invitation,
    Person,
    PublishedResult,
    RecordedAnswer,
)
from app.records.anonymous import comments_at
from app.records.anonymous_figures import hidden_snapshot, team_unit
from app.records.attachments import Attached
from app.records.measures import Beside, beside_level
from app.records.results import model_of, recorded
from app.records.snapshot import Snapshot, read_snapshot
from app.records.teams import results_seen
from app.ui import charts
from app.ui.filters import rounded
from assessments.anonymity import protected
from assessments.answers import Answer, AnswerSheet
from assessments.scoring import quality_flags

NOT_YET = "The result stands here once the round is closed."
SOON = "The result is being worked out. It stands here in a minute."


def result_place(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> tuple[Place, Snapshot]:
    """A closed round whose result I may read, with its stored figures; two statements."""
    here = place(session, me, slug, number, lock=lock)
    if not here.sees_results:
        raise NotVisible
    if here.round.state not in here.shows_results_in:
        raise OutOfOrder(SOON if here.round.state == "closed" else NOT_YET)
    figures = read_snapshot(session.scalar(select(PublishedResult.scores).where(PublishedResult.round_id == here.round.id)) or {})
    if figures is None and here.is_anonymous and here.round.state == "published":
        figures = hidden_snapshot(here.model(), here.round.min_group, here.round.targets)
    if figures is None:
        raise OutOfOrder("The figures of this round are not stored. Ask your administrator to run the site’s check.")
    return here, figures


@dataclass(frozen=True)
class Before:
    """The round before, of the same model: its number, when it closed, its index per dimension."""

    name: str
    closed_at: datetime | None
    index: Mapping[str, float | None]


def round_before(session: Session, me: Me, here: Place) -> Before | None:
    """The last result before this one that I may read, between named rounds alone (R18); one statement."""
    if here.is_anonymous:
        return None
    rows = db.rows(session, _result_before(me), team=here.team.id, model=here.round.model_id, number=here.round.number)
    return Before(f"Round {rows[0].number}", rows[0].closed_at, {row.dimension: row.figure for row in rows}) if rows else None


@built_once
def _result_before(me: Me) -> Select[*tuple[Any, ...]]:
    earlier = aliased(AssessmentRound)
    last = (
        select(func.max(earlier.number))
        .join(PublishedResult, PublishedResult.round_id == earlier.id)
        .where(
            earlier.team_id == bindparam("team"), earlier.model_id == bindparam("model"), earlier.mode == "named", earlier.state == "closed",
            earlier.number < bindparam("number"),
        )
        .scalar_subquery()
    )
    return (
        select(AssessmentRound.number, AssessmentRound.closed_at, DimensionResult.dimension, DimensionResult.index.label("figure"))
        .join(DimensionResult, DimensionResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.team_id == bindparam("team"), AssessmentRound.number == last, results_seen(me))
        .order_by(DimensionResult.position)
    )


@dataclass(frozen=True)
class Agreed:
    """A level set after a talk, beside the answered one."""

    id: int
    item: str
    title: str
    level: int
    level_name: str
    answered_level: int | None
    answered_name: str
    reason: str
    evidence: str
    by: str
    at: datetime
    version: int
    attached: tuple[Attached, ...] = ()


def agreed_levels(session: Session, here: Place, figures: Snapshot) -> tuple[Agreed, ...]:
    """The agreed levels in the order of the model; one statement."""
    rows = session.execute(
        select(AgreedLevel, Person.name).join(Person, Person.id == AgreedLevel.person_id).where(AgreedLevel.round_id == here.round.id)
    ).all()
    found = {row[0].item_id: row for row in rows}
    return tuple(
        Agreed(
            level.id, item.id, item.title, level.level, figures.level_name(level.level), item.answered_level,
            figures.level_name(item.answered_level), level.reason, level.evidence, by, level.created_at, level.version,
        )
        for item in figures.items if item.id in found for level, by in (found[item.id],)
    )


@dataclass(frozen=True)
class AnswersOf:
    """What people answered in one dimension, with its comments."""

    id: str
    title: str
    words: str
    rows: tuple[ItemRow, ...]
    comments: tuple[tuple[str, str], ...]
    is_open: bool
    evidence: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class ResultsPage:
    """Everything the results page shows, worded and drawn."""

    place: Place
    type_name: str
    headline: Headline
    furthest: tuple[str, str]
    change: str
    rows: tuple[DimensionRow, ...]
    by_gap: tuple[DimensionRow, ...]
    before: Before | None
    radar: charts.Radar
    radar_label: str
    brakes: tuple[str, str, tuple[Brake, ...]]
    same: Sameness
    agreed: tuple[Agreed, ...]
    answers: tuple[AnswersOf, ...]
    sees_comments: bool
    comments: int
    sees_answers: bool
    exports: bool
    exports_answers: bool
    runs_it: bool
    places: int
    min_group: int | None
    not_shown: str
    moves: Mapping[str, str]
    moves_since: str
    takes_out: bool
    levels: tuple[str, ...]
    level_means: str
    measures: tuple[Beside, ...]

    @property
    def is_hidden(self) -> bool:
        """Nothing at all may be shown of this team: an anonymous result without anybody counted."""
        return self.min_group is not None and not self.headline.invited


def results_page(session: Session, me: Me, *, slug: str, number: int) -> ResultsPage:
    """The results of a round; six statements, whatever the number of people."""
    here, figures = result_place(session, me, slug, number)
    before = round_before(session, me, here)
    evidence = round_evidence(session, me, here)
    agreed = tuple(replace(one, attached=evidence.agreed.get(one.item, ())) for one in agreed_levels(session, here, figures))
    comments = _comments(session, here) if here.sees_people else {}
    model = model_of(here.round)
    kind = model.types.get(here.round.pmo_type) if model else None
    type_name = kind.name if kind else ""
    rows = dimension_rows(figures, before.index if before else {})
    by_gap = widest_first(rows)
    label = "; ".join(f"{row.title} {rounded(row.now, figures.places)}" for row in rows if row.now is not None)
    return ResultsPage(
        place=here, type_name=type_name, headline=headline(figures), furthest=furthest(rows, figures, type_name), change=change_words(figures),
        rows=rows, by_gap=by_gap, before=before,
        radar=radar(rows, f"{here.name}, now", "Target of this type" if type_name else "Target", before.name if before else ""),
        radar_label=f"Radar of {len(rows)} dimensions from 1 to 5: {label}", brakes=holding_back(figures), same=sameness(figures, model),
        agreed=agreed, answers=_answers(figures, by_gap, comments, evidence.answers), sees_comments=here.sees_people,
        comments=sum(map(len, comments.values())), sees_answers=can(me, "see answers", here.round), exports=here.sees_people,
        exports_answers=me.is_pmo_lead and not here.is_anonymous, runs_it=here.runs_it, places=figures.places, min_group=figures.min_group,
        not_shown=protected(figures.min_group) if figures.min_group else "Too few answers", moves=move_words(figures),
        moves_since=f"Since round {figures.since}" if figures.moves else "",
        takes_out=me.is_pmo_lead and here.is_anonymous and bool(comments), levels=tuple(figures.levels),
        level_means=model.levels[figures.staged - 1].meaning if model and figures.staged and figures.staged <= len(model.levels) else "",
        measures=beside_level(session, me, here.team.id, here.team.slug),
    )


def _comments(session: Session, here: Place) -> dict[str, list[str]]:
    """The comments of submitted sheets by item, without names, in the order of their words so that the order tells nobody apart."""
    if here.is_anonymous:
        unit = team_unit(here.team.id)
        return comments_at(session, [here.round.id], [unit]).get(unit, {})
    found: dict[str, list[str]] = {}
    for item_id, comment in session.execute(
        select(RecordedAnswer.item_id, RecordedAnswer.comment)
        .join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
        .where(Invitation.round_id == here.round.id, Invitation.state == "submitted", RecordedAnswer.comment != "")
        .order_by(RecordedAnswer.item_id, RecordedAnswer.comment)
    ):
        found.setdefault(item_id, []).append(comment)
    return found


def _answers(figures: Snapshot, by_gap: tuple[DimensionRow, ...], comments: Mapping[str, list[str]], evidence: Mapping[str, tuple[Attached, ...]]) -> tuple[AnswersOf, ...]:
    """The dimension with the widest gap first and open, then the others in the order of the model."""
    widest = by_gap[0].id if by_gap else ""
    found = []
    for row in sorted(figures.dimensions, key=lambda d: d.id != widest):
        items = [item for item in figures.items if item.dimension == row.id]
        index = f", index {rounded(row.index, figures.places)}" if row.index is not None else ", not scored"
        found.append(AnswersOf(
            row.id, row.title, f"{len(items)} items{index}", tuple(item_row(figures, item) for item in items),
            tuple((item.id, words) for item in items for words in comments.get(item.id, ())), row.id == widest,
            tuple(hung for item in items for hung in evidence.get(item.id, ())),
        ))
    return tuple(found)


@dataclass(frozen=True)
class AgreePage:
    """The levels agreed so far and the form to set one."""

    place: Place
    agreed: tuple[Agreed, ...]
    items: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    chosen: Agreed | None
    staged: str
    index: float | None


def agree_page(session: Session, me: Me, *, slug: str, number: int, item: str) -> AgreePage:
    """Where a level is set after a talk; three statements."""
    here, figures = result_place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    agreed = agreed_levels(session, here, figures)
    names = [(str(level), f"{level} {name}") for level, name in enumerate(figures.levels, 1)]
    items = [
        (i.id, f"{i.id} {i.title}: answered {i.answered_level or 'by nobody'}") for i in figures.items if i.in_scope and i.answered_level is not None
    ]
    staged = f"{figures.staged} {figures.level_name(figures.staged)}" if figures.staged else "none"
    chosen = next((a for a in agreed if a.item == item), None)
    if chosen:
        items = [(value, words) for value, words in items if value == chosen.item]
    return AgreePage(here, agreed, items, names, chosen, staged, figures.index)


def agreed_values(page: AgreePage, item: str) -> dict[str, object]:
    """What the form starts with: the level agreed before, or the item of the address."""
    if page.chosen is None:
        return {"item": item}
    c = page.chosen
    return {"item": c.item, "level": str(c.level), "reason": c.reason, "evidence": c.evidence, "version": c.version}


@dataclass(frozen=True)
class WhoAnsweredPage:
    """Item by person: (code, title, values in the order of the people). `odd` is who filled in the sheet in a way worth a second look, and why."""

    place: Place
    people: tuple[tuple[str, str], ...]
    odd: tuple[tuple[str, tuple[str, ...]], ...]
    dimensions: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...]


def who_answered_page(session: Session, me: Me, *, slug: str, number: int) -> WhoAnsweredPage:
    """Who answered what, for those the round named before the first question (condition 15); four statements."""
    here = place(session, me, slug, number)
    if not can(me, "see answers", here.round):
        raise NotVisible
    if here.round.state not in ("closed", "published"):
        raise OutOfOrder("Who answered what can be seen once the round is closed.")
    figures = read_snapshot(session.scalar(select(PublishedResult.scores).where(PublishedResult.round_id == here.round.id)) or {})
    rows = given_answers(session, here.round.id)
    people = {row[0]: (row[1], row[2]) for row in rows}
    values = {(row[0], row[4]): row[5] for row in rows}
    dimensions = tuple(
        (
            d.title,
            tuple(
                (item.id, item.title, tuple(values.get((who, item.id), "") for who in people)) for item in figures.items if item.dimension == d.id
            ),
        )
        for d in figures.dimensions
    ) if figures else ()
    return WhoAnsweredPage(here, tuple(people.values()), _odd(session, here, rows), dimensions)


def _odd(session: Session, here: Place, rows: list[tuple[int, str, str, str, str, str, str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(name, oddities) of the sheets that should be looked at before they are trusted (domain 3.3); one statement. Nothing is left out for it."""
    model = model_of(here.round)
    if model is None:
        return ()
    times = {} if here.round.is_workshop else {
        row[0]: (row[2] - row[1]).total_seconds()
        for row in session.execute(select(Invitation.id, Invitation.started_at, Invitation.submitted_at).where(Invitation.round_id == here.round.id))
        if row[1] and row[2]
    }
    sheets: dict[int, dict[str, Answer]] = {}
    names = {row[0]: row[1] for row in rows}
    for who, _, _, _, item, value, reason, unit in rows:
        answer = recorded(value, reason, unit)
        if answer is not None and model.has(item):
            sheets.setdefault(who, {})[item] = answer
    found = ((who, quality_flags(model, AnswerSheet(str(who), answers), times.get(who))) for who, answers in sheets.items())
    return tuple((names[who], tuple(flag.sentence for flag in flags)) for who, flags in found if flags)


def given_answers(session: Session, round_id: int) -> list[tuple[int, str, str, str, str, str, str, str]]:
    """(invitation, name, role, group, item, value, reason, unit) of all submitted sheets, by name; one statement."""
    rows = session.execute(
        select(
            Invitation.id, Person.name, Invitation.role, Invitation.group, RecordedAnswer.item_id, RecordedAnswer.value,
            RecordedAnswer.reason, RecordedAnswer.unit,
        )
        .join(Person, Person.id == Invitation.person_id)
        .join(RecordedAnswer, RecordedAnswer.invitation_id == Invitation.id)
        .where(Invitation.round_id == round_id, Invitation.state == "submitted", RecordedAnswer.value != "")
        .order_by(func.lower(Person.name), Invitation.id, RecordedAnswer.item_id)
    ).all()
    return [(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]) for row in rows]
