"""Which function does which kind of background work, and what the worker goes round."""

from collections.abc import Callable

from app.config import MailServer
from app.db import Database
from app.deadlines.mornings import Mornings
from app.jobs import Work, work_once
from app.mail.sending import send_next
from app.maturity.solving import COMPARE, PLAN, compare, solve

KINDS: dict[str, Work] = {PLAN: solve, COMPARE: compare}  # the more urgent kind first


def rounds(database: Database, server: MailServer | None, base_url: str) -> tuple[Callable[[], bool], ...]:
    """One job, then the morning of one person, then one mail; each says whether it found something to do."""
    return lambda: work_once(database, KINDS), Mornings(database, server, base_url), lambda: send_next(database, server)
