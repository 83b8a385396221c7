"""Many figures at once: checked first, then all or nothing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import Refused
from app.measures.actions.figures import put
from app.measures.queries.tables import checked
from app.models import KpiValue


def import_figures(session: Session, me: Me, *, slug: str, text: str, today: date, reason: str) -> int:
    """Store every figure that is new or differs; how many. One fault anywhere and nothing is stored. Three statements and the rows."""
    team, sheet = checked(session, me, slug=slug, text=text, today=today, lock=True)
    if sheet.faults:
        raise Refused("The table has changed since it was checked. Check it again")
    if sheet.of("changed") and not reason:
        raise Refused("Enter why figures are corrected", "import_because")
    held = {(row.kpi_id, row.quarter): row for row in session.scalars(select(KpiValue).where(KpiValue.team_id == team.id, KpiValue.is_current))}
    stored = [row for row in sheet.rows if row.state != "here"]
    for row in stored:
        before = held.get((row.kpi.id, row.quarter))
        put(session, me, team, row.kpi, row.quarter, KpiValue(
            value=row.figure.value, cases=row.figure.cases, inputs=dict(row.inputs), source=row.source, comment=row.comment, reason=reason if before else "",
        ), before)
    session.flush()
    return len(stored)
