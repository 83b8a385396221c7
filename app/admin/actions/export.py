"""Taking the list of people out of the site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.admin.queries.export import people_text
from app.models import Event
from app.records.accounts import demand_fresh


def take_people_out(session: Session, me: Me, *, now: datetime) -> str:
    """All accounts as CSV, noted as an event with how many they were. Raises NotFresh, Forbidden (condition 27)."""
    demand_fresh(session, me, now)
    text, number = people_text(session, me)
    session.add(Event(person_id=me.person_id, what="exported the list of people", thing="people", thing_id="all", detail={"people": number}))
    return text
