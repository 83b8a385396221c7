"""Whose skills a page is about, and what the person asking is to them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.access import Me, skills_seen, with_account
from app.content import library
from app.errors import Forbidden, NotVisible
from app.models import Membership, Person, Team
from app.records.skills import role_words
from assessments.skills import RoleProfile

NOT_OWN = "Nobody assesses their own skills. The lead of your team or the PMO lead does it."
NOT_MENTOR = "The lead of the team or the PMO lead assesses skills. As a mentor you can see them and talk about them."


@dataclass(frozen=True)
class Subject:
    """Somebody whose skills I may read. `rates`: I may assess them; `led`: name and skills page of their teams that I lead."""

    id: int
    name: str
    role: RoleProfile | None
    shares_progress: bool
    teams: tuple[str, ...]
    is_own: bool
    rates: bool
    led: tuple[tuple[str, str], ...]

    @property
    def role_words(self) -> str:
        """The role as it stands inside a sentence."""
        return role_words(self.role)

    @property
    def is_read_by_mentor(self) -> bool:
        """I read this page only as a mentor, who sees courses but not single lessons (condition 7)."""
        return not self.is_own and not self.rates


def subject(session: Session, me: Me, person_id: int) -> Subject:
    """The person, if I may read their skills; one statement. Raises NotVisible."""
    rows = session.execute(
        select(Person.id, Person.name, Person.role_profile, Person.shares_progress, Team.id.label("team_id"), Team.name.label("team"), Team.slug)
        .outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Team, Team.id == Membership.team_id)
        .where(Person.id == person_id, skills_seen(me, Person.id), with_account())
        .order_by(func.lower(Team.name))
    ).all()
    if not rows:
        raise NotVisible
    first, is_own = rows[0], person_id == me.person_id
    led = tuple((row.team, f"/skills/team/{row.slug}/") for row in rows if row.team_id in me.leads)
    return Subject(
        id=person_id, name=first.name, role=library().skills.roles.get(first.role_profile or ""),
        shares_progress=first.shares_progress, teams=tuple(row.team for row in rows if row.team),
        is_own=is_own, rates=not is_own and (me.is_pmo_lead or bool(led)), led=led,
    )


def to_assess(session: Session, me: Me, person_id: int) -> Subject:
    """The person I am about to assess. Raises Forbidden for oneself and for a mentor, NotVisible for others."""
    found = subject(session, me, person_id)
    if not found.rates:
        raise Forbidden(NOT_OWN if found.is_own else NOT_MENTOR)
    return found


@dataclass(frozen=True)
class RolePage:
    """Somebody's role and the roles there are: (id, name, duty)."""

    person_id: int
    name: str
    role: str
    version: int
    roles: tuple[tuple[str, str, str], ...]
    back: str


NOT_OWN_ROLE = "Nobody sets their own role. Ask your lead, the PMO lead or an administrator."


def role_page(session: Session, me: Me, person_id: int) -> RolePage:
    """The page on which a lead, the PMO lead or an administrator says which role somebody is measured against."""
    led = exists().where(Membership.person_id == Person.id, Membership.team_id.in_(me.leads))
    row = session.execute(
        select(Person.id, Person.name, Person.role_profile, Person.version, led.label("led")).where(Person.id == person_id, with_account())
    ).one_or_none()
    if row is None or not (row.led or me.is_pmo_lead or me.is_admin or person_id == me.person_id):
        raise NotVisible
    if person_id == me.person_id:
        raise Forbidden(NOT_OWN_ROLE)
    return RolePage(
        row.id, row.name, row.role_profile or "", row.version,
        tuple((role.id, role.name, role.duty) for role in library().skills.roles.values()),
        f"/skills/{row.id}/" if row.led or me.is_pmo_lead else "/admin/people/",
    )
