"""backup and restore: a consistent copy while the site runs, and the way back."""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from app import clock
from app.cli.site import Fault, say
from app.config import Settings, load_settings
from app.ui.uploading import store_of
from app.uploads.store import KEY

COUNTED = ("person", "team", "assessment_round", "recorded_answer", "quiz_attempt", "issued_certificate", "saved_roadmap", "meeting_note", "event")
BESIDE = ("-wal", "-shm")


def add_to(commands: Any) -> None:
    for name, act, words in (
        ("backup", make_backup, "a consistent copy of the database while the site runs"),
        ("restore", restore_backup, "put a copy in the place of the database; stop the site first"),
    ):
        command = commands.add_parser(name, help=words)
        command.add_argument("file", type=Path)
        command.set_defaults(act=act)


def make_backup(chosen: argparse.Namespace) -> int:
    """python -m app backup FILE: a checked copy, mode 0600, under its name only when it is whole."""
    source, target = own_file(load_settings(), "backup"), chosen.file
    if target.exists():
        raise Fault(f"backup: {target} is there already; choose another name")
    if not target.parent.is_dir():
        raise Fault(f"backup: there is no folder {target.parent}")
    if not source.is_file():
        raise Fault("backup: there is no database yet")
    counts = copied(source, target)
    say(f"{target}: {counts['person']} people, {counts['team']} teams, {counts['event']} events; integrity checked")
    beside = files_beside(target)
    if number := copied_files(store_of(load_settings()).folder, beside):
        say(f"{beside}: {number} files; keep the folder with the copy")
    return 0


def restore_backup(chosen: argparse.Namespace) -> int:
    """python -m app restore FILE: the checked copy becomes the database; the one that was there is kept beside it."""
    source, target = chosen.file, own_file(load_settings(), "restore")
    if not source.is_file():
        raise Fault(f"restore: there is no file {source}")
    if target.exists() and source.samefile(target):
        raise Fault("restore: this file is the database itself")
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = target.with_name(f"{target.name}.before-{clock.now():%Y%m%dT%H%M%S}")
    refuse_while_in_use(target)
    counts = copied(source, target, kept)
    say(f"Restored: {counts['person']} people, {counts['team']} teams, {counts['event']} events; integrity checked.")
    if number := copied_files(files_beside(source), store_of(load_settings()).folder):
        say(f"Put back {number} files.")
    if kept.exists():
        say(f"The database that was there before is {kept}")
    say("Next: python -m app migrate")
    return 0


def files_beside(copy: Path) -> Path:
    """The folder with the files that belong to a copy: site-copy.db.files beside site-copy.db."""
    return copy.with_name(f"{copy.name}.files")


def copied_files(source: Path, target: Path) -> int:
    """Copy every stored file that is not there yet; how many there are then of those copied.

    The database is copied first and files never change, so each row of the copy finds its file, but for one removed meanwhile."""
    number = 0
    for file in sorted(source.glob("??/*")) if source.is_dir() else ():
        if KEY.fullmatch(file.name):
            whole = target / file.parent.name / file.name
            if not whole.exists():
                whole.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                unfinished = whole.with_name(f".{file.name}")
                with suppress(FileNotFoundError):  # removed by its owner just now
                    shutil.copyfile(file, unfinished)
                    unfinished.chmod(0o600)
                    unfinished.replace(whole)
            number += whole.exists()
    return number


def own_file(settings: Settings, deed: str) -> Path:
    """The SQLite file of this installation; PostgreSQL has tools of its own for this."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        where = f"-h {url.host or 'localhost'} -U {url.username or 'postgres'}"
        command = f"pg_dump -Fc {where} -f FILE {url.database}" if deed == "backup" else f"pg_restore --clean --if-exists {where} -d {url.database} FILE"
        raise Fault(f"{deed}: the database is PostgreSQL; use its own tool: {command}")
    return Path(url.database or "")


def copied(source: Path, target: Path, kept: Path | None = None) -> dict[str, int]:
    """Copy by SQLite's backup interface into a temporary file, check it, then give it its name. The counts of the copy.

    What stood under that name goes to *kept*; a log left beside it by a killed site goes too, or it would be played into the copy."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    for leftover in (unfinished, *(unfinished.with_name(unfinished.name + end) for end in BESIDE)):
        with suppress(FileNotFoundError):
            leftover.unlink()
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as own, closing(sqlite3.connect(unfinished)) as copy:
            own.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            counts = checked(copy, source)
        with unfinished.open("rb") as whole:
            os.fsync(whole.fileno())
        if kept is not None and target.exists():
            target.replace(kept)
        for end in BESIDE:
            with suppress(FileNotFoundError):
                target.with_name(target.name + end).unlink()
        unfinished.replace(target)
    except sqlite3.Error as fault:
        raise Fault(f"{source}: this is not a whole SQLite database ({fault})") from fault
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
    return counts


def checked(copy: sqlite3.Connection, source: Path) -> dict[str, int]:
    """The rows of the copy by table. Raises Fault when it is damaged or is not a database of this site."""
    verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise Fault(f"{source}: the database is damaged ({verdict}); use an older backup")
    tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {*COUNTED, "alembic_version"} <= tables:
        raise Fault(f"{source}: this is not a database of this site")
    return {table: copy.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}


def refuse_while_in_use(target: Path) -> None:
    """Somebody who has the database open would go on writing into the old file, so nobody may.

    Asking for it exclusively fails while any other process has it open, and takes a log that a killed site left into the old file."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=0, isolation_level=None)) as own:
            own.execute("PRAGMA locking_mode=EXCLUSIVE")
            own.execute("BEGIN EXCLUSIVE")
            own.execute("ROLLBACK")
    except sqlite3.OperationalError as fault:
        raise Fault("restore: the database is in use; stop the site first") from fault
    except sqlite3.DatabaseError:
        return
