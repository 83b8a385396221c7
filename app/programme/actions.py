"""Taking tables, slides and the workbook out of the programme page."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.models import Event
from app.programme.queries.counts import learning_and_mentoring
from app.programme.queries.maturity import MODEL, all_rows, reach, type_name
from app.programme.queries.page import Chosen, export_text
from app.programme.reports import MAKERS, Overview
from app.records.accounts import demand_fresh


def take_out(session: Session, me: Me, what: str, chosen: Chosen, now: datetime) -> str:
    """A table as CSV, noted as an event. Raises NotVisible, NotFresh."""
    demand_fresh(session, me, now)
    text = export_text(session, me, what, chosen)
    _note(session, me, what, chosen)
    return text


def take_overview(session: Session, me: Me, kind: str, chosen: Chosen, today: date, now: datetime) -> bytes:
    """All teams of the chosen type as workbook (xlsx) or slides (pptx), noted as an event. Raises NotFresh."""
    demand_fresh(session, me, now)
    model, kept = library().questionnaires[MODEL], chosen.kept
    courses, mentoring = learning_and_mentoring(session, today)
    found = Overview(
        type_name(kept.pmo_type) if kept.pmo_type else "", tuple((d.id, d.title) for d in model.dimensions), all_rows(session, me, kept),
        reach(session, me, kept), courses, mentoring,
    )
    _note(session, me, f"overview.{kind}", chosen)
    return MAKERS[kind](found)


def _note(session: Session, me: Me, what: str, chosen: Chosen) -> None:
    session.add(Event(
        person_id=me.person_id, what="exported the programme", thing="programme", thing_id=what,
        detail={"type": chosen.pmo_type, "team": chosen.team},
    ))
