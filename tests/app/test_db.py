"""Nothing acknowledged is ever lost: the experiments that break the default settings hold here (security M1 to M4, M10)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from app.db import Database, rows
from app.models import Team

ROOT = Path(__file__).resolve().parents[2]
ADD_A_HUNDRED = """
    import sys
    from sqlalchemy import select
    from app.db import Database, rows
    from app.models import Team
    own = Database(sys.argv[1])
    for _ in range(100):
        with own.transaction() as session:
            team = session.scalars(select(Team).with_for_update()).one()
            team.capacity = team.capacity + 1
    print("acknowledged 100")
"""


def counter(database: Database) -> int:
    with database.reading() as session:
        return session.scalars(select(Team.capacity)).one()


@pytest.fixture
def team(database: Database) -> Database:
    with database.transaction() as session:
        session.add(Team(slug="north", name="North", capacity=0))
    return database


def test_four_processes_add_a_hundred_each_and_all_four_hundred_are_stored(team, database_url):
    command = [sys.executable, "-c", textwrap.dedent(ADD_A_HUNDRED), database_url]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate(timeout=120)[0].strip() for process in running]
    assert said == ["acknowledged 100"] * 4
    assert counter(team) == 400


def test_four_threads_that_read_then_update_fifty_times_each_store_two_hundred(team):
    def fifty() -> None:
        for _ in range(50):
            with team.transaction() as session:
                row = session.scalars(select(Team).with_for_update()).one()
                row.capacity = row.capacity + 1

    threads = [threading.Thread(target=fifty) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter(team) == 200


def test_an_edit_of_a_replaced_version_is_refused_not_lost(team):
    with team.reading() as session:
        stale = session.scalars(select(Team)).one()
    with team.transaction() as session:
        session.scalars(select(Team).with_for_update()).one().capacity = 7

    def save_stale() -> None:
        with team.writing() as session:
            mine = session.merge(stale, load=False)
            mine.capacity = 9
            session.commit()

    with pytest.raises(StaleDataError):
        save_stale()
    assert counter(team) == 7


def test_a_reading_session_cannot_write(team):
    def write() -> None:
        with team.reading() as session:
            session.add(Team(slug="south", name="South"))
            session.commit()

    with pytest.raises(Exception, match="(?i)read.?only"):
        write()


def test_a_failure_in_a_transaction_undoes_all_of_it(team):
    def fail() -> None:
        with team.transaction() as session:
            session.add(Team(slug="south", name="South"))
            session.flush()
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    with team.reading() as session:
        assert session.scalars(select(Team.slug)).all() == ["north"]


def test_reading_does_not_wait_for_a_writer(team):
    with team.transaction() as session:
        session.scalars(select(Team).with_for_update()).one().capacity = 5
        session.flush()
        assert counter(team) == 0


def test_sqlite_is_durable_and_keeps_its_references(sqlite_template, tmp_path):
    own = Database(f"sqlite:///{sqlite_template}")
    with own.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    own.dispose()


def test_a_busy_database_makes_the_site_answer_try_again(app, people, visit):
    if not app.extensions["database"].is_sqlite:
        pytest.skip("PostgreSQL has no single write lock")
    site = visit(people.bob)
    token = site.token()
    other = Database(app.extensions["database"].url)
    with other.transaction() as session:
        session.scalars(select(Team).limit(1)).one().about = "held"
        session.flush()
        answer = site.client.post("/sign-out", data={"csrf_token": token}, base_url="http://127.0.0.1")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    other.dispose()


def test_rows_see_what_the_writing_session_has_not_sent_yet(database):
    with database.transaction() as session:
        session.add(Team(name="A moment old", slug="moment", pmo_type="SUP"))
        assert [row.name for row in rows(session, select(Team.name))] == ["A moment old"]


def test_a_look_stays_as_it_began_and_the_next_one_sees_what_is_stored(team):
    capacity = select(Team.capacity)
    first = team.look()
    seen = first.scalar(capacity)
    if team.is_sqlite:
        with team.transaction() as session:
            session.scalars(select(Team)).one().capacity = 7
        assert first.scalar(capacity) == seen
    else:
        with pytest.raises(DBAPIError):
            first.exec_driver_sql("UPDATE team SET capacity = 7")
    team.leave(first)
    with team.transaction() as session:
        session.scalars(select(Team)).one().capacity = 8
    again = team.look()
    assert again.scalar(capacity) == 8
    team.leave(again)


def test_each_thread_looks_for_itself_and_nothing_stays_open_after_the_end(team):
    mine, others = team.look(), []
    thread = threading.Thread(target=lambda: others.append(team.look()))
    thread.start()
    thread.join()
    assert others[0] is not mine
    team.leave(mine)
    team.leave(others[0])
    team.dispose()
    assert mine.closed
    assert others[0].closed
    fresh = team.look()
    assert fresh.scalar(select(Team.capacity)) == 0
    team.leave(fresh)
