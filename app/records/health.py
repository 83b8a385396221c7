"""How the installation is doing: the figures the start page of administrators and the doctor command share."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from app.config import ROOT, TrackerServer
from app.models import Job, OutboxMessage, TrackedIssue, TrackerProject


@cache
def version() -> str:
    """The version of the site, as its project file says."""
    try:
        return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return "unknown"


def database_size(session: Session, url: str) -> int:
    """Bytes of the database: the file with its write-ahead log, or what PostgreSQL says."""
    if make_url(url).get_backend_name() != "sqlite":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    path = Path(make_url(url).database or "")
    return sum(part.stat().st_size for part in (path, path.with_name(path.name + "-wal")) if part.is_file())


def disk_free(folder: Path) -> int:
    """Free bytes on the disk of *folder*."""
    return shutil.disk_usage(folder if folder.exists() else folder.parent).free


def jobs_by_state(session: Session) -> dict[str, int]:
    """How many jobs are waiting, running, done and failed."""
    return {row.state: row.number for row in session.execute(select(Job.state, func.count().label("number")).group_by(Job.state))}


def messages_by_state(session: Session) -> dict[str, int]:
    """How many mails are waiting, being sent, sent, failed and dropped."""
    number = func.count().label("number")
    return {row.state: row.number for row in session.execute(select(OutboxMessage.state, number).group_by(OutboxMessage.state))}


@dataclass(frozen=True)
class TrackerHealth:
    """How the tracker does: where it is, how many teams carry their plan to it, when it was last reached, what is wrong now."""

    name: str
    address: str
    teams: int
    reached_at: datetime | None
    trouble: str
    stopped: int


def tracker_health(session: Session, server: TrackerServer | None) -> TrackerHealth | None:
    """The figures of the tracker that is set up, None without one; one statement."""
    if server is None:
        return None
    here, is_on = TrackerProject.site == server.address, TrackerProject.state == "on"
    stopped = (
        select(func.count()).select_from(TrackedIssue).join(TrackerProject, TrackerProject.id == TrackedIssue.tracker_project_id)
        .where(here, is_on, TrackedIssue.is_stopped).scalar_subquery()
    )
    row = session.execute(select(
        func.count(TrackerProject.id).filter(is_on).label("teams"), func.max(TrackerProject.reached_at).label("reached_at"),
        func.max(TrackerProject.last_error).filter(is_on).label("trouble"), stopped.label("stopped"),
    ).where(here)).one()
    return TrackerHealth(server.name, server.address, row.teams, row.reached_at, row.trouble or "", row.stopped)


def in_words(size: int) -> str:
    """1536 -> '1.5 kB'; 3 145 728 -> '3.0 MB'."""
    amount, unit = float(size), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{size} bytes" if unit == "bytes" else f"{amount:.1f} {unit}"
