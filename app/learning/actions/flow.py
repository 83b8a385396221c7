"""Taking out how lessons and courses go."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.learning.queries.flow import flow_page, flow_table, funnel_page, funnel_table
from app.models import Event
from app.records.accounts import demand_fresh


def take_out_flow(session: Session, me: Me, *, now: datetime, today: date) -> str:
    """Where people get stuck, as CSV; noted as an event. Raises NotFresh."""
    demand_fresh(session, me, now)
    session.add(Event(person_id=me.person_id, what="exported how lessons go", thing="lesson", thing_id="all"))
    return flow_table(flow_page(session, me, today))


def take_out_funnel(session: Session, me: Me, *, now: datetime) -> str:
    """Where people leave courses, as CSV; noted as an event. Raises NotFresh."""
    demand_fresh(session, me, now)
    session.add(Event(person_id=me.person_id, what="exported how courses go", thing="course", thing_id="all"))
    return funnel_table(funnel_page(session))
