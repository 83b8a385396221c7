"""The audit log in words: who did what to whom or what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Event, Person, Team


@dataclass(frozen=True)
class EventLine:
    """One line of the log. `who` is empty for the command line and for the site itself."""

    at: datetime
    who: str
    what: str
    whom: str
    thing: str
    detail: str


def event_lines(session: Session, events: Sequence[Event], details: bool = True) -> tuple[EventLine, ...]:
    """The events worded, in the order given; two statements. *details* off leaves out what was typed or changed."""
    people_ids = {i for event in events for i in (event.person_id, event.subject_id, _number(event, "person")) if i}
    team_ids = {i for event in events if (i := _number(event, "team"))}
    people = {row.id: row.name for row in session.execute(select(Person.id, Person.name).where(Person.id.in_(people_ids)))}
    teams = {row.id: row.name for row in session.execute(select(Team.id, Team.name).where(Team.id.in_(team_ids)))}
    return tuple(
        EventLine(
            event.created_at, people.get(event.person_id or 0, ""), event.what, people.get(event.subject_id or 0, ""),
            _thing(event, people, teams), _detail(event) if details else "",
        )
        for event in events
    )


def _number(event: Event, thing: str) -> int:
    return int(event.thing_id) if event.thing == thing and event.thing_id.isdigit() else 0


def _thing(event: Event, people: dict[int, str], teams: dict[int, str]) -> str:
    if event.thing == "team":
        return teams.get(_number(event, "team"), "")
    if event.thing == "person":
        number = _number(event, "person")
        return "" if number in {event.person_id, event.subject_id} else people.get(number, "")
    return f"{event.thing} {event.detail.get(event.thing) or event.thing_id}".strip()


def _detail(event: Event) -> str:
    """{'fields': ['name'], 'reason': 'typo'} -> 'fields: name; reason: typo'."""
    return "; ".join(
        f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}" for name, value in sorted(event.detail.items()) if value not in (None, "") and name != event.thing
    )
