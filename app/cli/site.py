"""What commands share: the settings, the database at the right schema, and the plain way to fail."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings, load_settings
from app.content import refresh
from app.db import Database
from app.migrations import is_current


class Fault(Exception):
    """What is wrong with the input or the state, one line each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def database(settings: Settings | None = None, must_be_current: bool = True) -> Database:
    """The database of this installation, refused when its schema is not the one of this code."""
    own = settings or load_settings()
    refresh(own.instance_dir)
    found = Database(own.database_url)
    if must_be_current:
        try:
            current = is_current(found)
        except SQLAlchemyError as fault:
            raise Fault(f"database: cannot be reached ({type(fault).__name__})") from fault
        if not current:
            raise Fault("database: its schema is not the one of this version; run: python -m app migrate")
    return found


def say(line: str) -> None:
    """One line to the operator."""
    print(line, flush=True)  # noqa: T201
