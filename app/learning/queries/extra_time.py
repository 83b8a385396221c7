"""Extra time for checks with a limit: how much somebody has, and the page on which a PMO lead gives it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, can, with_account
from app.errors import NotVisible
from app.models import ExtraTime, Person
from app.ui.filters import local_day
from courses.time_limit import SHARES, share_of

_NEWEST = select(ExtraTime.percent).where(ExtraTime.person_id == bindparam("person")).order_by(ExtraTime.id.desc()).limit(1)


def extra_of(session: Session, person_id: int) -> int | None:
    """Per cent of extra time, 0 where nobody said anything, None for no limit; one statement."""
    rows = db.rows(session, _NEWEST, person=person_id)
    return rows[0].percent if rows else 0


@dataclass(frozen=True)
class ExtraTimePage:
    """What somebody has now and how it came about, newest first, in words."""

    person_id: int
    name: str
    is_own: bool
    chosen: str
    newest: int
    words: str
    history: tuple[str, ...]


def extra_time_page(session: Session, me: Me, person_id: int) -> ExtraTimePage:
    """The extra time of somebody, for that person and for PMO leads; one statement. Raises NotVisible."""
    giver = aliased(Person)
    rows = session.execute(
        select(Person.id, Person.name, ExtraTime.id.label("number"), ExtraTime.percent, ExtraTime.created_at, giver.name.label("giver"))
        .outerjoin(ExtraTime, ExtraTime.person_id == Person.id)
        .outerjoin(giver, giver.id == ExtraTime.given_by_id)
        .where(Person.id == person_id, with_account())
        .order_by(ExtraTime.id.desc())
    ).all()
    if not rows or not can(me, "see extra time", rows[0]):
        raise NotVisible
    said = [row for row in rows if row.number is not None]
    chosen = share_of(said[0].percent) if said else "0"
    return ExtraTimePage(
        person_id, rows[0].name, person_id == me.person_id, chosen, said[0].number if said else 0, SHARES[chosen],
        tuple(f"{SHARES[share_of(row.percent)]}, said by {row.giver} on {local_day(row.created_at)}" for row in said),
    )

