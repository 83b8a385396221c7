"""What the pages about teams show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.access import Me, can, demand, visible
from app.content import library
from app.errors import NotVisible
from app.models import AssessmentRound, DimensionResult, Membership, Person, PublishedResult, Team
from app.records.measures import Beside, beside_level
from app.records.people import role_name
from app.records.teams import LiveRoadmap, TeamLevel, level_name, live_roadmap, results_seen, team_level, team_tabs
from app.teams.profile import TypeInWords, types_in_words
from app.ui.paging import Paging, paging

MODEL = "pmo-maturity"
PROFILE = "The profile is kept by the PMO lead or an administrator; the lead of the team sets its capacity."
Tabs = tuple[tuple[str, str, bool], ...]


def known_team(session: Session, slug: str, lock: bool = False) -> Team:
    """The team with this address name. That a team exists everybody may know (condition 10), so deeds on it answer 403, not 404."""
    statement = select(Team).where(Team.slug == slug)
    team = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if team is None:
        raise NotVisible
    return team


def open_team(session: Session, me: Me, slug: str) -> Team:
    """The team, for somebody who may look inside."""
    team = known_team(session, slug)
    if not can(me, "open team", team):
        raise NotVisible
    return team


def type_names() -> dict[str, str]:
    """The name of each type of PMO by its id."""
    model = library().questionnaires.get(MODEL)
    return {kind.id: kind.name for kind in model.types.values()} if model else {}


@dataclass(frozen=True)
class TeamLine:
    """A team of the list; all but the name is empty for a team one is not in."""

    name: str
    href: str = ""
    kind: str = ""
    members: int = 0
    leads: tuple[str, ...] = ()
    is_mine: bool = False


@dataclass(frozen=True)
class ListPage:
    """All teams by name; for those who open only their own, these first and the names of the others after."""

    teams: tuple[TeamLine, ...]
    others: tuple[str, ...]
    paging: Paging
    may_add: bool


def list_page(session: Session, me: Me, *, wanted: str) -> ListPage:
    """The teams of the organisation; inside information for one's own teams alone, for all as PMO lead or administrator."""
    there, every = Team.archived_at.is_(None), me.is_pmo_lead or me.is_admin
    part = paging(wanted, session.scalar(select(func.count()).select_from(Team).where(there)) or 0, "/teams/")
    rows = session.execute(
        select(Team.id, Team.name, Team.slug, Team.pmo_type, func.count(Membership.id).label("members"))
        .outerjoin(Membership, Membership.team_id == Team.id)
        .where(there).group_by(Team.id).order_by(*([] if every else [Team.id.in_(me.teams).desc()]), func.lower(Team.name), Team.id).limit(part.size).offset(part.first_row)
    ).all()
    leads: dict[int, list[str]] = {}
    for team_id, name in session.execute(
        select(Membership.team_id, Person.name).join(Person, Person.id == Membership.person_id)
        .where(Membership.is_lead, Membership.team_id.in_([row.id for row in rows])).order_by(Person.name, Person.id)
    ):
        leads.setdefault(team_id, []).append(name)
    names = type_names()
    lines = tuple(
        TeamLine(row.name, f"/teams/{row.slug}/", names.get(row.pmo_type, row.pmo_type), row.members, tuple(leads.get(row.id, ())), row.id in me.teams)
        if every or row.id in me.teams else TeamLine(row.name)
        for row in rows
    )
    return ListPage(tuple(line for line in lines if line.href), tuple(line.name for line in lines if not line.href), part, every)


@dataclass(frozen=True)
class DimensionLine:
    """One dimension of the last result against the team's own target."""

    title: str
    index: float | None
    staged: int | None
    staged_name: str
    target: int | None

    @property
    def gap(self) -> float | None:
        """How far below the target; 0.0 or less is at target."""
        return None if self.index is None or self.target is None else self.target - self.index


@dataclass(frozen=True)
class RoundLine:
    """A round in the history of the team; the figures are there once it is closed and shown to me."""

    number: int
    title: str
    state: str
    href: str
    opened_at: datetime | None
    closes_on: date | None
    closed_at: datetime | None
    has_result: bool = False
    index: float | None = None
    staged: int | None = None
    staged_name: str = ""
    respondents: int = 0
    invited: int = 0


