"""Figures of a team as a table, and what an import is checked against."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.errors import Refused
from app.measures.queries.place import OLDEST, seen_team, written_team
from app.measures.sheet import COLUMNS, Sheet, Standing, inputs_cell, read_sheet
from app.models import KpiValue, Team
from app.records.teams import team_tabs
from app.ui.csv import csv_text
from app.ui.sheets import NotATable
from assessments.measures import quarter_code, quarter_of


def team_text(session: Session, me: Me, *, slug: str) -> str:
    """All figures of a team as CSV that an import takes again, by measure and quarter; two statements."""
    team = seen_team(session, me, slug)
    rows = session.scalars(
        visible(me, KpiValue).where(KpiValue.team_id == team.id, KpiValue.is_current, KpiValue.is_withdrawn.is_(False)).order_by(KpiValue.kpi_id, KpiValue.quarter)
    )
    return csv_text(COLUMNS, (
        (row.kpi_id, quarter_code(row.quarter), inputs_cell(row.inputs), None if row.inputs or row.value is None else round(row.value, 6), row.source, row.comment)
        for row in rows
    ))


def empty_text(today: date) -> str:
    """A table to fill in: the starter measures of the quarter that ended last, each with its raw numbers at 0."""
    code = quarter_code(quarter_of(today) - 1)
    return csv_text(COLUMNS, (
        (kpi.id, code, inputs_cell({one.id: 0.0 for one in kpi.inputs}), None, "", kpi.name) for kpi in library().kpis.values() if kpi.is_starter
    ))


def checked(session: Session, me: Me, *, slug: str, text: str, today: date, lock: bool = False) -> tuple[Team, Sheet]:
    """What an import of this text would do. Raises Refused when the text as a whole cannot be used."""
    team = written_team(session, me, slug, lock)
    rows = session.scalars(select(KpiValue).where(KpiValue.team_id == team.id, KpiValue.is_current, KpiValue.is_withdrawn.is_(False)))
    stands = {(row.kpi_id, row.quarter): Standing(row.value, row.inputs) for row in rows}
    now = quarter_of(today)
    try:
        return team, read_sheet(text, library().kpis, stands, now, now - OLDEST)
    except NotATable as fault:
        raise Refused(str(fault)) from fault


def import_place(session: Session, me: Me, *, slug: str) -> tuple[Team, tuple[tuple[str, str, bool], ...]]:
    """The team and its tabs, for somebody who may import; one statement. NotVisible, Forbidden."""
    team = written_team(session, me, slug)
    return team, team_tabs(team, "kpis", me)
