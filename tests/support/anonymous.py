"""Anonymous rounds for tests: people who answer, and sheets that are there already."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.content import library
from app.models import Invitation, Person
from app.records.anonymous import hand_in
from tests.support.build import a_round, answered
from tests.support.people import person

MODEL = library().questionnaires["pmo-maturity"]
ITEMS = [item.id for item in MODEL.items]


def crowd(session: Any, size: int, name: str = "Crowd") -> list[Person]:
    """So many more people without a team."""
    found = [person(f"{name}{n}") for n in range(size)]
    session.add_all(found)
    session.flush()
    return found


def anonymous_round(session: Any, team: Any, people: list[Person], submitted: int = 0, comments: dict[int, str] | None = None, **more: Any) -> Any:
    """An open anonymous round; the first *submitted* people have handed in: person n answers 1 + n % 3 everywhere."""
    round_, asked = a_round(session, team, [(p, "users" if n % 3 else "office") for n, p in enumerate(people)], mode="anonymous", **more)
    for n, invitation in enumerate(asked[:submitted]):
        give(session, round_, invitation, dict.fromkeys(ITEMS, 1 + n % 3), {ITEMS[0]: comments[n]} if comments and n in comments else None)
    return round_, asked


def give(session: Any, round_: Any, invitation: Invitation, values: dict[str, Any], comments: dict[str, str] | None = None) -> None:
    """Hand a sheet in the way the site does."""
    answered(session, invitation, values, submit=False, comments=comments)
    hand_in(session, MODEL, round_id=round_.id, invitation_id=invitation.id, group=invitation.group)
    invitation.state, invitation.started_at = "submitted", None
    session.flush()


def invitation_of(session: Any, round_: Any, who: Person) -> Invitation:
    """The invitation of somebody to a round."""
    return session.scalars(select(Invitation).where(Invitation.round_id == round_.id, Invitation.person_id == who.id)).one()
