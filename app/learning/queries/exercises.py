"""The exercise of a course as its author sees it, as its reviewer sees it, and the list of those I review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, visible
from app.errors import NotVisible, OutOfOrder
from app.models import Attachment, HandedInExercise, Person
from app.records.attachments import Attached, as_shown
from app.records.exercises import course_title, exercise_address, who_may_review
from app.records.learning import studied
from app.ui.paging import Paging, paging
from courses.catalogue import Catalogue, Course
from courses.exercises import LEVEL_NAMES, Exercise, Reviewer
from courses.progress import course_progress

LOCKED = "This course waits for another one. Complete that first."
SENT = "Your exercise is with your reviewer, or accepted already. Open it to see how it stands."
STATES = {
    "waiting": ("Waits for the review", "now", "half"), "returned": ("Returned", "care", "warning"), "accepted": ("Accepted", "good", "tick"),
    "taken back": ("Taken back", "", ""),
}
REVIEWED = 20


@dataclass(frozen=True)
class Judged:
    """One criterion as a reviewer judged it: '2 Good enough', what that level says, and the remark."""

    name: str
    level: str
    says: str
    remark: str


@dataclass(frozen=True)
class Try:
    """An exercise as it was handed in once, with its review if there is one."""

    id: int
    number: int
    state: str
    tag: tuple[str, str, str]
    at: datetime
    author: str
    reviewer: str
    reviewer_id: int
    text: str
    files: tuple[Attached, ...]
    judged: tuple[Judged, ...]
    summary: str
    reviewed_at: datetime | None


@dataclass(frozen=True)
class ExercisePage:
    """The exercise of a course for its author. `tries` are newest first; `may_send` when a new one can be handed in."""

    course: Course
    exercise: Exercise
    address: str
    tries: tuple[Try, ...]
    may_send: bool
    is_locked: bool
    reviewers: tuple[Reviewer, ...]
    certificate: str

    @property
    def last(self) -> Try | None:
        """How it stands."""
        return self.tries[0] if self.tries else None


def exercise_of(course: Course) -> Exercise:
    """The exercise of a course, or NotVisible for one without."""
    if course.exercise is None:
        raise NotVisible
    return course.exercise


def exercise_page(session: Session, me: Me, catalogue: Catalogue, course: Course) -> ExercisePage:
    """What I have handed in for a course and what came of it; four statements."""
    exercise, mine = exercise_of(course), studied(session, me)
    tries = _tries(session, me, exercise, (HandedInExercise.person_id == me.person_id) & (HandedInExercise.course_id == course.id))
    is_locked = course_progress(catalogue, course.id, mine.facts).state == "locked"
    is_settled = any(one.state in ("waiting", "accepted") for one in tries)
    code = mine.certificates.get(course.id, "")
    return ExercisePage(
        course, exercise, exercise_address(course.id), tries, not is_locked and not is_settled, is_locked,
        () if is_locked or is_settled else who_may_review(session, me, course.id), f"/certificates/{code}/" if code else "",
    )


def page_to_send(session: Session, me: Me, catalogue: Catalogue, course: Course) -> ExercisePage:
    """The same page for somebody who hands in. OutOfOrder when nothing can be handed in now."""
    page = exercise_page(session, me, catalogue, course)
    if page.is_locked:
        raise OutOfOrder(LOCKED)
    if not page.may_send:
        raise OutOfOrder(SENT)
    if not page.reviewers:
        raise OutOfOrder("Nobody can review it yet. Find a mentor first, or ask the lead of your team.")
    return page


@dataclass(frozen=True)
class ReviewPage:
    """One exercise for the one who reviews it, with what was handed in before for the same eyes."""

    course: str
    exercise: Exercise
    now: Try
    before: tuple[Try, ...]
    address: str
    level_names: tuple[str, ...] = LEVEL_NAMES


def review_page(session: Session, me: Me, catalogue: Catalogue, exercise_id: int) -> ReviewPage:
    """An exercise somebody asked me to review; three statements. NotVisible for anybody else, the author included."""
    row = session.execute(
        visible(me, HandedInExercise).with_only_columns(HandedInExercise.course_id, HandedInExercise.person_id)
        .where(HandedInExercise.id == exercise_id, HandedInExercise.reviewer_id == me.person_id)
    ).one_or_none()
    if row is None or not catalogue.has_course(row.course_id):
        raise NotVisible
    exercise = exercise_of(catalogue.course(row.course_id))
    same = (HandedInExercise.course_id == row.course_id) & (HandedInExercise.person_id == row.person_id) & (HandedInExercise.reviewer_id == me.person_id)
    tries = _tries(session, me, exercise, same)
    now = next(one for one in tries if one.id == exercise_id)
    return ReviewPage(course_title(row.course_id), exercise, now, tuple(one for one in tries if one.number < now.number), f"/exercises/{exercise_id}/")


def _tries(session: Session, me: Me, exercise: Exercise, condition: object) -> tuple[Try, ...]:
    author, reviewer = aliased(Person), aliased(Person)
    rows = session.execute(
        visible(me, HandedInExercise).add_columns(author.name, reviewer.name)
        .join(author, author.id == HandedInExercise.person_id).join(reviewer, reviewer.id == HandedInExercise.reviewer_id)
        .where(condition).order_by(HandedInExercise.number.desc(), HandedInExercise.id.desc())  # type: ignore[arg-type]
    ).all()
    files: dict[int, list[Attached]] = {}
    hung = visible(me, Attachment).where(Attachment.exercise_id.in_([row[0].id for row in rows])).order_by(Attachment.id)
    for attachment in session.scalars(hung):
        files.setdefault(attachment.exercise_id or 0, []).append(as_shown(attachment))
    return tuple(
        Try(
            row.id, row.number, row.state, STATES[row.state], row.created_at, by, to, row.reviewer_id, row.text, tuple(files.get(row.id, ())),
            tuple(
                Judged(c.name, f"{level} {LEVEL_NAMES[level - 1]}", c.levels[level - 1], str(row.remarks.get(c.id, "")))
                for c in exercise.criteria if isinstance(level := row.levels.get(c.id), int) and 1 <= level <= len(c.levels)
            ),
            row.summary, row.reviewed_at,
        )
        for row, by, to in rows
    )


@dataclass(frozen=True)
class Asked:
    """A line of the list of those I review."""

    title: str
    author: str
    href: str
    tag: tuple[str, str, str]
    at: datetime


@dataclass(frozen=True)
class ReviewsPage:
    """What waits for my review, the oldest first, and what I have reviewed, the newest first."""

    waiting: tuple[Asked, ...]
    reviewed: tuple[Asked, ...]
    paging: Paging


def reviews_page(session: Session, me: Me, wanted: str) -> ReviewsPage:
    """The exercises people asked me to review; three statements."""
    mine = visible(me, HandedInExercise).where(HandedInExercise.reviewer_id == me.person_id, HandedInExercise.person_id != me.person_id)
    named = mine.join(Person, Person.id == HandedInExercise.person_id).add_columns(Person.name)
    done = HandedInExercise.state.in_(("accepted", "returned"))
    part = paging(wanted, session.scalar(select(func.count()).select_from(mine.where(done).subquery())) or 0, "/exercises/", size=REVIEWED)
    waiting = session.execute(named.where(HandedInExercise.state == "waiting").order_by(HandedInExercise.created_at, HandedInExercise.id)).all()
    reviewed = session.execute(
        named.where(done).order_by(HandedInExercise.reviewed_at.desc(), HandedInExercise.id.desc()).limit(part.size).offset(part.first_row)
    ).all()
    return ReviewsPage(tuple(_asked(*row) for row in waiting), tuple(_asked(*row) for row in reviewed), part)


def _asked(row: HandedInExercise, author: str) -> Asked:
    return Asked(course_title(row.course_id), author, f"/exercises/{row.id}/", STATES[row.state], row.reviewed_at or row.created_at)
