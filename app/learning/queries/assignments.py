"""Courses asked of people I lead: the list, the form, and one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from app.access import Me, assignments_led
from app.content import library
from app.errors import NotVisible
from app.models import CourseAssignment, IssuedCertificate, Membership, Person, Team
from app.ui.paging import Paging, paging
from courses.deadlines import due_words

EVERYBODY = "everybody"
AUDIENCE = re.compile(r"(team|person)-([1-9][0-9]{0,8})")
MOST_PEOPLE = 500


def read_audience(text: str) -> tuple[str, int]:
    """'team-3' -> ('team', 3), 'everybody' -> ('everybody', 0). Raises NotVisible for anything else."""
    found = AUDIENCE.fullmatch(text)
    if text != EVERYBODY and not found:
        raise NotVisible
    return (found[1], int(found[2])) if found else (EVERYBODY, 0)


def assignment(session: Session, me: Me, number: int, lock: bool = False) -> CourseAssignment:
    """One that reaches people I lead, with team, person and who asked. Raises NotVisible. One statement."""
    statement = (
        select(CourseAssignment).where(CourseAssignment.id == number, assignments_led(me))
        .options(joinedload(CourseAssignment.team), joinedload(CourseAssignment.assigned_by), joinedload(CourseAssignment.person).joinedload(Person.memberships))
    )
    if lock:
        statement = statement.with_for_update(of=CourseAssignment)
    found = session.scalars(statement).unique().one_or_none()
    if found is None or not library().catalogue.has_course(found.course_id):
        raise NotVisible
    return found


def for_whom(one: CourseAssignment) -> str:
    """A name, or 'everybody'."""
    return one.team.name if one.team else one.person.name if one.person else EVERYBODY


def reached(me: Me, one: CourseAssignment) -> ColumnElement[bool]:
    """The open accounts an assignment reaches, of those whose courses I may see at course level."""
    inside: ColumnElement[bool] = true()
    if one.team_id is not None:
        inside = Person.id.in_(select(Membership.person_id).where(Membership.team_id == one.team_id))
    elif one.person_id is not None:
        inside = Person.id == one.person_id
    led = true() if me.is_pmo_lead else Person.id.in_(select(Membership.person_id).where(Membership.team_id.in_(me.leads)))
    return inside & led & Person.disabled_at.is_(None)


@dataclass(frozen=True)
class AssignmentRow:
    """One assignment in the list: of how many it is asked, and how many have the certificate."""

    href: str
    course: str
    for_whom: str
    due_on: date
    words: str
    is_over: bool
    done: int
    of: int
    by: str


@dataclass(frozen=True)
class AssignmentsPage:
    """What stands, the day that comes first in front."""

    rows: tuple[AssignmentRow, ...]
    paging: Paging


def assignments_page(session: Session, me: Me, *, today: date, wanted: str) -> AssignmentsPage:
    """All that reach people I lead and stand; four statements."""
    standing = (
        select(CourseAssignment).outerjoin(Team, Team.id == CourseAssignment.team_id)
        .where(assignments_led(me), CourseAssignment.withdrawn_at.is_(None), Team.archived_at.is_(None), CourseAssignment.course_id.in_(written()))
    )
    part = paging(wanted, session.scalar(select(func.count()).select_from(standing.subquery())) or 0, "/assignments/")
    found = session.scalars(
        standing.options(joinedload(CourseAssignment.team), joinedload(CourseAssignment.person), joinedload(CourseAssignment.assigned_by))
        .order_by(CourseAssignment.due_on, CourseAssignment.id).limit(part.size).offset(part.first_row)
    ).all()
    members = _members(session, me)
    passed = _passed(session, {one.course_id for one in found})
    catalogue = library().catalogue
    rows = []
    for one in found:
        people = {p for p, teams in members.items() if (one.team_id in teams if one.team_id else one.person_id in (None, p))}
        rows.append(AssignmentRow(
            f"/assignments/{one.id}/", catalogue.course(one.course_id).title, for_whom(one), one.due_on, due_words(one.due_on, today), one.due_on < today,
            len(people & passed.get(one.course_id, set())), len(people), one.assigned_by.name if one.assigned_by else "",
        ))
    return AssignmentsPage(tuple(rows), part)


def written() -> tuple[str, ...]:
    """The ids of all courses that can be taken."""
    return tuple(course.id for course in library().catalogue.courses)


def _members(session: Session, me: Me) -> Mapping[int, set[int]]:
    """The people I lead, or everybody for a PMO lead, with their teams."""
    led = true() if me.is_pmo_lead else Membership.team_id.in_(me.leads)
    rows = session.execute(
        select(Person.id, Membership.team_id).outerjoin(Membership, Membership.person_id == Person.id).where(Person.disabled_at.is_(None), led)
    )
    found: dict[int, set[int]] = {}
    for person_id, team_id in rows:
        found.setdefault(person_id, set()).add(team_id or 0)
    return found


def _passed(session: Session, courses: set[str]) -> Mapping[str, set[int]]:
    rows = session.execute(
        select(IssuedCertificate.course_id, IssuedCertificate.person_id)
        .where(IssuedCertificate.course_id.in_(courses), IssuedCertificate.revoked_at.is_(None))
    )
    found: dict[str, set[int]] = {}
    for course, person_id in rows:
        found.setdefault(course, set()).add(person_id)
    return found


@dataclass(frozen=True)
class Offered:
    """What the form offers, as (value, words), and what it starts from."""

    courses: tuple[tuple[str, str], ...]
    audiences: tuple[tuple[str, str], ...]


def offered(session: Session, me: Me, also: str = "") -> Offered:
    """Courses in their order; teams and people I may ask. *also* is a person to offer although the list is long. Two statements."""
    led = true() if me.is_pmo_lead else Team.id.in_(me.leads)
    teams = session.execute(select(Team.id, Team.name).where(led, Team.archived_at.is_(None)).order_by(func.lower(Team.name), Team.id)).all()
    reach = true() if me.is_pmo_lead else Person.id.in_(select(Membership.person_id).where(Membership.team_id.in_(me.leads)))
    kind, number = read_audience(also) if also == EVERYBODY or AUDIENCE.fullmatch(also) else ("", 0)
    first = Person.id == (number if kind == "person" else 0)
    people = session.execute(
        select(Person.id, Person.name).where(or_(reach, first & reach), Person.disabled_at.is_(None))
        .order_by(first.desc(), func.lower(Person.name), Person.id).limit(MOST_PEOPLE)
    ).all()
    everybody = ((EVERYBODY, "Everybody"),) if me.is_pmo_lead else ()
    return Offered(
        tuple((course.id, course.title) for course in library().catalogue.in_order()),
        (*everybody, *((f"team-{team.id}", f"Everybody in {team.name}") for team in teams), *((f"person-{person.id}", person.name) for person in people)),
    )
