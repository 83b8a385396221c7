"""What a credential says, and how its claims go with it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from courses.badges import Proof, claims_agree, credential, criteria, payload, withdrawn_list

PROOF = Proof(
    "code", "Nia Okafor", "C05", "Project life cycle", "From start to end.", 2, ("Initiation", "Closing"), (), 2.5, ("Planning",), "Northern Works",
    date(2026, 11, 2), datetime(2026, 11, 2, 10, 30, tzinfo=UTC), date(2028, 11, 2),
)
BASE = "https://cairn.example"


def test_the_claims_are_those_of_the_document() -> None:
    told = payload(credential(BASE, PROOF))
    assert (told["iss"], told["jti"], told["sub"]) == (f"{BASE}/badges/issuer", told["id"], told["credentialSubject"]["id"])
    assert (told["nbf"], told["exp"]) == (1793615400, 1856822399)  # 2026-11-02T10:30:00Z, and the last second of 2028-11-02
    assert told["validUntil"] == "2028-11-02T23:59:59Z"
    assert claims_agree(told)
    assert not claims_agree(told | {"iss": f"{BASE}/badges/other"})
    assert not claims_agree(told | {"exp": told["exp"] + 1})
    assert not claims_agree({"iss": "nobody"})


def test_a_certificate_without_end_has_no_end_anywhere() -> None:
    told = payload(credential(BASE, replace(PROOF, valid_until=None)))
    assert "validUntil" not in told
    assert "exp" not in told
    assert claims_agree(told)


def test_what_was_passed_by_test_out_is_said() -> None:
    assert criteria(PROOF) == "Read each lesson and passed its check: Initiation; Closing."
    whole = replace(PROOF, by_test=PROOF.lessons)
    assert criteria(whole) == "Passed by a check over the whole course instead of lesson by lesson: Initiation; Closing."


def test_the_list_of_withdrawn_badges_does_not_tell_a_code() -> None:
    listed = withdrawn_list(BASE, {"code": (datetime(2026, 12, 1, tzinfo=UTC), "It was issued by mistake.")})
    assert listed["revokedCredential"] == [{
        "id": credential(BASE, PROOF)["id"], "revoked": True, "revokedAt": "2026-12-01T00:00:00Z", "revocationReason": "It was issued by mistake.",
    }]
    assert "certificates/code" not in str(listed)
