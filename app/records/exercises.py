"""Exercises handed in: what waits for me to review, what came back to me, and who may review whose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from app import db
from app.access import Me, visible
from app.content import library
from app.db import built_once
from app.models import HandedInExercise, IssuedCertificate, Membership, Pairing, Person
from courses.errors import NotInCatalogue
from courses.exercises import Reviewer, Why, reviewers


@dataclass(frozen=True)
class ExerciseStep:
    """Something to do about an exercise: review somebody's, or hand in one's own again."""

    kind: str
    title: str
    href: str
    text: str
    button: str
    at: datetime


def exercise_steps(session: Session, me: Me) -> tuple[ExerciseStep, ...]:
    """What waits for my review, the oldest first, then my own that came back; one statement."""
    steps = []
    for row in db.rows(session, _open(me)):
        title = course_title(row.course_id)
        if row.person_id == me.person_id:
            steps.append(ExerciseStep(f"Exercise, {title}", "Your exercise came back", exercise_address(row.course_id), "Read what has to change and hand it in again.", "Open", row.reviewed_at))
        else:
            steps.append(ExerciseStep(f"Exercise, {title}", f"Review the exercise of {row.name}", f"/exercises/{row.id}/", "They asked you; nobody else can read it.", "Review", row.created_at))
    return tuple(sorted(steps, key=lambda step: (step.button != "Review", step.at)))


@built_once
def _open(me: Me) -> Select[*tuple[Any, ...]]:
    newer = aliased(HandedInExercise)
    again = select(newer.id).where(
        newer.person_id == HandedInExercise.person_id, newer.course_id == HandedInExercise.course_id, newer.number > HandedInExercise.number
    ).exists()
    return (
        visible(me, HandedInExercise).join(Person, Person.id == HandedInExercise.person_id)
        .with_only_columns(
            HandedInExercise.id, HandedInExercise.person_id, HandedInExercise.course_id, HandedInExercise.created_at, HandedInExercise.reviewed_at, Person.name,
        )
        .where(or_(
            and_(HandedInExercise.reviewer_id == me.person_id, HandedInExercise.state == "waiting"),
            and_(HandedInExercise.person_id == me.person_id, HandedInExercise.state == "returned", ~again),
        ))
        .order_by(HandedInExercise.created_at, HandedInExercise.id)
        .limit(20)
    )


def course_title(course_id: str) -> str:
    """The title of a course, its id when it has gone from the content."""
    try:
        return library().catalogue.title_of(course_id)
    except NotInCatalogue:
        return course_id


def exercise_address(course_id: str) -> str:
    """Where the author of an exercise works on it; the catalogue when the course has gone."""
    catalogue = library().catalogue
    return f"/courses/{catalogue.course(course_id).slug}/exercise/" if catalogue.has_course(course_id) else "/courses/"


def who_may_review(session: Session, me: Me, course_id: str) -> tuple[Reviewer, ...]:
    """Who I may ask to review my exercise of a course, with the reason; one statement. Closed accounts are not asked."""
    open_account = Person.disabled_at.is_(None)
    in_my_teams = Membership.team_id.in_(me.teams)
    passed = select(HandedInExercise.person_id).where(HandedInExercise.course_id == course_id, HandedInExercise.state == "accepted").union(
        select(IssuedCertificate.person_id).where(IssuedCertificate.course_id == course_id, IssuedCertificate.revoked_at.is_(None))
    )
    parts = (
        select(Person.id, Person.name, literal("your mentor")).join(Pairing, Pairing.mentor_id == Person.id)
        .where(Pairing.mentee_id == me.person_id, Pairing.state == "active", open_account),
        select(Person.id, Person.name, literal("leads your team")).join(Membership, Membership.person_id == Person.id)
        .where(in_my_teams, Membership.is_lead, open_account),
        select(Person.id, Person.name, literal("has passed it")).join(Membership, Membership.person_id == Person.id)
        .where(in_my_teams, Person.id.in_(passed), open_account),
        select(Person.id, Person.name, literal("PMO lead")).where(Person.is_pmo_lead, open_account),
    )
    return reviewers(me.person_id, [Reviewer(person, name, cast(Why, why)) for person, name, why in session.execute(union_all(*parts))])
