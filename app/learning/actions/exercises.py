"""Handing in an exercise, taking it back, and reviewing one: accept or return."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.errors import NotVisible, OutOfOrder, Refused
from app.learning.actions.certificates import issue_when_complete
from app.learning.letters import tell_author, tell_reviewer
from app.learning.queries.exercises import LOCKED, SENT, exercise_of
from app.models import Attachment, Event, HandedInExercise, Person
from app.records.attachments import Offered, attach
from app.records.exercises import who_may_review
from app.records.learning import facts
from app.uploads import Store
from courses.catalogue import Catalogue, Course
from courses.exercises import Review, review_problems
from courses.progress import course_progress

ANSWERED = "This exercise has been answered or taken back meanwhile. Reload the page to see how it stands."


def hand_in(session: Session, me: Me, store: Store, catalogue: Catalogue, course: Course, *, text: str, offered: Offered, reviewer_id: int, base_url: str) -> None:
    """Send my exercise to one reviewer. OutOfOrder while one waits or once one was accepted; Refused when there is nothing in it."""
    exercise_of(course)
    person: Person = fetch(session, me, Person, Person.id == me.person_id, lock=True)
    if course_progress(catalogue, course.id, facts(session, me.person_id)).state == "locked":
        raise OutOfOrder(LOCKED)
    mine = list(session.scalars(select(HandedInExercise).where(HandedInExercise.person_id == me.person_id, HandedInExercise.course_id == course.id)))
    if any(row.state in ("waiting", "accepted") for row in mine):
        raise OutOfOrder(SENT)
    if not text and not offered.file and not offered.link:
        raise Refused("Write your exercise here, or choose a file or a link", "text")
    if reviewer_id not in {one.person for one in who_may_review(session, me, course.id)}:
        raise Refused("Choose a reviewer from the list", "reviewer")
    row = HandedInExercise(
        person_id=me.person_id, course_id=course.id, number=max((one.number for one in mine), default=0) + 1, revision=course.revision,
        reviewer_id=reviewer_id, text=text,
    )
    session.add(row)
    session.flush()
    if offered.file or offered.link:
        attach(session, me, store, offered, to=Attachment.exercise_id, thing_id=row.id)
    tell_reviewer(session, row, session.get_one(Person, reviewer_id), person.name, base_url)
    _note(session, me, "handed in an exercise", row, reviewer_id)


def take_back(session: Session, me: Me, course: Course) -> None:
    """Take my waiting exercise back: the reviewer no longer sees it. OutOfOrder when none waits."""
    row = session.scalars(
        select(HandedInExercise)
        .where(HandedInExercise.person_id == me.person_id, HandedInExercise.course_id == course.id, HandedInExercise.state == "waiting").with_for_update()
    ).one_or_none()
    if row is None:
        raise OutOfOrder(ANSWERED)
    row.state = "taken back"
    _note(session, me, "took an exercise back", row, row.reviewer_id)


def review(session: Session, me: Me, catalogue: Catalogue, exercise_id: int, *, given: Review, now: datetime, base_url: str) -> bool:
    """Accept or return an exercise I was asked to review; whether it was accepted. The certificate follows when nothing else is missing.

    NotVisible for anybody else's, OutOfOrder once it is answered, Refused with the criterion that is not judged yet."""
    row: HandedInExercise = fetch(
        session, me, HandedInExercise, HandedInExercise.id == exercise_id, HandedInExercise.reviewer_id == me.person_id, lock=True
    )
    if row.state != "waiting":
        raise OutOfOrder(ANSWERED)
    if not catalogue.has_course(row.course_id):
        raise NotVisible
    for criterion, sentence in review_problems(exercise_of(catalogue.course(row.course_id)), given):
        raise Refused(sentence, f"level-{criterion}" if criterion else "summary")
    row.levels, row.remarks, row.summary = dict(given.levels), {c: words for c, words in given.remarks.items() if words}, given.summary
    row.state, row.reviewed_at = ("accepted" if given.accepts else "returned"), now
    session.flush()
    author = session.get_one(Person, row.person_id)
    tell_author(session, row, author, me.name, base_url)
    _note(session, me, f"{row.state} an exercise", row, author.id)
    if given.accepts:
        issue_when_complete(session, Me(author.id, author.name, author.email, author.time_zone), row.course_id)
    return given.accepts


def _note(session: Session, me: Me, what: str, row: HandedInExercise, subject_id: int) -> None:
    session.add(Event(person_id=me.person_id, subject_id=subject_id, what=what, thing="exercise", thing_id=str(row.id), detail={"course": row.course_id}))
    session.flush()
