"""People and their accounts, as those who look after them see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from app.access import Me, fetch, visible, with_account
from app.admin.queries.start import Tabs, admin_tabs
from app.content import library
from app.errors import Forbidden, NotVisible
from app.models import Event, Membership, Person, SignIn, Team
from app.records.accounts import demand_fresh
from app.records.history import EventLine, event_lines
from app.records.people import role_name
from app.ui.paging import Paging, paging

ROLES = (("", "any role"), ("learner", "learner"), ("lead", "lead of a team"), ("mentor", "mentor"), ("pmo-lead", "PMO lead"), ("admin", "administrator"))
STATES = (("", "open accounts"), ("closed", "closed accounts"), ("all", "all accounts"))
SORTS = (("", "by name"), ("newest", "newest first"), ("seen", "last sign-in first"))


@dataclass(frozen=True)
class Wanted:
    """What was asked of the list; anything not offered counts as not asked."""

    search: str = ""
    team: str = ""
    role: str = ""
    state: str = ""
    sort: str = ""
    page: str = ""

    def kept(self) -> dict[str, str]:
        """The filter as it stands in addresses of further pages."""
        return {"q": self.search, "team": self.team, "role": self.role, "state": self.state, "sort": self.sort}


@dataclass(frozen=True)
class PersonLine:
    """One person of the list. `last_sign_in` is for administrators alone."""

    id: int
    name: str
    email: str
    job_title: str
    teams: tuple[str, ...]
    roles: tuple[str, ...]
    is_closed: bool
    has_password: bool
    last_sign_in: datetime | None


@dataclass(frozen=True)
class ListPage:
    """The people, in pages."""

    tabs: Tabs
    people: tuple[PersonLine, ...]
    paging: Paging
    wanted: Wanted
    teams: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    sorts: tuple[tuple[str, str], ...]
    is_admin: bool


def list_page(session: Session, me: Me, *, wanted: Wanted) -> ListPage:
    """People who fit the filter: five statements. A PMO lead's list has neither administrators nor PMO leads (condition 26)."""
    fits = _fitting(me, wanted)
    part = paging(wanted.page, session.scalar(select(func.count()).select_from(Person).where(*fits)) or 0, "/admin/people/", wanted.kept())
    last = select(func.max(SignIn.created_at)).where(SignIn.person_id == Person.id).scalar_subquery()
    order = {"newest": (Person.id.desc(),), "seen": (last.desc().nulls_last(), Person.id)}.get(wanted.sort if me.is_admin else "", (func.lower(Person.name), Person.id))
    rows = session.execute(
        select(
            Person.id, Person.name, Person.email, Person.job_title, Person.is_admin, Person.is_pmo_lead, Person.is_mentor, Person.disabled_at,
            Person.password_hash.is_not(None).label("has_password"), last.label("last"),
        ).where(*fits).order_by(*order).limit(part.size).offset(part.first_row)
    ).all()
    places: dict[int, list[tuple[str, bool]]] = {}
    for person_id, team, is_lead in session.execute(
        select(Membership.person_id, Team.name, Membership.is_lead).join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_([row.id for row in rows])).order_by(func.lower(Team.name), Team.id)
    ):
        places.setdefault(person_id, []).append((team, is_lead))
    people = tuple(
        PersonLine(
            row.id, row.name, row.email, row.job_title, tuple(team for team, _ in places.get(row.id, ())), _roles(row, places.get(row.id, [])),
            row.disabled_at is not None, row.has_password, row.last if me.is_admin else None,
        )
        for row in rows
    )
    teams = session.execute(_open_teams()).all()
    return ListPage(
        admin_tabs(me, "People"), people, part, wanted, (("", "any team"), ("none", "no team"), *((slug, name) for slug, name in teams)),
        ROLES if me.is_admin else ROLES[:4], STATES if me.is_admin else STATES[:1], SORTS if me.is_admin else SORTS[:1], me.is_admin,
    )


def _roles(row: Any, places: list[tuple[str, bool]]) -> tuple[str, ...]:
    held = (("lead", any(is_lead for _, is_lead in places)), ("mentor", row.is_mentor), ("PMO lead", row.is_pmo_lead), ("administrator", row.is_admin))
    return tuple(word for word, has in held if has) or ("learner",)


