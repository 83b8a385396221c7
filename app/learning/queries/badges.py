"""Badges: the credential of a certificate, what its addresses lead to, and what a pasted one is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content import library
from app.errors import NotVisible, Refused
from app.learning.queries.certificates import WORDS, State, certificate_at, proof_of, state_of
from app.models import IssuedCertificate, Organisation
from app.ui.filters import day
from courses.badges import CONTEXT, achievement, claims_agree, credential, issuer_profile, withdrawn_list

ADDRESS = re.compile(r"(?:(?:https?://[^\s/]+)?/certificates/)?([A-Za-z0-9_-]{1,60})/?")
NOT_VALID: State = ("Not valid", "bad", "cross")


@dataclass(frozen=True)
class CheckedBadge:
    """What a badge signed here says, how the certificate behind it stands today, and in words why."""

    state: State
    words: str
    facts: tuple[tuple[str, str], ...]
    href: str


def no_badge_of_ours(why: str) -> CheckedBadge:
    """The verdict on a badge that nobody here signed, or not as it stands."""
    return CheckedBadge(NOT_VALID, why, (), "")


def issuer(session: Session, base: str) -> dict[str, Any]:
    """The profile of the issuer."""
    name = session.scalars(select(Organisation.name)).first() or "Cairn"
    return {"@context": CONTEXT, **issuer_profile(base, name)}


def achievement_at(session: Session, base: str, course_id: str, revision: int) -> dict[str, Any]:
    """What a revision of a course stands for, from one of its certificates; NotVisible while nobody holds one.

    A certificate earned lesson by lesson is preferred: how somebody else passed is in their own badge."""
    if course_id not in library().catalogue.order:
        raise NotVisible
    rows = session.scalars(
        select(IssuedCertificate).where(IssuedCertificate.course_id == course_id, IssuedCertificate.revision == revision).order_by(IssuedCertificate.id).limit(50)
    ).all()
    if not rows:
        raise NotVisible
    proofs = [proof_of(row) for row in rows]
    return {"@context": CONTEXT, **achievement(base, min(proofs, key=lambda proof: len(proof.by_test)))}


def withdrawn(session: Session, base: str) -> dict[str, Any]:
    """The list of withdrawn badges, the oldest first."""
    rows = session.execute(
        select(IssuedCertificate.code, IssuedCertificate.revoked_at, IssuedCertificate.revoked_reason)
        .where(IssuedCertificate.revoked_at.is_not(None)).order_by(IssuedCertificate.revoked_at, IssuedCertificate.id)
    ).all()
    return {"@context": CONTEXT, **withdrawn_list(base, {row.code: (row.revoked_at, row.revoked_reason) for row in rows})}


def pasted_code(text: str) -> str:
    """The number of a certificate, typed or in a pasted address; '' where it is none."""
    found = ADDRESS.fullmatch(text.strip())
    return found[1] if found else ""


def demand_certificate(session: Session, code: str) -> None:
    """Raises Refused where no certificate has this number."""
    try:
        certificate_at(session, code)
    except NotVisible:
        raise Refused("No certificate of this site has this number. Compare each character; capitals count", "token") from None


def checked_badge(session: Session, base: str, told: Mapping[str, Any], today: date) -> CheckedBadge:
    """What a badge with a good signature is worth today: its own facts, and how the certificate behind it stands."""
    row = _behind(session, base, told)
    if row is None or not claims_agree(told):
        return CheckedBadge(NOT_VALID, "It was signed here, but no certificate of this site stands behind it any more.", (), "")
    href, proof = f"/certificates/{row.code}/", proof_of(row)
    state = state_of(row, today)
    facts = _facts(told)
    if row.revoked_at is not None:
        return CheckedBadge(state, f"The badge is genuine, and its certificate was withdrawn on {day(row.revoked_at.date())}. {row.revoked_reason}", facts, href)
    if state == WORDS["expired"]:
        return CheckedBadge(state, f"The badge is genuine, and its certificate ran out after {day(proof.valid_until)}.", facts, href)
    if told.get("validUntil", "") != credential(base, proof).get("validUntil", ""):
        return CheckedBadge(state, f"The badge is genuine. Its certificate was renewed since and holds until {day(proof.valid_until)}; a newer badge says so too.", facts, href)
    return CheckedBadge(state, "The badge is genuine, nothing in it was changed, and its certificate holds.", facts, href)


def _behind(session: Session, base: str, told: Mapping[str, Any]) -> IssuedCertificate | None:
    """The certificate a badge names, where it is of this course and revision and for this holder."""
    try:
        code = pasted_code(told["evidence"][0]["id"])
        row = certificate_at(session, code)
    except (KeyError, IndexError, TypeError, NotVisible):
        return None
    fresh = credential(base, proof_of(row))
    same = ("id", "name", "validFrom", "credentialSubject")
    return row if all(told.get(name) == fresh[name] for name in same) else None


def _facts(told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    subject = told["credentialSubject"]
    achieved = subject["achievement"]
    return (
        ("Holder", subject["identifier"][0]["identityHash"]), ("Course", f"{achieved['name']}, revision {achieved['version']}"),
        ("For", achieved["criteria"]["narrative"]), ("Completed", day(date.fromisoformat(subject["activityEndDate"][:10]))),
        ("Issued", day(date.fromisoformat(told["validFrom"][:10]))),
        ("Says it holds until", day(date.fromisoformat(told["validUntil"][:10])) if "validUntil" in told else "No end date"),
        ("Issued by", told["issuer"]["name"]),
    )
