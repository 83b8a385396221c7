"""Taking the figures of a round out of the site: as report, slides, workbook, table or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible, OutOfOrder
from app.maturity.actions.steps import note
from app.maturity.queries.place import Place, place
from app.maturity.queries.result_stored import result_place
from app.maturity.queries.results import ResultsPage, results_page
from app.maturity.queries.who_answered import given_answers
from app.maturity.reports.result_json import result_json
from app.maturity.reports.result_pdf import result_pdf
from app.maturity.reports.result_slides import result_slides
from app.maturity.reports.result_workbook import result_workbook
from app.records.accounts import demand_fresh
from app.records.snapshot import Snapshot
from app.ui.csv import Value, csv_text
from assessments.anonymity import protected

HEADER = (
    "dimension", "dimension title", "item", "item title", "key item", "in scope", "n", "mean", "answered level", "agreed level", "r_wg", "AD",
    "reading", "do not know", "not applicable", "dimension index", "dimension level reached", "target", "gap",
)


DRAWN: Mapping[str, Callable[[ResultsPage], bytes]] = {"pdf": result_pdf, "pptx": result_slides, "xlsx": result_workbook}


def export_scores(session: Session, me: Me, *, slug: str, number: int, kind: str, now: datetime) -> str | bytes:
    """The figures of a round as *kind* (pdf, pptx, xlsx, csv, json); noted, after a fresh sign-in (condition 27)."""
    here, figures = result_place(session, me, slug, number)
    if not here.sees_people:
        raise NotVisible
    demand_fresh(session, me, now)
    session.add(note(me, "exported the figures of a round", here.round))
    if kind in DRAWN:
        return DRAWN[kind](results_page(session, me, slug=slug, number=number))
    return result_json(here, figures) if kind == "json" else _table(here, figures)


def _table(here: Place, figures: Snapshot) -> str:
    """One line an item."""
    dimensions = {d.id: d for d in figures.dimensions}
    hidden = protected(figures.min_group) if figures.min_group else ""
    lines: list[tuple[Value, ...]] = []
    for item in figures.items:
        d = dimensions[item.dimension]
        lines.append((
            d.id, d.title, item.id, item.title, "yes" if item.key else "no", "yes" if item.in_scope else "no", item.n if item.n or not hidden else hidden, _plain(item.mean),
            item.answered_level, item.agreed_level, _plain(item.r_wg), _plain(item.ad_m), item.reading,
            item.dont_know if not hidden else None, item.not_applicable if not hidden else None,
            _plain(d.index) if d.index is not None or not hidden else hidden, d.staged, d.target, _plain(d.gap),
        ))
    return csv_text(HEADER, lines)


def export_answers(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> str:
    """Who answered what as CSV, for the PMO lead, noted, after a fresh sign-in (condition 27). Comments are not in it: they carry no name."""
    here = place(session, me, slug, number)
    if not me.is_pmo_lead or here.round.mode != "named":
        raise NotVisible
    if here.round.state not in ("closed", "published"):
        raise OutOfOrder("Answers can be exported once the round is closed.")
    demand_fresh(session, me, now)
    session.add(note(me, "exported the answers of a round", here.round))
    header = ("person", "role", "side", "item", "answer", "reason", "unit")
    return csv_text(header, [(row[1], row[2], row[3], row[4], _number(row[5]), row[6], row[7]) for row in given_answers(session, here.round.id)])


def _plain(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _number(value: str) -> Value:
    return int(value) if value.isdigit() else value
