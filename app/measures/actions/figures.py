"""Recording, correcting and taking back figures; targets of a team."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import OutOfOrder, Refused
from app.measures.queries.place import known_kpi, known_quarter, written_team
from app.models import Event, KpiTarget, KpiValue, Team
from assessments.measures import Figure, Kpi, faults_in, quarter_name, quarter_of, worked_out

MOVED_ON = "Somebody has recorded or corrected this figure since you opened the page. Open it again and look before you save."


def record_figure(
    session: Session, me: Me, *, slug: str, kpi_id: str, code: str, today: date, seen: int | None, numbers: Mapping[str, float],
    result: float | None, source: str, comment: str, reason: str,
) -> None:
    """Store a figure of a quarter, worked out where raw numbers are given. A correction needs a reason and keeps the old row."""
    team, kpi = written_team(session, me, slug, lock=True), known_kpi(kpi_id)
    quarter = known_quarter(code, quarter_of(today))
    figure = figure_of(kpi, numbers, result)
    before = current(session, team, kpi, quarter)
    if (before.id if before else None) != seen:
        raise Refused(MOVED_ON)
    if before is not None and not reason:
        raise Refused("Enter why it is corrected", "reason")
    put(session, me, team, kpi, quarter, KpiValue(
        value=figure.value, cases=figure.cases, inputs=dict(numbers), source=source, comment=comment, reason=reason if before else "",
    ), before)
    session.flush()


def figure_of(kpi: Kpi, numbers: Mapping[str, float], result: float | None) -> Figure:
    """The figure of what was typed: raw numbers or the result, not both and not neither. Raises Refused at the field."""
    if numbers and result is not None:
        raise Refused("Enter the raw numbers or the result alone, not both", "result")
    if not numbers:
        if result is None:
            raise Refused("Enter the raw numbers, or the result alone if you have no more", f"raw_{kpi.inputs[0].id}")
        return Figure(result)
    for name, sentence in faults_in(kpi, numbers):
        raise Refused(sentence, f"raw_{name}" if name else None)
    return worked_out(kpi, numbers)


def current(session: Session, team: Team, kpi: Kpi, quarter: int) -> KpiValue | None:
    """The row of a quarter that counts, also one that says the figure was taken back."""
    return session.scalars(
        select(KpiValue).where(KpiValue.team_id == team.id, KpiValue.kpi_id == kpi.id, KpiValue.quarter == quarter, KpiValue.is_current)
    ).one_or_none()


def put(session: Session, me: Me, team: Team, kpi: Kpi, quarter: int, row: KpiValue, before: KpiValue | None) -> None:
    """Make *row* the one that counts; the one before stays as history. The caller holds the lock on the team."""
    if before is not None:
        before.is_current = False
        session.flush()
    row.team_id, row.kpi_id, row.quarter, row.recorded_by_id = team.id, kpi.id, quarter, me.person_id
    session.add(row)
    what = "took a figure back" if row.is_withdrawn else "corrected a figure" if before else "recorded a figure"
    detail = {"kpi": kpi.id, "quarter": quarter_name(quarter)} | ({"reason": row.reason} if row.reason else {})
    session.add(Event(person_id=me.person_id, what=what, thing="team", thing_id=str(team.id), detail=detail))


def withdraw_figure(session: Session, me: Me, *, slug: str, kpi_id: str, code: str, today: date, seen: int | None, reason: str) -> None:
    """Take a figure back: the quarter is empty again, and the history says why. OutOfOrder where there is none."""
    team, kpi = written_team(session, me, slug, lock=True), known_kpi(kpi_id)
    quarter = known_quarter(code, quarter_of(today))
    before = current(session, team, kpi, quarter)
    if before is None or before.is_withdrawn:
        raise OutOfOrder("There is no figure to take back.")
    if before.id != seen:
        raise Refused(MOVED_ON)
    put(session, me, team, kpi, quarter, KpiValue(value=None, cases=None, inputs={}, reason=reason, is_withdrawn=True), before)
    session.flush()


def set_target(session: Session, me: Me, *, slug: str, kpi_id: str, target: float | None, reason: str) -> None:
    """Give the team its own target with a reason; None goes back to the usual one. Raises Refused where nothing would change, OutOfOrder where none makes sense."""
    team, kpi = written_team(session, me, slug, lock=True), known_kpi(kpi_id)
    if kpi.good == "context":
        raise OutOfOrder("This measure is read case by case and has no target.")
    before = session.scalars(select(KpiTarget).where(KpiTarget.team_id == team.id, KpiTarget.kpi_id == kpi.id, KpiTarget.is_current)).one_or_none()
    if (before.target if before else None) == target:
        raise Refused("This is the target already. Enter another one, or leave the page", "target")
    if before is not None:
        before.is_current = False
        session.flush()
    session.add(KpiTarget(team_id=team.id, kpi_id=kpi.id, target=target, reason=reason, set_by_id=me.person_id))
    session.add(Event(person_id=me.person_id, what="set a target", thing="team", thing_id=str(team.id), detail={"kpi": kpi.id, "reason": reason}))
    session.flush()
