"""Who is where with a course that was asked for: course level, no answer and no lesson by name (condition 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, can
from app.content import library
from app.learning.queries.assignments import assignment, for_whom, reached
from app.models import CourseAssignment, Membership, Person, Team
from app.records.learning import studied_by
from app.ui.csv import csv_text
from app.ui.filters import day
from app.ui.paging import Paging, paging
from courses.catalogue import Course
from courses.deadlines import STANDINGS, Standing, due_words, place_words, standing
from courses.progress import course_progress

TAGS: dict[Standing, tuple[str, str, str]] = {
    "complete": ("Complete", "good", "tick"), "overdue": ("Overdue", "care", "clock"), "started": ("Started", "now", "half"), "not started": ("Not started", "", "open"),
}
SORTS = (("name", "Name"), ("state", "State, overdue first"), ("least", "Least done first"))
SHOWS = (("", "Everybody"), *((state, TAGS[state][0]) for state in STANDINGS))
HEAD = ("Name", "Teams", "Course", "State", "Place", "Lessons passed", "Lessons", "Completed on", "Due on")


@dataclass(frozen=True)
class StandingRow:
    """One person and the course."""

    person_id: int
    name: str
    teams: str
    state: Standing
    words: str
    done: int
    of: int
    completed_on: date | None

    @property
    def tag(self) -> tuple[str, str, str]:
        """The state as a tag."""
        return TAGS[self.state]


@dataclass(frozen=True)
class StandingPage:
    """One assignment with everybody it reaches whom I lead."""

    id: int
    version: int
    course: Course
    for_whom: str
    asked: str
    why: str
    due_on: date
    words: str
    is_over: bool
    is_withdrawn: bool
    may_keep: bool
    counts: tuple[tuple[tuple[str, str, str], int], ...]
    rows: tuple[StandingRow, ...]
    show: str
    sort: str
    paging: Paging

    @property
    def href(self) -> str:
        """Where it is shown."""
        return f"/assignments/{self.id}/"


def standing_page(session: Session, me: Me, number: int, *, today: date, show: str = "", sort: str = "", wanted: str = "") -> StandingPage:
    """Who is where, sorted and filtered; three statements. Raises NotVisible."""
    one = assignment(session, me, number)
    course = library().catalogue.course(one.course_id)
    everybody = _rows(session, me, one, today)
    show = show if show in STANDINGS else ""
    sort = sort if sort in {value for value, _ in SORTS} else "name"
    fitting = sorted((row for row in everybody if show in ("", row.state)), key=lambda row: _key(row, sort))
    part = paging(wanted, len(fitting), f"/assignments/{number}/", {"show": show, "sort": sort})
    return StandingPage(
        one.id, one.version, course, for_whom(one), f"{f'by {one.assigned_by.name} ' if one.assigned_by else ''}on {day(one.created_at.date())}", one.why,
        one.due_on, due_words(one.due_on, today), one.due_on < today, one.withdrawn_at is not None, can(me, "keep assignment", one) and one.withdrawn_at is None,
        tuple((TAGS[state], sum(row.state == state for row in everybody)) for state in STANDINGS), tuple(fitting[part.rows]), show, sort, part,
    )


def _key(row: StandingRow, sort: str) -> tuple[object, ...]:
    first = {"state": STANDINGS.index(row.state), "least": row.done}.get(sort, 0)
    return (first, row.name.casefold(), row.person_id)


def _rows(session: Session, me: Me, one: CourseAssignment, today: date) -> list[StandingRow]:
    catalogue = library().catalogue
    course = catalogue.course(one.course_id)
    people: dict[int, tuple[str, list[str]]] = {}
    for person_id, name, team in session.execute(
        select(Person.id, Person.name, Team.name).outerjoin(Membership, Membership.person_id == Person.id)
        .outerjoin(Team, Team.id == Membership.team_id).where(reached(me, one)).order_by(Person.id, func.lower(Team.name))
    ):
        people.setdefault(person_id, (name, []))[1].extend([team] if team else [])
    done_by = studied_by(session, list(people), course)
    rows = []
    for person_id, (name, teams) in people.items():
        progress = course_progress(catalogue, course.id, done_by[person_id].facts)
        rows.append(StandingRow(
            person_id, name, ", ".join(teams), standing(progress, one.due_on, today), place_words(progress), progress.done, progress.of, progress.completed_on,
        ))
    return rows


def standing_csv(session: Session, me: Me, number: int, today: date) -> str:
    """Everybody it reaches whom I lead as CSV, by name. Raises NotVisible."""
    one = assignment(session, me, number)
    course = library().catalogue.course(one.course_id)
    rows = sorted(_rows(session, me, one, today), key=lambda row: _key(row, "name"))
    return csv_text(HEAD, [
        (
            row.name, row.teams, course.title, row.state, row.words, row.done, row.of, row.completed_on.isoformat() if row.completed_on else "",
            one.due_on.isoformat(),
        )
        for row in rows
    ])
