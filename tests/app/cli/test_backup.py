"""Copies of the database, and the way back (P78, P79)."""

import io
import os
import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from app.cli.parser import main
from app.db import Database
from app.models import Person
from app.uploads import Sent, Store
from tests.support.people import cast, person


@pytest.fixture
def site(sqlite_template, tmp_path, monkeypatch):
    """An installation on SQLite with five people; its database."""
    folder = tmp_path / "instance"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "site.db")
    monkeypatch.setenv("CAIRN_INSTANCE_DIR", str(folder))
    monkeypatch.setenv("CAIRN_SECRET_KEY", "s" * 64)
    own = Database(f"sqlite:///{folder / 'site.db'}")
    cast(own)
    yield own
    own.dispose()


def path_of(own: Database) -> Path:
    return Path(own.url.removeprefix("sqlite:///"))


def names(file: Path) -> list[str]:
    with sqlite3.connect(file) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM person ORDER BY name")]


def add(own: Database, name: str) -> None:
    with own.transaction() as session:
        session.add(person(name))


def test_a_backup_of_a_running_site_is_whole_and_for_its_owner_alone(site, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    assert main(["backup", str(copy)]) == 0
    assert "5 people, 2 teams" in capsys.readouterr().out
    assert names(copy) == ["Adam", "Alice", "Bob", "Charlie", "Petra"]
    assert stat.S_IMODE(os.stat(copy).st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.db", "instance"]


def test_a_backup_brings_the_files_along_and_puts_them_back(site, tmp_path, capsys):
    store = Store(tmp_path / "instance" / "files")
    key, _, _ = store.put(Sent("plan.csv", io.BytesIO(b"a,b\n")))
    store.path("f" * 32).parent.mkdir()
    copy = tmp_path / "copy.db"
    assert main(["backup", str(copy)]) == 0
    assert "copy.db.files: 1 files" in capsys.readouterr().out
    store.remove(key)
    site.dispose()
    assert main(["restore", str(copy)]) == 0
    assert store.path(key).read_bytes() == b"a,b\n"


def test_a_backup_while_others_write_holds_whole_transactions(site, tmp_path):
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with site.transaction() as session:
                session.add_all([person(f"A{number}"), person(f"B{number}")])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            assert main(["backup", str(tmp_path / f"{number}.db")]) == 0
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        found = names(tmp_path / f"{number}.db")
        assert sum(name[1:].isdigit() for name in found) % 2 == 0


def test_a_backup_never_replaces_a_file(site, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    copy.write_text("mine")
    assert main(["backup", str(copy)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert copy.read_text() == "mine"


def test_a_backup_into_no_folder_says_so_in_one_line(site, tmp_path, capsys):
    assert main(["backup", str(tmp_path / "nowhere" / "copy.db")]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Traceback" not in said


def test_a_restored_backup_is_what_it_was_and_the_old_database_is_kept(site, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    main(["backup", str(copy)])
    add(site, "Zoe")
    site.dispose()
    assert main(["restore", str(copy)]) == 0
    assert "Zoe" not in names(path_of(site))
    (kept,) = path_of(site).parent.glob("site.db.before-*")
    assert "Zoe" in names(kept)
    assert stat.S_IMODE(os.stat(path_of(site)).st_mode) == 0o600
    with site.reading() as session:
        assert session.get(Person, 1) is not None


def test_restore_refuses_while_the_site_has_the_database_open(site, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    main(["backup", str(copy)])
    with site.reading() as session:
        session.get(Person, 1)
        session.rollback()
        assert main(["restore", str(copy)]) == 1
    assert "stop the site first" in capsys.readouterr().err


def test_a_log_left_by_a_killed_site_is_not_played_into_the_copy(site, tmp_path):
    copy = tmp_path / "copy.db"
    main(["backup", str(copy)])
    add(site, "Zoe")
    beside = path_of(site)
    left = {end: (beside.parent / (beside.name + end)).read_bytes() for end in ("-wal", "-shm")}
    site.dispose()
    for end, content in left.items():
        (beside.parent / (beside.name + end)).write_bytes(content)
    assert main(["restore", str(copy)]) == 0
    assert "Zoe" not in names(beside)


@pytest.mark.parametrize("content", [b"", b"not a database at all, only some words", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_of_this_site_is_refused_and_nothing_changes(site, tmp_path, capsys, content):
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    site.dispose()
    assert main(["restore", str(bad)]) == 1
    assert capsys.readouterr().err.startswith(str(bad))
    assert names(path_of(site)) == ["Adam", "Alice", "Bob", "Charlie", "Petra"]
    assert not list(path_of(site).parent.glob("*.unfinished"))


def test_a_damaged_backup_is_refused(site, tmp_path, capsys):
    copy = tmp_path / "copy.db"
    main(["backup", str(copy)])
    content = bytearray(copy.read_bytes())
    content[4096 * 3 : 4096 * 40] = os.urandom(4096 * 37)
    copy.write_bytes(bytes(content))
    site.dispose()
    assert main(["restore", str(copy)]) == 1
    assert len(names(path_of(site))) == 5


def test_restore_onto_an_empty_machine_makes_the_database(site, tmp_path, monkeypatch):
    copy = tmp_path / "copy.db"
    main(["backup", str(copy)])
    monkeypatch.setenv("CAIRN_INSTANCE_DIR", str(tmp_path / "new"))
    assert main(["restore", str(copy)]) == 0
    assert len(names(tmp_path / "new" / "site.db")) == 5


def test_a_file_that_is_not_there_is_said(site, capsys):
    assert main(["restore", "/nowhere/copy.db"]) == 1
    assert "there is no file" in capsys.readouterr().err


@pytest.mark.parametrize(("deed", "tool"), [("backup", "pg_dump -Fc -h db.example -U site"), ("restore", "pg_restore --clean --if-exists -h db.example -U site -d cairn")])
def test_for_postgresql_the_command_to_use_is_named_without_the_password(site, monkeypatch, capsys, tmp_path, deed, tool):
    monkeypatch.setenv("CAIRN_DATABASE_URL", "postgresql://site:s3cret@db.example/cairn")
    (tmp_path / "x").touch()
    assert main([deed, str(tmp_path / "x") if deed == "restore" else str(tmp_path / "y")]) == 1
    said = capsys.readouterr().err
    assert tool in said
    assert "s3cret" not in said
