"""Which mails somebody wants, for every feature that writes one."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ReminderChoice

# Mails that go out when something happens; those that depend on a day are in app/deadlines/milestones.py.
AT_ONCE: Mapping[str, str] = {"answer": "The first answer to a question I asked in a lesson"}


def wants(session: Session, person_id: int, kind: str) -> bool:
    """Whether somebody has left this kind of mail on; one statement."""
    return kind not in (session.scalar(select(ReminderChoice.muted).where(ReminderChoice.person_id == person_id)) or ())
