"""What every part of the demo works with: the session, the moment of loading, and the people by the name before their @."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.demo.reading import FOLDER
from app.models import Attachment, Event, Person, Team
from app.uploads import Sent, Store

FIRST_HOUR, WORKING_HOURS = 8, 9


@dataclass
class Stage:
    """The demo while it is being put into the database; everything is dated back from `now`."""

    session: Session
    now: datetime
    store: Store | None = None
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day of loading, in UTC."""
        return self.now.date()

    def day(self, days_ago: int) -> date:
        """The day so many days ago; a negative number is ahead."""
        return self.today - timedelta(days=days_ago)

    def at(self, days_ago: int) -> datetime:
        """A moment of that day between 8 and 17 o'clock, never later than now."""
        hour, minute = FIRST_HOUR + days_ago * 7 % WORKING_HOURS, days_ago * 13 % 60
        return min(self.now, (self.now - timedelta(days=days_ago)).replace(hour=hour, minute=minute, second=0, microsecond=0))

    def hang(self, who: Person, when: datetime, *, file: str = "", link: str = "", **on: Any) -> Attachment | None:
        """A file of content/demo/files, or a link, on a thing. Where there is no file store, there are no files: None."""
        row = Attachment(person_id=who.id, link=link, created_at=when, **on)
        if file:
            if self.store is None:
                return None
            with (FOLDER / "files" / file).open("rb") as content:
                row.key, row.name, row.size = self.store.put(Sent(file, content))
        self.session.add(row)
        return row

    def note(self, days_ago: int, who: Person, what: str, thing: str, thing_id: int | str, about: Person | None = None) -> None:
        """An entry of the audit log, as the site would have written it that day."""
        self.session.add(Event(
            person_id=who.id, subject_id=about.id if about else None, what=what, thing=thing, thing_id=str(thing_id),
            created_at=self.at(days_ago),
        ))
