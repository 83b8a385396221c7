"""Counting the SQL statements of a page: the number must not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

NOT_COUNTED = ("BEGIN", "PRAGMA", "SET ", "ROLLBACK", "COMMIT")


@contextmanager
def counted(app: Any) -> Iterator[list[str]]:
    """The statements run inside the block, in order. Transaction control is left out."""
    database = app.extensions["database"]
    engines = {database.writer, database.reader} if database.is_sqlite else {database.writer}
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            seen.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
