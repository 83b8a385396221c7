"""What people add to a thing: a file they hand over or a link they give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Editable, Record

HANGERS = ("invitation_id", "round_id", "planned_action_id", "exercise_id", "outside_certificate_id")
HANGS_ON_ONE = " + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in HANGERS) + " = 1"
WAITS = text("state = 'waiting'")


class Attachment(Record):
    """A file or a link that hangs on exactly one thing and goes with it.

    `key` is the random name of the file in the file store and None for a link; `name` is what its owner calls it, `size`
    its bytes. Evidence of an answer hangs on an invitation, that of an agreed level on a round, both with an item.
    `team_id` is the team whose room the file takes."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(HANGS_ON_ONE, name="hangs_on_one"),
        CheckConstraint("(key IS NULL) <> (link = '')", name="file_or_link"),
        *(Index(None, name) for name in HANGERS),
        Index(None, "person_id"),
        Index(None, "team_id"),
    )

    key: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    item_id: Mapped[str] = mapped_column(default="")
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"))
    round_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_round.id", ondelete="CASCADE"))
    planned_action_id: Mapped[int | None] = mapped_column(ForeignKey("planned_action.id", ondelete="CASCADE"))
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("handed_in_exercise.id", ondelete="CASCADE"))
    outside_certificate_id: Mapped[int | None] = mapped_column(ForeignKey("outside_certificate.id", ondelete="CASCADE"))


class HandedInExercise(Editable):
    """The exercise of a course as somebody handed it in, for one reviewer. state: waiting, returned, accepted, taken back.

    `levels` and `remarks` are the review by criterion, `summary` what the reviewer says of the whole. Each time it is
    handed in there is a new row with the next `number`; at most one waits."""

    __tablename__ = "handed_in_exercise"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "number"),
        Index("one_waiting_exercise", "person_id", "course_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
        Index(None, "reviewer_id", "state"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[str]
    number: Mapped[int]
    revision: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="waiting")
    levels: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    remarks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    summary: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None]


class OutsideCertificate(Editable):
    """A certificate somebody earned elsewhere, approved or declined by somebody else. state: waiting, approved, declined."""

    __tablename__ = "outside_certificate"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    competences: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default="waiting")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
