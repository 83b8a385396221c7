"""Agreeing on a level after a talk, and taking the figures out of the site."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import EditConflict, Forbidden, NotVisible, OutOfOrder, Refused
from app.maturity.actions.steps import in_site_words, note
from app.maturity.queries.place import WHO_RUNS, Place, place
from app.maturity.queries.results import given_answers, result_place
from app.models import AgreedLevel, Attachment
from app.records.accounts import demand_fresh
from app.records.attachments import detach
from app.records.editing import demand_version
from app.records.publication import stand_beside
from app.records.results import store_result
from app.records.snapshot import Snapshot
from app.ui.csv import Value, csv_text
from app.uploads import Store
from assessments.anonymity import protected

LABELS = {"level": "Agreed level", "reason": "Why this level?", "evidence": "What shows it?"}


def agree_level(
    session: Session, me: Me, *, slug: str, number: int, item: str, level: int, reason: str, evidence: str, version: int | None
) -> None:
    """Set the level a talk ended with. The answers stay; level reached and roadmap start from the agreed one."""
    here, figures = _held(session, me, slug, number)
    asked = next((i for i in figures.items if i.id == item and i.in_scope), None)
    if asked is None or not 1 <= level <= len(figures.levels) or (here.is_anonymous and asked.answered_level is None):
        raise Refused("Choose an item of this round and one of its levels", "item")
    stored = _stored(session, here, item)
    values = {"level": level, "reason": reason, "evidence": evidence}
    if stored is None:
        if version is not None:
            raise EditConflict((), f"{here.here}agreed-levels/?item={item}")
        session.add(AgreedLevel(round_id=here.round.id, item_id=item, person_id=me.person_id, **values))
    else:
        demand_version(stored, version, {name: (LABELS[name], value) for name, value in values.items()}, f"{here.here}agreed-levels/?item={item}")
        stored.level, stored.reason, stored.evidence, stored.person_id = level, reason, evidence, me.person_id
    _again(session, me, here, figures, f"agreed on level {level} of {item}")


def take_back_level(session: Session, me: Me, store: Store, *, slug: str, number: int, item: str, version: int | None) -> None:
    """Go back to the answered level; what was added to the agreed one goes with it."""
    here, figures = _held(session, me, slug, number)
    stored = _stored(session, here, item)
    if stored is None:
        raise NotVisible
    demand_version(stored, version, {}, f"{here.here}agreed-levels/")
    session.delete(stored)
    detach(session, store, session.scalars(select(Attachment).where(Attachment.round_id == here.round.id, Attachment.item_id == item)).all())
    _again(session, me, here, figures, f"took back the agreed level of {item}")


def _held(session: Session, me: Me, slug: str, number: int) -> tuple[Place, Snapshot]:
    here, figures = result_place(session, me, slug, number, lock=True)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    return here, figures


def _stored(session: Session, here: Place, item: str) -> AgreedLevel | None:
    return session.scalars(select(AgreedLevel).where(AgreedLevel.round_id == here.round.id, AgreedLevel.item_id == item)).one_or_none()


def _again(session: Session, me: Me, here: Place, figures: Snapshot, what: str) -> None:
    """Note it and work the result out anew, in the same transaction."""
    session.add(note(me, what, here.round))
    session.flush()
    with in_site_words():
        if here.is_anonymous:
            stand_beside(session, here.round, here.model(), figures)
        else:
            store_result(session, here.round, here.model())


HEADER = (
    "dimension", "dimension title", "item", "item title", "key item", "in scope", "n", "mean", "answered level", "agreed level", "r_wg", "AD",
    "reading", "do not know", "not applicable", "dimension index", "dimension level reached", "target", "gap",
)


def export_scores(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> str:
    """The figures of a round as CSV, one line an item; noted, after a fresh sign-in (condition 27)."""
    here, figures = result_place(session, me, slug, number)
    if not here.sees_people:
        raise NotVisible
    demand_fresh(session, me, now)
    session.add(note(me, "exported the figures of a round", here.round))
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
