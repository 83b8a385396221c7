"""Certificates earned elsewhere: mine, those that wait for my decision, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session, aliased

from app.access import Me, can, visible
from app.content import library
from app.errors import NotVisible
from app.models import Attachment, OutsideCertificate, Person
from app.records.attachments import Attached, attached
from app.records.outside import to_decide
from app.ui.filters import day, joined
from app.ui.paging import Paging, paging

WHO_DECIDES = "The lead of the team or a PMO lead decides about a certificate, and never about an own one."
STATES = {"waiting": ("Waits for approval", "now", "half"), "approved": ("Approved", "good", "tick"), "declined": ("Declined", "care", "warning")}
WAITING = 20


@dataclass(frozen=True)
class Certificate:
    """One certificate in words. `valid` says until when, and whether it has expired."""

    id: int
    holder: str
    title: str
    issuer: str
    issued_on: date
    valid: str
    tag: tuple[str, str, str]
    shows: str
    state: str
    decision: str
    reason: str

    @property
    def href(self) -> str:
        """Its page."""
        return f"/skills/certificates/{self.id}/"


@dataclass(frozen=True)
class OutsidePage:
    """My certificates from elsewhere, and those of others that wait for me, the oldest first."""

    mine: tuple[Certificate, ...]
    waiting: tuple[Certificate, ...]
    paging: Paging
    choices: list[tuple[str, str]]
    decides: bool


def outside_page(session: Session, me: Me, today: date, wanted: str = "") -> OutsidePage:
    """The list; three statements, one for people who decide about nobody."""
    mine = session.execute(
        visible(me, OutsideCertificate).join(Person, Person.id == OutsideCertificate.person_id).add_columns(Person.name)
        .where(OutsideCertificate.person_id == me.person_id).order_by(OutsideCertificate.issued_on.desc(), OutsideCertificate.id.desc())
    ).all()
    decides = me.is_pmo_lead or bool(me.leads)
    count, rows = to_decide(session, me, lambda total: paging(wanted, total, "/skills/certificates/", size=WAITING).first_row, WAITING) if decides else (0, [])
    known = library().skills.competences
    return OutsidePage(
        tuple(_worded(row, name, "", today) for row, name in mine), tuple(_worded(row, name, "", today) for row, name in rows),
        paging(wanted, count, "/skills/certificates/", size=WAITING), [(c.id, f"{c.id} {c.name}") for c in known.values()], decides,
    )


@dataclass(frozen=True)
class CertificatePage:
    """One certificate, with what shows it. `decides`: I may approve or decline it now."""

    one: Certificate
    person_id: int
    attached: tuple[Attached, ...]
    is_own: bool
    decides: bool


def certificate_page(session: Session, me: Me, certificate_id: int, today: date) -> CertificatePage:
    """A certificate of somebody whose skills I may read; four statements. NotVisible for others."""
    decider = aliased(Person)
    found = session.execute(
        visible(me, OutsideCertificate).join(Person, Person.id == OutsideCertificate.person_id)
        .outerjoin(decider, decider.id == OutsideCertificate.decided_by_id).add_columns(Person, decider.name)
        .where(OutsideCertificate.id == certificate_id)
    ).one_or_none()
    if found is None:
        raise NotVisible
    row, person, by = found
    return CertificatePage(
        _worded(row, person.name, by or "", today), person.id, attached(session, me, Attachment.outside_certificate_id, [row.id]),
        person.id == me.person_id, row.state == "waiting" and can(me, "assess skills", person),
    )


def _worded(row: OutsideCertificate, holder: str, by: str, today: date) -> Certificate:
    known = library().skills.competences
    is_over = row.expires_on is not None and row.expires_on < today
    valid = "without end" if row.expires_on is None else f"expired on {day(row.expires_on)}" if is_over else f"until {day(row.expires_on)}"
    tag = ("Expired", "care", "clock") if is_over and row.state == "approved" else STATES[row.state]
    decision = f"{STATES[row.state][0]} by {by or 'somebody who has left'} on {day(row.decided_at.date())}" if row.decided_at else ""
    return Certificate(
        row.id, holder, row.title, row.issuer, row.issued_on, valid, tag, joined([known[c].name if c in known else c for c in row.competences]),
        row.state, decision, row.reason,
    )
