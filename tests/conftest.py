"""Databases, the site and its people for every test that asks for them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from app.config import Settings
from app.db import Database
from app.migrations import migrate
from tests.support.databases import Postgres, migrated_sqlite, running_postgres
from tests.support.people import Cast, cast
from tests.support.site import Site


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        server.execute("CREATE DATABASE template_site")
        own = Database(server.address("template_site"))
        migrate(own)
        own.dispose()
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database at the newest schema, on SQLite and on PostgreSQL in turn."""
    if request.param == "sqlite":
        path = tmp_path / "site.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.clone("template_site")
        yield url
        server.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    own = Database(database_url)
    yield own
    own.dispose()


@pytest.fixture(scope="session")
def assembled() -> Any:
    """The site, put together once: routes and templates are the same for every test, the database is not."""
    settings = Settings(
        secret_key="t" * 64, database_url="sqlite:///:memory:", base_url="http://127.0.0.1", hash_time=1, hash_memory=8, listens_on_loopback=True,
    )
    site = create_app(settings)
    site.extensions["database"].dispose()
    site.extensions["assembled with"] = settings
    return site


@pytest.fixture
def app(assembled: Any, database_url: str, tmp_path: Path) -> Iterator[Any]:
    """The site on a fresh database and an instance folder of its own."""
    assembled.extensions["settings"] = replace(assembled.extensions["assembled with"], database_url=database_url, instance_dir=tmp_path)
    assembled.extensions["database"] = Database(database_url)
    yield assembled
    assembled.extensions["database"].dispose()


@pytest.fixture
def people(app: Any) -> Cast:
    """Alice, Bob, Charlie, Petra and Adam, and the teams North and South."""
    return cast(app.extensions["database"])


@pytest.fixture
def visit(app: Any) -> Any:
    """`visit(people.alice)`: the site as Alice sees it; `visit()`: signed out."""
    return lambda person=None: Site(app, person)
