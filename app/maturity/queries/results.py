"""The results of a closed round, from the stored figures alone; who answered what; the levels agreed after a talk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Select, bindparam, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, can
from app.db import built_once
from app.errors import Forbidden, NotVisible, OutOfOrder
from app.maturity.queries.claims import Claims, claims_of
from app.maturity.queries.evidence_of_round import round_evidence
from app.maturity.queries.place import WHO_RUNS, Place, place, read_place, round_at
from app.maturity.queries.result_frozen import AnsweredDimension, Before, Frozen, frozen
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
from app.records.snapshot import SCORES, Snapshot, snapshot_in
from app.records.teams import results_seen
from assessments.answers import Answer, AnswerSheet
from assessments.scoring import quality_flags

NOT_YET = "The result stands here once the round is closed."
NOT_STORED = "The figures of this round are not stored. Ask your administrator to run the site’s check."
NO_FIGURES = "{}"
NOTHING: Mapping[str, tuple[Attached, ...]] = {}
SOON = "The result is being worked out. It stands here in a minute."


def result_place(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> tuple[Place, Snapshot]:
    """A closed round whose result I may read, with its stored figures; one statement, two with *lock*."""
    here, scores = _stored_result(session, me, slug, number, lock)
    figures = snapshot_in(scores)
    if figures is None:
        raise OutOfOrder(NOT_STORED)
    return here, figures


def _stored_result(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> tuple[Place, str]:
    """The same with the figures as they are stored. With *lock* they are read once nobody else can change them."""
    if lock:
        here = place(session, me, slug, number, lock=True)
        scores = session.scalar(select(SCORES).where(PublishedResult.round_id == here.round.id))
    else:
        row = session.execute(_with_scores(me), {"slug": slug, "number": number}).one_or_none()
        here, scores = read_place(me, row), row.scores if row else None
    if not here.sees_results:
        raise NotVisible
    if here.round.state not in here.shows_results_in:
        raise OutOfOrder(SOON if here.round.state == "closed" else NOT_YET)
    if scores is None or scores == NO_FIGURES:
        if not here.is_anonymous or here.round.state != "published":
            raise OutOfOrder(NOT_STORED)
        scores = json.dumps(hidden_snapshot(here.model(), here.round.min_group, here.round.targets).as_json())
    return here, scores


@built_once
def _with_scores(me: Me) -> Select[*tuple[Any, ...]]:
    return round_at(me).outerjoin(PublishedResult, PublishedResult.round_id == AssessmentRound.id).add_columns(SCORES)


def round_before(session: Session, me: Me, here: Place) -> Before | None:
    """The last result before this one that I may read, between named rounds alone (R18); one statement."""
    if here.is_anonymous:
        return None
    rows = db.rows(session, _result_before(me), team=here.team.id, model=here.round.model_id, number=here.round.number)
    return Before(f"Round {rows[0].number}", tuple((row.dimension, row.figure) for row in rows)) if rows else None


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
        select(AssessmentRound.number, DimensionResult.dimension, DimensionResult.index.label("figure"))
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
    return _agreed(db.rows(session, _AGREED, round=here.round.id), figures)


def _agreed(rows: Iterable[Any], figures: Snapshot, evidence: Mapping[str, tuple[Attached, ...]] = NOTHING) -> tuple[Agreed, ...]:
    found = {row.item_id: row for row in rows}
    return tuple(
        Agreed(
            row.id, item.id, item.title, row.level, figures.level_name(row.level), item.answered_level,
            figures.level_name(item.answered_level), row.words, row.evidence, row.name, row.created_at, row.version, evidence.get(item.id, ()),
        )
        for item in figures.items if item.id in found for row in (found[item.id],)
    )


_AGREED = (
    select(
        AgreedLevel.item_id, AgreedLevel.reason.label("words"), AgreedLevel.id, AgreedLevel.level, AgreedLevel.evidence, AgreedLevel.created_at,
        AgreedLevel.version, Person.name,
    )
    .join(Person, Person.id == AgreedLevel.person_id).where(AgreedLevel.round_id == bindparam("round"))
)
# Comments beside the agreed levels, in the same columns: what has no level is a comment.
_AGREED_AND_COMMENTS = union_all(
    _AGREED,
    select(
        RecordedAnswer.item_id, RecordedAnswer.comment, cast(null(), Integer), cast(null(), Integer), literal(""),
        cast(null(), AgreedLevel.created_at.type), cast(null(), Integer), literal(""),
    )
    .join(Invitation, Invitation.id == RecordedAnswer.invitation_id)
    .where(Invitation.round_id == bindparam("round"), Invitation.state == "submitted", RecordedAnswer.comment != ""),
)


@dataclass(frozen=True)
class AnswersOf:
    """What people answered in one dimension, with what I may read of their comments and files."""

    given: AnsweredDimension
    comments: tuple[tuple[str, str], ...]
    evidence: tuple[Attached, ...] = ()


@dataclass(frozen=True, eq=False)
class ResultsPage(Frozen):
    """Everything the results page shows: `frozen` is what the figures alone say, the rest is for the person who asks."""

    frozen: Frozen
    place: Place
    agreed: tuple[Agreed, ...]
    answers: tuple[AnswersOf, ...]
    sees_comments: bool
    comments: int
    sees_answers: bool
    exports: bool
    exports_answers: bool
    runs_it: bool
    takes_out: bool
    measures: tuple[Beside, ...]
    claims: Claims | None

    @property
    def is_hidden(self) -> bool:
        """Nothing at all may be shown of this team: an anonymous result without anybody counted."""
        return self.min_group is not None and not self.headline.invited


def results_page(session: Session, me: Me, *, slug: str, number: int) -> ResultsPage:
    """The results of a round; five statements, whatever the number of people."""
    here, scores = _stored_result(session, me, slug, number)
    parts = frozen(scores, name=here.name, model_id=here.round.model_id, pmo_type=here.round.pmo_type, before=round_before(session, me, here))
    evidence = round_evidence(session, me, here)
    levels, comments = _agreed_and_comments(session, here)
    agreed = _agreed(levels, parts.figures, evidence.agreed)
    return ResultsPage(
        **vars(parts), frozen=parts, place=here, agreed=agreed,
        answers=tuple(
            AnswersOf(
                d, tuple((row.id, words) for row in d.rows for words in comments.get(row.id, ())),
                tuple(hung for row in d.rows for hung in evidence.answers.get(row.id, ())),
            )
            for d in parts.answered
        ),
        sees_comments=here.sees_people, comments=sum(map(len, comments.values())), sees_answers=can(me, "see answers", here.round), exports=here.sees_people,
        exports_answers=me.is_pmo_lead and not here.is_anonymous, runs_it=here.runs_it,
        takes_out=me.is_pmo_lead and here.is_anonymous and bool(comments), measures=beside_level(session, me, here.team.id, here.team.slug),
        claims=claims_of(here, parts.figures, evidence, (one.item for one in agreed if one.evidence)),
    )


def _agreed_and_comments(session: Session, here: Place) -> tuple[list[Any], dict[str, list[str]]]:
    """The agreed levels, and for those who read them the comments of submitted sheets by item: without names, in the order of their words so that
    the order tells nobody apart. One statement, two in an anonymous round, whose comments lie elsewhere."""
    if not here.sees_people or here.is_anonymous:
        unit = team_unit(here.team.id)
        comments = comments_at(session, [here.round.id], [unit]).get(unit, {}) if here.sees_people else {}
        return list(db.rows(session, _AGREED, round=here.round.id)), comments
    rows = db.rows(session, _AGREED_AND_COMMENTS, round=here.round.id)
    found: dict[str, list[str]] = {}
    for item_id, words in sorted((row.item_id, row.words) for row in rows if row.level is None):
        found.setdefault(item_id, []).append(words)
    return [row for row in rows if row.level is not None], found


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
    scores = session.scalar(select(SCORES).where(PublishedResult.round_id == here.round.id))
    figures = snapshot_in(scores) if scores else None
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
