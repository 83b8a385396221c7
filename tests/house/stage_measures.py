"""The figures of the stage: North has recorded one measure, corrected it, and set itself a target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app import clock
from app.models import KpiTarget, KpiValue
from app.records.measures import last_ended
from assessments.measures import quarter_code

if TYPE_CHECKING:
    from tests.house.stage import Stage


def put_measures(session: Session, stage: Stage) -> None:
    """K01 of North for the last quarters, once corrected, with words only the team may read; the same in South."""
    last = last_ended(clock.today())
    stage.ids["quarter"] = quarter_code(last)
    inside = ("Su", "TL", "PL", "Nia", "Ivo")
    told = stage.secret("comment on a figure", "canary-figure-of-north", *inside)
    for team, comment in (("North", told), ("South", stage.secret("comment on a figure of South", "canary-figure-of-south", "Pe", "OL", "PL"))):
        common = {"team_id": stage.teams[team].id, "kpi_id": "K01", "recorded_by_id": stage.people["PL"].id}
        session.add(KpiValue(quarter=last, value=50.0, cases=8.0, inputs={"accepted": 4, "due": 8}, is_current=False, **common))
        now = KpiValue(quarter=last, value=75.0, cases=8.0, inputs={"accepted": 6, "due": 8}, comment=comment, reason="Two came late.", **common)
        session.add(now)
        session.flush()
        if team == "North":
            stage.ids["figure"] = str(now.id)
        session.add_all(KpiValue(quarter=last - 1, value=80.0, cases=None, kpi_id=f"K{2 + n:02}", **{k: v for k, v in common.items() if k != "kpi_id"}) for n in range(1, stage.size + 1))
        session.add(KpiTarget(team_id=stage.teams[team].id, kpi_id="K01", target=85.0, reason="We promised it.", set_by_id=stage.people["TL"].id))
    session.flush()
