"""Measures across teams: a figure from the sums of all teams, and each team beside it in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.measures.queries.team import Cell, cell_of
from app.measures.sheet import inputs_cell
from app.models import Team
from app.records.measures import TAGS, TRENDS, Series, last_ended, series_of
from app.ui.csv import Value, csv_text
from app.ui.paging import Paging, paging
from assessments.measures import (
    Figure,
    Kpi,
    quarter_code,
    quarter_name,
    quarter_of,
    read_quarter,
    shown,
    standing,
    together,
)

OFFERED = 12
CSV_HEAD = ("team", "kpi", "name", "quarter", "value", "unit", "n", "target", "stands", "raw_numbers")
Tag = tuple[str, str, str]


@dataclass(frozen=True)
class Across:
    """A measure over all teams of a quarter. `words` is the figure from the sums, '' where none can be made."""

    kpi: Kpi
    href: str
    recorded: int
    states: tuple[tuple[str, int], ...]
    words: str
    note: str
    tag: Tag | None
    is_shown: bool


@dataclass(frozen=True)
class TeamLine:
    """A team and its figure."""

    name: str
    href: str
    cell: Cell
    target: str
    trend: str


@dataclass(frozen=True)
class AcrossPage:
    """All measures of a quarter, and one of them team by team."""

    quarter: str
    code: str
    quarters: tuple[tuple[str, str, bool], ...]
    teams: int
    rows: tuple[Across, ...]
    chosen: Kpi | None
    lines: tuple[TeamLine, ...]
    paging: Paging


def across_page(session: Session, me: Me, *, code: str, kpi_id: str, wanted: str, today: date) -> AcrossPage:
    """Every measure with a figure in the quarter; two statements, however many teams there are."""
    now = quarter_of(today)
    quarter = read_quarter(code)
    quarter = quarter if quarter is not None and now - OFFERED < quarter <= now else last_ended(today)
    teams = _teams(session, me)
    held = series_of(session, me, [team.id for team in teams], since=quarter - 2)
    rows = tuple(
        across(kpi, [held[team.id][kpi.id] for team in teams if kpi.id in held[team.id]], quarter, kpi_id) for kpi in library().kpis.values()
        if any(kpi.id in held[team.id] and quarter in held[team.id][kpi.id].rows for team in teams)
    )
    chosen = next((row.kpi for row in rows if row.kpi.id == kpi_id), rows[0].kpi if rows else None)
    part = paging(wanted, len(teams), "/programme/kpis/", {"quarter": quarter_code(quarter), "kpi": chosen.id if chosen else ""})
    shown_teams = teams[part.first_row: part.first_row + part.size] if chosen else []
    return AcrossPage(
        quarter_name(quarter), quarter_code(quarter),
        tuple((quarter_code(number), quarter_name(number), number == quarter) for number in range(now, now - OFFERED, -1)), len(teams), rows, chosen,
        tuple(_line(team, held[team.id].get(chosen.id, Series(chosen)), quarter) for team in shown_teams) if chosen else (), part,
    )


def _teams(session: Session, me: Me) -> list[Team]:
    return list(session.scalars(visible(me, Team).where(Team.archived_at.is_(None)).order_by(func.lower(Team.name), Team.id)))


def across(kpi: Kpi, held: list[Series], quarter: int, chosen: str = "") -> Across:
    """One measure over several teams: how many have a figure, how they stand, and the figure of all their sums."""
    recorded = [series for series in held if quarter in series.rows]
    states = [series.state(quarter) for series in recorded]
    pooled = together(kpi, [series.rows[quarter].inputs for series in recorded if series.rows[quarter].inputs])
    bare = sum(not series.rows[quarter].inputs for series in recorded)
    return Across(
        kpi, f"/programme/kpis/?quarter={quarter_code(quarter)}&kpi={kpi.id}", len(recorded),
        tuple((TAGS[state][0].lower(), states.count(state)) for state in TAGS if states.count(state)), _pooled(kpi, pooled), _note(kpi, pooled, bare),
        TAGS[standing(kpi, pooled.value, kpi.target)] if pooled else None, kpi.id == chosen,
    )


def _pooled(kpi: Kpi, pooled: Figure | None) -> str:
    return "" if pooled is None else "no cases" if pooled.value is None else shown(kpi, pooled.value)


def _note(kpi: Kpi, pooled: Figure | None, bare: int) -> str:
    if not kpi.adds_up:
        return "medians are not added up"
    told = [f"n = {pooled.cases:,.0f}"] if pooled and pooled.cases is not None else []
    told += ["small number"] if pooled and pooled.is_small else []
    told += [f"{bare} without raw numbers left out"] if bare else []
    return ", ".join(told)


def _line(team: Team, series: Series, quarter: int) -> TeamLine:
    target = "" if series.target is None else shown(series.kpi, series.target)
    return TeamLine(team.name, f"/teams/{team.slug}/kpis/{series.kpi.id}/", cell_of(series, quarter), target, TRENDS[series.trend(quarter)])


def across_text(session: Session, me: Me) -> str:
    """All figures of all teams as CSV, by team, measure and quarter; two statements."""
    teams = _teams(session, me)
    held = series_of(session, me, [team.id for team in teams])
    return csv_text(CSV_HEAD, (row for team in teams for series in held[team.id].values() for row in _csv_rows(team, series)))


def _csv_rows(team: Team, series: Series) -> Iterator[tuple[Value, ...]]:
    for quarter, row in series.rows.items():
        value = None if row.value is None else round(row.value, 6)
        yield (team.name, series.kpi.id, series.kpi.name, quarter_code(quarter), value, series.kpi.unit, row.cases, series.target, series.state(quarter), inputs_cell(row.inputs))