@dataclass(frozen=True)
class MemberLine:
    """Somebody in the team."""

    person_id: int
    name: str
    job_title: str
    role: str
    is_lead: bool
    is_me: bool
    since: datetime


@dataclass(frozen=True)
class OverviewPage:
    """A team at a glance."""

    team: Team
    tabs: Tabs
    kind: str
    is_inside: bool
    runs_rounds: bool
    may_assign: bool
    level: TeamLevel | None
    dimensions: tuple[DimensionLine, ...]
    furthest: DimensionLine | None
    rounds: tuple[RoundLine, ...]
    roadmap: LiveRoadmap | None
    people: tuple[MemberLine, ...]
    measures: tuple[Beside, ...]


def overview_page(session: Session, me: Me, *, slug: str, today: date) -> OverviewPage:
    """Level, live roadmap, rounds and people of a team, as far as this person may read them."""
    team = open_team(session, me, slug)
    inside = me.is_pmo_lead or team.id in me.teams
    level = team_level(session, me, [team.id]).get(team.id) if inside else None
    lines = dimension_lines(session, level.round_id) if level else ()
    below = [line for line in lines if (line.gap or 0) > 0]
    return OverviewPage(
        team=team, tabs=team_tabs(team, "overview", me), kind=type_names().get(team.pmo_type, team.pmo_type), is_inside=inside,
        runs_rounds=can(me, "run round", team), may_assign=can(me, "assign course to team", team), level=level, dimensions=lines,
        furthest=max(below, key=lambda line: line.gap or 0) if below else None,
        rounds=round_lines(session, me, team) if inside else (),
        roadmap=live_roadmap(session, me, team.id, today) if inside else None,
        people=member_lines(session, me, team), measures=beside_level(session, me, team.id, team.slug) if inside else (),
    )


def dimension_lines(session: Session, round_id: int) -> tuple[DimensionLine, ...]:
    """The dimensions of a published result in the order of the model. The caller has made sure the round may be read."""
    rows = session.execute(
        select(DimensionResult.dimension, DimensionResult.index.label("value"), DimensionResult.staged, DimensionResult.target, AssessmentRound.model_id)
        .join(AssessmentRound, AssessmentRound.id == DimensionResult.round_id)
        .where(DimensionResult.round_id == round_id).order_by(DimensionResult.position)
    ).all()
    return tuple(
        DimensionLine(_title(row.model_id, row.dimension), row.value, row.staged, level_name(row.model_id, row.staged), row.target) for row in rows
    )


def _title(model_id: str, dimension: str) -> str:
    model = library().questionnaires.get(model_id)
    return next((d.title for d in model.dimensions if d.id == dimension), dimension) if model else dimension


def round_lines(session: Session, me: Me, team: Team) -> tuple[RoundLine, ...]:
    """The rounds of the team I may know of, newest first, with the result where I may read it."""
    shown = select(AssessmentRound.id).where(AssessmentRound.team_id == team.id, results_seen(me))
    rows = session.execute(
        visible(me, AssessmentRound)
        .with_only_columns(
            AssessmentRound.number, AssessmentRound.title, AssessmentRound.state, AssessmentRound.opened_at, AssessmentRound.closes_on,
            AssessmentRound.closed_at, AssessmentRound.model_id, PublishedResult.id.label("result"), PublishedResult.overall_index,
            PublishedResult.staged, PublishedResult.respondents, PublishedResult.invited,
        )
        .outerjoin(PublishedResult, (PublishedResult.round_id == AssessmentRound.id) & AssessmentRound.id.in_(shown))
        .where(AssessmentRound.team_id == team.id).order_by(AssessmentRound.number.desc())
    ).all()
    return tuple(
        RoundLine(
            row.number, row.title, row.state, f"/teams/{team.slug}/rounds/{row.number}/", row.opened_at, row.closes_on, row.closed_at,
            row.result is not None, row.overall_index, row.staged, level_name(row.model_id, row.staged), row.respondents or 0, row.invited or 0,
        )
        for row in rows
    )


