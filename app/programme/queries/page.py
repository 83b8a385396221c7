"""The whole programme page, and the tables that can be taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.models import Team
from app.programme.queries.counts import CourseCount, Mentoring, learning_and_mentoring
from app.programme.queries.maturity import (
    CSV_HEAD,
    MODEL,
    PAGE,
    Kept,
    Reach,
    TeamRow,
    heat_rows,
    maturity_table,
    programmes,
    reach,
)
from app.programme.queries.week import Need, this_week
from app.records.skill_map import COVERAGE_HEAD, SkillMap, coverage_table, map_table, skill_map
from app.records.skill_map import CSV_HEAD as PEOPLE_HEAD
from app.records.skills import rated_members
from app.ui.csv import csv_text

SHOWN_PEOPLE, LONGEST = 50, 10


@dataclass(frozen=True)
class Chosen:
    """What the address asks for: a PMO type, a page of teams, a team and competences for the people."""

    pmo_type: str = ""
    number: int = 1
    team: str = ""
    show: str = ""
    programme: str = ""

    @property
    def kept(self) -> Kept:
        """The teams this asks for; a type nobody knows and a programme that is no number ask for all."""
        known = self.pmo_type in library().questionnaires[MODEL].types
        digits = self.programme.isascii() and self.programme.isdigit() and len(self.programme) < LONGEST
        return Kept(self.pmo_type if known else "", int(self.programme) if digits else 0)


@dataclass(frozen=True)
class ProgrammePage:
    """Everything on the page. Choices are (value, words, is chosen)."""

    dimensions: tuple[tuple[str, str], ...]
    rows: tuple[TeamRow, ...]
    reach: Reach
    types: tuple[tuple[str, str, bool], ...]
    pmo_type: str
    programmes: tuple[tuple[str, str, bool], ...]
    programme: str
    team: TeamRow | None
    teams: tuple[tuple[str, str, bool], ...]
    map: SkillMap | None
    show: str
    needs: tuple[Need, ...]
    courses: tuple[CourseCount, ...]
    mentoring: Mentoring
    number: int

    @property
    def total(self) -> int:
        """All teams of the chosen type."""
        return self.reach.teams

    @property
    def last(self) -> int:
        """The number of the last page of teams."""
        return max(1, -(-self.total // PAGE))

    def href(self, number: int) -> str:
        """The address of a page of teams."""
        return f"/programme/?type={self.pmo_type}{f'&programme={self.programme}' if self.programme else ''}&page={number}"


def programme_page(session: Session, me: Me, chosen: Chosen, today: date) -> ProgrammePage:
    """The programme as the PMO lead sees it; six statements, however many teams there are."""
    model = library().questionnaires[MODEL]
    kept, groups = chosen.kept, programmes(session)
    pmo_type, programme = kept.pmo_type, str(kept.programme or "")
    standing = reach(session, me, kept)
    number = min(max(1, chosen.number), max(1, -(-standing.teams // PAGE)))
    rows = heat_rows(session, me, kept, number)
    staffed = [row for row in rows if row.people]
    team = next((row for row in staffed if row.slug == chosen.team), staffed[0] if staffed else None)
    drawn = skill_map(rated_members(session, team.id), chosen.show, end=SHOWN_PEOPLE) if team else None
    courses, mentoring = learning_and_mentoring(session, today)
    return ProgrammePage(
        dimensions=tuple((dimension.id, dimension.title) for dimension in model.dimensions),
        rows=rows, reach=standing,
        types=(("", "All types", not pmo_type), *((key, one.name, key == pmo_type) for key, one in model.types.items())),
        pmo_type=pmo_type, programme=programme,
        programmes=(("", "All programmes", not programme), *((key, name, key == programme) for key, name in groups)), team=team, teams=tuple((row.slug, row.name, row == team) for row in staffed), map=drawn,
        show=next((value for value, _, here in drawn.choices if here), "") if drawn else "",
        needs=this_week(session, today), courses=courses, mentoring=mentoring, number=number,
    )


def export_text(session: Session, me: Me, what: str, chosen: Chosen) -> str:
    """One of the tables as CSV: `teams` (all of the chosen type and programme), `people` or `coverage` of the chosen team. Raises NotVisible."""
    if what == "teams":
        return csv_text(CSV_HEAD, maturity_table(session, me, chosen.kept))
    team: Team = fetch(session, me, Team, Team.slug == chosen.team)
    people = rated_members(session, team.id)
    if what == "people":
        return csv_text(PEOPLE_HEAD, map_table(people))
    return csv_text(COVERAGE_HEAD, coverage_table(people))
