"""Scores of tries live through the change of their column, up and down, and whole ones stay whole numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Date, DateTime, Integer, MetaData, Table, select, update

import app.migrations
from app.db import Database
from app.migrations import downgrade, migrate
from app.models.learning import Marks


@pytest.fixture(params=["sqlite", "postgres"])
def own(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
        yield database
        database.dispose()
        return
    server = request.getfixturevalue("postgres")
    url = server.clone("template0")
    database = Database(url)
    yield database
    database.dispose()
    server.drop(url)


def row(table: Table, **given: Any) -> dict[str, Any]:
    """The values given, and something for every other column that needs a value."""
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.name in given or column.nullable or column.server_default is not None:
            continue
        kinds = {Boolean: False, Integer: 1, DateTime: datetime(2026, 11, 2, tzinfo=UTC).replace(tzinfo=None), Date: date(2026, 11, 2)}
        found[column.name] = next((value for kind, value in kinds.items() if isinstance(column.type, kind)), "x")
    return found | given


def test_scores_keep_their_value_through_the_change_of_the_column(own):
    scripts = ScriptDirectory(str(Path(app.migrations.__file__).parent))
    change = next(script for script in scripts.walk_revisions() if script.path.endswith("part_marks.py"))
    migrate(own, change.down_revision)
    before = MetaData()
    before.reflect(own.writer, only=["quiz_attempt", "attempt_answer", "person"])
    person, attempt, answer = (before.tables[name] for name in ("person", "quiz_attempt", "attempt_answer"))
    with own.writer.begin() as connection:
        connection.execute(person.insert(), row(person, id=1))
        for number, score in ((1, 4), (2, None)):
            connection.execute(attempt.insert(), row(attempt, id=number, person_id=1, day_try=number, score=score))
        connection.execute(answer.insert(), row(answer, id=1, attempt_id=1, answer="a"))
    migrate(own, change.revision)
    after = MetaData()
    tries = Table("quiz_attempt", after, autoload_with=own.writer)
    tries.columns.score.type = Marks()
    with own.writer.begin() as connection:
        scores = connection.scalars(select(tries.c.score).order_by(tries.c.id)).all()
        assert (scores, type(scores[0])) == ([4, None], int)
        connection.execute(update(tries).where(tries.c.id == 2).values(score=3.5))
        assert connection.scalars(select(tries.c.score).order_by(tries.c.id)).all() == [4, 3.5]
        assert len(connection.execute(select(answer)).all()) == 1
    downgrade(own, change.down_revision)
    with own.writer.connect() as connection:
        assert connection.scalars(select(attempt.c.score).order_by(attempt.c.id)).all() == [4, 3]
