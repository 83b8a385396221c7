"""The team whose figures are looked at, and who may write there."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.access import Me, can, demand, fetch
from app.content import library
from app.errors import NotVisible
from app.models import Team
from assessments.measures import Kpi, read_quarter

WHO_RECORDS = "Figures of this team are recorded by its lead and the PMO lead."
OLDEST = 40


def seen_team(session: Session, me: Me, slug: str, lock: bool = False) -> Team:
    """The team, for its members and the PMO lead; one statement."""
    team: Team = fetch(session, me, Team, Team.slug == slug, lock=lock)
    return team


def written_team(session: Session, me: Me, slug: str, lock: bool = False) -> Team:
    """The team, for somebody who may record its figures. Raises NotVisible, Forbidden."""
    team = seen_team(session, me, slug, lock)
    demand(me, "record kpi", team, WHO_RECORDS)
    return team


def may_record(me: Me, team: Team) -> bool:
    """Whether the page offers to write."""
    return can(me, "record kpi", team)


def known_kpi(kpi_id: str) -> Kpi:
    """The measure with this id. NotVisible without one."""
    kpi = library().kpis.get(kpi_id)
    if kpi is None:
        raise NotVisible
    return kpi


def known_quarter(code: str, now: int) -> int:
    """A quarter that may hold a figure: up to ten years back, the running one at the latest. NotVisible for any other."""
    quarter = read_quarter(code)
    if quarter is None or not now - OLDEST <= quarter <= now:
        raise NotVisible
    return quarter
