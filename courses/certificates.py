"""When a course counts as completed, what its certificate states, and until when it holds."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from courses.dates import months_after
from courses.errors import NotComplete
from courses.progress import CourseProgress

CertificateStatus = Literal["valid", "revoked", "expired"]


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate states about a course, as it was on the day of completion.

    `lessons` are titles in order, `by_test` those passed by test-out, `hours` the reading time, `valid_until` the last valid
    day (None: no end).
    """

    course: str
    title: str
    summary: str
    revision: int
    lessons: tuple[str, ...]
    by_test: tuple[str, ...]
    competences: tuple[str, ...]
    hours: float
    completed_on: date
    valid_until: date | None


def certificate_facts(progress: CourseProgress) -> CertificateFacts:
    """The facts of a certificate for a complete course, valid for the months the course states or without end.

    Five lessons of 35, 30, 30, 25 and 30 minutes are 2.5 hours. Errors: NotComplete.
    """
    if progress.completed_on is None:
        raise NotComplete(f"{progress.course.title} is not complete yet: {'; '.join(progress.missing)}")
    course, months = progress.course, progress.course.valid_months
    return CertificateFacts(
        course=course.id,
        title=course.title,
        summary=course.summary,
        revision=course.revision,
        lessons=tuple(lesson.title for lesson in course.lessons),
        by_test=tuple(one.lesson.title for one in progress.lessons if one.by_test),
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


# What anybody who checks a withdrawn certificate reads: nothing about a person beyond that it no longer holds.
WITHDRAWN_WORDS = {
    "mistake": "It was issued by mistake.",
    "answers": "Its checks were not passed in the way the rules ask.",
    "holder": "Its holder asked for it.",
    "course": "The course no longer stands for what it certified.",
}
