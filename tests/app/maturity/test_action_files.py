"""Files and links on an action of a plan: added, listed, taken away, and who may have them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import clock
from app.models import Attachment
from app.records.attachments import Sweeper, sweep
from app.ui.uploading import store_of
from tests.support import uploads as made
from tests.support.build import closed_round, current_roadmap

HERE = "/teams/north/roadmap/actions/TAL-4.L3/"
FILES = f"{HERE}files"


@pytest.fixture
def plan(app, people):
    """A plan in use in North; Bob owns its one action."""
    with app.extensions["database"].transaction() as session:
        current_roadmap(session, people.north, closed_round(session, people.north), [("TAL-4.L3", "in progress", date(2036, 11, 7), people.bob)])


@pytest.fixture
def store(app):
    return store_of(app.extensions["settings"])


def stored(app) -> list[Attachment]:
    with app.extensions["database"].reading() as session:
        return list(session.scalars(select(Attachment).order_by(Attachment.id)))


def on_disk(store) -> list[Path]:
    return sorted(store.folder.glob("*/*")) if store.folder.is_dir() else []


def test_the_life_of_a_file_on_an_action(plan, app, people, visit, store):
    bob, alice = visit(people.bob), visit(people.alice)
    assert made.send(bob, FILES, file=(made.PDF, "Agreement März.pdf")).status == 303
    assert made.send(alice, FILES, link="https://Wiki.north.example/mentoring").status == 303
    file, link = stored(app)
    page = alice.get(HERE)
    assert page.link("Agreement März.pdf") == f"/files/{file.id}/"
    assert page.link("wiki.north.example") == "https://Wiki.north.example/mentoring"
    assert "Added a file: Agreement März.pdf" in page.words
    taken = alice.get(f"/files/{file.id}/")
    assert taken.response.get_data() == made.PDF
    assert taken.headers["Content-Disposition"] == "attachment; filename=\"Agreement M_rz.pdf\"; filename*=UTF-8''Agreement%20M%C3%A4rz.pdf"
    assert taken.headers["Content-Type"] == "application/pdf"
    assert taken.headers["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert (taken.headers["X-Content-Type-Options"], taken.headers["Cache-Control"]) == ("nosniff", "no-store")
    assert visit(people.charlie).get(f"/files/{file.id}/").status == 404
    assert alice.get(f"/files/{link.id}/").status == 404
    assert visit().get(f"/files/{file.id}/").status == 303
    assert visit(people.charlie).post(f"{FILES}/{file.id}/remove").status == 404
    assert bob.post(f"{FILES}/{file.id}/remove").status == 303
    assert on_disk(store) == []
    assert alice.get(f"/files/{file.id}/").status == 404
    assert "Removed a file: Agreement März.pdf" in alice.get(HERE).words


def test_what_is_not_taken_leaves_nothing_behind(plan, app, people, visit, store):
    app.extensions["settings"] = replace(app.extensions["settings"], file_limit=1, files_of_person=1)
    bob, alice = visit(people.bob), visit(people.alice)
    for fields, says in (
        ({}, "Choose a file or enter a web address"),
        ({"file": (made.PDF, "a.pdf"), "link": "https://a.example/"}, "add the other one after it"),
        ({"file": (b"MZ", "a.exe")}, "This kind of file is not taken"),
        ({"file": (b"", "a.txt")}, "This file is empty"),
        ({"file": (b"a" * ((1 << 20) + 1), "a.txt")}, "This file is larger than 1 MB"),
        ({"file": [(b"a", "a.txt"), (b"b", "b.txt")]}, "Choose a file once"),
        ({"link": "javascript:alert(1)"}, "Enter a web address"),
        ({"link": "https://good.example\\@evil.example/"}, "Enter a web address"),
        ({"link": "https://evil.example\\.good.example/"}, "Enter a web address"),
    ):
        page = made.send(bob, FILES, **fields)
        assert (page.status, says in page.words) == (422, True), (fields, page.words)
    too_much = made.send(bob, FILES, file=(b"a" * (4 << 20), "a.txt"))
    assert (too_much.status, "at most 3 MB at once" in too_much.words) == (413, True)
    assert visit().client.post(FILES, data=b"a" * (2 << 20), content_type="multipart/form-data; boundary=x", base_url="http://127.0.0.1").status_code == 413
    assert (stored(app), on_disk(store)) == ([], [])
    assert made.send(bob, FILES, file=(b"a" * 900_000, "a.txt")).status == 303
    full = made.send(bob, FILES, file=(b"a" * 900_000, "b.txt"))
    assert (full.status, "you would keep more than 1 MB here" in full.words) == (422, True)
    app.extensions["settings"] = replace(app.extensions["settings"], files_of_team=1)
    crowded = made.send(alice, FILES, file=(b"a" * 900_000, "b.txt"))
    assert (crowded.status, "the team would keep more than 1 MB" in crowded.words) == (422, True)
    assert len(on_disk(store)) == 1


def test_a_form_sent_twice_stores_one_file_and_another_file_is_not_the_same_form(plan, app, people, visit, store):
    bob = visit(people.bob)
    for content, status in ((made.CSV, 303), (made.CSV, 303), (made.PDF, 409)):
        assert made.send(bob, FILES, file=(content, "a.csv"), form_key="once").status == status
    assert (len(stored(app)), len(on_disk(store))) == (1, 1)


def test_the_worker_sweeps_away_what_no_row_knows(plan, app, people, visit, store):
    bob, database = visit(people.bob), app.extensions["database"]
    for name in ("a.csv", "b.csv"):
        made.send(bob, FILES, file=(made.CSV, name))
    with database.transaction() as session:
        session.delete(session.scalars(select(Attachment).where(Attachment.name == "a.csv")).one())
    kept = stored(app)[0]
    assert sweep(database, store, clock.now()) == 0
    for file in on_disk(store):
        os.utime(file, (0, 0))
    worker = Sweeper(database, store)
    assert (worker(), worker()) == (True, False)
    assert on_disk(store) == [store.path(kept.key)]
    assert sweep(database, store, clock.now() + timedelta(hours=2)) == 0
    store.remove(kept.key)
    lost = bob.get(f"/files/{kept.id}/")
    assert (lost.status, "not in the file store any more" in lost.words) == (409, True)
