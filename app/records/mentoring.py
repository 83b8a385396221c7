"""What other pages show of my mentoring: sessions ahead, what I said I would do, who waits for my answer, what I work towards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, select
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, own_pairing, visible
from app.db import built_once
from app.models import FollowUp, Goal, Meeting, Pairing, Person

FREQUENT = 50


@dataclass(frozen=True)
class MentoringStep:
    """Something that is next for me, and where to go for it. `date` is None for a step without a day."""

    label: str
    href: str
    date: dt.date | None
    note: str = ""


@dataclass(frozen=True)
class LiveGoal:
    """An open goal of a running pairing: what should rise from one level to another, by when."""

    competence: str
    from_level: int
    to_level: int
    due_on: dt.date
    href: str


def partner_name(me: Me) -> ColumnElement[str]:
    """The name of the other one of a pairing of mine."""
    mentor, mentee = aliased(Person), aliased(Person)
    return case(
        (Pairing.mentor_id == me.person_id, select(mentee.name).where(mentee.id == Pairing.mentee_id).scalar_subquery()),
        else_=select(mentor.name).where(mentor.id == Pairing.mentor_id).scalar_subquery(),
    )


def next_sessions(session: Session, me: Me, today: dt.date) -> tuple[MentoringStep, ...]:
    """Planned sessions of my running pairings by date; one whose day has passed asks to be logged. One statement."""
    rows = db.rows(session, _sessions_ahead(me))
    return tuple(
        MentoringStep(
            label=f"Session with {row.partner}" if row.held_on >= today else f"Log or move the session with {row.partner}",
            href=f"/mentoring/pairings/{row.pairing_id}/sessions/{row.id}/",
            date=row.held_on,
            note=", ".join(part for part in (row.starts_at, f"{row.minutes} minutes", row.place, row.topic) if part),
        )
        for row in rows
    )


@built_once
def _sessions_ahead(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        visible(me, Meeting)
        .with_only_columns(Meeting.id, Meeting.pairing_id, Meeting.held_on, Meeting.starts_at, Meeting.minutes, Meeting.place, Meeting.topic, partner_name(me).label("partner"))
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .where(Meeting.state == "planned", Pairing.state == "active")
        .order_by(Meeting.held_on, Meeting.starts_at, Meeting.id)
        .limit(FREQUENT)
    )


def open_follow_ups(session: Session, me: Me) -> tuple[MentoringStep, ...]:
    """What I said I would do in my running pairings and have not ticked off: by date, those without one last. One statement."""
    rows = db.rows(session, _promised(me))
    return tuple(MentoringStep(row.text, f"/mentoring/pairings/{row.id}/", row.due_on, f"Agreed with {row.partner}") for row in rows)


@built_once
def _promised(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        _running(visible(me, FollowUp), FollowUp)
        .with_only_columns(FollowUp.text, FollowUp.due_on, Pairing.id, partner_name(me).label("partner"))
        .where(FollowUp.owner_id == me.person_id, FollowUp.done_at.is_(None))
        .order_by(FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.id)
        .limit(FREQUENT)
    )


def _running(statement: Select[Any], record: type[FollowUp]) -> Select[*tuple[Any, ...]]:
    return (
        statement.join(Meeting, Meeting.id == record.meeting_id)
        .join(Pairing, Pairing.id == Meeting.pairing_id)
        .where(Pairing.state == "active")
    )


def waiting_requests(session: Session, me: Me) -> tuple[MentoringStep, ...]:
    """People who wait for my answer as their mentor, the longest wait first. One statement.

    `date` is the day they asked, as the server's clock has it (UTC).
    """
    rows = db.rows(session, _asking(me))
    return tuple(
        MentoringStep(f"{row.name} asks you to mentor them", f"/mentoring/requests/{row.id}/", row.created_at.date(), "Waits for your answer") for row in rows
    )


@built_once
def _asking(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        visible(me, Pairing)
        .with_only_columns(Pairing.id, Pairing.created_at, Person.name)
        .join(Person, Person.id == Pairing.mentee_id)
        .where(Pairing.mentor_id == me.person_id, Pairing.state == "requested")
        .order_by(Pairing.created_at, Pairing.id)
        .limit(FREQUENT)
    )


def goals_by_competence(session: Session, me: Me, person_id: int) -> dict[str, tuple[LiveGoal, ...]]:
    """Open goals of a mentee's running pairings by competence, the earliest first; only those I am part of. One statement."""
    rows = session.execute(
        visible(me, Goal)
        .with_only_columns(Goal.competence_id, Goal.from_level, Goal.to_level, Goal.due_on, Goal.pairing_id)
        .join(Pairing, Pairing.id == Goal.pairing_id)
        .where(Pairing.mentee_id == person_id, Pairing.state == "active", Goal.state == "open", own_pairing(me))
        .order_by(Goal.due_on, Goal.id)
    ).all()
    found: dict[str, tuple[LiveGoal, ...]] = {}
    for row in rows:
        goal = LiveGoal(row.competence_id, row.from_level, row.to_level, row.due_on, f"/mentoring/pairings/{row.pairing_id}/")
        found[row.competence_id] = (*found.get(row.competence_id, ()), goal)
    return found
