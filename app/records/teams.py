"""What several pages show of a team: its tabs, the level it reached, the roadmap it is on. Always through what I may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, bindparam, or_, select, true
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import AssessmentRound, Person, PlannedAction, PublishedResult, SavedRoadmap, Team

LIVE_STATES = ("planned", "in progress", "blocked")


class Named(Protocol):
    """What is needed of a team to lead to its pages."""

    @property
    def id(self) -> int: ...
    @property
    def slug(self) -> str: ...


def team_tabs(team: Named, here: str, me: Me) -> tuple[tuple[str, str, bool], ...]:
    """(word, address, is here) of the places inside a team; *here* is the word in lower case.

    Rounds, roadmaps and KPIs are for the team and the PMO lead, so an administrator from outside has none of their tabs."""
    inside = me.is_pmo_lead or team.id in me.teams
    places = [("Overview", ""), *([("Rounds", "rounds/"), ("Roadmap", "roadmap/"), ("KPIs", "kpis/")] if inside else []), ("People", "people/"), ("Profile", "profile/")]
    return tuple((word, f"/teams/{team.slug}/{end}", word.lower() == here) for word, end in places)


def results_seen(me: Me) -> ColumnElement[bool]:
    """The rounds whose results this person may read: those they see and that are shown to them (conditions 15 and 17)."""
    seen = AssessmentRound.id.in_(visible(me, AssessmentRound).with_only_columns(AssessmentRound.id))
    if me.is_pmo_lead:
        return true() & seen
    return seen & or_(AssessmentRound.team_id.in_(me.leads), AssessmentRound.shared_with_participants)


@dataclass(frozen=True)
class TeamLevel:
    """The result of a team's last closed round. `index` and `staged` are None when too few answers allow a figure."""

    team_id: int
    team: str
    slug: str
    round_id: int
    number: int
    title: str
    closed_at: datetime | None
    index: float | None
    staged: int | None
    level_name: str
    respondents: int
    invited: int

    @property
    def results(self) -> str:
        """The address of the results of that round."""
        return f"/teams/{self.slug}/rounds/{self.number}/results/"


def team_level(session: Session, me: Me, team_ids: Collection[int]) -> dict[int, TeamLevel]:
    """The last result I may read of each of these teams; one statement. A team without one is missing."""
    rows = db.rows(session, _results_of(me), teams=list(team_ids))
    return {
        row.id: TeamLevel(
            row.id, row.name, row.slug, row.round_id, row.number, row.title, row.closed_at, row.overall_index, row.staged,
            level_name(row.model_id, row.staged), row.respondents, row.invited,
        )
        for row in rows
    }


@built_once
def _results_of(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Team.id, Team.name, Team.slug, AssessmentRound.id.label("round_id"), AssessmentRound.number, AssessmentRound.title,
            AssessmentRound.closed_at, AssessmentRound.model_id, PublishedResult.overall_index, PublishedResult.staged,
            PublishedResult.respondents, PublishedResult.invited,
        )
        .join(AssessmentRound, AssessmentRound.id == PublishedResult.round_id)
        .join(Team, Team.id == PublishedResult.team_id)
        .where(Team.id.in_(bindparam("teams", expanding=True)), AssessmentRound.state.in_(("closed", "published")), results_seen(me))
        .order_by(Team.id, AssessmentRound.number)
    )


def level_name(model_id: str, level: int | None) -> str:
    """The name of a level in a model, '' where it has none."""
    model = library().questionnaires.get(model_id)
    return next((step.name for step in model.levels if step.value == level), "") if model else ""


@dataclass(frozen=True)
class NextDue:
    """The action of a roadmap that is due first."""

    id: int
    action_id: str
    due_on: date
    owner: str
    is_late: bool


@dataclass(frozen=True)
class LiveRoadmap:
    """The plan a team is carrying out: how many actions stand in which state, how many are late, what is due first."""

    number: int
    slug: str
    starts_on: date
    states: tuple[tuple[str, int], ...]
    late: int
    next_due: NextDue | None

    @property
    def total(self) -> int:
        """All actions of the plan."""
        return sum(number for _, number in self.states)

    @property
    def done(self) -> int:
        """How many are done."""
        return dict(self.states).get("done", 0)


STATES = ("done", "in progress", "blocked", "planned", "dropped")


def live_roadmap(session: Session, me: Me, team_id: int, today: date) -> LiveRoadmap | None:
    """The current plan of a team, if there is one I may see; two statements."""
    plan = session.execute(
        visible(me, SavedRoadmap)
        .with_only_columns(SavedRoadmap.id, SavedRoadmap.number, SavedRoadmap.starts_on, Team.slug)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .where(SavedRoadmap.team_id == team_id, SavedRoadmap.is_current)
    ).one_or_none()
    if plan is None:
        return None
    rows = session.execute(
        select(PlannedAction.id, PlannedAction.action_id, PlannedAction.state, PlannedAction.due_on, Person.name)
        .outerjoin(Person, Person.id == PlannedAction.owner_id)
        .where(PlannedAction.roadmap_id == plan.id)
        .order_by(PlannedAction.due_on, PlannedAction.id)
    ).all()
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    live = [row for row in rows if row.state in LIVE_STATES]
    return LiveRoadmap(
        number=plan.number, slug=plan.slug, starts_on=plan.starts_on,
        states=tuple((state, number) for state, number in counts.items() if number),
        late=sum(row.due_on < today for row in live),
        next_due=NextDue(live[0].id, live[0].action_id, live[0].due_on, live[0].name or "", live[0].due_on < today) if live else None,
    )
