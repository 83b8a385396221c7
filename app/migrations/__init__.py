"""Bring the database to the newest schema: one runner at a time, all or nothing, repeatable after a kill."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from app.db import Database

LOCK = 7_205_271  # any number, the same for every runner


def migrate(database: Database, to: str = "head") -> None:
    """Upgrade to revision *to*. Safe when started twice at once: the second waits, then finds nothing to do."""
    with database.writer.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        command.upgrade(config(connection), to)


def downgrade(database: Database, to: str) -> None:
    """Step back to revision *to* (tests of migrations)."""
    with database.writer.begin() as connection:
        command.downgrade(config(connection), to)


def is_current(database: Database) -> bool:
    """Whether the database stands at the schema this code was written for."""
    with database.reader.connect() as connection:
        stands = MigrationContext.configure(connection).get_current_revision()
    return stands == ScriptDirectory(str(Path(__file__).parent)).get_current_head()


def config(connection: Connection) -> Config:
    """Alembic's settings for a run on *connection*, without an ini file."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings
