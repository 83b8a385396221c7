"""jobs: the worker, and what is waiting."""

from __future__ import annotations

import argparse
import os
from typing import Any

from sqlalchemy import func, select

from app.cli.site import database, say
from app.config import load_settings
from app.jobs import work_for_ever
from app.models import Job
from app.ui.uploading import store_of
from app.work import rounds


def add_to(commands: Any) -> None:
    jobs = commands.add_parser("jobs", help="background work")
    jobs.add_argument("what", nargs="?", choices=("list", "run", "once"), default="list", help="run: work until stopped; once: until nothing waits")
    jobs.set_defaults(act=jobs_command)


def jobs_command(chosen: argparse.Namespace) -> int:
    """python -m app jobs [list|run|once]"""
    settings = load_settings()
    own = database(settings)
    work = rounds(own, settings.mail_server, settings.base_url, store_of(settings), settings.tracker_server)
    if chosen.what == "run":
        if hasattr(os, "nice"):
            os.nice(5)  # planning takes a whole core; pages go first
        work_for_ever(work)
    if chosen.what == "once":
        while sum(once() for once in work):  # every kind gets its turn
            pass
    with own.reading() as session:
        for state, number in session.execute(select(Job.state, func.count()).group_by(Job.state).order_by(Job.state)):
            say(f"{state}: {number}")
    return 0
