"""When a course counts as completed, what its certificate states, and until when it holds."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from courses.errors import NotComplete
from courses.progress import CourseProgress

CertificateStatus = Literal["valid", "revoked", "expired"]


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate states about a course, as it was on the day of completion.

    `lessons` are titles in order, `hours` the reading time, `valid_until` the last valid day (None: no end).
    """

    course: str
    title: str
    summary: str
    revision: int
    lessons: tuple[str, ...]
    competences: tuple[str, ...]
    hours: float
    completed_on: date
    valid_until: date | None


def certificate_facts(progress: CourseProgress, months: int | None = None) -> CertificateFacts:
    """The facts of a certificate for a complete course, valid for `months` months or without end.

    Five lessons of 35, 30, 30, 25 and 30 minutes are 2.5 hours. Errors: NotComplete.
    """
    if progress.completed_on is None:
        raise NotComplete(f"{progress.course.title} is not complete yet: {'; '.join(progress.missing)}")
    course = progress.course
    return CertificateFacts(
        course=course.id,
        title=course.title,
        summary=course.summary,
        revision=course.revision,
        lessons=tuple(lesson.title for lesson in course.lessons),
        competences=tuple(dict.fromkeys(key for lesson in course.lessons for key in lesson.competences)),
        hours=hours(course.minutes),
        completed_on=progress.completed_on,
        valid_until=None if months is None else months_after(progress.completed_on, months),
    )


def certificate_status(valid_until: date | None, revoked_on: date | None, today: date) -> CertificateStatus:
    """Revoked before expired; a certificate is still valid on its last day."""
    if revoked_on is not None and revoked_on <= today:
        return "revoked"
    return "expired" if valid_until is not None and today > valid_until else "valid"


def hours(minutes: int) -> float:
    """Minutes as hours with one decimal, halves up: 150 gives 2.5, 165 gives 2.8."""
    return float((Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP))


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month: 31 January + 1 gives 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
