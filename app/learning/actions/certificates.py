"""Certificates: issued by rule when a course is complete, withdrawn with a reason."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.content import library
from app.errors import OutOfOrder
from app.models import Event, IssuedCertificate, Organisation
from app.records.learning import facts
from courses.certificates import WITHDRAWN_WORDS, certificate_facts
from courses.progress import course_progress


def issue_when_complete(session: Session, me: Me, course_id: str) -> str | None:
    """Issue my certificate of a course I have completed at its present revision, once; its code, or None when something is missing."""
    progress = course_progress(library().catalogue, course_id, facts(session, me.person_id))
    if not progress.complete:
        return None
    stated = certificate_facts(progress)
    held = session.scalars(
        select(IssuedCertificate.code).where(
            IssuedCertificate.person_id == me.person_id, IssuedCertificate.course_id == course_id, IssuedCertificate.revision == stated.revision
        )
    ).first()
    if held:
        return held
    names = library().skills.competences
    certificate = IssuedCertificate(
        code=secrets.token_urlsafe(16), person_id=me.person_id, course_id=course_id, revision=stated.revision, holder=me.name,
        course_title=stated.title, issuer=session.scalars(select(Organisation.name)).first() or "Cairn", expires_on=stated.valid_until,
        facts={
            "summary": stated.summary, "lessons": list(stated.lessons), "hours": stated.hours, "completed_on": stated.completed_on.isoformat(),
            "by_test": list(stated.by_test),
            "competences": [names[key].name for key in stated.competences if key in names],
        },
    )
    session.add(certificate)
    session.flush()
    session.add(Event(person_id=me.person_id, what="earned a certificate", thing="certificate", thing_id=course_id))
    return certificate.code


def withdraw(session: Session, me: Me, code: str, *, why: str, note: str, now: datetime) -> None:
    """Withdraw a certificate: *why* chooses the words anybody who checks it reads, *note* says what happened to those it concerns.

    PMO leads and administrators may, and not for an own one."""
    certificate: IssuedCertificate = fetch(session, me, IssuedCertificate, IssuedCertificate.code == code, lock=True)
    demand(me, "withdraw certificate", certificate, "A certificate is withdrawn by a PMO lead or administrator who does not hold it.")
    if certificate.revoked_at is not None:
        raise OutOfOrder("This certificate was withdrawn before.")
    certificate.revoked_at, certificate.revoked_reason, certificate.revoked_note = now, WITHDRAWN_WORDS[why], note
    detail = {"reason": note, "told to others": WITHDRAWN_WORDS[why]}
    session.add(Event(person_id=me.person_id, subject_id=certificate.person_id, what="withdrew a certificate", thing="certificate", thing_id=certificate.course_id, detail=detail))
    session.flush()
