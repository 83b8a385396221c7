"""The commands and their arguments."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from app.cli import audit, backup, badges, content, demo, doctor, jobs, migration, people, preview, routes, serve
from app.cli.site import Fault
from app.config import SettingsError


def parser() -> argparse.ArgumentParser:
    """The command line of contract: one sub-command each."""
    top = argparse.ArgumentParser(prog="python -m app", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (serve, jobs, migration, people, demo, content, preview, backup, audit, badges, doctor, routes):
        module.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; faults go to stderr, one line each, without a traceback."""
    chosen = parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = chosen.act
    try:
        return act(chosen)
    except Fault as fault:
        for line in fault.lines:
            print(line, file=sys.stderr)  # noqa: T201
        return 1
    except SettingsError as fault:
        print(f"settings: {fault}", file=sys.stderr)  # noqa: T201
        return 1
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 0
