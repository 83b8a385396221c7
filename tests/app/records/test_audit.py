"""The audit log is a chain: whatever is changed, taken away or slipped in is named, and many writers make one chain (P92)."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from app.cli.parser import main
from app.demo.removal import remove_demo
from app.migrations import downgrade, migrate
from app.models import Event, EventLink, Organisation
from app.records.audit import walk
from tests.support.people import cast, person


def written(database, number, **more):
    with database.transaction() as session:
        session.add_all(Event(what=f"deed {n}", thing="team", thing_id=str(n), detail={"ü": [n, None, 1.5]}, **more) for n in range(number))


def walked(database, seen=""):
    with database.reading() as session:
        return walk(session, seen)


def change(database, statement):
    with database.transaction() as session:
        session.execute(statement)


def test_every_event_becomes_an_entry_that_follows_the_one_before(database):
    assert (walked(database).entries, walked(database).fault) == (0, "")
    written(database, 3)
    written(database, 2)
    found = walked(database)
    assert (found.entries, found.fault) == (5, "")
    with database.reading() as session:
        links = session.scalars(select(EventLink).order_by(EventLink.id)).all()
    assert [link.id for link in links] == [1, 2, 3, 4, 5]
    assert links[0].previous == "0" * 64
    assert [link.previous for link in links[1:]] == [link.hash for link in links[:-1]]
    assert found.last_hash == links[-1].hash


@pytest.mark.parametrize("values", [
    {"what": "nothing"}, {"thing_id": "9"}, {"detail": {"ü": [2, None, 1.6]}}, {"created_at": datetime(2020, 1, 1, tzinfo=UTC)}, {"subject_id": 1},
])
def test_a_changed_entry_is_named(database, values):
    cast(database)
    written(database, 5)
    change(database, update(Event).where(Event.id == 3).values(values))
    found = walked(database)
    assert (found.entries, found.fault) == (2, "entry 3 (event 3) was changed")


@pytest.mark.parametrize(("gone", "said"), [([3], "entry 3 (event 3) is missing"), ([5], "entry 5 (event 5) is missing"), ([1, 2], "entry 1 (event 1) is missing")])
def test_a_deleted_event_leaves_a_gap_that_is_named(database, gone, said):
    written(database, 5)
    change(database, delete(Event).where(Event.id.in_(gone)))
    assert walked(database).fault == said
    written(database, 1)  # the site goes on, and the gap stays named
    assert walked(database).fault in {said, said.replace("is missing", "was changed")}


def test_a_deleted_entry_with_its_event_and_one_written_anew_are_named(database):
    written(database, 5)
    change(database, delete(Event).where(Event.id.in_([2, 3])))
    change(database, delete(EventLink).where(EventLink.id.in_([2, 3])))
    assert walked(database).fault == "entries 2 to 3 are missing"
    change(database, update(EventLink).where(EventLink.id == 4).values(id=2))
    assert walked(database).fault == "entry 2 (event 4) does not follow the entry before it"


def test_an_event_written_past_the_log_is_named(database):
    written(database, 2)
    change(database, insert(Event).values(id=77, what="slipped in", thing="", thing_id="", detail={}, created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert walked(database).fault == "event 77 is in no entry: it was written past the log"


def test_an_end_that_was_cut_off_is_found_by_a_hash_noted_before(database):
    written(database, 5)
    noted = walked(database).last_hash
    written(database, 2)
    assert walked(database, noted).fault == ""
    for record in (Event, EventLink):
        change(database, delete(record).where(record.id >= 5))
    assert walked(database).fault == ""
    assert walked(database, noted).fault == f"no entry has the hash {noted}: the end was cut off or written anew"


def test_what_was_taken_back_is_no_entry(database):
    def undone():
        with database.transaction() as session:
            session.add(Event(what="undone"))
            session.flush()
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    with database.writing() as session:
        session.add(Event(what="kept"))
        session.flush()
        inner = session.begin_nested()
        session.add(Event(what="half"))
        session.flush()
        inner.rollback()
        session.add(Event(what="kept too"))
        session.commit()
        session.add(Event(what="later"))
        session.flush()
        session.rollback()
        session.add(Organisation(id=1, name="Ours"))
        session.commit()
    assert (walked(database).entries, walked(database).fault) == (2, "")


def test_an_event_corrected_in_the_same_transaction_is_chained_as_it_was_committed(database):
    with database.transaction() as session:
        session.add(Event(what="deed"))
        session.flush()
        session.execute(update(Event).values(created_at=datetime(2020, 1, 1, tzinfo=UTC)))
        session.expunge_all()
    assert (walked(database).entries, walked(database).fault) == (1, "")


def test_two_hundred_writers_make_one_chain(database):
    faults = []

    def write(name):
        try:
            for n in range(10):
                with database.transaction() as session:
                    session.add(Event(what=f"{name} {n}"))
        except Exception as fault:
            faults.append(fault)

    writers = [threading.Thread(target=write, args=(name,)) for name in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert faults == []
    assert (walked(database).entries, walked(database).fault) == (200, "")


def test_crossing_deeds_that_note_events_in_between_do_not_wait_for_each_other_in_a_circle(database):
    with database.transaction() as session:
        session.add(Organisation(id=1, name="Ours"))
    both, faults = threading.Barrier(2), []

    def first():
        with database.transaction() as session:
            session.add(Event(what="first"))
            session.flush()
            if not database.is_sqlite:
                both.wait(10)
            session.execute(update(Organisation).values(name="First"))

    def second():
        with database.transaction() as session:
            session.execute(update(Organisation).values(name="Second"))
            if not database.is_sqlite:
                both.wait(10)
            session.add(Event(what="second"))
            session.flush()

    def run(deed):
        try:
            deed()
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (walked(database).entries, walked(database).fault) == (2, "")


def test_the_migration_chains_what_is_there_as_the_site_would(database):
    written(database, 7)
    before = walked(database)
    downgrade(database, "0003_outbox")
    migrate(database)
    assert walked(database) == before


def test_taking_the_demo_away_leaves_a_whole_chain_and_says_so(database):
    with database.transaction() as session:
        demo, real = person("Demo", is_demo=True), person("Real")
        session.add_all([demo, real])
        session.flush()
        session.add_all([Event(person_id=demo.id, what="theirs"), Event(person_id=real.id, what="ours", subject_id=demo.id), Event(person_id=real.id, what="ours")])
    last = walked(database).last_hash
    with database.transaction() as session:
        remove_demo(session)
    found = walked(database)
    assert (found.entries, found.fault) == (3, "")
    with database.reading() as session:
        assert session.scalars(select(Event.what).order_by(Event.id)).all() == ["ours", "ours", "took the demo away"]
        assert session.scalars(select(Event.detail).order_by(Event.id)).all()[-1]["last hash before"] == last


def test_the_command_says_whether_the_log_is_whole(database, database_url, tmp_path, monkeypatch, capsys):
    for name, value in {"SECRET_KEY": "s" * 64, "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": database_url}.items():
        monkeypatch.setenv(f"CAIRN_{name}", value)
    written(database, 3)
    assert main(["audit", "check"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("3 entries hold together.")
    assert main(["audit", "check", "--seen", said.split()[-1].upper()]) == 0
    assert main(["audit", "check", "--seen", "0" * 64]) == 1
    change(database, text("UPDATE event SET what = 'x' WHERE id = 2"))
    assert main(["audit", "check"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "audit: entry 2 (event 2) was changed; 1 entries before it hold together"
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(EventLink)) == 3
