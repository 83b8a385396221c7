"""The work of each morning: one mail to everybody for whom something is new, at seven or later in their own time zone.

What was told is written down in the transaction that posts the mail, under a constraint: a worker that is killed, a second
worker and a second run tell nobody twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import clock
from app.config import LOOPBACK, MailServer
from app.db import Database
from app.deadlines.letter import letter, subject
from app.deadlines.queries.reminders import lines
from app.mail import can_be_written_to, post
from app.models import Person, Reminder
from app.records.accounts import asking_as

MORNING = 7
EVERY = timedelta(minutes=5)
MORNINGS_KEPT, KEPT = timedelta(days=7), timedelta(days=120)
DAY = "day"


@dataclass
class Mornings:
    """Looks every few minutes for whom it is morning, and writes to one of them at a time. Without a mail server nobody is.

    People of the demo have no mailbox: they are written to only when the mail server is on this computer."""

    database: Database
    server: MailServer | None
    base_url: str
    waiting: list[int] = field(default_factory=list)
    looked_at: datetime | None = None

    def __call__(self) -> bool:
        """Write to the next one; False when nobody waits."""
        if self.server is None:
            return False
        now = clock.now()
        if not self.waiting and (self.looked_at is None or abs(now - self.looked_at) >= EVERY):
            self.looked_at = now
            with self.database.reading() as session:
                self.waiting = people_in_the_morning(session, now, with_demo=self.server.host in LOOPBACK)
        if not self.waiting:
            return False
        with self.database.transaction() as session:
            remind(session, self.waiting.pop(0), base_url=self.base_url, now=now)
        return True


def people_in_the_morning(session: Session, now: datetime, *, with_demo: bool) -> list[int]:
    """Everybody whose day has reached the morning and was not dealt with, in the order of accounts; two statements."""
    today = now.date()
    dealt_with = {(person_id, day) for person_id, day in session.execute(
        select(Reminder.person_id, Reminder.day).where(Reminder.kind == DAY, Reminder.day >= today - timedelta(days=1))
    )}
    people = session.execute(
        select(Person.id, Person.time_zone, Person.is_demo).where(Person.disabled_at.is_(None)).order_by(Person.id)
    ).all()
    return [
        row.id for row in people
        if (with_demo or not row.is_demo) and is_morning(now, row.time_zone) and (row.id, local_day(now, row.time_zone)) not in dealt_with
    ]


def is_morning(now: datetime, zone: str) -> bool:
    """Seven o'clock has passed there: at 6:30 UTC in Berlin (7:30), not in Lisbon (6:30)."""
    return now.astimezone(ZoneInfo(zone)).hour >= MORNING


def local_day(now: datetime, zone: str) -> date:
    """The calendar day it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def remind(session: Session, person_id: int, *, base_url: str, now: datetime) -> int:
    """Deal with the morning of one person, once: how many things the mail tells of, 0 without a mail."""
    me = asking_as(session, Person.id == person_id)
    if me is None:
        return 0
    today = local_day(now, me.time_zone)
    insert = (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(Reminder)
    row = {"person_id": person_id, "kind": DAY, "thing": "", "day": today, "created_at": now}
    if session.scalar(insert.values(**row).on_conflict_do_nothing().returning(Reminder.id)) is None:
        return 0  # another worker was quicker
    told = lines(session, me, today)
    session.add_all(Reminder(person_id=person_id, kind=one.kind, thing=one.thing, day=one.since, created_at=now) for one in told)
    if told and can_be_written_to(me.email):
        post(session, to=me.email, person_id=person_id, subject=subject(told), text=letter(me.name, told, base_url=base_url, today=today))
    session.execute(delete(Reminder).where(Reminder.person_id == person_id, or_(
        Reminder.day < today - KEPT, and_(Reminder.kind == DAY, Reminder.day < today - MORNINGS_KEPT),
    )))
    return len(told)
