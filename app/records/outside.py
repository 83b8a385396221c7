"""Certificates from elsewhere for every feature: as evidence of a competence, and those that wait for a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.db import built_once
from app.models import Membership, OutsideCertificate, Person
from app.records.evidence import Shown


def from_certificates(session: Session, me: Me, person_id: int, today: date) -> tuple[Shown, ...]:
    """Approved certificates of somebody that hold today, once for each competence they show, newest first; one statement."""
    rows = session.scalars(
        visible(me, OutsideCertificate)
        .where(
            OutsideCertificate.person_id == person_id, OutsideCertificate.state == "approved",
            or_(OutsideCertificate.expires_on.is_(None), OutsideCertificate.expires_on >= today),
        )
        .order_by(OutsideCertificate.issued_on.desc(), OutsideCertificate.id.desc())
    ).all()
    return tuple(
        Shown(
            competence, row.issued_on, f"Certificate “{row.title}”, {row.issuer}{f', until {row.expires_on:%d.%m.%Y}' if row.expires_on else ''}",
            f"/skills/certificates/{row.id}/",
        )
        for row in rows for competence in row.competences
    )


@built_once
def _waiting(me: Me) -> Select[*tuple[Any, ...]]:
    led = true() if me.is_pmo_lead else OutsideCertificate.person_id.in_(select(Membership.person_id).where(Membership.team_id.in_(me.leads)))
    return visible(me, OutsideCertificate).where(OutsideCertificate.state == "waiting", OutsideCertificate.person_id != me.person_id, led)


def waiting_certificates(session: Session, me: Me) -> int:
    """How many certificates wait for my decision; one statement for leads and PMO leads, none for others."""
    if not me.is_pmo_lead and not me.leads:
        return 0
    return int(db.rows(session, _waiting(me).with_only_columns(func.count(OutsideCertificate.id)))[0][0])


def to_decide(session: Session, me: Me, first_row: Callable[[int], int], size: int) -> tuple[int, Sequence[Any]]:
    """(how many, a page of them with the holder's name, the oldest first) of those that wait for my decision; two statements."""
    total = waiting_certificates(session, me)
    rows = session.execute(
        _waiting(me).join(Person, Person.id == OutsideCertificate.person_id).add_columns(Person.name)
        .order_by(OutsideCertificate.id).limit(size).offset(first_row(total))
    ).all()
    return total, rows
