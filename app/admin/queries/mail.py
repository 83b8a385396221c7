"""The outbox as administrators see it: to whom, what about, how far. What a message says is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.admin.queries.start import Tabs, admin_tabs
from app.models import OutboxMessage
from app.ui.paging import Paging, paging


@dataclass(frozen=True)
class MessageLine:
    """One message without its text. `due_at` is the next try of one that waits; an open one can be tried or dropped."""

    id: int
    recipient: str
    subject: str
    state: str
    attempts: int
    written_at: datetime
    due_at: datetime
    sent_at: datetime | None
    last_error: str
    is_open: bool


@dataclass(frozen=True)
class MailPage:
    """The messages, failed ones first, then those that wait, then the rest, each newest first."""

    tabs: Tabs
    messages: tuple[MessageLine, ...]
    paging: Paging
    is_set_up: bool
    waiting: int


FIRST = ("failed", "sending", "waiting")


def mail_page(session: Session, me: Me, *, wanted: str, is_set_up: bool) -> MailPage:
    """The outbox in pages; two statements."""
    total, waiting = session.execute(
        visible(me, OutboxMessage).with_only_columns(func.count(OutboxMessage.id), func.count(OutboxMessage.id).filter(OutboxMessage.state == "waiting"))
    ).one()
    part = paging(wanted, total, "/admin/mail/")
    rank = case({state: place for place, state in enumerate(FIRST)}, value=OutboxMessage.state, else_=len(FIRST))
    rows = session.scalars(visible(me, OutboxMessage).order_by(rank, OutboxMessage.id.desc()).limit(part.size).offset(part.first_row))
    lines = tuple(
        MessageLine(
            m.id, m.recipient, m.subject, m.state, m.attempts, m.created_at, m.due_at, m.sent_at, m.last_error,
            m.state in {"failed", "waiting"},
        )
        for m in rows
    )
    return MailPage(admin_tabs(me, "Mail"), lines, part, is_set_up, waiting)
