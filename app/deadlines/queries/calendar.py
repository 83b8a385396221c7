"""The calendar behind a private address, and the page where the address is made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.deadlines.queries.dated import dated
from app.documents.calendar import Dated
from app.errors import NotVisible
from app.models import CalendarFeed, Person
from app.records.accounts import asking_as, hashed

EDITION = "1"
"""Raised when the same entries are written down in another way."""


@dataclass(frozen=True)
class Feed:
    """What stands in somebody's calendar; `tag` changes with it."""

    entries: tuple[Dated, ...]
    tag: str


def feed(session: Session, *, secret: str, site: str, now: datetime) -> Feed:
    """The calendar behind a secret, as its owner may see it now; eight statements. NotVisible for no owner and a closed account."""
    owner = select(CalendarFeed.person_id).where(CalendarFeed.secret_hash == hashed(secret)).scalar_subquery()
    me = asking_as(session, Person.id == owner)
    if me is None:
        raise NotVisible
    entries = dated(session, me, now)
    return Feed(entries, hashlib.sha256(repr((EDITION, site, entries)).encode()).hexdigest()[:24])


@dataclass(frozen=True)
class CalendarPage:
    """Whether I have an address, and since when."""

    made_at: datetime | None


def calendar_page(session: Session, me: Me) -> CalendarPage:
    """My calendar address, as far as it is known: the address itself is stored nowhere. One statement."""
    return CalendarPage(session.scalar(visible(me, CalendarFeed).with_only_columns(CalendarFeed.created_at)))
