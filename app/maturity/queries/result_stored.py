"""The stored result of a round and of the one before it, for those who may read them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me
from app.db import built_once
from app.errors import NotVisible, OutOfOrder
from app.maturity.queries.place import Place, place, read_place, round_at
from app.maturity.queries.result_frozen import Before
from app.models import AssessmentRound, DimensionResult, PublishedResult
from app.records.anonymous_figures import hidden_snapshot
from app.records.snapshot import SCORES, Snapshot, snapshot_in
from app.records.teams import results_seen

NOT_YET = "The result stands here once the round is closed."
NOT_STORED = "The figures of this round are not stored. Ask your administrator to run the site’s check."
NO_FIGURES = "{}"
SOON = "The result is being worked out. It stands here in a minute."


def result_place(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> tuple[Place, Snapshot]:
    """A closed round whose result I may read, with its stored figures; one statement, two with *lock*."""
    here, scores = stored_result(session, me, slug, number, lock)
    figures = snapshot_in(scores)
    if figures is None:
        raise OutOfOrder(NOT_STORED)
    return here, figures


def stored_result(session: Session, me: Me, slug: str, number: int, lock: bool = False) -> tuple[Place, str]:
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
