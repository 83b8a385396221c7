"""migration: a new schema change, drafted from the difference between the models and the newest migration."""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory

from app.cli.site import Fault, say
from app.db import Database
from app.migrations import config, migrate


def add_to(commands: Any) -> None:
    migration = commands.add_parser("migration", help="draft a migration from the models (for developers)")
    migration.add_argument("name")
    migration.set_defaults(act=draft_migration)


def draft_migration(chosen: argparse.Namespace) -> int:
    """python -m app migration "say what": writes app/migrations/versions/NNNN_say_what.py to be read and corrected."""
    slug = re.sub(r"[^a-z0-9]+", "_", chosen.name.lower()).strip("_")
    if not slug:
        raise Fault("migration: say in a few words what changes")
    with tempfile.TemporaryDirectory() as folder:
        own = Database(f"sqlite:///{folder}/draft.db")
        migrate(own)
        with own.writer.begin() as connection:
            settings = config(connection)
            number = len(list(ScriptDirectory.from_config(settings).walk_revisions())) + 1
            made = command.revision(settings, message=chosen.name, autogenerate=True, rev_id=f"{number:04}")
        own.dispose()
    path = Path(getattr(made, "path", ""))
    target = path.with_name(f"{number:04}_{slug}.py")
    path.rename(target)
    say(f"{target.name}: read it, complete it, and run the tests of migrations.")
    return 0