def _fitting(me: Me, wanted: Wanted) -> list[ColumnElement[bool]]:
    state = wanted.state if me.is_admin else ""
    fits: list[ColumnElement[bool]] = [with_account()]
    if state != "all":
        fits.append(Person.disabled_at.is_not(None) if state == "closed" else Person.disabled_at.is_(None))
    if not me.is_admin:
        fits += [Person.is_admin.is_(False), Person.is_pmo_lead.is_(False)]
    if wanted.search:
        searched = wanted.search.lower()
        fits.append(or_(func.lower(Person.name).contains(searched, autoescape=True), Person.email_key.contains(searched, autoescape=True)))
    member = select(Membership.person_id)
    if wanted.team == "none":
        fits.append(Person.id.not_in(member))
    elif wanted.team:
        fits.append(Person.id.in_(member.join(Team, Team.id == Membership.team_id).where(Team.slug == wanted.team)))
    leads = Person.id.in_(member.where(Membership.is_lead))
    roles: dict[str, ColumnElement[bool]] = {
        "lead": leads, "mentor": Person.is_mentor.is_(True), "pmo-lead": Person.is_pmo_lead.is_(True), "admin": Person.is_admin.is_(True),
        "learner": ~(leads | Person.is_mentor | Person.is_pmo_lead | Person.is_admin),
    }
    if wanted.role in roles:
        fits.append(roles[wanted.role])
    return fits


def known_person(session: Session, me: Me, person_id: int, lock: bool = False) -> Person:
    """Somebody whose account this person may look after: everybody for administrators, learners and leads for a PMO lead."""
    person: Person = fetch(session, me, Person, Person.id == person_id, lock=lock)
    if not me.is_admin and (not me.is_pmo_lead or person.is_admin or person.is_pmo_lead):
        raise NotVisible
    return person


@dataclass(frozen=True)
class PersonPage:
    """One account. Sign-ins and account events are empty for a PMO lead."""

    tabs: Tabs
    person: Person
    role: str
    roles: tuple[str, ...]
    teams: tuple[tuple[str, str, bool], ...]
    is_me: bool
    is_admin: bool
    sign_ins: int
    last_sign_in: datetime | None
    events: tuple[EventLine, ...]


EVENTS_SHOWN = 10


def person_page(session: Session, me: Me, *, person_id: int) -> PersonPage:
    """An account with its roles, teams and, for administrators, what happened with it."""
    person = known_person(session, me, person_id)
    places = session.execute(
        select(Team.name, Team.slug, Membership.is_lead).join(Membership, Membership.team_id == Team.id)
        .where(Membership.person_id == person.id).order_by(func.lower(Team.name), Team.id)
    ).all()
    live, last = 0, None
    events: tuple[EventLine, ...] = ()
    if me.is_admin:
        live, last = session.execute(
            select(func.count().filter(SignIn.ended_at.is_(None)), func.max(SignIn.created_at)).where(SignIn.person_id == person.id)
        ).one()
        about = or_(Event.subject_id == person.id, (Event.thing == "person") & (Event.thing_id == str(person.id)))
        events = event_lines(session, session.scalars(visible(me, Event).where(about).order_by(Event.id.desc()).limit(EVENTS_SHOWN)).all())
    return PersonPage(
        admin_tabs(me, "People"), person, role_name(person.role_profile), _roles(person, [(row.name, row.is_lead) for row in places]),
        tuple((row.name, f"/teams/{row.slug}/people/", row.is_lead) for row in places), person.id == me.person_id, me.is_admin, live, last, events,
    )


@dataclass(frozen=True)
class AccountPage:
    """A person whose account is about to be changed."""

    tabs: Tabs
    person: Person


def account_page(session: Session, me: Me, *, person_id: int, now: datetime, for_admins: bool = True, fresh: bool = False) -> AccountPage:
    """Somebody else's account, for a form about it."""
    person = known_person(session, me, person_id)
    if person.id == me.person_id:
        raise Forbidden("Nobody changes their own account here. Use Settings, or ask another administrator.")
    if for_admins and not me.is_admin:
        raise Forbidden("This is for administrators.")
    if fresh:
        demand_fresh(session, me, now)
    return AccountPage(admin_tabs(me, "People"), person)


@dataclass(frozen=True)
class AddPage:
    """What a new account can be given."""

    tabs: Tabs
    teams: tuple[tuple[str, str], ...]
    profiles: tuple[tuple[str, str], ...]
    is_admin: bool


def add_page(session: Session, me: Me, *, now: datetime) -> AddPage:
    """Teams and role profiles to choose from. Giving roles asks for a fresh password, before anything is typed."""
    if me.is_admin:
        demand_fresh(session, me, now)
    rows = session.execute(_open_teams()).all()
    return AddPage(admin_tabs(me, "People"), (("", "no team yet"), *((slug, name) for slug, name in rows)), profiles(), me.is_admin)


def _open_teams() -> Select[str, str]:
    return select(Team.slug, Team.name).where(Team.archived_at.is_(None)).order_by(func.lower(Team.name), Team.id)


def profiles() -> tuple[tuple[str, str], ...]:
    """The role profiles one can work towards."""
    return (("", "not chosen yet"), *((role.id, role.name) for role in library().skills.roles.values()))
