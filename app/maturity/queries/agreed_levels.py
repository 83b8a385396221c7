"""The levels a team agreed on after a talk, beside the answered ones, and the page to set one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me
from app.errors import Forbidden
from app.maturity.queries.place import WHO_RUNS, Place
from app.maturity.queries.result_stored import result_place
from app.models import AgreedLevel, Person
from app.records.attachments import Attached
from app.records.snapshot import Snapshot

NOTHING: Mapping[str, tuple[Attached, ...]] = {}


@dataclass(frozen=True)
class Agreed:
    """A level set after a talk, beside the answered one."""

    id: int
    item: str
    title: str
    level: int
    level_name: str
    answered_level: int | None
    answered_name: str
    reason: str
    evidence: str
    by: str
    at: datetime
    version: int
    attached: tuple[Attached, ...] = ()


def agreed_levels(session: Session, here: Place, figures: Snapshot) -> tuple[Agreed, ...]:
    """The agreed levels in the order of the model; one statement."""
    return agreed_in(db.rows(session, AGREED, round=here.round.id), figures)


def agreed_in(rows: Iterable[Any], figures: Snapshot, evidence: Mapping[str, tuple[Attached, ...]] = NOTHING) -> tuple[Agreed, ...]:
    """The same from their rows, each with the files that hang on it."""
    found = {row.item_id: row for row in rows}
    return tuple(
        Agreed(
            row.id, item.id, item.title, row.level, figures.level_name(row.level), item.answered_level,
            figures.level_name(item.answered_level), row.words, row.evidence, row.name, row.created_at, row.version, evidence.get(item.id, ()),
        )
        for item in figures.items if item.id in found for row in (found[item.id],)
    )


AGREED = (
    select(
        AgreedLevel.item_id, AgreedLevel.reason.label("words"), AgreedLevel.id, AgreedLevel.level, AgreedLevel.evidence, AgreedLevel.created_at,
        AgreedLevel.version, Person.name,
    )
    .join(Person, Person.id == AgreedLevel.person_id).where(AgreedLevel.round_id == bindparam("round"))
)


@dataclass(frozen=True)
class AgreePage:
    """The levels agreed so far and the form to set one."""

    place: Place
    agreed: tuple[Agreed, ...]
    items: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    chosen: Agreed | None
    staged: str
    index: float | None


def agree_page(session: Session, me: Me, *, slug: str, number: int, item: str) -> AgreePage:
    """Where a level is set after a talk; three statements."""
    here, figures = result_place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    agreed = agreed_levels(session, here, figures)
    names = [(str(level), f"{level} {name}") for level, name in enumerate(figures.levels, 1)]
    items = [
        (i.id, f"{i.id} {i.title}: answered {i.answered_level or 'by nobody'}") for i in figures.items if i.in_scope and i.answered_level is not None
    ]
    staged = f"{figures.staged} {figures.level_name(figures.staged)}" if figures.staged else "none"
    chosen = next((a for a in agreed if a.item == item), None)
    if chosen:
        items = [(value, words) for value, words in items if value == chosen.item]
    return AgreePage(here, agreed, items, names, chosen, staged, figures.index)


def agreed_values(page: AgreePage, item: str) -> dict[str, object]:
    """What the form starts with: the level agreed before, or the item of the address."""
    if page.chosen is None:
        return {"item": item}
    c = page.chosen
    return {"item": c.item, "level": str(c.level), "reason": c.reason, "evidence": c.evidence, "version": c.version}
