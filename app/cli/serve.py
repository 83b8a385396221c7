"""run (one command for a first look), serve (production), migrate."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from app import clock
from app.cli import demo as demo_command
from app.cli.site import Fault, database, say
from app.config import ROOT, Settings, load_settings, make_secret
from app.db import Database
from app.migrations import migrate
from app.models import Organisation, Person

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def add_to(commands: Any) -> None:
    run = commands.add_parser("run", help="migrate, load the demo if the database is new, serve on this computer with one job process")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--empty", action="store_true", help="no demo: print a one-time link that creates the first admin")
    run.set_defaults(act=run_site)
    serve = commands.add_parser("serve", help="production server")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=2)
    serve.set_defaults(act=serve_site)
    commands.add_parser("migrate", help="database to the newest schema").set_defaults(act=migrate_site)


def migrate_site(chosen: argparse.Namespace) -> int:
    """python -m app migrate"""
    migrate(database(must_be_current=False))
    say("The database is at the newest schema.")
    return 0


def run_site(chosen: argparse.Namespace) -> int:
    """python -m app run: everything for a first look, on loopback."""
    from waitress import serve

    from app import create_app

    os.umask(0o077)  # the database and its companions are for this account alone
    make_secret(load_instance())
    settings = here(chosen)
    own = Database(settings.database_url)
    migrate(own)
    if is_new(own):
        if chosen.empty:
            say(f"Open this link to create the first admin (7 days, once): {settings.base_url}{first_admin(own)}")
        else:
            demo_command.load(own, settings)
    app = create_app(settings)
    known = {"CAIRN_INSTANCE_DIR": str(settings.instance_dir), "CAIRN_BASE_URL": settings.base_url}  # links in mails lead here
    worker = subprocess.Popen([sys.executable, "-m", "app", "jobs", "run"], cwd=ROOT, env=os.environ | known)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the worker is stopped too
    say(f"Cairn is at {settings.base_url} (stop with Ctrl+C)")
    try:
        serve(app, host=chosen.host, port=chosen.port, threads=4, ident="cairn")
    finally:
        worker.terminate()
        worker.wait(10)
    return 0


def load_instance() -> Any:
    """The instance folder, before there is a secret."""
    from pathlib import Path

    return Path(os.environ.get("CAIRN_INSTANCE_DIR") or ROOT / "instance")


def here(chosen: argparse.Namespace) -> Settings:
    """The settings for a site on this computer at the chosen port."""
    settings = load_settings()
    base = os.environ.get("CAIRN_BASE_URL") or f"http://{chosen.host}:{chosen.port}"
    return replace(settings, base_url=base, listens_on_loopback=chosen.host in LOOPBACK)


def is_new(own: Database) -> bool:
    """Nobody has an account yet."""
    with own.reading() as session:
        return not session.scalar(select(func.count()).select_from(Person))


def first_admin(own: Database) -> str:
    """An admin without a password and the path of the link that lets them choose one."""
    from app.records.accounts import make_link

    with own.transaction() as session:
        if session.get(Organisation, 1) is None:
            session.add(Organisation(id=1, name="My organisation"))
        person = Person(email="admin@localhost", email_key=f"admin@localhost-{secrets.token_hex(4)}", name="First admin", is_admin=True)
        person.email_key = "admin@localhost"
        session.add(person)
        session.flush()
        return f"/choose-password/{make_link(session, person.id, 'first admin', clock.now())}"


def serve_site(chosen: argparse.Namespace) -> int:
    """python -m app serve: gunicorn with threads; refuses without a secret or on an unknown schema."""
    os.umask(0o077)
    settings = replace(load_settings(), listens_on_loopback=chosen.host in LOOPBACK)
    database(settings).dispose()
    if sys.platform == "win32":
        raise Fault("serve: gunicorn does not run on Windows; use python -m app run behind a proxy")
    os.execv(sys.executable, [
        sys.executable, "-m", "gunicorn", "--bind", f"{chosen.host}:{chosen.port}", "--workers", str(chosen.workers),
        "--worker-class", "gthread", "--threads", "4", "--preload", "--graceful-timeout", "30", "--no-control-socket",
        "app.wsgi:app",
    ])