def member_lines(session: Session, me: Me, team: Team) -> tuple[MemberLine, ...]:
    """The members with an open account: leads first, then by name."""
    rows = session.execute(
        select(Person.id, Person.name, Person.job_title, Person.role_profile, Membership.is_lead, Membership.created_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == team.id, Person.disabled_at.is_(None))
        .order_by(Membership.is_lead.desc(), func.lower(Person.name), Person.id)
    ).all()
    return tuple(
        MemberLine(
            row.id, row.name, row.job_title, role_name(row.role_profile), row.is_lead,
            row.id == me.person_id, row.created_at,
        )
        for row in rows
    )


@dataclass(frozen=True)
class PeoplePage:
    """Who is in a team, and who could be added."""

    team: Team
    tabs: Tabs
    members: tuple[MemberLine, ...]
    may_change: bool
    may_appoint: bool
    without_team: tuple[tuple[int, str, str], ...]
    more_without: int


OFFERED = 12


def people_page(session: Session, me: Me, *, slug: str) -> PeoplePage:
    """The members of a team, and the first people without any team for those who may add them."""
    team = open_team(session, me, slug)
    may_change = can(me, "change members", team)
    waiting: list[tuple[int, str, str, int]] = []
    if may_change:
        free = ~exists().where(Membership.person_id == Person.id)
        waiting = [
            (row.id, row.name, row.job_title, row.every)
            for row in session.execute(
                select(Person.id, Person.name, Person.job_title, func.count().over().label("every"))
                .where(free, Person.disabled_at.is_(None), Person.is_admin.is_(False), Person.is_pmo_lead.is_(False), Person.id != me.person_id)
                .order_by(func.lower(Person.name), Person.id).limit(OFFERED)
            )
        ]
    return PeoplePage(
        team, team_tabs(team, "people", me), member_lines(session, me, team), may_change, can(me, "appoint lead", team),
        tuple((person_id, name, job_title) for person_id, name, job_title, _ in waiting),
        waiting[0][3] - len(waiting) if waiting else 0,
    )


@dataclass(frozen=True)
class ProfilePage:
    """What the office of a team is: its type with the targets that follow, and how it is set up."""

    team: Team
    tabs: Tabs
    kind: TypeInWords | None
    facts: tuple[tuple[str, str], ...]
    services: tuple[str, ...]
    may_edit: bool
    may_set_capacity: bool
    is_inside: bool


def profile_page(session: Session, me: Me, *, slug: str) -> ProfilePage:
    """The profile of a team, in words."""
    team = open_team(session, me, slug)
    kind = next((kind for kind in all_types() if kind.id == team.pmo_type), None)
    facts = (
        ("Structure", team.structure), ("Sourcing", team.sourcing), ("Reports to", team.reports_to), ("Projects led by", team.pm_model),
        ("In the PMO", _number(team.size)), ("Projects", _number(team.projects_live)),
        ("Capacity", f"{team.capacity} days a quarter, {team.wip} actions at a time"),
    )
    return ProfilePage(
        team, team_tabs(team, "profile", me), kind, facts, tuple(line.strip() for line in team.services.splitlines() if line.strip()),
        can(me, "edit team", team), can(me, "set capacity", team), me.is_pmo_lead or team.id in me.teams,
    )


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


def all_types() -> tuple[TypeInWords, ...]:
    """The types of PMO one can choose, in the order of the model."""
    return types_in_words(library().questionnaires.get(MODEL))


@dataclass(frozen=True)
class EditPage:
    """The form of the profile, with when each type fits."""

    team: Team
    tabs: Tabs
    types: tuple[TypeInWords, ...]
    whole: bool


def edit_page(session: Session, me: Me, *, slug: str) -> EditPage:
    """The team as it stands, for somebody who may change at least its capacity."""
    team = open_team(session, me, slug)
    demand(me, "set capacity", team, PROFILE)
    return EditPage(team, team_tabs(team, "profile", me), all_types(), can(me, "edit team", team))
