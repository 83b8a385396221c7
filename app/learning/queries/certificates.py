"""Certificates: mine, and the public page that shows every fact of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible
from app.models import IssuedCertificate
from app.ui.qr import QrCode, qr_code
from courses.certificates import certificate_status

CODE = re.compile(r"[A-Za-z0-9_-]{1,60}")
WORDS = {"valid": ("Valid", "good", "tick"), "revoked": ("Withdrawn", "bad", "cross"), "expired": ("Run out", "care", "clock")}


@dataclass(frozen=True)
class HeldCertificate:
    """A certificate in my list."""

    course: str
    href: str
    issued_at: datetime
    state: tuple[str, str, str]


@dataclass(frozen=True)
class CertificatePage:
    """A certificate as anybody may check it."""

    holder: str
    course: str
    summary: str
    completed_on: date
    issued_at: datetime
    expires_on: date | None
    lessons: tuple[str, ...]
    hours: float
    competences: tuple[str, ...]
    issuer: str
    revision: int
    code: str
    address: str
    qr: QrCode
    state: tuple[str, str, str]
    withdrawn_at: datetime | None
    reason: str
    can_withdraw: bool


def my_certificates(session: Session, me: Me, today: date) -> tuple[HeldCertificate, ...]:
    """My certificates, the newest first."""
    rows = session.scalars(
        select(IssuedCertificate).where(IssuedCertificate.person_id == me.person_id).order_by(IssuedCertificate.id.desc())
    )
    return tuple(HeldCertificate(row.course_title, f"/certificates/{row.code}/", row.created_at, _state(row, today)) for row in rows)


def known_code(code: str) -> None:
    """Refuse what cannot be a code before it reaches the database."""
    if not CODE.fullmatch(code):
        raise NotVisible


def certificate_page(session: Session, asking: Me | None, code: str, base_url: str, today: date) -> CertificatePage:
    """The certificate with this code, also when it was withdrawn or has run out; NotVisible for a code that never was."""
    known_code(code)
    row = session.scalars(select(IssuedCertificate).where(IssuedCertificate.code == code)).one_or_none()
    if row is None:
        raise NotVisible
    address = f"{base_url}/certificates/{row.code}/"
    return CertificatePage(
        holder=row.holder, course=row.course_title, summary=row.facts["summary"], completed_on=date.fromisoformat(row.facts["completed_on"]),
        issued_at=row.created_at, expires_on=row.expires_on, lessons=tuple(row.facts["lessons"]), hours=row.facts["hours"],
        competences=tuple(row.facts["competences"]), issuer=row.issuer, revision=row.revision, code=row.code, address=address, qr=qr_code(address),
        state=_state(row, today), withdrawn_at=row.revoked_at, reason=row.revoked_reason,
        can_withdraw=bool(asking and asking.is_pmo_lead and asking.person_id != row.person_id and row.revoked_at is None),
    )


def _state(row: IssuedCertificate, today: date) -> tuple[str, str, str]:
    return WORDS[certificate_status(row.expires_on, row.revoked_at.date() if row.revoked_at else None, today)]
