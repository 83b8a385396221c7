"""audit: whether the audit log is whole."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.site import Fault, database, say
from app.records.audit import walk


def add_to(commands: Any) -> None:
    audit = commands.add_parser("audit", help="check that no entry of the audit log was changed or taken away")
    audit.add_argument("what", choices=("check",))
    audit.add_argument("--seen", default="", metavar="HASH", help="a last hash noted down earlier; the log must still contain it")
    audit.set_defaults(act=check)


def check(chosen: argparse.Namespace) -> int:
    """python -m app audit check [--seen HASH]"""
    own = database()
    with own.reading() as session:
        found = walk(session, chosen.seen.strip().lower())
    own.dispose()
    if found.fault:
        raise Fault(f"audit: {found.fault}; {found.entries} entries before it hold together")
    say(f"{found.entries} entries hold together. Note the last hash outside this database: {found.last_hash}")
    return 0
