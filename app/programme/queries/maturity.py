"""Teams against the targets of their own PMO type, from the last closed round of each. Rows are read; nothing is scored here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import AssessmentRound, DimensionResult, Membership, Person, PublishedResult, Team
from app.ui.filters import rounded

MODEL = "pmo-maturity"
PAGE = 50
STEPS = (0.75, 1.5, 2.25)
FAR = 2.25
CSV_HEAD = (
    "Team", "Address", "PMO type", "Round", "Respondents", "Dimension", "Name", "Index", "Target", "Gap", "Level reached",
)


@dataclass(frozen=True)
class Field:
    """One dimension of one team: its index, the gap in words, a shade, and where it comes from."""

    dimension: str
    value: str
    words: str
    shade: str
    href: str


@dataclass(frozen=True)
class TeamRow:
    """One team of the heat map; without fields it has no closed round yet."""

    id: int
    name: str
    slug: str
    line: str
    people: int
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Reach:
    """How many teams there are, and how their fields stand: far is 2.25 or more below the target."""

    teams: int
    measured: int
    fields: int
    far: int
    at_target: int


def heat_rows(session: Session, me: Me, pmo_type: str, number: int) -> tuple[TeamRow, ...]:
    """One page of teams by name, with the dimensions of their last result; one statement."""
    return tuple(_rows(db.rows(session, _heat(me, pmo_type, PAGE, PAGE * (number - 1)))))


def all_rows(session: Session, me: Me, pmo_type: str) -> tuple[TeamRow, ...]:
    """Every team by name, for files; one statement."""
    return tuple(_rows(db.rows(session, _heat(me, pmo_type, None, 0))))


def reach(session: Session, me: Me, pmo_type: str) -> Reach:
    """The numbers above the heat map, over all pages; one statement."""
    return Reach(*db.rows(session, _reach(me, pmo_type))[0])


@built_once
def _reach(me: Me, pmo_type: str) -> Select[*tuple[Any, ...]]:
    last, gap = _last_rounds(), DimensionResult.target - DimensionResult.index
    return (
        visible(me, Team)
        .with_only_columns(
            func.count(Team.id.distinct()), func.count(last.c.round_id.distinct()), func.count(gap),
            func.count().filter(gap >= FAR), func.count().filter(gap <= 0),
        )
        .outerjoin(last, last.c.team_id == Team.id)
        .outerjoin(DimensionResult, DimensionResult.round_id == last.c.round_id)
        .where(*_kept(pmo_type))
    )


def maturity_table(session: Session, me: Me, pmo_type: str) -> list[tuple[str | int | float | None, ...]]:
    """Every team and dimension as a row, under CSV_HEAD; a team without a result has one row. One statement."""
    titles = {dimension.id: dimension.title for dimension in library().questionnaires[MODEL].dimensions}
    return [
        (
            row.name, row.slug, type_name(row.pmo_type), row.number, row.respondents, row.dimension, titles.get(row.dimension),
            row.value, row.target, None if row.value is None or row.target is None else round(row.target - row.value, 4), row.staged,
        )
        for row in db.rows(session, _heat(me, pmo_type, None, 0))
    ]


def type_name(pmo_type: str) -> str:
    """The name of a PMO type, or its code where the model does not know it."""
    known = library().questionnaires[MODEL].types.get(pmo_type)
    return known.name if known else pmo_type


def _kept(pmo_type: str) -> tuple[ColumnElement[bool], ...]:
    kept: tuple[ColumnElement[bool], ...] = (Team.archived_at.is_(None),)
    return (*kept, Team.pmo_type == pmo_type) if pmo_type else kept


def _last_rounds() -> Subquery:
    """Number and id of the newest round with a result, of each team."""
    ranked = (
        select(
            AssessmentRound.team_id, AssessmentRound.id.label("round_id"), AssessmentRound.number, PublishedResult.respondents,
            func.row_number().over(partition_by=AssessmentRound.team_id, order_by=AssessmentRound.number.desc()).label("place"),
        )
        .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
        .where(AssessmentRound.model_id == MODEL)
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


@built_once
def _heat(me: Me, pmo_type: str, limit: int | None, offset: int) -> Select[*tuple[Any, ...]]:
    last = _last_rounds()
    people = (
        select(func.count(Membership.id))
        .join(Person, and_(Person.id == Membership.person_id, Person.disabled_at.is_(None)))
        .where(Membership.team_id == Team.id)
        .scalar_subquery()
    )
    teams = (
        visible(me, Team)
        .with_only_columns(Team.id, Team.name, Team.slug, Team.pmo_type, people.label("people"))
        .where(*_kept(pmo_type))
        .order_by(func.lower(Team.name), Team.id)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    return (
        select(
            teams, last.c.number, last.c.respondents, DimensionResult.dimension, DimensionResult.index.label("value"), DimensionResult.target,
            DimensionResult.staged,
        )
        .outerjoin(last, last.c.team_id == teams.c.id)
        .outerjoin(DimensionResult, DimensionResult.round_id == last.c.round_id)
        .order_by(func.lower(teams.c.name), teams.c.id, DimensionResult.position)
    )


def _rows(rows: Any) -> Iterator[TeamRow]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.id, []).append(row)
    order = [dimension.id for dimension in library().questionnaires[MODEL].dimensions]
    for own in grouped.values():
        first = own[0]
        fields = {row.dimension: _field(row) for row in own if row.dimension}
        told = f"{type_name(first.pmo_type)}, n = {first.respondents}" if fields else f"{type_name(first.pmo_type)}, no closed round yet"
        yield TeamRow(
            first.id, first.name, first.slug, told, first.people,
            tuple(fields.get(key, Field(key, "–", "not asked", "g0", f"/teams/{first.slug}/")) for key in order) if fields else (),
        )


def _field(row: Any) -> Field:
    href = f"/teams/{row.slug}/rounds/{row.number}/results/#{row.dimension}"
    if row.value is None:
        return Field(row.dimension, "–", "too few answers", "g0", href)
    if row.target is None:
        return Field(row.dimension, rounded(row.value), "no target", "g0", href)
    gap = row.target - row.value
    words = "at target" if gap <= 0 else f"−{rounded(gap)}"
    return Field(row.dimension, rounded(row.value), words, f"g{shade(gap)}", href)


def shade(gap: float) -> int:
    """0 at or above the target, then 1 under 0.75, 2 under 1.5, 3 under 2.25, 4 from there on."""
    return 0 if gap <= 0 else 1 + sum(gap >= step for step in STEPS)
