"""A certificate as an Open Badges 3.0 credential: plain JSON values, nothing signed here.

Source: Open Badges Specification 3.0 (1EdTech), sections on OpenBadgeCredential, Achievement and the JSON Web Token proof
format: the payload is the credential itself with the registered claims beside its own members.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
CLAIMS = ("iss", "jti", "sub", "nbf", "exp")


@dataclass(frozen=True)
class Proof:
    """What is certified: the same facts for page, PDF and badge. `by_test` are the lessons passed by test-out alone."""

    code: str
    holder: str
    course_id: str
    course: str
    summary: str
    revision: int
    lessons: tuple[str, ...]
    by_test: tuple[str, ...]
    hours: float
    competences: tuple[str, ...]
    issuer: str
    completed_on: date
    issued_at: datetime
    valid_until: date | None


def criteria(proof: Proof) -> str:
    """What somebody has done for it, in one sentence or two."""
    tested = f" Passed by a check over the whole course instead of lesson by lesson: {'; '.join(proof.by_test)}." if proof.by_test else ""
    return f"Read each lesson and passed its check: {'; '.join(proof.lessons)}.{tested}" if len(proof.by_test) < len(proof.lessons) else tested.strip()


def issuer_profile(base: str, name: str) -> dict[str, Any]:
    """Who issues: the organisation of this site."""
    return {"id": f"{base}/badges/issuer", "type": ["Profile"], "name": name, "url": f"{base}/"}


def achievement(base: str, proof: Proof) -> dict[str, Any]:
    """What is achieved, the same for everybody who completes this revision of the course the same way."""
    return {
        "id": f"{base}/badges/courses/{proof.course_id}/{proof.revision}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": proof.course,
        "description": proof.summary,
        "version": str(proof.revision),
        "criteria": {"narrative": criteria(proof)},
        "tag": list(proof.competences),
    }


def credential_id(base: str, code: str) -> str:
    """A name for the credential that does not tell the code: the list of withdrawn ones is public, the certificates' pages are not listed."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{base}/certificates/{code}/')}"


def credential(base: str, proof: Proof) -> dict[str, Any]:
    """The credential of a certificate, without proof.

    A certificate of 2 November 2026 that holds until 2 November 2028 has validUntil 2028-11-02T23:59:59Z: its last day counts.
    """
    page = f"{base}/certificates/{proof.code}/"
    document = {
        "@context": CONTEXT,
        "id": credential_id(base, proof.code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": proof.course,
        "issuer": issuer_profile(base, proof.issuer),
        "validFrom": _moment(proof.issued_at),
        "credentialSubject": {
            "id": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{page}#holder')}",
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "hashed": False, "identityHash": proof.holder, "identityType": "name"}],
            "activityEndDate": _moment(datetime.combine(proof.completed_on, time(), UTC)),
            "achievement": achievement(base, proof),
        },
        "evidence": [{"id": page, "type": ["Evidence"], "name": "The certificate as anybody may check it"}],
        "credentialStatus": {"id": f"{base}/badges/withdrawn", "type": "1EdTechRevocationList"},
    }
    if proof.valid_until:
        document["validUntil"] = _moment(datetime.combine(proof.valid_until, time(23, 59, 59), UTC))
    return document


def payload(document: Mapping[str, Any]) -> dict[str, Any]:
    """The credential as the payload of a token: its members with the claims iss, jti, sub, nbf and, where it ends, exp (seconds)."""
    claims = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        claims["exp"] = _seconds(document["validUntil"])
    return {**document, **claims}


def claims_agree(told: Mapping[str, Any]) -> bool:
    """Whether the claims of a token say the same as the credential in it, as a verifier has to ask."""
    try:
        wanted = payload({name: value for name, value in told.items() if name not in CLAIMS})
    except (KeyError, TypeError, ValueError):
        return False
    return all(told.get(name) == wanted.get(name) for name in CLAIMS)


def withdrawn_list(base: str, codes: Mapping[str, tuple[datetime, str]]) -> dict[str, Any]:
    """The public list of withdrawn credentials, by their own ids: when and why. *codes* are of certificates."""
    return {
        "id": f"{base}/badges/withdrawn",
        "type": "1EdTechRevocationList",
        "issuer": f"{base}/badges/issuer",
        "revokedCredential": [
            {"id": credential_id(base, code), "revoked": True, "revokedAt": _moment(at), "revocationReason": reason}
            for code, (at, reason) in codes.items()
        ],
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
