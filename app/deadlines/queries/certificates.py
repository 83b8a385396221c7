"""Certificates of one person that have an end ahead, and what goes on them then: those of courses here, and those from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from app.access import Me, visible
from app.content import library
from app.models import IssuedCertificate, OutsideCertificate
from courses.course_check import renewal


@dataclass(frozen=True)
class Ending:
    """A certificate whose last day is *ends_on*, what renews it in words, and where. `key` stays the same over renewals."""

    key: str
    title: str
    ends_on: date
    renewal: str
    href: str


def endings(session: Session, me: Me, today: date) -> Iterator[Ending]:
    """My certificates that still hold and have an end; two statements.

    One that a certificate of a later revision outlives is left out, as is one that was withdrawn, and one from elsewhere
    that nobody approved: it counts for nothing, so nothing ends with it."""
    later = aliased(IssuedCertificate)
    outlived = select(later.id).where(
        later.person_id == IssuedCertificate.person_id, later.course_id == IssuedCertificate.course_id, later.revoked_at.is_(None),
        or_(later.expires_on.is_(None), later.expires_on > IssuedCertificate.expires_on),
    )
    for row in session.scalars(
        visible(me, IssuedCertificate)
        .where(
            IssuedCertificate.person_id == me.person_id, IssuedCertificate.revoked_at.is_(None), IssuedCertificate.expires_on >= today, ~outlived.exists(),
        )
        .order_by(IssuedCertificate.expires_on, IssuedCertificate.id)
    ):
        assert row.expires_on is not None
        words, href = _renewal_here(row.course_id)
        yield Ending(str(row.id), row.course_title, row.expires_on, words, href or f"/certificates/{row.code}/")
    for own in session.scalars(
        visible(me, OutsideCertificate)
        .where(OutsideCertificate.person_id == me.person_id, OutsideCertificate.state == "approved", OutsideCertificate.expires_on >= today)
        .order_by(OutsideCertificate.expires_on, OutsideCertificate.id)
    ):
        assert own.expires_on is not None
        words = f"Ask {own.issuer} what a renewal needs, and record the new certificate here"
        yield Ending(f"outside-{own.id}", own.title, own.expires_on, words, f"/skills/certificates/{own.id}/")


def _renewal_here(course_id: str) -> tuple[str, str]:
    """(what renews it, where); without an address where the course is not renewed any more."""
    catalogue = library().catalogue
    course = catalogue.course(course_id) if catalogue.has_course(course_id) else None
    check = renewal(course) if course else None
    if course is None or check is None:
        return "The course is not renewed here any more. The certificate's page stays, and will say that it ran out", ""
    return (
        f"One check over the whole course renews it: {check.pass_mark} of {check.questions} questions right, one try every {check.every_days} days. "
        "Being early costs no day", f"/courses/{course.slug}/whole-check/",
    )
