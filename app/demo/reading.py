"""content/demo -> the people of the demo and what happened to them. Every fault is told with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.config import ROOT
from app.demo.story import Figures, Learners, Mentoring, Plans, Rounds, Skills
from assessments.answers import Group
from assessments.reading import DemoTeam, Id, Strict, Text, read_demo_teams, read_yaml, validated

FOLDER = ROOT / "content" / "demo"
DOMAIN = "demo.example"


class RoleInRound(Strict):
    """The role profile somebody is measured against, and from which side they look at the office."""

    profile: Id
    side: Group


class DemoPerson(Strict):
    """Somebody invented. `email` is the part before the @ where it is not made of place and team."""

    name: Text
    title: Text
    role: str = ""
    email: str = ""
    lead: bool = False
    admin: bool = False
    pmo_lead: bool = False
    time_zone: str = ""
    rounds: list[int] | None = None

    def is_asked(self, number: int) -> bool:
        """Whether this person is invited to the round with this number."""
        return bool(self.role) and (self.rounds is None or number in self.rounds)


class TeamProfile(Strict):
    """What the profile of a team says, and its people in the order of its respondents."""

    code: Id
    about: Text
    structure: str
    sourcing: str
    reports_to: str
    pm_model: str
    size: int
    projects_live: int
    services: Text
    people: list[DemoPerson]

    def address(self, place: int) -> str:
        """The name before the @ of the person at this place, from 1: r3.har."""
        return self.people[place - 1].email or f"r{place}.{self.code.lower()}"


class Organisation(Strict):
    """The organisation: its roles, the people outside all teams, the teams."""

    name: Text
    time_zone: str
    roles: dict[str, RoleInRound]
    office: list[DemoPerson]
    teams: list[TeamProfile]


@dataclass(frozen=True)
class Demo:
    """All files of content/demo."""

    organisation: Organisation
    answers: tuple[DemoTeam, ...]
    rounds: Rounds
    roadmaps: Plans
    learning: Learners
    mentoring: Mentoring
    skills: Skills
    figures: Figures


def read_demo(folder: Path = FOLDER) -> Demo:
    """The whole demo. Raises FileFaults with everything wrong in the first file that has faults."""
    return Demo(
        validated(Organisation, read_yaml(folder / "organisation.yaml")),
        read_demo_teams(folder / "teams.yaml"),
        validated(Rounds, read_yaml(folder / "rounds.yaml")),
        validated(Plans, read_yaml(folder / "roadmaps.yaml")),
        validated(Learners, read_yaml(folder / "learning.yaml")),
        validated(Mentoring, read_yaml(folder / "mentoring.yaml")),
        validated(Skills, read_yaml(folder / "skills.yaml")),
        validated(Figures, read_yaml(folder / "kpis.yaml")),
    )
