"""routes: every address with its methods and policy."""

from __future__ import annotations

import argparse
import json
from typing import Any

from app.cli.site import say
from app.config import SECRET_BYTES, Settings


def add_to(commands: Any) -> None:
    routes = commands.add_parser("routes", help="every route with its methods and policy")
    routes.add_argument("--json", action="store_true")
    routes.set_defaults(act=routes_command)


def routes_command(chosen: argparse.Namespace) -> int:
    """python -m app routes [--json]"""
    from app import access, create_app

    app = create_app(Settings(secret_key="r" * SECRET_BYTES, database_url="sqlite:///:memory:"))
    rows = sorted(
        (rule.rule, sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}), access.policy_of(app, rule.endpoint).name)
        for rule in app.url_map.iter_rules()
    )
    if chosen.json:
        say(json.dumps([{"route": route, "methods": methods, "policy": policy} for route, methods, policy in rows], indent=1))
    else:
        for route, methods, policy in rows:
            say(f"{' '.join(methods):12} {route:70} {policy}")
    return 0
