"""The stage is built once a worker and copied for every site that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.db import Database
from tests.house.house import House, site
from tests.house.stage import Stage, build
from tests.support.databases import Postgres


@pytest.fixture(scope="session")
def staged(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """The file of the small stage, and what is in it."""
    return prepared(sqlite_template, tmp_path_factory.mktemp("stage") / "stage.db", 1)


@pytest.fixture(scope="session")
def staged_large(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stage]:
    """The same with ten more of everything."""
    return prepared(sqlite_template, tmp_path_factory.mktemp("large") / "stage.db", 10)


def prepared(template: Path, path: Path, size: int) -> tuple[Path, Stage]:
    shutil.copyfile(template, path)
    own = Database(f"sqlite:///{path}")
    stage = build(own, size)
    with own.writer.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    own.dispose()
    return path, stage


def opened(staged: tuple[Path, Stage], folder: Path) -> House:
    """A site over a copy of the stage."""
    path = folder / "site.db"
    shutil.copyfile(staged[0], path)
    return House(site(f"sqlite:///{path}", folder), staged[1], staged[0])


@pytest.fixture(scope="session")
def house(staged: tuple[Path, Stage], tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The site over the small stage. Whoever changes it sets it back first."""
    made = opened(staged, tmp_path_factory.mktemp("house"))
    yield made
    made.database.dispose()


@pytest.fixture(scope="session")
def large_house(staged_large: tuple[Path, Stage], tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The site over the large stage; nobody changes it."""
    made = opened(staged_large, tmp_path_factory.mktemp("large-house"))
    yield made
    made.database.dispose()


@pytest.fixture(scope="session")
def postgres_stage(postgres: Postgres) -> tuple[str, Stage]:
    """The name of a PostgreSQL database with the small stage, to be cloned."""
    url = postgres.clone("template_site")
    own = Database(url)
    stage = build(own)
    own.dispose()
    return str(make_url(url).database), stage


@pytest.fixture
def postgres_house(postgres: Postgres, postgres_stage: tuple[str, Stage], tmp_path: Path) -> Iterator[House]:
    """The site over a copy of the small stage on PostgreSQL."""
    name, stage = postgres_stage
    url = postgres.clone(name)
    made = House(site(url, tmp_path), stage)
    yield made
    made.database.dispose()
    postgres.drop(url)
