"""The start page of administrators: first steps, figures, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, with_account
from app.config import TrackerServer
from app.content import library
from app.models import AssessmentRound, Event, Membership, Organisation, Person, Team
from app.records.health import TrackerHealth, database_size, disk_free, in_words, jobs_by_state, tracker_health, version

Tabs = tuple[tuple[str, str, bool], ...]
UNNAMED = "My organisation"
PLACES = (("Start", "/admin/", True), ("People", "/admin/people/", False), ("Teams", "/admin/teams/", False), ("Programmes", "/admin/programmes/", False), ("Organisation", "/admin/organisation/", True), ("Content", "/admin/content/", True), ("Audit log", "/admin/events/", False), ("Jobs", "/admin/jobs/", True), ("Mail", "/admin/mail/", True))


def admin_tabs(me: Me, here: str) -> Tabs:
    """(word, address, is here) of the places of administration this person may open."""
    return tuple((word, href, word == here) for word, href, for_admins in PLACES if me.is_admin or not for_admins)


@dataclass(frozen=True)
class FirstStep:
    """One thing to do in a new installation, done or with the button that does it."""

    words: str
    why: str
    button: str
    href: str
    is_done: bool


@dataclass(frozen=True)
class StartPage:
    """The installation at a glance; `steps` is empty once all are done or the list was put away."""

    tabs: Tabs
    organisation: str
    steps: tuple[FirstStep, ...]
    people: int
    closed: int
    teams: int
    sign_ins_today: int
    waiting: int
    failed: int
    database: str
    disk: str
    version: str
    content: str
    faults: tuple[str, ...]
    tracker: TrackerHealth | None

    @property
    def done(self) -> int:
        """How many of the first steps are done."""
        return sum(step.is_done for step in self.steps)


def start_page(session: Session, me: Me, *, now: datetime, database_url: str, instance: Path, tracker: TrackerServer | None = None) -> StartPage:
    """Figures in five statements, one more where there is a tracker; no word about any single person."""
    organisation = session.get(Organisation, 1)
    today = now - timedelta(days=1)
    people, closed, pmo_leads, teams, leads, rounds, sign_ins = session.execute(
        select(
            select(func.count()).select_from(Person).where(Person.disabled_at.is_(None)).scalar_subquery(),
            select(func.count()).select_from(Person).where(Person.disabled_at.is_not(None), with_account()).scalar_subquery(),
            select(func.count()).select_from(Person).where(Person.is_pmo_lead, Person.disabled_at.is_(None)).scalar_subquery(),
            select(func.count()).select_from(Team).where(Team.archived_at.is_(None)).scalar_subquery(),
            select(func.count()).select_from(Membership).where(Membership.is_lead).scalar_subquery(),
            select(func.count()).select_from(AssessmentRound).where(AssessmentRound.opened_at.is_not(None)).scalar_subquery(),
            select(func.count()).select_from(Event).where(Event.what == "signed in", Event.created_at > today).scalar_subquery(),
        )
    ).one()
    name = organisation.name if organisation else ""
    steps = (
        FirstStep("Name the organisation", "It stands on certificates.", "Name it", "/admin/organisation/", bool(name) and name != UNNAMED),
        FirstStep("Add the first team", "A team is what a round measures.", "Add a team", "/admin/teams/", teams > 0),
        FirstStep("Add the first people", "One by one, or a whole list at once.", "Add people", "/admin/people/add", people > 1),
        FirstStep("Name a PMO lead", "The PMO lead sees all teams and approves mentors.", "Choose somebody", "/admin/people/", pmo_leads > 0),
        FirstStep("Appoint a team lead", "A lead runs the rounds of the own team.", "Choose a team", "/teams/", leads > 0),
        FirstStep("Open the first round", "The lead of a team or the PMO lead does this.", "See the teams", "/teams/", rounds > 0),
    )
    put_away = all(step.is_done for step in steps) or (organisation is not None and organisation.setup_finished_at is not None)
    jobs = jobs_by_state(session)
    content = library()
    return StartPage(
        tabs=admin_tabs(me, "Start"), organisation=name or UNNAMED, steps=() if put_away else steps, people=people, closed=closed, teams=teams,
        sign_ins_today=sign_ins, waiting=jobs.get("waiting", 0) + jobs.get("running", 0), failed=jobs.get("failed", 0),
        database=in_words(database_size(session, database_url)), disk=in_words(disk_free(instance)), version=version(), content=content.version,
        faults=content.faults, tracker=tracker_health(session, tracker),
    )
