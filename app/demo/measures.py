"""Figures of measures: three teams have recorded four quarters, with the gaps real teams have."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from app.content import library
from app.demo.reading import Demo
from app.demo.stage import Stage
from app.demo.story import FiguresStory
from app.models import KpiTarget, KpiValue
from app.records.measures import last_ended
from assessments.measures import last_day, worked_out

DAYS_AFTER = 9


def put_measures(stage: Stage, demo: Demo) -> None:
    """The figures of the story, recorded some days after each quarter had ended."""
    for told in demo.figures.teams:
        _put_team(stage, told, demo.figures.source)
    stage.session.flush()


def _put_team(stage: Stage, told: FiguresStory, source: str) -> None:
    team, who = stage.teams[told.code], stage.people[told.by]
    for kpi_id, rows in told.figures.items():
        first = last_ended(stage.today) - len(rows) + 1
        for quarter, row in enumerate(rows, first):
            if row == "none":
                continue
            inputs = {name: float(number) for name, number in row.items()}
            figure = worked_out(library().kpis[kpi_id], inputs)
            at = min(stage.now, datetime.combine(last_day(quarter) + timedelta(days=DAYS_AFTER), time(10), UTC))
            stage.session.add(KpiValue(
                team_id=team.id, kpi_id=kpi_id, quarter=quarter, value=figure.value, cases=figure.cases, inputs=inputs, source=source,
                recorded_by_id=who.id, created_at=at,
            ))
    stage.session.add_all(
        KpiTarget(team_id=team.id, kpi_id=one.kpi, target=float(one.target), reason=one.reason, set_by_id=who.id, created_at=stage.at(100)) for one in told.targets
    )
