"""Which function does which kind of background work, and what the worker goes round."""

from collections.abc import Callable

from app.config import MailServer
from app.db import Database
from app.jobs import Work, work_once
from app.mail.sending import send_next
from app.maturity.solving import COMPARE, PLAN, compare, solve
from app.records.attachments import Sweeper
from app.uploads import Store

KINDS: dict[str, Work] = {PLAN: solve, COMPARE: compare}  # the more urgent kind first


def rounds(database: Database, server: MailServer | None, store: Store) -> tuple[Callable[[], bool], ...]:
    """One job, then one mail, and now and then a look for files nobody knows; each says whether it found something to do."""
    return lambda: work_once(database, KINDS), lambda: send_next(database, server), Sweeper(database, store)
