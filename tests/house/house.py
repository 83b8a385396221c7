"""A site over a copy of the stage that can be set back at once, and a plain client for each role."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from itsdangerous import URLSafeTimedSerializer

from app import create_app
from app.config import Settings
from app.db import Database
from tests.house.stage import Stage, key_of
from tests.house.stage_rounds import FILE, FILE_KEY

BASE = "http://127.0.0.1"
# Nobody is there: pages do not ask the tracker.
TRACKER = "jira+https://me%40north.example:canary-tracker-token@jira.canary.example"
HREF = re.compile(r'(?:href|action)="([^"]*)"')


@dataclass
class House:
    """A running site with its stage. On SQLite `set_back` puts the stage as it was; on PostgreSQL it has no effect."""

    app: Any
    stage: Stage
    prepared: Path | None = None
    clients: dict[str, Any] = field(default_factory=dict)

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    def set_back(self) -> None:
        """The database as it was staged."""
        if self.prepared is None:
            return
        self.database.dispose()
        path = Path(self.database.url.removeprefix("sqlite:///"))
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(self.prepared, path)
        put_file(self.app.extensions["settings"].instance_dir)

    def client(self, who: str) -> Any:
        """A browser of a role; An is signed out."""
        if who not in self.clients:
            client = self.app.test_client()
            with client.session_transaction(base_url=BASE) as cookie:
                cookie["csrf_token"] = "t" * 40
                if who != "An":
                    cookie["_user_id"], cookie["_fresh"] = key_of(who), True
            self.clients[who] = client
        return self.clients[who]

    @property
    def token(self) -> str:
        """The token every browser of the stage sends."""
        return str(URLSafeTimedSerializer(self.app.secret_key, salt="wtf-csrf-token").dumps("t" * 40))

    def get(self, who: str, address: str, **kw: Any) -> Any:
        """Open an address as a role."""
        return self.client(who).get(address, base_url=BASE, buffered=True, **kw)

    def post(self, who: str, address: str, fields: Any = None, **kw: Any) -> Any:
        """Send a form as a role, with its token. The browser keeps no cookie the answer changed."""
        body = dict(fields or {}) if not isinstance(fields, bytes) else fields
        if isinstance(body, bytes):
            answer = self.client(who).post(address, data=body, base_url=BASE, buffered=True, content_type="application/x-www-form-urlencoded", **kw)
        else:
            answer = self.client(who).post(address, data={"csrf_token": self.token, **body}, base_url=BASE, buffered=True, **kw)
        if answer.headers.get("Set-Cookie"):
            self.clients.pop(who)
        return answer


def put_file(folder: Path) -> None:
    """The one stored file of the stage."""
    kept = folder / "files" / FILE_KEY[:2] / FILE_KEY
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(FILE)


def site(database_url: str, folder: Path) -> Any:
    """The site over a database that exists."""
    put_file(folder)
    app = create_app(Settings(
        secret_key="t" * 64, database_url=database_url, instance_dir=folder, base_url=BASE, hash_time=1, hash_memory=8, listens_on_loopback=True,
        tracker_url=TRACKER,
    ))
    app.testing = False
    return app


def links(body: str) -> set[str]:
    """The addresses inside the site that a page leads to, without their anchors."""
    found = {href.partition("#")[0].replace("&amp;", "&") for href in HREF.findall(body)}
    return {href for href in found if href.startswith("/") and not href.startswith("//")}
