"""Certificates earned elsewhere: recording, deciding, removing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.errors import OutOfOrder, Refused
from app.mail import post
from app.models import Attachment, Event, OutsideCertificate, Person
from app.records.attachments import Offered, attach, detach
from app.skills.queries.outside import WHO_DECIDES
from app.uploads import Store

MOST_COMPETENCES = 5
SIGN = "\n\nCairn\n"


def record_certificate(
    session: Session, me: Me, store: Store, *, title: str, issuer: str, issued_on: date, expires_on: date | None, competences: Collection[str],
    offered: Offered, today: date,
) -> int:
    """Record a certificate of my own, with a file or link that shows it; it waits for a decision. Raises Refused."""
    if issued_on > today:
        raise Refused("Enter the day it was issued; that cannot be ahead", "issued_on")
    if expires_on is not None and expires_on <= issued_on:
        raise Refused("Enter a day after the day it was issued, or leave it empty", "expires_on")
    if not 0 < len(competences) <= MOST_COMPETENCES:
        raise Refused(f"Choose one to {MOST_COMPETENCES} competences it shows", "competences")
    row = OutsideCertificate(
        person_id=me.person_id, title=title, issuer=issuer, issued_on=issued_on, expires_on=expires_on, competences=sorted(competences),
    )
    session.add(row)
    session.flush()
    attach(session, me, store, offered, to=Attachment.outside_certificate_id, thing_id=row.id)
    session.add(Event(person_id=me.person_id, what="recorded a certificate from elsewhere", thing="outside certificate", thing_id=str(row.id), detail={"title": title}))
    return row.id


def decide_certificate(session: Session, me: Me, certificate_id: int, *, approves: bool, reason: str, now: datetime, base_url: str) -> None:
    """Approve or decline a certificate of somebody I lead, or of anybody else as PMO lead; declining takes a reason.

    NotVisible, Forbidden for an own one and for mentors, OutOfOrder once it is decided."""
    row: OutsideCertificate = fetch(session, me, OutsideCertificate, OutsideCertificate.id == certificate_id, lock=True)
    person: Person = fetch(session, me, Person, Person.id == row.person_id)
    demand(me, "assess skills", person, WHO_DECIDES)
    if row.state != "waiting":
        raise OutOfOrder("This certificate has been decided already. Reload the page to see how.")
    if not approves and not reason:
        raise Refused("Say why it is declined; the person reads it", "reason")
    row.state, row.reason, row.decided_by_id, row.decided_at = ("approved" if approves else "declined"), reason, me.person_id, now
    session.flush()
    session.add(Event(
        person_id=me.person_id, subject_id=person.id, what=f"{row.state} a certificate from elsewhere", thing="outside certificate", thing_id=str(row.id),
        detail={"title": row.title, "reason": reason},
    ))
    post(
        session, to=person.email, person_id=person.id, subject=f"Your certificate “{row.title}” was {row.state}",
        text=f"Hello {person.name},\n\n{me.name} has {row.state} your certificate “{row.title}”.{f' The reason: {reason}' if reason else ''}\n\n"
        f"{base_url}/skills/certificates/{row.id}/{SIGN}",
    )


def remove_certificate(session: Session, me: Me, store: Store, certificate_id: int) -> None:
    """Remove a certificate of my own with its file; what it showed no longer counts. NotVisible for anybody else's."""
    row: OutsideCertificate = fetch(
        session, me, OutsideCertificate, OutsideCertificate.id == certificate_id, OutsideCertificate.person_id == me.person_id, lock=True
    )
    detach(session, store, session.scalars(select(Attachment).where(Attachment.outside_certificate_id == row.id)).all())
    session.delete(row)
    session.add(Event(person_id=me.person_id, what="removed a certificate from elsewhere", thing="outside certificate", thing_id=str(certificate_id), detail={"title": row.title}))
