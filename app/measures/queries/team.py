"""The measures of a team: all at a glance, one over time, one quarter to write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.measures.queries.definitions import Definition, definition
from app.measures.queries.place import known_kpi, known_quarter, may_record, seen_team, written_team
from app.models import KpiTarget, KpiValue, Person, Team
from app.records.measures import TAGS, TRENDS, Recorded, Series, last_ended, series_of
from app.records.teams import team_tabs
from app.ui.measure_trend import trend
from app.ui.trends import Line, Trend
from assessments.measures import Kpi, quarter_code, quarter_name, quarter_of, shown

COLUMNS = 4
CHART_QUARTERS = 12
Tabs = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Cell:
    """A quarter of a measure: the figure in words, its n, and the page to write it."""

    name: str
    code: str
    words: str
    cases: str
    is_small: bool
    tag: tuple[str, str, str]


@dataclass(frozen=True)
class Row:
    """A measure of the team: its last quarters, oldest first, how the newest stands and where it points."""

    kpi: Kpi
    href: str
    cells: tuple[Cell, ...]
    target: str
    tag: tuple[str, str, str]
    trend: str


@dataclass(frozen=True)
class TeamPage:
    """All measures of a team. `rest` are those nobody has recorded, the starter set first."""

    team: Team
    tabs: Tabs
    quarters: tuple[str, ...]
    rows: tuple[Row, ...]
    rest: tuple[tuple[Kpi, str], ...]
    missing: int
    quarter: str
    may_record: bool


def team_page(session: Session, me: Me, *, slug: str, today: date) -> TeamPage:
    """The measures of a team over its last four ended quarters; two statements."""
    team = seen_team(session, me, slug)
    last = last_ended(today)
    held = series_of(session, me, [team.id])[team.id]
    shown_quarters = range(last - COLUMNS + 1, last + 1)
    rows = tuple(row_of(slug, held[name], shown_quarters) for name in sorted(held) if held[name].rows)
    used = {row.kpi.id for row in rows}
    rest = sorted((kpi for kpi in library().kpis.values() if kpi.id not in used), key=lambda kpi: (not kpi.is_starter, kpi.id))
    return TeamPage(
        team, team_tabs(team, "kpis", me), tuple(quarter_name(number) for number in shown_quarters), rows,
        tuple((kpi, f"/teams/{slug}/kpis/{kpi.id}/") for kpi in rest), sum(not row.cells[-1].words for row in rows), quarter_name(last), may_record(me, team),
    )


def row_of(slug: str, series: Series, quarters: range) -> Row:
    """A line of the table; the tag is that of the last of *quarters*."""
    kpi = series.kpi
    return Row(
        kpi, f"/teams/{slug}/kpis/{kpi.id}/", tuple(cell_of(series, quarter) for quarter in quarters),
        "" if series.target is None else shown(kpi, series.target), TAGS[series.state(quarters[-1])], TRENDS[series.trend(quarters[-1])],
    )


def cell_of(series: Series, quarter: int) -> Cell:
    """A quarter of a measure in words."""
    figure = series.figure(quarter)
    cases = "" if figure is None or figure.cases is None else f"n = {figure.cases:,.0f}"
    return Cell(quarter_name(quarter), quarter_code(quarter), series.words(quarter), cases, bool(figure and figure.is_small), TAGS[series.state(quarter)])


@dataclass(frozen=True)
class QuarterLine:
    """A quarter in the table of one measure."""

    cell: Cell
    inputs: str
    source: str
    comment: str
    is_running: bool


@dataclass(frozen=True)
class KpiPage:
    """One measure of a team over time, with its definition and its target."""

    team: Team
    tabs: Tabs
    about: Definition
    href: str
    says: str
    drawing: Trend | None
    lines: tuple[QuarterLine, ...]
    target: str
    target_value: float | None
    own_target: KpiTarget | None
    set_by: str
    may_record: bool


def kpi_page(session: Session, me: Me, *, slug: str, kpi_id: str, today: date) -> KpiPage:
    """One measure over the last twelve quarters; four statements."""
    team, about = seen_team(session, me, slug), definition(kpi_id)
    kpi = about.kpi
    series = series_of(session, me, [team.id], [kpi_id], bare=True)[team.id].get(kpi_id, Series(kpi))
    now = quarter_of(today)
    first = max(min(series.rows, default=now - COLUMNS), now - CHART_QUARTERS)
    quarters = range(min(first, now - COLUMNS), now + 1)
    lines = tuple(
        QuarterLine(cell_of(series, quarter), inputs_in_words(kpi, series.rows[quarter]) if quarter in series.rows else "",
                    series.rows[quarter].source if quarter in series.rows else "", series.rows[quarter].comment if quarter in series.rows else "", quarter == now)
        for quarter in reversed(quarters)
    )
    own = series.own
    set_by = session.scalar(select(Person.name).where(Person.id == own.set_by_id)) or "" if own and own.set_by_id else ""
    return KpiPage(
        team, team_tabs(team, "kpis", me), about, f"/teams/{slug}/kpis/{kpi_id}/", _says(series), _drawing(series, range(first, max(now - 1, series.latest or 0) + 1)) if series.rows else None,
        lines, "" if series.target is None else shown(kpi, series.target), series.target, own if own and own.target is not None else None, set_by, may_record(me, team),
    )


def _says(series: Series) -> str:
    """The newest figure in a sentence, the answer above the chart."""
    at = series.latest
    if at is None:
        return "Nothing is recorded yet."
    figure, aim = series.figure(at), series.target
    told = f"{quarter_name(at)}: {series.words(at)}"
    told += f" against a target of {shown(series.kpi, aim)}" if aim is not None and figure and figure.value is not None else ""
    told += f", n = {figure.cases:,.0f}" if figure and figure.cases is not None else ""
    told += ", a small number" if figure and figure.is_small else ""
    return f"{told}. Trend: {TRENDS[series.trend(at)]}."


def _drawing(series: Series, quarters: range) -> Trend:
    values = tuple(series.values.get(quarter) for quarter in quarters)
    runs = [Line("now", series.kpi.name, values)]
    if series.target is not None:
        runs.insert(0, Line("target", "Target", tuple(series.target for _ in quarters)))
    return trend([quarter_name(quarter) for quarter in quarters], runs)


def inputs_in_words(kpi: Kpi, row: Recorded) -> str:
    """'Accepted and closed: 6; Due to finish: 8', or that only the result was given."""
    named = {one.id: one.name for one in kpi.inputs}
    told = "; ".join(f"{named.get(name, name)}: {_plain(value)}" for name, value in row.inputs.items())
    return told or ("only the result was given" if row.value is not None else "")


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


@dataclass(frozen=True)
class Version:
    """A row in the history of a quarter, newest first."""

    when: datetime
    who: str
    words: str
    inputs: str
    reason: str
    is_current: bool


@dataclass(frozen=True)
class EntryPage:
    """The form for one quarter of one measure, with all that was recorded for it."""

    team: Team
    tabs: Tabs
    about: Definition
    here: str
    back: str
    quarter: str
    is_running: bool
    current: KpiValue | None
    seen: int | None
    versions: tuple[Version, ...]

    @property
    def usual(self) -> dict[str, Any]:
        """What the fields begin with: the figure that stands, if there is one."""
        row = self.current
        found: dict[str, Any] = {"seen": self.seen}
        if row is not None:
            found |= {f"raw_{name}": value for name, value in row.inputs.items()} | {"source": row.source, "comment": row.comment}
            found |= {} if row.inputs else {"result": row.value}
        return found

    @property
    def is_correction(self) -> bool:
        """There is a figure already, so a new one says why."""
        return bool(self.versions)


def entry_page(session: Session, me: Me, *, slug: str, kpi_id: str, code: str, today: date) -> EntryPage:
    """What the form for a quarter needs; two statements. NotVisible, Forbidden."""
    team, kpi = written_team(session, me, slug), known_kpi(kpi_id)
    quarter = known_quarter(code, quarter_of(today))
    rows = session.execute(
        visible(me, KpiValue).add_columns(Person.name).outerjoin(Person, Person.id == KpiValue.recorded_by_id)
        .where(KpiValue.team_id == team.id, KpiValue.kpi_id == kpi_id, KpiValue.quarter == quarter).order_by(KpiValue.id.desc())
    ).all()
    current = next((row for row, _ in rows if row.is_current), None)
    href = f"/teams/{slug}/kpis/{kpi_id}/"
    return EntryPage(
        team, team_tabs(team, "kpis", me), definition(kpi_id), f"{href}{quarter_code(quarter)}/", href, quarter_name(quarter),
        quarter == quarter_of(today), current if current and not current.is_withdrawn else None, current.id if current else None,
        tuple(
            Version(row.created_at, name or "somebody who has left", _version_words(kpi, row), inputs_in_words(kpi, row), row.reason, row.is_current)
            for row, name in rows
        ),
    )


def _version_words(kpi: Kpi, row: KpiValue) -> str:
    if row.is_withdrawn:
        return "taken back"
    return "no cases" if row.value is None else shown(kpi, row.value)
