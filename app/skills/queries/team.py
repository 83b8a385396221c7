"""A team's people against their roles, for its leads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.models import Team
from app.records.skill_map import CSV_HEAD, SkillMap, map_table, skill_map
from app.records.skills import rated_members
from app.ui.csv import csv_text

PAGE = 50


@dataclass(frozen=True)
class TeamSkills:
    """The heat map and the coverage of one team; `unrated` are the people nobody has rated, `roleless` those without a role."""

    team: str
    slug: str
    map: SkillMap
    chosen: str
    unrated: tuple[str, ...]
    roleless: tuple[tuple[str, str], ...]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page of people."""
        return max(1, -(-self.total // PAGE))

    def href(self, number: int) -> str:
        """The address of a page of people."""
        return f"/skills/team/{self.slug}/?show={self.chosen}&page={number}"


def led_team(session: Session, me: Me, slug: str) -> tuple[int, str]:
    """Number and name of a team that I lead, or any as PMO lead. Raises NotVisible."""
    mine = true() if me.is_pmo_lead else Team.id.in_(me.leads)
    row = session.execute(select(Team.id, Team.name).where(Team.slug == slug, mine)).one_or_none()
    if row is None:
        raise NotVisible
    return row.id, row.name


def team_page(session: Session, me: Me, slug: str, chosen: str, number: int) -> TeamSkills:
    """The skills of a team; two statements. Raises NotVisible."""
    team_id, name = led_team(session, me, slug)
    people = rated_members(session, team_id)
    number = min(max(1, number), max(1, -(-len(people) // PAGE)))
    drawn = skill_map(people, chosen, PAGE * (number - 1), PAGE * number)
    return TeamSkills(
        team=name, slug=slug, map=drawn, chosen=next((value for value, _, here in drawn.choices if here), ""),
        unrated=tuple(person.name for person in people if not person.ratings),
        roleless=tuple((person.name, f"/skills/{person.id}/role/") for person in people if not person.role),
        number=number, total=len(people),
    )


def team_csv(session: Session, me: Me, slug: str) -> tuple[int, str]:
    """The number of the team and its people by competence as CSV. Raises NotVisible."""
    team_id, _ = led_team(session, me, slug)
    return team_id, csv_text(CSV_HEAD, map_table(rated_members(session, team_id)))
