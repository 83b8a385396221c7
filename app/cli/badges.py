"""badges: the keys badges are signed with."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.site import say
from app.config import load_settings
from app.documents.signing import key_ring


def add_to(commands: Any) -> None:
    badges = commands.add_parser("badges", help="list the keys badges are signed with, or sign with a new one from now on")
    badges.add_argument("deed", choices=("keys", "rotate"))
    badges.set_defaults(act=badge_keys)


def badge_keys(chosen: argparse.Namespace) -> int:
    """python -m app badges keys | rotate: the older keys stay, so that what they signed can be checked."""
    ring = key_ring(load_settings())
    if chosen.deed == "rotate":
        ring.rotate()
    keys = ring.pairs()
    for number, key in enumerate(keys, 1):
        say(f"{number}  {key.name}{'  signs' if number == len(keys) else ''}")
    say(f"Keep a copy of {ring.folder} beside your backups." if keys else "No key yet: the first badge makes one.")
    return 0
