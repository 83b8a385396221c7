"""Background work: rows in the database, taken one at a time by a worker process that looks for them.

A job is written in the transaction that asks for it, so it exists exactly if the deed does. The worker claims it in a
transaction of its own; a claim older than the patience of its kind is taken again, so a killed worker loses nothing."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from app import clock
from app.db import Database
from app.models import Job

log = logging.getLogger("cairn.jobs")
PATIENCE = timedelta(minutes=5)
TRIES = 3


@dataclass(frozen=True)
class Progress:
    """Lets a job tell how far it is, in its own short transaction."""

    database: Database
    job_id: int

    def __call__(self, percent: int, says: str) -> None:
        with self.database.transaction() as session:
            job = session.get_one(Job, self.job_id)
            job.progress, job.says, job.claimed_at = percent, says, clock.now()


Work = Callable[[Database, int, Progress], None]


def ask_for(session: Session, kind: str, thing_id: int, says: str = "Waiting for its turn") -> Job:
    """Note that *kind* of work is to be done on the thing; it starts after this transaction is committed."""
    job = Job(kind=kind, thing_id=thing_id, says=says)
    session.add(job)
    session.flush()
    return job


def work_once(database: Database, kinds: Mapping[str, Work]) -> bool:
    """Do the oldest waiting job of the first kind that has one; False when there was nothing to do."""
    stale = clock.now() - PATIENCE
    urgency = case({kind: place for place, kind in enumerate(kinds)}, value=Job.kind)
    due = select(Job).where(Job.kind.in_(kinds), (Job.state == "waiting") | ((Job.state == "running") & (Job.claimed_at < stale)))
    with database.reading() as session:  # a look costs nothing; only work takes the write lock
        if session.scalars(due.limit(1)).first() is None:
            return False
    with database.transaction() as session:
        job = session.scalars(due.order_by(urgency, Job.id).limit(1).with_for_update(skip_locked=True)).one_or_none()
        if job is None:
            return False
        job.state, job.claimed_at, job.tries = "running", clock.now(), job.tries + 1
        job_id, kind, thing_id, tries = job.id, job.kind, job.thing_id, job.tries
    failure = ""
    try:
        kinds[kind](database, thing_id, Progress(database, job_id))
    except Exception as fault:
        log.exception("job %s (%s) failed", job_id, kind)
        failure = type(fault).__name__
    with database.transaction() as session:
        job = session.get_one(Job, job_id)
        if failure and tries < TRIES:
            job.state = "waiting"
        else:
            job.state = "failed" if failure else "done"
            job.progress, job.ended_at = (job.progress if failure else 100), clock.now()
    return True


def work_for_ever(rounds: Sequence[Callable[[], bool]], pause: float = 0.5) -> None:
    """The worker: one piece of each kind of work after the other, a short pause when there was none. A round says whether it found any."""
    while True:
        if not sum(_went_well(once) for once in rounds):  # every kind gets its turn
            time.sleep(pause)


def _went_well(once: Callable[[], bool]) -> bool:
    try:
        return once()
    except Exception:
        log.exception("the worker could not reach the database")
        return False
