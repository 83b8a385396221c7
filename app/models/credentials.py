"""What belongs to a certificate besides its issue: how it was renewed, and the checks over a whole course that renew it or stand for its lessons."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Editable, Record
from app.models.learning import Marks


class CertificateRenewal(Record):
    """A certificate holds longer: passed again on `renewed_on`, so its last day moved from `before` to `valid_until`."""

    __tablename__ = "certificate_renewal"
    __table_args__ = (UniqueConstraint("certificate_id", "valid_until"),)

    certificate_id: Mapped[int] = mapped_column(ForeignKey("issued_certificate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    renewed_on: Mapped[date]
    before: Mapped[date]
    valid_until: Mapped[date]


class CourseTry(Editable):
    """One try at the check over a whole course; `purpose` is test-out or renewal. Tries are numbered, so two at one moment are one."""

    __tablename__ = "course_try"
    __table_args__ = (UniqueConstraint("person_id", "course_id", "number"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[str]
    number: Mapped[int]
    purpose: Mapped[str]
    revision: Mapped[int]
    day: Mapped[date]
    seed: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[datetime | None]
    score: Mapped[float | None] = mapped_column(Marks)
    max_score: Mapped[int]
    passed: Mapped[bool | None]
    flagged: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    by_clock: Mapped[bool] = mapped_column(default=False, server_default=false())
