"""content: read everything people read, and say what is wrong with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.cli.site import Fault, say
from app.config import ROOT
from app.content import read_content


def add_to(commands: Any) -> None:
    content = commands.add_parser("content", help="content check [PATH]")
    content.add_argument("deed", choices=("check",))
    content.add_argument("path", nargs="?", type=Path, default=ROOT / "content")
    content.set_defaults(act=check_content)


def check_content(chosen: argparse.Namespace) -> int:
    """python -m app content check [PATH]: each fault as file:line: message."""
    if not chosen.path.is_dir():
        raise Fault(f"{chosen.path}: there is no such folder")
    library, faults = read_content(chosen.path)
    if faults:
        raise Fault(*faults)
    say(library.summary())
    return 0
