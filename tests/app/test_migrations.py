"""The schema: one runner at a time, all or nothing, repeatable after a kill (security M12, M13), equal to the models."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, select

from app import clock
from app.db import Database
from app.migrations import config, downgrade, is_current, migrate
from app.models import Base, PlannedAction

ROOT = Path(__file__).resolve().parents[2]
UPGRADE = """
    import os, sys
    from sqlalchemy import event
    from app.db import Database
    from app.migrations import migrate
    own, stop_at = Database(sys.argv[1]), int(sys.argv[2])
    seen = [0]
    @event.listens_for(own.writer, "before_cursor_execute")
    def count(connection, cursor, statement, *rest):
        seen[0] += statement.lstrip().upper().startswith("CREATE")
        if stop_at and seen[0] == stop_at:
            os._exit(9)
    migrate(own)
"""


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request, tmp_path):
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.clone("template0")
    yield url
    server.drop(url)


def run(url: str, stop_at: int = 0) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(UPGRADE), url, str(stop_at)], cwd=ROOT)


def tables(url: str) -> set[str]:
    own = Database(url)
    found = set(inspect(own.writer).get_table_names())
    own.dispose()
    return found


@pytest.mark.parametrize("statement", [2, 30])
def test_a_migration_killed_midway_leaves_nothing_and_runs_again(empty_url, statement):
    assert run(empty_url, stop_at=statement).wait(60) == 9
    assert tables(empty_url) <= {"alembic_version"}
    assert run(empty_url).wait(60) == 0
    assert "person" in tables(empty_url)


def test_four_migrations_at_once_all_end_well(empty_url):
    running = [run(empty_url) for _ in range(4)]
    assert [process.wait(90) for process in running] == [0, 0, 0, 0]
    own = Database(empty_url)
    assert is_current(own)
    own.dispose()


def put(connection, name, **given):
    """One row of a table as the database has it now: *given*, and something small in every other column that needs a value."""
    table = Table(name, MetaData(), autoload_with=connection)
    small = {"INTEGER": 1, "BOOLEAN": False, "DATE": date(2026, 11, 2), "JSON": {}}
    values = {c.name: small.get(str(c.type), clock.now().replace(tzinfo=None) if "TIME" in str(c.type) else "x") for c in table.c if not c.nullable}
    connection.execute(table.insert().values({**values, **given}))


def test_a_plan_under_way_keeps_its_actions_when_plans_learn_more(empty_url):
    own = Database(empty_url)
    with own.writer.connect() as connection:
        before = ScriptDirectory.from_config(config(connection)).get_revision("0007_carry_plans_out").down_revision
    migrate(own, before)
    with own.writer.begin() as connection:
        for table in ("team", "assessment_round", "saved_roadmap", "planned_action"):
            put(connection, table, **({"state": "closed"} if table == "assessment_round" else {}))
    migrate(own)
    with own.reading() as session:
        action = session.scalars(select(PlannedAction)).one()
        assert (action.roadmap.label, action.roadmap.adopted_because, action.roadmap.adopted_by_id) == ("", "", None)
    own.dispose()


def test_up_down_and_up_again_ends_at_what_the_models_say(empty_url):
    own = Database(empty_url)
    migrate(own)
    downgrade(own, "base")
    assert not is_current(own)
    migrate(own)
    with own.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    own.dispose()
