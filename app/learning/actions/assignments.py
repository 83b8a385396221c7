"""Asking people to complete a course by a day, changing that, and taking it back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me, can, demand, fetch
from app.content import library
from app.errors import NotVisible, OutOfOrder, Refused
from app.learning.queries.assignments import EVERYBODY, assignment, for_whom, read_audience
from app.models import CourseAssignment, Event, Person, Team
from app.records.accounts import demand_fresh
from app.records.editing import demand_version
from app.records.learning import studied_by
from app.ui.filters import day
from courses.catalogue import Course
from courses.progress import course_progress

WHO = "A course is assigned by the lead of the team or a PMO lead."
WHO_KEEPS = "What a PMO lead asked for is changed by PMO leads, everything else by the lead of the team too."
PAST = "Choose today or a later day"
GONE = "This was taken back before."


def assign_course(session: Session, me: Me, *, course_id: str, audience: str, due_on: date, why: str, today: date) -> int:
    """Ask *audience* ('everybody', 'team-3', 'person-17') to complete a course by a day. The number of the assignment.

    Raises Refused for a day that is over, for a course asked of them already, and for somebody who has completed it."""
    course = library().catalogue.course(course_id)
    if due_on < today:
        raise Refused(PAST, "due_on")
    team, person = _reached(session, me, audience)
    if person is not None and course_progress(library().catalogue, course_id, studied_by(session, [person.id], course)[person.id].facts).complete:
        raise Refused(f"{person.name} has completed this course", "audience")
    made = CourseAssignment(
        course_id=course_id, team_id=team.id if team else None, person_id=person.id if person else None, due_on=due_on, why=why,
        assigned_by_id=me.person_id, by_office=me.is_pmo_lead and not _leads(me, team, person),
    )
    _refuse_twice(session, made)
    session.add(made)
    try:
        session.flush()
    except IntegrityError as fault:
        raise Refused("Somebody else has just asked for this course. Reload the page to see by when", "audience") from fault
    _note(session, me, "assigned a course", made, course, due=due_on.isoformat(), why=why)
    return made.id


def _reached(session: Session, me: Me, audience: str) -> tuple[Team | None, Person | None]:
    kind, number = read_audience(audience)
    if kind == EVERYBODY:
        demand(me, "assign course to everybody", None, WHO)
        return None, None
    if kind == "team":
        team: Team = fetch(session, me, Team, Team.id == number, Team.archived_at.is_(None))
        demand(me, "assign course to team", team, WHO)
        return team, None
    person: Person = fetch(session, me, Person, Person.id == number, Person.disabled_at.is_(None))
    if not can(me, "assign course to person", person):
        raise NotVisible
    return None, person


def _leads(me: Me, team: Team | None, person: Person | None) -> bool:
    return (team is not None and me.leads_team(team.id)) or (person is not None and any(m.team_id in me.leads for m in person.memberships))


def _refuse_twice(session: Session, made: CourseAssignment) -> None:
    standing = session.scalar(select(CourseAssignment.due_on).where(
        CourseAssignment.course_id == made.course_id, CourseAssignment.withdrawn_at.is_(None), CourseAssignment.team_id.is_not_distinct_from(made.team_id),
        CourseAssignment.person_id.is_not_distinct_from(made.person_id),
    ))
    if standing:
        raise Refused(f"This course is asked of them already, by {day(standing)}. Open it in the list to change the day", "audience")


def change_assignment(session: Session, me: Me, number: int, *, version: int | None, due_on: date, why: str, today: date) -> None:
    """Another day or reason. A day that stands may stay although it is over; a new one lies ahead."""
    one = _to_keep(session, me, number)
    demand_version(one, version, {"due_on": ("Complete by", due_on), "why": ("Why", why)}, f"/assignments/{number}/")
    if due_on != one.due_on and due_on < today:
        raise Refused(PAST, "due_on")
    if (one.due_on, one.why) != (due_on, why):
        before, one.due_on, one.why = one.due_on, due_on, why
        _note(session, me, "changed what was asked", one, library().catalogue.course(one.course_id), before=before.isoformat(), due=due_on.isoformat(), why=why)


def withdraw_assignment(session: Session, me: Me, number: int, *, now: datetime) -> None:
    """Ask for it no longer. What people have learned stays theirs."""
    one = _to_keep(session, me, number)
    one.withdrawn_at = now
    _note(session, me, "took a course assignment back", one, library().catalogue.course(one.course_id))


def take_out(session: Session, me: Me, number: int, *, text: str, now: datetime) -> str:
    """The table leaves the site: that is written down, and the password must be fresh."""
    demand_fresh(session, me, now)
    one = assignment(session, me, number)
    _note(session, me, "exported who has completed a course", one, library().catalogue.course(one.course_id))
    return text


def _to_keep(session: Session, me: Me, number: int) -> CourseAssignment:
    one = assignment(session, me, number, lock=True)
    demand(me, "keep assignment", one, WHO_KEEPS)
    if one.withdrawn_at is not None:
        raise OutOfOrder(GONE)
    return one


def _note(session: Session, me: Me, what: str, one: CourseAssignment, course: Course, **more: str) -> None:
    detail = {"assignment": course.title, "of": for_whom(one), **{name: value for name, value in more.items() if value}}
    session.add(Event(person_id=me.person_id, subject_id=one.person_id, what=what, thing="assignment", thing_id=str(one.id), detail=detail))
    session.flush()
