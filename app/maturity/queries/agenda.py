"""The agenda of a consensus talk, to print and take along: what to talk about, how long, and where to write what is agreed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.maturity.queries.agreed_levels import agreed_levels
from app.maturity.queries.place import Place
from app.maturity.queries.result_stored import result_place
from app.records.results import model_of
from app.records.snapshot import ItemFigures
from assessments.agenda import CLOSING, OPENING, Topic, agenda, length
from assessments.workshop import spread_words


@dataclass(frozen=True)
class AgendaPoint:
    """One item of the talk. `low` and `high` are the outermost levels with their statements; None where they are not shown."""

    id: str
    title: str
    question: str
    evidence: str
    is_key: bool
    starts: str
    minutes: int
    spread: str
    low: tuple[int, str] | None
    high: tuple[int, str] | None
    fits: bool


@dataclass(frozen=True)
class AgendaPage:
    """The whole talk."""

    place: Place
    points: tuple[AgendaPoint, ...]
    minutes: int
    opening: int
    closing: int
    closes_at: str
    levels: tuple[tuple[int, str], ...]
    settled: tuple[str, ...]
    runs_it: bool


def agenda_page(session: Session, me: Me, *, slug: str, number: int) -> AgendaPage:
    """For the lead of the team and the PMO lead, once the result is there; three statements. What has an agreed level is not on it."""
    here, figures = result_place(session, me, slug, number)
    if not here.sees_people:
        raise NotVisible
    model = model_of(here.round)
    settled = {agreed.item for agreed in agreed_levels(session, here, figures)}
    wide = {item.id: item for item in figures.items if item.in_scope and item.reading == "talk about it"}
    open_ones = [item for item in wide.values() if item.id not in settled]
    points = agenda([Topic(item.id, item.key, item.ad_m, _span(item)) for item in open_ones])
    found = []
    for point in points:
        item = wide[point.item]
        asked = model.item(item.id) if model and model.has(item.id) else None
        says = {int(choice.value): choice.text for choice in asked.choices} if asked else {}
        chosen = _chosen(item)
        found.append(AgendaPoint(
            item.id, item.title, asked.question if asked else "", asked.evidence if asked else "", item.key, _clock(point.starts), point.minutes,
            spread_words(item.counts) if chosen else f"Who stands where is not shown below {2 * here.round.min_group} answers.",
            (chosen[0], says.get(chosen[0], "")) if chosen else None, (chosen[-1], says.get(chosen[-1], "")) if chosen else None, point.fits,
        ))
    whole = length(points)
    return AgendaPage(
        here, tuple(found), whole, OPENING, CLOSING, _clock(whole - CLOSING), tuple(enumerate(figures.levels, 1)), tuple(sorted(settled & wide.keys())), here.runs_it,
    )


def _chosen(item: ItemFigures) -> list[int]:
    return [level for level, number in item.counts if number]


def _span(item: ItemFigures) -> int | None:
    chosen = _chosen(item)
    return chosen[-1] - chosen[0] if chosen else None


def _clock(minutes: int) -> str:
    """65 -> '1:05'."""
    return f"{minutes // 60}:{minutes % 60:02}"
