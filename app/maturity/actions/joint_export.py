"""The result of a joint round as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.maturity.queries.joint import JointResultsPage, joint_results_page
from app.maturity.reports.joint import joint_json, joint_pdf, joint_slides, joint_table, joint_workbook
from app.models import Event
from app.records.accounts import demand_fresh

MAKERS: Mapping[str, Callable[[JointResultsPage], str | bytes]] = {
    "pdf": joint_pdf, "pptx": joint_slides, "xlsx": joint_workbook, "csv": joint_table, "json": joint_json,
}


def export_joint(session: Session, me: Me, *, number: int, kind: str, now: datetime) -> str | bytes:
    """The units as *kind* (pdf, pptx, xlsx, csv, json), with the same words for what is not shown as the page; noted, after a fresh
    sign-in (condition 27)."""
    page = joint_results_page(session, me, number=number)
    if not page.runs_it:
        raise NotVisible
    demand_fresh(session, me, now)
    session.add(Event(
        person_id=me.person_id, what="exported the figures of a joint round", thing="joint round", thing_id=str(page.joint.id),
        detail={"joint round": number},
    ))
    return MAKERS[kind](page)
