"""The page where the table of a plan is sent back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.models import SavedRoadmap, Team


@dataclass(frozen=True)
class ImportPage:
    """The team, and the number of its plan in use; None without one."""

    team: Team
    number: int | None

    @property
    def href(self) -> str:
        """Where the roadmap is."""
        return f"/teams/{self.team.slug}/roadmap/"


def import_page(session: Session, me: Me, *, slug: str) -> ImportPage:
    """The frame of the page; two statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    number = session.scalar(
        visible(me, SavedRoadmap).with_only_columns(SavedRoadmap.number).where(SavedRoadmap.team_id == team.id, SavedRoadmap.is_current)
    )
    return ImportPage(team, number)
