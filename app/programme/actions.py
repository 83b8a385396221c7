"""Taking tables out of the programme page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.models import Event
from app.programme.queries.page import Chosen, export_text
from app.records.accounts import demand_fresh


def take_out(session: Session, me: Me, what: str, chosen: Chosen, now: datetime) -> str:
    """A table as CSV, noted as an event. Raises NotVisible, NotFresh."""
    demand_fresh(session, me, now)
    text = export_text(session, me, what, chosen)
    session.add(Event(
        person_id=me.person_id, what="exported the programme", thing="programme", thing_id=what,
        detail={"type": chosen.pmo_type, "team": chosen.team},
    ))
    return text
