"""Files and links that hang on a thing: added, listed and taken away in the transaction of whoever asks.

A file is on the disk before its row is written. When the transaction is undone the file goes with it; when a row is
taken away the file goes after the commit. What a killed process leaves behind is swept away by the worker."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Row, Select, bindparam, event, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import clock, db
from app.access import Me, fetch, visible
from app.db import Database, built_once
from app.errors import NotVisible, Refused
from app.models import Attachment, Person
from app.uploads import NotTaken, Sent, Store

MOST = 20
MB = 1 << 20
SWEPT_EVERY = timedelta(minutes=30)
HOST = re.compile(r"[a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\]")


@dataclass(frozen=True)
class Offered:
    """What somebody adds: a link, or a file. Exactly one of them."""

    link: str = ""
    file: Sent | None = None


@dataclass(frozen=True)
class Attached:
    """A file or link as pages show it. `words` is the name of the file or the host of the link, `size` in words or ''."""

    id: int
    words: str
    href: str
    size: str
    item: str
    who: str
    person_id: int
    at: datetime

    @property
    def is_file(self) -> bool:
        """Stored here; else a link that leads out of the site."""
        return self.href.startswith("/files/")


def host_of(link: str) -> str:
    """The host a link leads to, as the browser will read it; '' where it has none that can be shown plainly.

    'https://Files.example.org/a' -> 'files.example.org'."""
    try:
        host = (urlsplit(link).hostname or "").encode("idna").decode("ascii")
    except (UnicodeError, ValueError):
        return ""
    return host if HOST.fullmatch(host) else ""


def size_words(size: int) -> str:
    """Bytes in words: 512 -> '1 kB', 1536000 -> '1.5 MB'."""
    return f"{size / MB:.1f} MB" if size >= MB else f"{max(1, round(size / 1024))} kB"


def attach(session: Session, me: Me, store: Store, offered: Offered, *, to: InstrumentedAttribute[int | None], thing_id: int, item: str = "", team_id: int | None = None) -> Attachment:
    """Hang a file or link on the thing *to* points at. Raises Refused with the sentence and the field it belongs to."""
    if (offered.file is None) == (not offered.link):
        raise Refused("Choose a file or enter a web address, and add the other one after it" if offered.link else "Choose a file or enter a web address", "file")
    session.execute(select(Person.id).where(Person.id == me.person_id).with_for_update())
    if (session.scalar(select(func.count()).where(to == thing_id, Attachment.item_id == item)) or 0) >= MOST:
        raise Refused(f"There are {MOST} files and links here already. Remove one first", "file")
    row = Attachment(person_id=me.person_id, item_id=item, link=offered.link, **{to.key: thing_id})
    if offered.file is None:
        if not host_of(offered.link):
            raise Refused("Enter a web address such as https://files.example.org/report", "link")
    else:
        row.team_id = team_id
        try:
            _demand_room(session, me, store, store.fitting(offered.file), team_id)
            row.key, row.name, row.size = store.put(offered.file)
        except NotTaken as no:
            raise Refused(str(no), "file") from no
        key = row.key
        event.listen(session, "after_rollback", lambda _: store.remove(key), once=True)
    session.add(row)
    session.flush()
    return row


def _demand_room(session: Session, me: Me, store: Store, size: int, team_id: int | None) -> None:
    used, of_team = session.execute(
        select(
            func.coalesce(func.sum(Attachment.size).filter(Attachment.person_id == me.person_id), 0),
            func.coalesce(func.sum(Attachment.size).filter(Attachment.team_id == team_id), 0),
        ).where((Attachment.person_id == me.person_id) | (Attachment.team_id == team_id))
    ).one()
    if used + size > store.of_person * MB:
        raise Refused(f"With this file you would keep more than {store.of_person} MB here. Remove files you no longer need, or give a link", "file")
    if team_id is not None and of_team + size > store.of_team * MB:
        raise Refused(f"With this file the team would keep more than {store.of_team} MB here. Remove files nobody needs, or give a link", "file")


def detach(session: Session, store: Store, rows: Iterable[Attachment]) -> None:
    """Take files and links away; the files go once this is committed."""
    for row in rows:
        if row.key:
            key = row.key
            event.listen(session, "after_commit", lambda _, key=key: store.remove(key), once=True)
        session.delete(row)
    session.flush()


def held_on(session: Session, to: InstrumentedAttribute[int | None], thing_id: int, attachment_id: int) -> Attachment:
    """The attachment of this thing with this number, held until this is settled, or NotVisible. The caller may change the thing."""
    row = session.scalars(select(Attachment).where(to == thing_id, Attachment.id == attachment_id).with_for_update()).one_or_none()
    if row is None:
        raise NotVisible
    return row


def attached(session: Session, me: Me, to: InstrumentedAttribute[int | None], thing_ids: Collection[int], item: str | None = None) -> tuple[Attached, ...]:
    """What hangs on these things as far as I may see it, oldest first; one statement."""
    only = {} if item is None else {"item": item}
    return tuple(as_shown(row, row.who) for row in db.rows(session, _attached(me, to, bool(only)), things=list(thing_ids), **only))


@built_once
def _attached(me: Me, to: InstrumentedAttribute[int | None], of_item: bool) -> Select[*tuple[Any, ...]]:
    found = (
        visible(me, Attachment).with_only_columns(*SHOWN, Person.name.label("who")).join(Person, Person.id == Attachment.person_id)
        .where(to.in_(bindparam("things", expanding=True))).order_by(Attachment.id)
    )
    return found.where(Attachment.item_id == bindparam("item")) if of_item else found


SHOWN = (
    Attachment.id, Attachment.key, Attachment.name, Attachment.link, Attachment.size, Attachment.item_id, Attachment.person_id, Attachment.created_at,
)


def as_shown(row: Attachment | Row[*tuple[Any, ...]], who: str = "") -> Attached:
    """A row as pages show it: a record, or the columns SHOWN of one."""
    href = f"/files/{row.id}/" if row.key else row.link
    return Attached(row.id, row.name or host_of(row.link), href, size_words(row.size) if row.key else "", row.item_id, who, row.person_id, row.created_at)


def file_to_read(session: Session, me: Me, attachment_id: int) -> tuple[str, str]:
    """(key, name) of a file I may read; one statement. NotVisible else."""
    row: Attachment = fetch(session, me, Attachment, Attachment.id == attachment_id, Attachment.key.is_not(None))
    return row.key or "", row.name


def known_keys(session: Session) -> frozenset[str]:
    """The keys of all files there should be."""
    return frozenset(key for key in session.scalars(select(Attachment.key).where(Attachment.key.is_not(None))) if key)


def sweep(database: Database, store: Store, now: datetime) -> int:
    """Take away files that no row knows and that have lain there for an hour; how many. What is being stored now is younger."""
    old = list(store.old_keys(now))
    if not old:
        return 0
    with database.reading() as session:
        known = known_keys(session)
    orphans = [key for key in old if key not in known]
    for key in orphans:
        store.remove(key)
    return len(orphans)


@dataclass
class Sweeper:
    """The round of the worker that sweeps now and then. Calling it says whether it found anything."""

    database: Database
    store: Store
    due_at: datetime | None = None

    def __call__(self) -> bool:
        now = clock.now()
        if self.due_at is not None and now < self.due_at:
            return False
        self.due_at = now + SWEPT_EVERY
        return sweep(self.database, self.store, now) > 0
