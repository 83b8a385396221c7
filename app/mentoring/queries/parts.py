"""Parts of a pairing on pages of their own: a session, a goal, the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session, aliased

from app.access import Me, fetch, own_pairing, visible
from app.content import library
from app.errors import NotVisible
from app.mentoring.queries.notes import FollowUpLine, Note, follow_ups_of, notes_of
from app.mentoring.queries.pairing import Together, competence_names, session_heading, together
from app.models import Goal, Meeting, Pairing, Person
from app.ui.filters import day


@dataclass(frozen=True)
class SessionPage:
    """One session of mine: what is planned, or what was noted."""

    id: int
    pairing: int
    title: str
    line: str
    first: str
    is_running: bool
    is_held: bool
    held_on: date
    starts_at: str
    minutes: int
    place: str
    topic: str
    version: int
    goal_choices: tuple[tuple[str, str], ...]
    open_steps: tuple[FollowUpLine, ...]
    theirs: tuple[Note, ...]
    shared: Note | None
    private: Note | None

    @property
    def pairing_href(self) -> str:
        """The address of the pairing."""
        return f"/mentoring/pairings/{self.pairing}/"

    @property
    def href(self) -> str:
        """The address of this page."""
        return f"{self.pairing_href}sessions/{self.id}/"


def session_page(session: Session, me: Me, pairing_id: int, meeting_id: int, today: date) -> SessionPage:
    """A session of a pairing of mine. Raises NotVisible, also when it belongs to another pairing. Six statements."""
    both = together(session, me, pairing_id)
    meeting: Meeting = fetch(session, me, Meeting, Meeting.id == meeting_id, Meeting.pairing_id == both.pairing.id)
    notes = notes_of(session, me, [meeting.id], both.first).get(meeting.id, ())
    return SessionPage(
        id=meeting.id, pairing=pairing_id, title=session_heading(meeting, today, me.time_zone),
        line=f"You and {both.partner}. About {competence_names(meeting.competences)}." if meeting.competences else f"You and {both.partner}.",
        first=both.first, is_running=both.pairing.state == "active", is_held=meeting.state == "held",
        held_on=meeting.held_on, starts_at=meeting.starts_at, minutes=meeting.minutes, place=meeting.place, topic=meeting.topic, version=meeting.version,
        goal_choices=goal_choices(session, me, pairing_id),
        open_steps=_open_steps(session, me, both) if meeting.state == "planned" else (),
        theirs=tuple(note for note in notes if note.kind == "shared" and not note.is_mine),
        shared=next((note for note in notes if note.kind == "shared" and note.is_mine), None),
        private=next((note for note in notes if note.kind == "private"), None),
    )


def goal_choices(session: Session, me: Me, pairing_id: int) -> tuple[tuple[str, str], ...]:
    """(id, name) of the competences of the open goals, for a form."""
    known = library().skills.competences
    ids = session.scalars(
        visible(me, Goal).with_only_columns(Goal.competence_id).where(Goal.pairing_id == pairing_id, Goal.state == "open").order_by(Goal.due_on, Goal.id)
    )
    return tuple((c, known[c].name) for c in ids if c in known)


def _open_steps(session: Session, me: Me, both: Together) -> tuple[FollowUpLine, ...]:
    ids = session.scalars(visible(me, Meeting).with_only_columns(Meeting.id).where(Meeting.pairing_id == both.pairing.id, Meeting.state == "held")).all()
    found = follow_ups_of(session, me, both, ids)
    return tuple(step for meeting_id in sorted(found) for step in found[meeting_id] if not step.is_done)


@dataclass(frozen=True)
class PlanPage:
    """Whom I plan a session with."""

    pairing: int
    first: str


def plan_page(session: Session, me: Me, pairing_id: int) -> PlanPage:
    """A running pairing to plan in. Raises NotVisible for everybody but the two."""
    return PlanPage(pairing_id, together(session, me, pairing_id).first)


@dataclass(frozen=True)
class GoalPage:
    """One open goal, to say how it ended."""

    pairing: int
    name: str
    text: str
    levels: str
    due: str
    version: int


def goal_page(session: Session, me: Me, pairing_id: int, goal_id: int) -> GoalPage:
    """A goal of a pairing of mine. Raises NotVisible."""
    goal: Goal = fetch(session, me, Goal, Goal.id == goal_id, Goal.pairing_id == pairing_id)
    known = library().skills.competences.get(goal.competence_id)
    return GoalPage(
        pairing_id, known.name if known else goal.competence_id, goal.text, f"From {goal.from_level} to {goal.to_level}", day(goal.due_on), goal.version
    )


@dataclass(frozen=True)
class EndPage:
    """What ending means, for one of the two or for a PMO lead."""

    title: str
    back: str
    is_mine: bool


def end_page(session: Session, me: Me, pairing_id: int) -> EndPage:
    """The question before an end: for the two and for PMO leads, who learn nothing but the names here. Raises NotVisible."""
    mine = [] if me.is_pmo_lead else [own_pairing(me)]
    mentor, mentee = aliased(Person), aliased(Person)
    row: Any = session.execute(
        visible(me, Pairing)
        .with_only_columns(mentor.name.label("mentor"), mentee.name.label("mentee"), Pairing.mentor_id, Pairing.mentee_id)
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(Pairing.id == pairing_id, Pairing.state == "active", *mine)
    ).one_or_none()
    if row is None:
        raise NotVisible
    if me.person_id in (row.mentor_id, row.mentee_id):
        other = row.mentee if me.person_id == row.mentor_id else row.mentor
        return EndPage(f"End the pairing with {other}?", f"/mentoring/pairings/{pairing_id}/", True)
    return EndPage(f"End the pairing of {row.mentee} and {row.mentor}?", "/mentoring/programme/", False)
