"""Figures of measures as several pages need them: all that is recorded of a team, and the few that stand beside a level."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Select, and_, bindparam
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import KpiTarget, KpiValue
from assessments.measures import (
    Direction,
    Figure,
    Kpi,
    State,
    quarter_name,
    quarter_of,
    shown,
    standing,
    trend,
)

TAGS: Mapping[State, tuple[str, str, str]] = {
    "at target": ("At target", "good", "tick"), "close": ("Close to target", "care", "half"), "off target": ("Off target", "bad", "warning"),
    "no target": ("No target", "", "about"), "no cases": ("No cases", "", "open"), "missing": ("Not recorded", "", "open"),
}
TRENDS: Mapping[Direction, str] = {
    "better": "getting better", "worse": "getting worse", "level": "no clear way", "other": "see the case", "too few": "fewer than three quarters",
}
SHOWN_BESIDE = 4


class Recorded(Protocol):
    """What is read of a recorded figure: the columns of its row."""

    value: float | None
    cases: float | None
    inputs: dict[str, Any]
    source: str
    comment: str


@dataclass(frozen=True)
class Series:
    """All current figures of one measure of a team by quarter, and the team's own target (`own` with its reason, where it was asked for)."""

    kpi: Kpi
    rows: Mapping[int, Recorded] = field(default_factory=dict)
    aim: float | None = None
    own: KpiTarget | None = None

    @property
    def target(self) -> float | None:
        """The team's own target, else the usual one of the measure."""
        return self.kpi.target if self.aim is None else self.aim

    @property
    def values(self) -> dict[int, float | None]:
        """Figure by quarter, None where there was no case."""
        return {quarter: row.value for quarter, row in self.rows.items()}

    def figure(self, quarter: int) -> Figure | None:
        """The figure of a quarter with its n, None while nothing is recorded."""
        row = self.rows.get(quarter)
        return Figure(row.value, row.cases) if row is not None else None

    def state(self, quarter: int) -> State:
        """How a quarter stands against the target."""
        row = self.rows.get(quarter)
        return standing(self.kpi, row.value if row else None, self.target, row is not None)

    def words(self, quarter: int) -> str:
        """'71.4 %', 'no cases' or '' for a quarter."""
        row = self.rows.get(quarter)
        return "" if row is None else "no cases" if row.value is None else shown(self.kpi, row.value)

    def trend(self, quarter: int) -> Direction:
        """Where the three quarters up to this one point."""
        return trend(self.kpi, [self.values.get(number) for number in range(quarter - 2, quarter + 1)])

    @property
    def latest(self) -> int | None:
        """The newest quarter with a row."""
        return max(self.rows, default=None)


def series_of(
    session: Session, me: Me, team_ids: Collection[int], kpi_ids: Collection[str] | None = None, since: int = 0, bare: bool = False,
) -> dict[int, dict[str, Series]]:
    """Team -> measure -> its figures with the target, as far as I may see them; one statement. Measures without a figure are missing.

    *since* leaves out the quarters before it. With *bare* there are measures that have a target and no figure too, for one more."""
    only = {} if kpi_ids is None else {"kpis": list(kpi_ids)}
    rows: dict[tuple[int, str], dict[int, Recorded]] = {}
    aims: dict[tuple[int, str], float | None] = {}
    own: dict[tuple[int, str], KpiTarget] = {}
    for row in db.rows(session, _figures(me, bool(only)), teams=list(team_ids), since=since, **only):
        rows.setdefault((row.team_id, row.kpi_id), {})[row.quarter] = row
        aims[row.team_id, row.kpi_id] = row.aim
    if bare:
        targets = visible(me, KpiTarget).where(KpiTarget.team_id.in_(team_ids), KpiTarget.is_current)
        own = {(row.team_id, row.kpi_id): row for row in session.scalars(targets)}
        aims |= {key: row.target for key, row in own.items()}
    known = library().kpis
    found: dict[int, dict[str, Series]] = {team_id: {} for team_id in team_ids}
    for team_id, kpi_id in sorted(aims):
        if kpi_id in known:
            at = (team_id, kpi_id)
            found[team_id][kpi_id] = Series(known[kpi_id], rows.get(at, {}), aims[at], own.get(at))
    return found


@built_once
def _figures(me: Me, is_chosen: bool) -> Select[*tuple[Any, ...]]:
    aim = and_(KpiTarget.team_id == KpiValue.team_id, KpiTarget.kpi_id == KpiValue.kpi_id, KpiTarget.is_current)
    figures = (
        visible(me, KpiValue)
        .with_only_columns(
            KpiValue.team_id, KpiValue.kpi_id, KpiValue.quarter, KpiValue.value, KpiValue.cases, KpiValue.inputs, KpiValue.source, KpiValue.comment,
            KpiTarget.target.label("aim"),
        )
        .outerjoin(KpiTarget, aim)
        .where(
            KpiValue.team_id.in_(bindparam("teams", expanding=True)), KpiValue.is_current, KpiValue.is_withdrawn.is_(False),
            KpiValue.quarter >= bindparam("since"),
        )
        .order_by(KpiValue.team_id, KpiValue.kpi_id, KpiValue.quarter)
    )
    return figures.where(KpiValue.kpi_id.in_(bindparam("kpis", expanding=True))) if is_chosen else figures


@dataclass(frozen=True)
class Beside:
    """A measure in one line beside a level or an action: name, newest figure, its quarter, its state as a tag."""

    id: str
    name: str
    href: str
    words: str
    quarter: str
    tag: tuple[str, str, str]
    trend: str
    target: str


def beside(slug: str, series: Series) -> Beside:
    """One line of a measure; without a figure it says so."""
    kpi, at = series.kpi, series.latest
    aim = "" if series.target is None else shown(kpi, series.target)
    href = f"/teams/{slug}/kpis/{kpi.id}/"
    if at is None:
        return Beside(kpi.id, kpi.name, href, "not recorded", "", TAGS["missing"], "", aim)
    return Beside(kpi.id, kpi.name, href, series.words(at), quarter_name(at), TAGS[series.state(at)], TRENDS[series.trend(at)], aim)


def beside_level(session: Session, me: Me, team_id: int, slug: str) -> tuple[Beside, ...]:
    """The starter measures with figures first, then others, at most four: what stands beside a level; one statement."""
    held = [series for series in series_of(session, me, [team_id])[team_id].values() if series.rows]
    held.sort(key=lambda series: (not series.kpi.is_starter, series.kpi.id))
    return tuple(beside(slug, series) for series in held[:SHOWN_BESIDE])


def last_ended(today: date) -> int:
    """The newest quarter that is over: on 22 November 2026 it is Q3 2026."""
    return quarter_of(today) - 1
