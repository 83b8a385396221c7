"""doctor: settings and health in plain words."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.cli.site import say
from app.config import Settings, load_settings
from app.content import own_courses, read_content
from app.db import Database
from app.migrations import is_current
from app.models import Job, Person
from app.records.attachments import known_keys
from app.records.audit import walk
from app.records.health import (
    TrackerHealth,
    database_size,
    disk_free,
    in_words,
    jobs_by_state,
    messages_by_state,
    tracker_health,
    version,
)
from app.ui.uploading import store_of

LEAST_FREE = 200 * 1024 * 1024
LONG = timedelta(minutes=15)


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, how it is, and whether something has to be done."""

    what: str
    words: str
    is_wrong: bool = False

    def __str__(self) -> str:
        return f"{'WRONG' if self.is_wrong else 'ok':5}  {self.what}: {self.words}"


def add_to(commands: Any) -> None:
    commands.add_parser("doctor", help="settings and health in plain words; exit 1 when something is wrong").set_defaults(act=look)


def look(chosen: argparse.Namespace) -> int:
    """python -m app doctor"""
    findings = [*of_settings(load_settings())]
    for finding in findings:
        say(str(finding))
    wrong = sum(finding.is_wrong for finding in findings)
    say("Everything is well." if not wrong else f"{wrong} {'thing needs' if wrong == 1 else 'things need'} attention.")
    return 1 if wrong else 0


def of_settings(settings: Settings) -> Iterator[Finding]:
    """Every finding, from the settings to the jobs; later ones are left out when the database cannot be reached."""
    yield Finding("version", version())
    yield Finding("address", f"{settings.base_url}, {'over HTTPS' if settings.is_secure else 'plain HTTP: for this computer or behind a tunnel only'}")
    yield Finding("secret", f"{len(settings.secret_key.encode())} bytes")
    yield _instance(settings)
    yield from _content(settings)
    database = Database(settings.database_url)
    try:
        yield from _database(settings, database)
    except SQLAlchemyError as fault:
        yield Finding("database", f"cannot be reached or read ({type(fault).__name__}); check DATABASE_URL and that the server runs", True)
    finally:
        database.dispose()


def _instance(settings: Settings) -> Finding:
    folder = settings.instance_dir
    if not folder.is_dir():
        return Finding("instance folder", f"{folder} does not exist; make it, or set CAIRN_INSTANCE_DIR", True)
    if not os.access(folder, os.W_OK):
        return Finding("instance folder", f"{folder} cannot be written; give the account of the site write permission", True)
    free = disk_free(folder)
    return Finding("instance folder", f"{folder} can be written, {in_words(free)} free", free < LEAST_FREE)


def _files(settings: Settings, database: Database) -> Finding:
    """Whether every file a row knows is in the file store."""
    store = store_of(settings)
    with database.reading() as session:
        keys = known_keys(session)
    lost = store.missing(keys)
    if lost:
        return Finding("files", f"{len(lost)} of {len(keys)} are not in {store.folder}; put them back from a backup", True)
    return Finding("files", f"{len(keys)}, all in {store.folder}")


def _content(settings: Settings) -> Iterator[Finding]:
    if not settings.content_dir.is_dir():
        yield Finding("content", f"{settings.content_dir} does not exist", True)
        return
    library, faults = read_content(settings.content_dir, own_courses(settings.instance_dir))
    if not faults:
        yield Finding("content", library.summary())
    for fault in faults:
        yield Finding("content", fault, True)


def _database(settings: Settings, database: Database) -> Iterator[Finding]:
    url = make_url(settings.database_url)
    if database.is_sqlite and not os.path.isfile(url.database or ""):
        yield Finding("database", "there is none yet; run: python -m app migrate", True)
        return
    if not is_current(database):
        yield Finding("database", "its schema is not the one of this version; run: python -m app migrate", True)
        return
    with database.reading() as session:
        kind = "SQLite" if database.is_sqlite else f"PostgreSQL on {url.host or 'this computer'}"
        yield Finding("database", f"{kind}, at the newest schema, {in_words(database_size(session, settings.database_url))}")
        admins = session.scalar(select(func.count()).select_from(Person).where(Person.is_admin, Person.disabled_at.is_(None))) or 0
        yield Finding("administrators", str(admins) if admins else "nobody; run: python -m app person add EMAIL --name NAME --role admin", not admins)
        jobs = jobs_by_state(session)
        mails = messages_by_state(session)
        log = walk(session)
        tracker = tracker_health(session, settings.tracker_server)
        oldest = session.scalar(select(func.min(Job.created_at)).where(Job.state == "waiting"))
    failed, waiting = jobs.get("failed", 0), jobs.get("waiting", 0)
    yield Finding("jobs", f"{waiting} waiting, {failed} failed{'; see Administration, Jobs' if failed else ''}", bool(failed))
    if oldest is not None and clock.now() - oldest > LONG:
        yield Finding("job process", "a job has waited for more than 15 minutes; start: python -m app jobs run", True)
    yield _files(settings, database)
    yield _mail(settings, mails)
    yield _tracker(tracker)
    yield Finding("audit log", log.fault or f"{log.entries} entries hold together, the last is {log.last_hash[:12]}", bool(log.fault))


def _mail(settings: Settings, mails: dict[str, int]) -> Finding:
    waiting, failed = mails.get("waiting", 0) + mails.get("sending", 0), mails.get("failed", 0)
    if settings.mail_server is None:
        return Finding("mail", f"not set up, {waiting} waiting; set CAIRN_MAIL_URL to have them sent")
    return Finding("mail", f"by {settings.mail_server.host}, {waiting} waiting, {failed} failed{'; see Administration, Mail' if failed else ''}", bool(failed))


def _tracker(tracker: TrackerHealth | None) -> Finding:
    if tracker is None:
        return Finding("tracker", "not set up; set CAIRN_TRACKER_URL to have actions carried to Jira or GitLab")
    reached = f"last reached {tracker.reached_at:%Y-%m-%d %H:%M} UTC" if tracker.reached_at else "not reached yet"
    trouble = f"; {tracker.trouble}" if tracker.trouble else ""
    given_up = f"; {tracker.stopped} issues given up, see the tracker page of the teams" if tracker.stopped else ""
    return Finding("tracker", f"{tracker.name} at {tracker.address}, {tracker.teams} {'team' if tracker.teams == 1 else 'teams'}, {reached}{trouble}{given_up}", bool(trouble or given_up))
