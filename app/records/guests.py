"""What is erased of somebody from outside when a round no longer needs to know them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.models import Guest, OutboxMessage, Person, SignIn

NOBODY = "Somebody from outside"


def erase_guests(session: Session, person_ids: Sequence[int]) -> None:
    """Name, e-mail, link, sign-ins and letters go. The bare row stays, because the log and the answers refer to it."""
    for record in (SignIn, OutboxMessage):
        session.execute(delete(record).where(record.person_id.in_(person_ids)).execution_options(synchronize_session=False))
    session.execute(update(Guest).where(Guest.person_id.in_(person_ids)).values(token_hash=None).execution_options(synchronize_session=False))
    session.execute(
        update(Person).where(Person.id.in_(person_ids)).values(name=NOBODY, email="").execution_options(synchronize_session=False)
    )
