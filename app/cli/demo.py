"""demo: the demo organisation, loaded or taken away."""

from __future__ import annotations

import argparse
import os
import secrets
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.accounts.passwords import Hasher
from app.cli.site import Fault, database, say
from app.config import Settings, load_settings
from app.db import Database
from app.demo.large import Size, load_large
from app.demo.load import load_demo
from app.demo.removal import has_demo, remove_demo
from app.models import Person
from app.ui.uploading import store_of

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
USUAL_PEOPLE, USUAL_ROUNDS = 20, 2
MOST = {"teams": 2000, "people": 50_000, "rounds": 20}


def add_to(commands: Any) -> None:
    demo = commands.add_parser("demo", help="load the demo organisation, or a large generated one; --remove takes it away")
    demo.add_argument("--remove", action="store_true", help="take every demo person and team away again, with all that is theirs")
    demo.add_argument("--teams", type=int, help="generate this many teams instead, for load tests")
    demo.add_argument("--people", type=int, help=f"people in all; {USUAL_PEOPLE} a team unless given")
    demo.add_argument("--rounds", type=int, help=f"closed rounds of each team; {USUAL_ROUNDS} unless given")
    demo.add_argument("--seed", type=int, default=1, help="the same seed gives the same organisation")
    demo.set_defaults(act=demo_command)


def demo_command(chosen: argparse.Namespace) -> int:
    """python -m app demo [--remove | --teams N --people N --rounds N --seed S]"""
    settings = load_settings()
    own = database(settings)
    try:
        return _do(chosen, own, settings)
    finally:
        own.dispose()


def _do(chosen: argparse.Namespace, own: Database, settings: Settings) -> int:
    if chosen.remove:
        return remove(own, settings)
    size = _size(chosen)
    _demand_nobody(own)
    if size:
        load_large(own, _password_hash(settings), size)
        say(f"{size.teams} teams and {size.people} people are loaded. Sign in as pmo@demo.example or p00001@demo.example.")
    else:
        load(own, settings)
    return 0


def load(own: Database, settings: Settings) -> None:
    """Load the demo organisation into a database without people."""
    load_demo(own, _password_hash(settings), store_of(settings))
    say("The demo organisation is loaded. Sign in as new@demo.example or pmo@demo.example, for example.")


def remove(own: Database, settings: Settings) -> int:
    """Take the demo away and tell how much it was."""
    with own.transaction() as session:
        if not has_demo(session):
            raise Fault("demo: there is no demo organisation to take away")
        rows = remove_demo(session)
    _password_file(settings).unlink(missing_ok=True)
    say(f"The demo organisation is gone ({rows} rows). Everybody and everything else is still here.")
    return 0


def _size(chosen: argparse.Namespace) -> Size | None:
    if chosen.teams is None and chosen.people is None and chosen.rounds is None:
        return None
    teams = 10 if chosen.teams is None else chosen.teams
    size = Size(teams, teams * USUAL_PEOPLE if chosen.people is None else chosen.people, USUAL_ROUNDS if chosen.rounds is None else chosen.rounds, chosen.seed)
    faults = [
        f"demo: --{name} is {least} to {most}"
        for name, most in MOST.items()
        if not (least := 0 if name == "rounds" else 1) <= getattr(size, name) <= most
    ]
    if faults:
        raise Fault(*faults)
    return size


def _demand_nobody(own: Database) -> None:
    with own.reading() as session:
        real = session.scalar(select(func.count()).select_from(Person).where(~Person.is_demo))
        loaded = has_demo(session)
    if real:
        raise Fault("demo: there are real people in this database, so no demo is loaded into it; use a database of its own")
    if loaded:
        raise Fault("demo: the demo organisation is loaded already; take it away first with: python -m app demo --remove")


def _password_hash(settings: Settings) -> str:
    """The one hash all demo people share: computing it once keeps loading quick."""
    return Hasher(settings.hash_time, settings.hash_memory, settings.hash_parallel).hash(_password(settings))


def _password(settings: Settings) -> str:
    if settings.demo_password:
        return settings.demo_password
    password = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
    path = _password_file(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(f"{password}\n")
    say(f"All demo people have this password: {password} (kept in {path.name} of the instance folder)")
    return password


def _password_file(settings: Settings) -> Path:
    return settings.instance_dir / "demo-password.txt"
