"""Teams, the organisation, the audit log and background work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.admin.queries.start import UNNAMED, Tabs, admin_tabs
from app.content import library
from app.errors import NotVisible
from app.models import Event, Job, Membership, Organisation, Person, Team
from app.records.history import EventLine, event_lines
from app.ui.paging import Paging, paging


@dataclass(frozen=True)
class TeamLine:
    """A team, listed or archived."""

    slug: str
    name: str
    kind: str
    members: int
    archived_at: datetime | None


@dataclass(frozen=True)
class TeamsPage:
    """All teams: those in use first, then the archived ones, each by name."""

    tabs: Tabs
    teams: tuple[TeamLine, ...]
    paging: Paging
    types: tuple[tuple[str, str], ...]


def teams_page(session: Session, me: Me, *, wanted: str) -> TeamsPage:
    """The teams with how many people are in each."""
    part = paging(wanted, session.scalar(select(func.count()).select_from(Team)) or 0, "/admin/teams/")
    kinds = dict(types())
    rows = session.execute(
        select(Team.slug, Team.name, Team.pmo_type, Team.archived_at, func.count(Membership.id).label("members"))
        .outerjoin(Membership, Membership.team_id == Team.id).group_by(Team.id)
        .order_by(Team.archived_at.is_not(None), func.lower(Team.name), Team.id).limit(part.size).offset(part.first_row)
    ).all()
    lines = tuple(TeamLine(row.slug, row.name, kinds.get(row.pmo_type, row.pmo_type), row.members, row.archived_at) for row in rows)
    return TeamsPage(admin_tabs(me, "Teams"), lines, part, types())


def types() -> tuple[tuple[str, str], ...]:
    """The types of PMO in the order of the maturity model."""
    model = library().questionnaires.get("pmo-maturity")
    return tuple((kind.id, kind.name) for kind in model.types.values()) if model else ()


@dataclass(frozen=True)
class TeamPage:
    """One team to be renamed."""

    tabs: Tabs
    team: Team


def team_page(session: Session, me: Me, *, slug: str) -> TeamPage:
    """The team with this address name."""
    team = session.scalars(select(Team).where(Team.slug == slug)).one_or_none()
    if team is None:
        raise NotVisible
    return TeamPage(admin_tabs(me, "Teams"), team)


@dataclass(frozen=True)
class OrganisationPage:
    """The organisation as it stands; a new one where nothing was saved yet."""

    tabs: Tabs
    organisation: Organisation


def organisation_page(session: Session, me: Me) -> OrganisationPage:
    """Name, time zone and the one rule an organisation sets."""
    found = session.get(Organisation, 1) or Organisation(name=UNNAMED, time_zone="UTC", leads_run_rounds=True)
    return OrganisationPage(admin_tabs(me, "Organisation"), found)


@dataclass(frozen=True)
class EventsPage:
    """The audit log, newest first."""

    tabs: Tabs
    events: tuple[EventLine, ...]
    paging: Paging
    search: str
    thing: str
    things: tuple[tuple[str, str], ...]
    is_admin: bool


def events_page(session: Session, me: Me, *, search: str, thing: str, wanted: str) -> EventsPage:
    """What happened, filtered by a word in the deed or the name of who did it, and by the kind of thing. PMO leads see no details."""
    seen = visible(me, Event)
    if search:
        named = select(Person.id).where(func.lower(Person.name).contains(search.lower(), autoescape=True))
        seen = seen.where(or_(func.lower(Event.what).contains(search.lower(), autoescape=True), Event.person_id.in_(named), Event.subject_id.in_(named)))
    if thing:
        seen = seen.where(Event.thing == thing)
    part = paging(wanted, session.scalar(select(func.count()).select_from(seen.subquery())) or 0, "/admin/events/", {"q": search, "thing": thing})
    events = session.scalars(seen.order_by(Event.id.desc()).limit(part.size).offset(part.first_row)).all()
    things = session.scalars(visible(me, Event).with_only_columns(Event.thing).where(Event.thing != "").distinct().order_by(Event.thing)).all()
    return EventsPage(
        admin_tabs(me, "Audit log"), event_lines(session, events, details=me.is_admin), part, search, thing,
        (("", "everything"), *((name, name) for name in things)), me.is_admin,
    )


@dataclass(frozen=True)
class JobLine:
    """A piece of background work."""

    id: int
    kind: str
    thing_id: int
    state: str
    progress: int
    says: str
    tries: int
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class JobsPage:
    """Background work: failed first, then what runs and waits, then the last that were done."""

    tabs: Tabs
    failed: tuple[JobLine, ...]
    live: tuple[JobLine, ...]
    done: tuple[JobLine, ...]


JOBS_SHOWN = 50


def jobs_page(session: Session, me: Me) -> JobsPage:
    """The newest fifty of each kind of state."""
    def lines(*states: str) -> tuple[JobLine, ...]:
        jobs = session.scalars(visible(me, Job).where(Job.state.in_(states)).order_by(Job.id.desc()).limit(JOBS_SHOWN))
        return tuple(JobLine(j.id, j.kind, j.thing_id, j.state, j.progress, j.says, j.tries, j.created_at, j.ended_at) for j in jobs)

    return JobsPage(admin_tabs(me, "Jobs"), lines("failed"), lines("running", "waiting"), lines("done")[:10])
