"""Certificates: mine, and the public page that shows every fact of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, can, visible
from app.content import library
from app.errors import NotVisible, OutOfOrder
from app.models import CertificateRenewal, IssuedCertificate
from app.ui.filters import day
from app.ui.qr import QrCode, qr_code
from courses.badges import Proof
from courses.certificates import certificate_status
from courses.course_check import may_renew, renewal

CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
State = tuple[str, str, str]
WORDS: Mapping[str, State] = {"valid": ("Valid", "good", "tick"), "revoked": ("Withdrawn", "bad", "cross"), "expired": ("Run out", "care", "clock")}


@dataclass(frozen=True)
class HeldCertificate:
    """A certificate in my list."""

    course: str
    href: str
    issued_at: datetime
    expires_on: date | None
    state: State
    renew_href: str


@dataclass(frozen=True)
class Renewal:
    """When it was renewed, and until when it has held since."""

    on: date
    until: date


@dataclass(frozen=True)
class CertificatePage:
    """A certificate as anybody may check it; `may_take` and `note` are for its holder and those who may see it in lists."""

    proof: Proof
    address: str
    qr: QrCode
    state: State
    renewals: tuple[Renewal, ...]
    withdrawn_at: datetime | None
    reason: str
    note: str
    may_take: bool
    may_withdraw: bool
    is_own: bool
    renew_href: str

    @property
    def standing(self) -> str:
        """How it stands in one line: 'Valid until 2 November 2028'."""
        end = self.proof.valid_until
        return f"{self.state[0]}, without end date" if end is None else f"Valid until {day(end)}"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What page and PDF say, in this order, with words for each: (name, words)."""
        proof = self.proof
        end = day(proof.valid_until) if proof.valid_until else "No end date"
        found = [
            ("Completed", day(proof.completed_on)), ("Issued", day(proof.issued_at.date())), ("Valid until", end),
            *([("Renewed", "; ".join(f"{day(one.on)}, until {day(one.until)}" for one in self.renewals))] if self.renewals else []),
            ("Lessons passed", f"{len(proof.lessons)} of {len(proof.lessons)}: {'; '.join(proof.lessons)}"),
            *([("By test-out", by_test_words(proof))] if proof.by_test else []),
            ("Reading time", f"{proof.hours} hours"), *([("Competences", "; ".join(proof.competences))] if proof.competences else []),
            ("Issued by", proof.issuer), ("Course revision", str(proof.revision)), ("Number", proof.code),
        ]
        return tuple(found)


def by_test_words(proof: Proof) -> str:
    """Which lessons were passed by the check over the whole course, without reading them here."""
    which = "All lessons" if len(proof.by_test) == len(proof.lessons) else "; ".join(proof.by_test)
    return f"{which}, passed by one longer check over the course instead of lesson by lesson"


def my_certificates(session: Session, me: Me, today: date) -> tuple[HeldCertificate, ...]:
    """My certificates, the newest first."""
    rows = session.scalars(
        select(IssuedCertificate).where(IssuedCertificate.person_id == me.person_id).order_by(IssuedCertificate.id.desc())
    )
    return tuple(
        HeldCertificate(row.course_title, f"/certificates/{row.code}/", row.created_at, row.expires_on, state_of(row, today), _renew_href(row, today)) for row in rows
    )


def known_code(code: str) -> None:
    """Refuse what cannot be a code before it reaches the database."""
    if not CODE.fullmatch(code):
        raise NotVisible


def certificate_at(session: Session, code: str) -> IssuedCertificate:
    """The certificate with this code, as anybody who has the code may see it; NotVisible for one that never was."""
    known_code(code)
    row = session.scalars(select(IssuedCertificate).where(IssuedCertificate.code == code)).one_or_none()
    if row is None:
        raise NotVisible
    return row


def proof_of(row: IssuedCertificate) -> Proof:
    """What a certificate states: page, PDF and badge are made of this and nothing else."""
    return Proof(
        code=row.code, holder=row.holder, course_id=row.course_id, course=row.course_title, summary=row.facts["summary"], revision=row.revision,
        lessons=tuple(row.facts["lessons"]), by_test=tuple(row.facts.get("by_test", ())), hours=row.facts["hours"],
        competences=tuple(row.facts["competences"]), issuer=row.issuer, completed_on=date.fromisoformat(row.facts["completed_on"]),
        issued_at=row.created_at, valid_until=row.expires_on,
    )


def certificate_page(session: Session, asking: Me | None, code: str, base_url: str, today: date) -> CertificatePage:
    """The certificate with this code, also when it was withdrawn or has run out; NotVisible for a code that never was."""
    row = certificate_at(session, code)
    renewals = session.scalars(select(CertificateRenewal).where(CertificateRenewal.certificate_id == row.id).order_by(CertificateRenewal.id))
    may_take, is_own = _may_take(session, asking, row), asking is not None and asking.person_id == row.person_id
    address = f"{base_url}/certificates/{row.code}/"
    return CertificatePage(
        proof=proof_of(row), address=address, qr=qr_code(address), state=state_of(row, today),
        renewals=tuple(Renewal(one.renewed_on, one.valid_until) for one in renewals), withdrawn_at=row.revoked_at, reason=row.revoked_reason,
        note=row.revoked_note if may_take else "", may_take=may_take, is_own=is_own,
        may_withdraw=bool(asking and row.revoked_at is None and can(asking, "withdraw certificate", row)),
        renew_href=_renew_href(row, today) if is_own else "",
    )


def certificate_to_take(session: Session, me: Me, code: str, base_url: str, today: date) -> CertificatePage:
    """The certificate for a download: for its holder, the leads of the holder, PMO leads and administrators.

    Raises NotVisible for others, and OutOfOrder once it was withdrawn."""
    page = certificate_page(session, me, code, base_url, today)
    if not page.may_take:
        raise NotVisible
    if page.withdrawn_at is not None:
        raise OutOfOrder("This certificate was withdrawn. Its page says when and why; there is no document of it any more.")
    return page


def state_of(row: IssuedCertificate, today: date) -> State:
    """Valid, withdrawn or run out, as a tag."""
    return WORDS[certificate_status(row.expires_on, row.revoked_at.date() if row.revoked_at else None, today)]


def _renew_href(row: IssuedCertificate, today: date) -> str:
    """Where its holder renews it, once that is open; '' before, for one without end, and for a course that is not renewed any more."""
    catalogue = library().catalogue
    if row.revoked_at is not None or not may_renew(row.expires_on, today) or not catalogue.has_course(row.course_id):
        return ""
    course = catalogue.course(row.course_id)
    return f"/courses/{course.slug}/whole-check/" if renewal(course) else ""


def _may_take(session: Session, asking: Me | None, row: IssuedCertificate) -> bool:
    if asking is None or asking.person_id == row.person_id:
        return asking is not None
    seen = visible(asking, IssuedCertificate).where(IssuedCertificate.id == row.id).with_only_columns(IssuedCertificate.id)
    return session.scalar(seen) is not None
