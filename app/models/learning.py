"""What people have read, tried and earned."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Dialect, Float, ForeignKey, TypeDecorator, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Editable, Record


class Marks(TypeDecorator[float]):
    """A number of marks: 4 as the whole number it is, 4.5 with its part."""

    impl = Float
    cache_ok = True

    def process_result_value(self, value: float | None, dialect: Dialect) -> float | None:
        return int(value) if value is not None and float(value).is_integer() else value


class Enrolment(Record):
    """A person has started a course."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("person_id", "course_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[str]


class LessonVisit(Record):
    """A person has opened a lesson; `heading` is where they last were, so that reading goes on there."""

    __tablename__ = "lesson_visit"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    last_at: Mapped[datetime]
    heading: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime | None]


class QuizAttempt(Editable):
    """One try at the check of a lesson. Two tries a day is a constraint, not a count: (person, lesson, day, try).

    `flagged` are the questions to look at again before handing in. `ends_at` is when its time is over, None without a limit;
    `by_clock`: it was handed in because of that."""

    __tablename__ = "quiz_attempt"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id", "day", "day_try"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    revision: Mapped[int]
    day: Mapped[date]
    day_try: Mapped[int]
    seed: Mapped[int]
    submitted_at: Mapped[datetime | None]
    score: Mapped[float | None] = mapped_column(Marks)
    max_score: Mapped[int]
    passed: Mapped[bool | None]
    flagged: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    by_clock: Mapped[bool] = mapped_column(default=False, server_default=false())

    answers: Mapped[list["AttemptAnswer"]] = relationship(order_by="AttemptAnswer.id", cascade="all, delete-orphan")


class AttemptAnswer(Record):
    """What was answered to one question of a try, and what it was worth once marked. `tried` are the answers checked on the way, in order."""

    __tablename__ = "attempt_answer"
    __table_args__ = (UniqueConstraint("attempt_id", "question_id"),)

    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempt.id"))
    question_id: Mapped[str]
    answer: Mapped[Any] = mapped_column(JSON)
    tried: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    mark: Mapped[float | None]
    saved_at: Mapped[datetime]


class ExtraTime(Record):
    """How much longer somebody has for checks with a time limit, as a PMO lead said it that day; the newest row counts.

    `percent` is what is added to the limit: 0 the usual time again, None no limit at all."""

    __tablename__ = "extra_time"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    percent: Mapped[int | None]
    given_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class IssuedCertificate(Record):
    """A certificate as it was issued: its facts do not change when the course or the person does.

    `revoked_reason` is for anybody who checks it; `revoked_note` for the holder and those who may withdraw."""

    __tablename__ = "issued_certificate"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "revision"),)

    code: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[str]
    revision: Mapped[int]
    holder: Mapped[str]
    course_title: Mapped[str]
    issuer: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    expires_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(default="")
    revoked_note: Mapped[str] = mapped_column(default="", server_default="")
