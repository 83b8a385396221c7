"""Which function does which kind of background work, and what the worker goes round."""

from collections.abc import Callable
from datetime import datetime, timedelta

from app import clock
from app.config import MailServer, TrackerServer
from app.db import Database
from app.deadlines.mornings import Mornings
from app.jobs import Work, work_once
from app.learning.actions.time_over import hand_in_over
from app.mail.sending import send_next
from app.maturity.actions.guests import forget_guests
from app.maturity.actions.letters import send_due_reminders
from app.maturity.publishing import PUBLISH, publish_closed
from app.maturity.solving import COMPARE, PLAN, compare, solve
from app.maturity.syncing import check_next, sync_next
from app.records.attachments import Sweeper
from app.uploads import Store

KINDS: dict[str, Work] = {PUBLISH: publish_closed, PLAN: solve, COMPARE: compare}  # the more urgent kind first


LOOK_EVERY = timedelta(minutes=1)


def rounds(
    database: Database, server: MailServer | None, base_url: str, store: Store, tracker: TrackerServer | None = None,
) -> tuple[Callable[[], bool], ...]:
    """One job, the morning of one person, one mail, a project of the tracker somebody waits for, then, once a minute, what is due
    by the calendar and one issue; each says whether it found something to do."""
    return (
        lambda: work_once(database, KINDS),
        Mornings(database, server, base_url),
        lambda: send_next(database, server),
        lambda: check_next(database, tracker),
        now_and_then(lambda: sync_next(database, tracker, base_url)),
        now_and_then(lambda: send_due_reminders(database, base_url)),
        now_and_then(lambda: forget_guests(database)),
        now_and_then(lambda: hand_in_over(database)),
        Sweeper(database, store),
    )


def now_and_then(once: Callable[[], bool]) -> Callable[[], bool]:
    """The same piece of work, looked for again at once while there is some, and otherwise once a minute."""
    idle_until: list[datetime] = []

    def look() -> bool:
        if idle_until and clock.now() < idle_until[0]:
            return False
        found = once()
        idle_until[:] = [] if found else [clock.now() + LOOK_EVERY]
        return found

    return look
