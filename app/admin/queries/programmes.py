"""Programmes and the teams in them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me
from app.admin.queries.start import Tabs, admin_tabs
from app.errors import NotVisible
from app.models import Programme, ProgrammeTeam, Team


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme with the names of its teams."""

    id: int
    name: str
    teams: tuple[str, ...]


@dataclass(frozen=True)
class ProgrammesPage:
    """All programmes by name; `free` counts the teams that are in none."""

    tabs: Tabs
    programmes: tuple[ProgrammeLine, ...]
    free: int


def programmes_page(session: Session, me: Me) -> ProgrammesPage:
    """The programmes; two statements."""
    rows = session.execute(
        select(Programme.id, Programme.name, Team.name.label("team"))
        .outerjoin(ProgrammeTeam, ProgrammeTeam.programme_id == Programme.id)
        .outerjoin(Team, (Team.id == ProgrammeTeam.team_id) & Team.archived_at.is_(None))
        .order_by(func.lower(Programme.name), Programme.id, func.lower(Team.name))
    ).all()
    found: dict[int, tuple[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row.id, (row.name, []))[1].extend([row.team] if row.team else [])
    placed = select(ProgrammeTeam.team_id)
    free = session.scalar(select(func.count()).select_from(Team).where(Team.archived_at.is_(None), Team.id.not_in(placed))) or 0
    return ProgrammesPage(
        admin_tabs(me, "Programmes"), tuple(ProgrammeLine(key, name, tuple(teams)) for key, (name, teams) in found.items()), free,
    )


@dataclass(frozen=True)
class ProgrammePage:
    """One programme and the teams it may hold: its own and those that are free."""

    tabs: Tabs
    programme: Programme
    teams: list[tuple[str, str]]
    held: list[str]


def programme_page(session: Session, me: Me, *, programme_id: int) -> ProgrammePage:
    """The form of a programme; two statements."""
    programme = session.scalars(select(Programme).where(Programme.id == programme_id)).one_or_none()
    if programme is None:
        raise NotVisible
    rows = session.execute(
        select(Team.id, Team.name, ProgrammeTeam.programme_id)
        .outerjoin(ProgrammeTeam, ProgrammeTeam.team_id == Team.id)
        .where(Team.archived_at.is_(None), ProgrammeTeam.programme_id.is_(None) | (ProgrammeTeam.programme_id == programme_id))
        .order_by(func.lower(Team.name), Team.id)
    ).all()
    return ProgrammePage(
        admin_tabs(me, "Programmes"), programme, [(str(row.id), row.name) for row in rows], [str(row.id) for row in rows if row.programme_id],
    )
