"""Databases, the site and its people for every test that asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from app.config import Settings
from app.db import Database
from app.migrations import migrate
from tests.support.databases import Postgres, Renewed, RenewedClone, RenewedFile, migrated_sqlite, running_postgres
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


@pytest.fixture(scope="session")
def renewed_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Renewed]:
    own = RenewedFile(sqlite_template, tmp_path_factory.mktemp("renewed"))
    yield own
    own.database.dispose()


@pytest.fixture(scope="session")
def renewed_clone(postgres: Postgres) -> Iterator[Renewed]:
    own = RenewedClone(postgres, "template_site")
    yield own
    own.database.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """A database at the newest schema with nothing in it, on SQLite and on PostgreSQL in turn."""
    own: Renewed = request.getfixturevalue("renewed_file" if request.param == "sqlite" else "renewed_clone")
    return own.renew()


@pytest.fixture
def database_url(database: Database) -> str:
    return database.url


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
def app(assembled: Any, database: Database, tmp_path: Path) -> Any:
    """The site on a fresh database and an instance folder of its own."""
    assembled.extensions["settings"] = replace(assembled.extensions["assembled with"], database_url=database.url, instance_dir=tmp_path)
    assembled.extensions["database"] = database
    return assembled


@pytest.fixture
def people(app: Any) -> Cast:
    """Alice, Bob, Charlie, Petra and Adam, and the teams North and South."""
    return cast(app.extensions["database"])


@pytest.fixture
def visit(app: Any) -> Any:
    """`visit(people.alice)`: the site as Alice sees it; `visit()`: signed out."""
    return lambda person=None: Site(app, person)
