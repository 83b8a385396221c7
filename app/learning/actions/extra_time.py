"""Giving somebody more time for checks with a limit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.errors import Differing, EditConflict
from app.learning.queries.extra_time import extra_time_page
from app.models import Event, ExtraTime, Person
from courses.time_limit import SHARES, extra_in

NOT_OWN = "A PMO lead says how much time somebody has, and nobody does it for themselves."


def give_extra_time(session: Session, me: Me, person_id: int, *, share: str, newest: int | None) -> None:
    """Say how much time somebody has from the next try on; each change is a row of its own. Raises NotVisible, Forbidden, EditConflict.

    The audit log tells that it was changed and by whom, not to what: more people read it than should know."""
    extra_time_page(session, me, person_id)
    person = fetch(session, me, Person, Person.id == person_id, lock=True)
    demand(me, "give extra time", person, NOT_OWN)
    page = extra_time_page(session, me, person_id)
    if newest != page.newest:
        raise EditConflict((Differing("Time for checks", SHARES[share], page.words),), f"/people/{person_id}/extra-time/")
    if share == page.chosen:
        return
    session.add(ExtraTime(person_id=person_id, percent=extra_in(share), given_by_id=me.person_id))
    session.add(Event(person_id=me.person_id, subject_id=person_id, what="changed the time somebody has for checks", thing="person", thing_id=str(person_id)))
    session.flush()
