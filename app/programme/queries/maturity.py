"""Teams against the targets of their own PMO type, from the last closed round of each. Rows are read; nothing is scored here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, select, true
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import (
    AssessmentRound,
    DimensionResult,
    Membership,
    Person,
    Programme,
    ProgrammeTeam,
    PublishedResult,
    Team,
)
from app.ui.filters import rounded
from assessments.agreement import Sums, between_sums, icc1_size

MODEL = "pmo-maturity"
PAGE, MOST_ROWS = 50, 512
STEPS = (0.75, 1.5, 2.25)
FAR = 2.25
CSV_HEAD = (
    "Team", "Address", "Programme", "PMO type", "Round", "Respondents", "Dimension", "Name", "Index", "Target", "Gap", "Level reached",
    "Change since the round before",
)
LEAST_TEAMS, USABLE = 5, 0.70
HIDDEN = "too few answers or protected"
MOVED = {
    "improved": ("▲", "up"), "possibly improved": ("△", "maybe up"), "no reliable change": ("=", "same"), "possibly declined": ("▽", "maybe down"),
    "declined": ("▼", "down"), "up": ("▲", "up"), "about the same": ("=", "same"), "down": ("▼", "down"),
}


@dataclass(frozen=True)
class Kept:
    """Which teams are shown: those of a PMO type, of a programme, or all; '' and 0 stand for all."""

    pmo_type: str = ""
    programme: int = 0


@dataclass(frozen=True)
class Field:
    """One dimension of one team: its index, the gap in words, a shade, where it comes from, and a sign and word for its change."""

    dimension: str
    value: str
    words: str
    shade: str
    href: str
    moved: tuple[str, str] = ("", "")


@dataclass(frozen=True, eq=False)
class TeamRow:
    """One team of the heat map; without fields it has no closed round yet."""

    id: int
    name: str
    slug: str
    line: str
    people: int
    fields: tuple[Field, ...]
    width: int


@dataclass(frozen=True)
class Reach:
    """How many teams there are, and how their fields stand: far is 2.25 or more below the target. `hidden` fields have no figure."""

    teams: int
    measured: int
    fields: int
    far: int
    at_target: int
    hidden: int
    between: Sums

    @property
    def comparable(self) -> str:
        """Whether the teams may be compared at all, in words: the ICC of domain 3.5 with its reading."""
        return comparable(self.between)


def comparable(found: Sums) -> str:
    """ICC(1) and ICC(2) of the people's own means, with their reading; told of five teams or more.

    Set Y five times over gives ICC(2) above 0.70: usable for comparing teams."""
    if found.teams < LEAST_TEAMS:
        return f"Do not compare teams yet: that takes {LEAST_TEAMS} teams with a named round of three people or more, and there {'is' if found.teams == 1 else 'are'} {found.teams or 'none'}."
    icc = between_sums(found)
    if icc.icc1 is None or icc.icc2 is None:
        return "Do not compare teams: everybody answered the same."
    told = f"ICC(1) {rounded(max(0.0, icc.icc1))}, {icc1_size(icc.icc1)}; ICC(2) {rounded(max(0.0, icc.icc2))}; {found.n} people in {found.teams} teams, named rounds only."
    return (f"Averages tell these teams apart. {told}" if icc.icc2 >= USABLE
            else f"Do not compare teams by their averages: people inside a team differ too much. {told}")


def heat_rows(session: Session, me: Me, kept: Kept, number: int) -> tuple[TeamRow, ...]:
    """One page of teams by name, with the dimensions of their last result; one statement."""
    return tuple(_rows(db.rows(session, _heat(me, kept, PAGE, PAGE * (number - 1)))))


def all_rows(session: Session, me: Me, kept: Kept) -> tuple[TeamRow, ...]:
    """Every team by name, for files; one statement."""
    return tuple(_rows(db.rows(session, _heat(me, kept, None, 0))))


def reach(session: Session, me: Me, kept: Kept) -> Reach:
    """The numbers above the heat map, over all pages; one statement."""
    row = db.rows(session, _reach(me, kept))[0]
    n_squared, n_mean, n_mean_squared, within = (float(value or 0) for value in row[8:])
    spread = Sums(row.teams_with_people, int(row.n or 0), n_squared, n_mean, n_mean_squared, within)
    return Reach(row.teams, row.measured, row.fields, row.far, row.at_target, row.hidden, spread)


@built_once
def _reach(me: Me, kept: Kept) -> Select[*tuple[Any, ...]]:
    shown = visible(me, Team).with_only_columns(Team.id.label("team_id"), _last_round().label("round_id")).where(*_kept(kept)).cte("shown")
    gap = DimensionResult.target - DimensionResult.index
    teams = select(func.count(shown.c.team_id).label("teams"), func.count(shown.c.round_id).label("measured")).select_from(shown).subquery()
    fields = (
        select(
            func.count(gap).label("fields"), func.count().filter(gap >= FAR).label("far"), func.count().filter(gap <= 0).label("at_target"),
            func.count().filter(DimensionResult.index.is_(None)).label("hidden"),
        )
        .select_from(shown.join(DimensionResult, DimensionResult.round_id == shown.c.round_id))
        .subquery()
    )
    n, mean = PublishedResult.people_counted, PublishedResult.people_mean
    spread = (
        select(
            func.count(n).label("teams_with_people"), func.sum(n).label("n"), func.sum(n * n * 1.0).label("n_squared"), func.sum(n * mean).label("n_mean"),
            func.sum(n * mean * mean).label("n_mean_squared"), func.sum((n - 1) * PublishedResult.people_variance).label("within"),
        )
        .select_from(shown.join(PublishedResult, PublishedResult.round_id == shown.c.round_id))
        .subquery()
    )
    return select(teams, fields, spread).select_from(teams.join(fields, true()).join(spread, true()))


def programmes(session: Session) -> tuple[tuple[str, str], ...]:
    """(number, name) of all programmes by name; one statement."""
    return tuple((str(row.id), row.name) for row in db.rows(session, _PROGRAMMES))


_PROGRAMMES = select(Programme.id, Programme.name).order_by(func.lower(Programme.name), Programme.id)


def maturity_table(session: Session, me: Me, kept: Kept) -> list[tuple[str | int | float | None, ...]]:
    """Every team and dimension as a row, under CSV_HEAD; a team without a result has one row. One statement."""
    titles = {dimension.id: dimension.title for dimension in library().questionnaires[MODEL].dimensions}
    return [
        (
            row.name, row.slug, row.programme or "", type_name(row.pmo_type), row.number, row.respondents, row.dimension, titles.get(row.dimension),
            HIDDEN if row.dimension and row.value is None else row.value, row.target,
            None if row.value is None or row.target is None else round(row.target - row.value, 4), row.staged, row.moved or None,
        )
        for row in db.rows(session, _heat(me, kept, None, 0))
    ]


def type_name(pmo_type: str) -> str:
    """The name of a PMO type, or its code where the model does not know it."""
    known = library().questionnaires[MODEL].types.get(pmo_type)
    return known.name if known else pmo_type


def _kept(kept: Kept) -> tuple[ColumnElement[bool], ...]:
    found: tuple[ColumnElement[bool], ...] = (Team.archived_at.is_(None),)
    if kept.pmo_type:
        found = (*found, Team.pmo_type == kept.pmo_type)
    if kept.programme:
        found = (*found, Team.id.in_(select(ProgrammeTeam.team_id).where(ProgrammeTeam.programme_id == kept.programme)))
    return found


def _last_round() -> ScalarSelect[int]:
    """The newest round of a team that has a result: looked up for each team alone, along the numbers of its rounds."""
    has_result = select(PublishedResult.id).where(PublishedResult.round_id == AssessmentRound.id).exists()
    return (
        select(AssessmentRound.id)
        .where(AssessmentRound.team_id == Team.id, AssessmentRound.model_id == MODEL, has_result)
        .order_by(AssessmentRound.number.desc())
        .limit(1)
        .correlate(Team)
        .scalar_subquery()
    )


@built_once
def _heat(me: Me, kept: Kept, limit: int | None, offset: int) -> Select[*tuple[Any, ...]]:
    people = (
        select(func.count(Membership.id))
        .join(Person, and_(Person.id == Membership.person_id, Person.disabled_at.is_(None)))
        .where(Membership.team_id == Team.id)
        .scalar_subquery()
    )
    programme = (
        select(Programme.name).join(ProgrammeTeam, ProgrammeTeam.programme_id == Programme.id)
        .where(ProgrammeTeam.team_id == Team.id).scalar_subquery()
    )
    teams = (
        visible(me, Team)
        .with_only_columns(Team.id, Team.name, Team.slug, Team.pmo_type, people.label("people"), programme.label("programme"), _last_round().label("round_id"))
        .where(*_kept(kept))
        .order_by(func.lower(Team.name), Team.id)
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    return (
        select(
            teams, AssessmentRound.number, PublishedResult.respondents, DimensionResult.dimension, DimensionResult.index.label("value"), DimensionResult.target,
            DimensionResult.staged, DimensionResult.moved,
        )
        .outerjoin(AssessmentRound, AssessmentRound.id == teams.c.round_id)
        .outerjoin(PublishedResult, PublishedResult.round_id == teams.c.round_id)
        .outerjoin(DimensionResult, DimensionResult.round_id == teams.c.round_id)
        .order_by(func.lower(teams.c.name), teams.c.id, DimensionResult.position)
    )


def _rows(rows: Any) -> Iterator[TeamRow]:
    version = library().version
    for _, own in groupby(rows, key=lambda row: row.id):
        yield _team_row(tuple(own), version)


@lru_cache(maxsize=MOST_ROWS)
def _team_row(own: tuple[Any, ...], content: str) -> TeamRow:
    """A row out of what is stored of it: the same object for the same figures, so its markup is kept with it."""
    first = own[0]
    fields = {row.dimension: _field(row) for row in own if row.dimension}
    told = f"{type_name(first.pmo_type)}, n = {first.respondents}" if fields else f"{type_name(first.pmo_type)}, no closed round yet"
    order = [dimension.id for dimension in library().questionnaires[MODEL].dimensions]
    return TeamRow(
        first.id, first.name, first.slug, told, first.people,
        tuple(fields.get(key, Field(key, "–", "not asked", "g0", f"/teams/{first.slug}/")) for key in order) if fields else (), len(order),
    )


def _field(row: Any) -> Field:
    href = f"/teams/{row.slug}/rounds/{row.number}/results/#{row.dimension}"
    moved = MOVED.get(row.moved or "", ("", ""))
    if row.value is None:
        return Field(row.dimension, "–", "not shown", "g0", href)
    if row.target is None:
        return Field(row.dimension, rounded(row.value), "no target", "g0", href, moved)
    gap = row.target - row.value
    words = "at target" if gap <= 0 else f"−{rounded(gap)}"
    return Field(row.dimension, rounded(row.value), words, f"g{shade(gap)}", href, moved)


def shade(gap: float) -> int:
    """0 at or above the target, then 1 under 0.75, 2 under 1.5, 3 under 2.25, 4 from there on."""
    return 0 if gap <= 0 else 1 + sum(gap >= step for step in STEPS)
