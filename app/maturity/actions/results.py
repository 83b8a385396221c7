"""Agreeing on a level after a talk."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import EditConflict, Forbidden, NotVisible, Refused
from app.maturity.actions.steps import in_site_words, note
from app.maturity.queries.place import WHO_RUNS, Place
from app.maturity.queries.result_stored import result_place
from app.models import AgreedLevel, Attachment
from app.records.anonymous_figures import stand_beside
from app.records.attachments import detach
from app.records.editing import demand_version
from app.records.results import store_result
from app.records.snapshot import Snapshot
from app.uploads import Store

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
