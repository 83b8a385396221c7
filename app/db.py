"""Engines, one session for reading and one for writing, and the rule when a write is committed.

SQLite's driver opens no transaction before a SELECT, so two people could overwrite each other unseen. Here reading runs on
a connection that cannot write, and writing begins IMMEDIATE: the second writer waits and then reads what the first wrote.
On PostgreSQL rows about to be changed are locked by `with_for_update()`; SQLite needs no row lock and ignores it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

from flask import current_app, g
from sqlalchemy import Connection, Engine, Executable, Row, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

BUSY_MS = 5000
NO_TRACE, SCRUB = "no trace", "scrub"

# Putting a statement together costs more than running it. A function marked with this builds each one once for the same
# arguments; rights are arguments, so a person whose rights change gets another statement.
built_once = lru_cache(maxsize=512)


class Database:
    """The two engines of one database. On PostgreSQL they are one pool with two execution options."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._of_thread = threading.local()
        self._held: WeakSet[Connection] = WeakSet()
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.reader, self.writer = _sqlite(url, writes=False), _sqlite(url, writes=True)
        else:
            self.writer = create_engine(url, pool_pre_ping=True, pool_timeout=5, connect_args={"connect_timeout": 5})
            self.reader = self.writer.execution_options(postgresql_readonly=True)

    def reading(self) -> Session:
        """A session that can only read, on a stable snapshot."""
        return Session(self.reader, autoflush=False, expire_on_commit=False)

    def look(self) -> Connection:
        """A connection to read by, to be given back to `leave`.

        On SQLite each thread keeps its own: to take one from the pool and give it back costs as much as a statement."""
        if not self.is_sqlite:
            return self.reader.connect()
        held: Connection | None = getattr(self._of_thread, "reader", None)
        if held is None or held.closed or held.invalidated:
            held = self._of_thread.reader = self.reader.connect()
            self._held.add(held)
        return held

    def leave(self, connection: Connection) -> None:
        """End what was looked at; the next look sees what is stored then."""
        if self.is_sqlite:
            connection.rollback()
        else:
            connection.close()

    def writing(self) -> Session:
        """A session whose first statement takes the write lock (SQLite) or opens a transaction (PostgreSQL)."""
        return Session(self.writer, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A whole write of its own, for commands, jobs and tests: committed at the end, undone on any error."""
        with self.writing() as session, session.begin():
            yield session

    def scrub(self) -> None:
        """SQLite: carry the log into the file and empty it, so that deleted drafts are in neither. Skipped while somebody reads; the next one does it."""
        if not self.is_sqlite:
            return
        raw = self.writer.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA busy_timeout=200")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        finally:
            raw.close()

    def dispose(self) -> None:
        """Close all connections."""
        for connection in tuple(self._held):
            connection.close()
        self.reader.dispose()
        self.writer.dispose()


def _sqlite(url: str, writes: bool) -> Engine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    # As many as there are threads, for those that look keep theirs.
    engine = create_engine(url, poolclass=QueuePool, max_overflow=-1, connect_args={"timeout": BUSY_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        cursor.execute("PRAGMA foreign_keys=ON")
        if writes:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA secure_delete=ON")
        else:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writes:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:  # waits for nobody and gives nothing back: past the engine it costs next to nothing
            driver: Any = connection.connection.driver_connection
            driver.execute("BEGIN")

    return engine


def database() -> Database:
    """The database of the running site."""
    found: Database = current_app.extensions["database"]
    return found


def reading() -> Session:
    """The reading session of this request, on a connection held from its first use: `rows` asks that at once."""
    if "reading" not in g:
        g.connection = database().look()
        g.reading = Session(g.connection, autoflush=False, expire_on_commit=False)
    session: Session = g.reading
    return session


def look_anew() -> None:
    """End the snapshot of this request; what is read next is as it stands then."""
    if "reading" in g:
        g.reading.rollback()
        g.connection.rollback()


class OwnForm(dict[Any, Any]):
    """What one statement, always asked in the same way, looks like in SQL, by dialect: in the common cache it is looked up by all its parts."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[0], default)

    def __setitem__(self, key: Any, form: Any) -> None:
        super().__setitem__(key[0], form)


@dataclass(frozen=True, eq=False)
class Frequent:
    """A statement asked on nearly every page, with a place of its own for its SQL. Its values are given by name each time."""

    statement: Executable
    options: Mapping[str, Any] = field(default_factory=lambda: {"compiled_cache": OwnForm()})


def rows(session: Session, asked: Executable | Frequent, **values: object) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows of a statement that names columns and was put together once: a third cheaper than asking for records.

    What a writing session has not sent yet is sent first, as it would be for records."""
    if session.autoflush:
        session.flush()
    connection = session.bind if isinstance(session.bind, Connection) else session.connection()
    if isinstance(asked, Frequent):
        return connection.execute(asked.statement, values, execution_options=asked.options).all()
    return connection.execute(asked, values).all()


def withhold() -> None:
    """From now on this request only shows a form again: whoever asks for the writing session gets the one that cannot write."""
    g.is_withheld = True


def is_withheld() -> bool:
    """Whether this request only shows a form again."""
    return bool(g.get("is_withheld"))


def writing() -> Session:
    """The writing session of this request; committed by the site after an answer that is a success."""
    if is_withheld():
        return reading()
    if "writing" not in g:
        g.writing = database().writing()
    session: Session = g.writing
    return session


def leave_no_trace(session: Session) -> None:
    """The form of this request is not remembered by its one-time key: that would link a person, a time and what was sent."""
    session.info[NO_TRACE] = True


def scrub_after(session: Session) -> None:
    """What this request deletes is gone from the database file, too, once it is committed."""
    session.info[SCRUB] = True


def keep_on_refusal() -> None:
    """What this request has written is kept although it answers with a refusal (a counted failed sign-in)."""
    g.keep_writes = True


def settle(success: bool) -> None:
    """Commit or undo what this request wrote, before its answer leaves."""
    session: Session | None = g.get("writing")
    if session is None:
        return
    if success or g.get("keep_writes"):
        session.commit()
        if session.info.pop(SCRUB, False):
            look_anew()  # an open look at the old state would keep the log from being emptied
            database().scrub()
    else:
        session.rollback()


def close(error: BaseException | None = None) -> None:
    """Give both sessions of the request back; anything unsettled is undone."""
    for name in ("reading", "writing"):
        session: Session | None = g.pop(name, None)
        if session is not None and session.in_transaction():  # else it has loaded nothing
            session.close()
    connection: Connection | None = g.pop("connection", None)
    if connection is not None:
        database().leave(connection)
