"""Badges: issued, checked by strangers with and without the site, withdrawn; the certificate on paper."""

from __future__ import annotations

import base64
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from pypdf import PdfReader

from app.documents.certificates import certificate_pdf
from app.documents.signing import KeyRing, NotSigned
from app.ui.qr import qr_code
from tests.app.learning.test_certificates import certificates, hold

SCHEMA = json.loads(Path(__file__).with_name("open_badge.schema.json").read_text(encoding="utf-8"))


def part(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def checked_offline(token, keys):
    """The payload, by the key set alone: no library for tokens, no site. Raises InvalidSignature."""
    head, body, signature = token.split(".")
    header = json.loads(part(head))
    assert header["alg"] == "RS256"
    key = next(key for key in keys["keys"] if header["kid"].endswith(key["kid"]))
    public = RSAPublicNumbers(int.from_bytes(part(key["e"])), int.from_bytes(part(key["n"]))).public_key()
    public.verify(part(signature), f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    return json.loads(part(body))


def swapped(token, name, value):
    head, body, signature = token.split(".")
    changed = json.loads(part(body)) | {name: value}
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(changed).encode()).rstrip(b'=').decode()}.{signature}"


def test_a_badge_from_the_download_to_its_withdrawal(app, people, visit):
    hold(app, visit, people.bob)
    code = certificates(app)[0].code
    stranger, page = visit(), f"/certificates/{code}/"
    assert stranger.get("/.well-known/jwks.json").response.json == {"keys": []}
    assert visit(people.charlie).get(page + "badge.jwt").status == 404
    token = visit(people.bob).get(visit(people.bob).get(page).link("Badge for wallets")).response.get_data(as_text=True)

    keys = stranger.get("/.well-known/jwks.json").response.json
    told = checked_offline(token, keys)
    jsonschema.Draft201909Validator(SCHEMA).validate(told)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft201909Validator(SCHEMA).validate(told | {"type": ["VerifiableCredential"]})
    with pytest.raises(InvalidSignature):
        checked_offline(swapped(token, "name", "Another course"), keys)
    kid = json.loads(part(token.split(".")[0]))["kid"]
    assert stranger.get(kid.removeprefix("http://127.0.0.1")).response.json == keys["keys"][0]
    did = stranger.get("/.well-known/did.json").response.json
    assert (did["id"], did["verificationMethod"][0]["publicKeyJwk"]) == ("did:web:127.0.0.1", keys["keys"][0])
    assert stranger.get("/badges/issuer").response.json["id"] == told["iss"]
    about = stranger.get(told["credentialSubject"]["achievement"]["id"].removeprefix("http://127.0.0.1")).response.json
    assert {name: about[name] for name in told["credentialSubject"]["achievement"]} == told["credentialSubject"]["achievement"]
    assert stranger.get("/badges/withdrawn").response.headers["Access-Control-Allow-Origin"] == "*"

    form = stranger.get("/verify/")
    good = form.submit({"token": f" {token[:300]}\n{token[300:]}\n"})
    assert good.status == 200
    for words in ("Valid", "genuine", "Bob", "Project life cycle, revision 1", "No end date"):
        assert words in good.words
    forged = form.submit({"token": swapped(token, "name", "X")})
    assert (forged.status, "Not valid The signature does not fit" in forged.words) == (200, True)
    bad = {"a.b.c": "no badge", "x" * 300: "no badge", "": "Choose a badge file, or enter", code[:-1]: "No certificate of this site has this number"}
    for pasted, words in bad.items():
        refused = form.submit({"token": pasted})
        assert (refused.status, words in refused.words) == (422, True), pasted
    for typed in (f"http://127.0.0.1{page}", page, f" {code}\n"):
        assert form.submit({"token": typed}).location == page

    lead = visit(people.adam)
    assert lead.get(page).submit({"reason": "Answers were shared."}).status == 422
    assert lead.get(page).submit({"why": "answers", "reason": "Answers were shared."}).status == 303
    after = form.submit({"token": token})
    assert "was withdrawn on" in after.words
    assert "not passed in the way the rules ask" in after.words
    listed = stranger.get("/badges/withdrawn").response.json["revokedCredential"]
    assert [one["id"] for one in listed] == [told["id"]]
    assert visit(people.bob).get(page + "badge.jwt").status == 409
    assert "Answers were shared." in visit(people.bob).get(page).words
    assert "Answers were shared." not in stranger.get(page).words


def test_the_certificate_on_paper_says_what_its_page_says(app, people, visit):
    hold(app, visit, people.bob)
    page = f"/certificates/{certificates(app)[0].code}/"
    shown = visit(people.alice).get(page)
    answer = visit(people.alice).get(shown.link("Download the PDF")).response
    paper = PdfReader(BytesIO(answer.data))
    text = " ".join(paper.pages[0].extract_text().split())
    assert len(paper.pages) == 1
    assert paper.pages[0].mediabox.width > paper.pages[0].mediabox.height
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for fact in shown.all(".//dl/dd"):
        assert fact.words in text, fact.words
    assert visit(people.charlie).get(page + "certificate.pdf").status == 404


def test_long_names_and_many_lessons_stay_on_one_page():
    drawn = qr_code("https://cairn.example/certificates/abc/")
    made = certificate_pdf(
        holder="Wolfeschlegelsteinhausen " * 4 + "#panic()", course="A course with a long name " * 5, summary="A sentence about it. " * 25, issuer="Organisation " * 8,
        state="Valid", facts=[("Lessons passed", "A lesson with quite a long title; " * 25), ("Competences", "Resource and capacity management; " * 20)],
        address="https://cairn.example/certificates/abc/", qr=(drawn.side, drawn.path), made_on="2 November 2026",
    )
    paper = PdfReader(BytesIO(made))
    assert len(paper.pages) == 1
    assert "#panic()" in paper.pages[0].extract_text()


def test_two_at_the_same_moment_make_one_key_and_old_keys_go_on_being_trusted(tmp_path):
    folder = tmp_path / "keys"
    rings = [KeyRing(folder, "https://cairn.example/badges/keys/") for _ in range(2)]
    with ThreadPoolExecutor(2) as racers:
        names = set(racers.map(lambda ring: ring.current().name, rings))
    assert len(names) == 1
    assert [path.name for path in folder.iterdir()] == ["0001.pem"]
    assert stat.S_IMODE((folder / "0001.pem").stat().st_mode) == 0o600
    ring = rings[0]
    old = ring.sign({"jti": "one"})
    ring.rotate()
    new = ring.sign({"jti": "two"})
    assert (ring.signed(old), ring.signed(new)) == ({"jti": "one"}, {"jti": "two"})
    assert len(ring.published()["keys"]) == 2
    assert not any("d" in key or "p" in key for key in ring.published()["keys"])
    (folder / "0001.pem").unlink()
    with pytest.raises(NotSigned, match="No key of this site"):
        ring.signed(old)
