"""Holding a workshop: go to an item, vote, reveal the votes, write down what the room agrees on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import EditConflict, NotVisible, OutOfOrder, Refused
from app.maturity.actions.answering import TOO_LATE, begin, write_answer
from app.maturity.actions.results import LABELS
from app.maturity.actions.steps import note
from app.maturity.given import Given
from app.maturity.queries.answering import my_place
from app.maturity.queries.place import Place
from app.maturity.queries.workshop import NOT_OPEN, screen_place, vote_choices
from app.models import AgreedLevel, Invitation, RecordedAnswer, RevealedItem, WorkshopPlace
from app.records.editing import demand_version

MOVED_ON = "The room has moved on to another item. Open the page again to vote on it."
IS_SHOWN = "The votes on this item are revealed, so no more are taken."


def go_to(session: Session, me: Me, *, slug: str, number: int, item: str, now: datetime) -> None:
    """Bring an item before the room; the first time this begins the workshop."""
    here = screen_place(session, me, slug, number, lock=True)
    if not here.model().has(item):
        raise Refused("Choose an item of these questions", "item")
    at = session.get(WorkshopPlace, here.round.id)
    if at is None:
        session.add(WorkshopPlace(round_id=here.round.id, item_id=item, since=now))
        session.add(note(me, "began a workshop", here.round))
    elif at.item_id != item:
        at.item_id, at.since = item, now
    session.flush()


def reveal(session: Session, me: Me, *, slug: str, number: int, item: str, now: datetime) -> None:
    """Show the room who stands where, without names; from now on nobody votes on this item."""
    here = screen_place(session, me, slug, number, lock=True)
    at = _at(session, here, item, is_read=False)
    if session.get(RevealedItem, (here.round.id, at.item_id)) is None:
        session.add(RevealedItem(round_id=here.round.id, item_id=at.item_id, at=now))
    session.flush()


def settle(
    session: Session, me: Me, *, slug: str, number: int, item: str, level: int, reason: str, version: int | None, onward: str, now: datetime
) -> None:
    """Write down the level the room agrees on, with a sentence; with *onward* the room goes to that item next."""
    here = screen_place(session, me, slug, number, lock=True)
    model = here.model()
    if not model.has(item) or level not in model.item(item).values:
        raise Refused("Choose one of the levels of this item", "level")
    back = f"{here.here}workshop/"
    stored = session.scalars(select(AgreedLevel).where(AgreedLevel.round_id == here.round.id, AgreedLevel.item_id == item)).one_or_none()
    if stored is None:
        if version is not None:
            raise EditConflict((), back)
        session.add(AgreedLevel(round_id=here.round.id, item_id=item, level=level, reason=reason, person_id=me.person_id))
    else:
        demand_version(stored, version, {"level": (LABELS["level"], level), "reason": (LABELS["reason"], reason)}, back)
        stored.level, stored.reason, stored.person_id = level, reason, me.person_id
    session.add(note(me, f"agreed on level {level} of {item}", here.round))
    session.flush()
    if onward:
        go_to(session, me, slug=slug, number=number, item=onward, now=now)


def vote(session: Session, me: Me, *, slug: str, number: int, item: str, value: str, now: datetime) -> None:
    """My vote on the item the room is at; it may be changed until it is revealed."""
    here, seen = my_place(session, me, slug, number)
    if not here.round.is_workshop:
        raise NotVisible
    if here.round.state != "open":
        raise OutOfOrder(NOT_OPEN)
    mine = session.scalars(
        select(Invitation).where(Invitation.id == seen.id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if mine is None:
        raise NotVisible
    if here.is_late(now):
        raise OutOfOrder(TOO_LATE)
    at = _at(session, here, item, is_read=True)
    if session.get(RevealedItem, (here.round.id, at.item_id)) is not None:
        raise OutOfOrder(IS_SHOWN)
    model = here.model()
    if value not in {code for code, _ in vote_choices(model, model.item(item))}:
        raise Refused("Choose one of the statements", "value")
    code, _, why = value.partition(" ")
    stored = session.scalar(select(RecordedAnswer.counter).where(RecordedAnswer.invitation_id == mine.id, RecordedAnswer.item_id == item)) or 0
    write_answer(session, mine.id, item, Given(code, why), None, stored + 1, now)
    begin(here, mine, now)
    session.flush()


def _at(session: Session, here: Place, item: str, is_read: bool) -> WorkshopPlace:
    """Where the room is, held so that nobody votes while the votes are shown. OutOfOrder when it is not at *item*."""
    at = session.scalars(select(WorkshopPlace).where(WorkshopPlace.round_id == here.round.id).with_for_update(read=is_read)).one_or_none()
    if at is None or at.item_id != item:
        raise OutOfOrder(MOVED_ON)
    return at
