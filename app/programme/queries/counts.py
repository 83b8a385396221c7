"""How far learning and mentoring have come, in counts: courses and pairings, never single lessons or notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app import db
from app.content import library
from app.db import built_once
from app.models import Enrolment, Goal, IssuedCertificate, Meeting, MentorProfile, Pairing

RECENT = timedelta(days=30)


@dataclass(frozen=True)
class CourseCount:
    """How many people have started a course and how many hold a valid certificate of it."""

    title: str
    href: str
    started: int
    certified: int


@dataclass(frozen=True)
class Mentoring:
    """Counts over all pairings; sessions are those held in the last 30 days."""

    mentors: int
    active: int
    requested: int
    sessions: int
    goals_open: int
    goals_reached: int


@built_once
def _counts(today: date) -> CompoundSelect[*tuple[Any, ...]]:
    people = func.count(IssuedCertificate.person_id.distinct())
    valid = (IssuedCertificate.revoked_at.is_(None), or_(IssuedCertificate.expires_on.is_(None), IssuedCertificate.expires_on >= today))
    return union_all(
        select(literal("started"), Enrolment.course_id, func.count()).group_by(Enrolment.course_id),
        select(literal("certified"), IssuedCertificate.course_id, people).where(*valid).group_by(IssuedCertificate.course_id),
        select(literal("pairing"), Pairing.state, func.count()).group_by(Pairing.state),
        select(literal("goal"), Goal.state, func.count()).group_by(Goal.state),
        select(literal("mentor"), MentorProfile.state, func.count()).where(MentorProfile.approved_at.is_not(None)).group_by(MentorProfile.state),
        select(literal("session"), Meeting.state, func.count()).where(Meeting.held_on > today - RECENT, Meeting.held_on <= today).group_by(Meeting.state),
    )


def learning_and_mentoring(session: Session, today: date) -> tuple[tuple[CourseCount, ...], Mentoring]:
    """Counts by course in the order of the catalogue, and of mentoring; one statement."""
    rows = db.rows(session, _counts(today))
    told = {(kind, key): number for kind, key, number in rows}
    courses = tuple(
        CourseCount(course.title, f"/courses/{course.slug}/", told.get(("started", course.id), 0), told.get(("certified", course.id), 0))
        for course in library().catalogue.in_order()
    )
    return courses, Mentoring(
        mentors=told.get(("mentor", "published"), 0),
        active=told.get(("pairing", "active"), 0),
        requested=told.get(("pairing", "requested"), 0),
        sessions=told.get(("session", "held"), 0),
        goals_open=told.get(("goal", "open"), 0),
        goals_reached=told.get(("goal", "reached"), 0),
    )
