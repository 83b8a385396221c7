"""The result of a joint round as a table."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.maturity.queries.joint import joint_results_page
from app.models import Event
from app.records.accounts import demand_fresh
from app.ui.csv import Value, csv_text


def export_joint(session: Session, me: Me, *, number: int, now: datetime) -> str:
    """One line a unit, with the same words for what is not shown as the page; noted, after a fresh sign-in (condition 27)."""
    page = joint_results_page(session, me, number=number)
    if not page.runs_it:
        raise NotVisible
    demand_fresh(session, me, now)
    session.add(Event(
        person_id=me.person_id, what="exported the figures of a joint round", thing="joint round", thing_id=str(page.joint.id),
        detail={"joint round": number},
    ))
    header = ("unit", "kind", "n", "index", "level reached", *(key for key, _ in page.dimensions))
    hidden = [page.not_shown] * (len(header) - 2)
    return csv_text(header, [
        (row.title, row.kind, *([*map(_number, (row.n, row.index)), row.level, *map(_number, row.dimensions)] if row.is_shown else hidden))
        for row in page.rows
    ])


def _number(text: str) -> Value:
    """A figure as a number, everything else as the words it is."""
    if text.isdigit():
        return int(text)
    return float(text) if text.replace(".", "", 1).isdigit() else text
