"""Whatever a tracker answers, the worker gets a plain sentence soon, and nothing goes anywhere else (P59)."""

from __future__ import annotations

import base64
import socket
import ssl
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from app import clock
from app.config import read_tracker_url
from app.tracker import NotTaken, NotThere, Trouble
from app.tracker.line import LARGEST, Line
from tests.support.tracker_sink import TOKEN, Mishap, tracker_sink


@pytest.fixture(scope="module")
def running():
    with tracker_sink("jira") as sink:
        yield sink


@pytest.fixture
def sink(running):
    running.mishaps.clear()
    running.asked.clear()
    return running


def asked(sink, **mishap):
    """One request that meets the mishap."""
    sink.mishaps.append(Mishap("GET", **mishap))
    return Line(sink.server, longest=0.5, read=0.4).ask("GET", "/rest/api/2/project/PMO")


@pytest.mark.parametrize(("mishap", "no", "words"), [
    ({"status": 401}, Trouble, "does not take user and token; check CAIRN_TRACKER_URL"),
    ({"status": 404}, NotThere, "knows no such thing"),
    ({"status": 403, "body": b'{"message": "403 Forbidden"}'}, NotTaken, "Jira said 403: 403 Forbidden"),
    ({"status": 400, "body": b'{"errorMessages": ["No\\r\\n<b>way</b>"], "errors": {"labels": "unknown"}}'}, NotTaken, "Jira said 400: No <b>way</b>; labels: unknown"),
    ({"status": 400, "body": f'{{"message": "bad {TOKEN}"}}'.encode()}, NotTaken, "Jira said 400: bad ..."),
    ({"status": 500}, Trouble, "in trouble itself \\(500\\)"),
    ({"status": 429, "headers": {"Retry-After": "120"}}, Trouble, "too many requests"),
    ({"status": 302, "headers": {"Location": "/rest/api/2/secrets"}}, Trouble, "which is not followed"),
    ({"body": b"<html>Sign in</html>"}, Trouble, "could not be read"),
    ({"body": b"[" * 100_000}, Trouble, "could not be read"),
    ({"body": b" " * (LARGEST + 1)}, NotTaken, "larger than two megabytes"),
    ({"body": b"{}" + b" " * 100, "drips": 0.1}, Trouble, "took too long"),
    ({"body": b"{}", "drips": 2}, Trouble, "cannot be reached"),
    ({"headers": {"Content-Length": "1000"}}, Trouble, "cannot be reached"),
])
def test_every_way_of_failing_has_its_sentence(sink, mishap, no, words):
    with pytest.raises(no, match=words) as said:
        asked(sink, **mishap)
    assert sink.asked == ["GET /rest/api/2/project/PMO"]
    assert TOKEN not in str(said.value)


@pytest.mark.parametrize(("said", "wait"), [("120", timedelta(minutes=2)), ("999999", timedelta(hours=1)), ("soon", None), ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(0))])
def test_a_tracker_that_asks_to_wait_says_how_long(sink, said, wait):
    with pytest.raises(Trouble) as trouble:
        asked(sink, status=429, headers={"Retry-After": said})
    assert trouble.value.wait == wait


def test_nobody_there_and_no_tls_are_said(sink):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = free.getsockname()[1]
    for url in (f"jira+http://:x@127.0.0.1:{closed}", f"jira+https://:x@127.0.0.1:{sink.port}"):
        with pytest.raises(Trouble, match="cannot be reached|does not speak TLS there"):
            Line(read_tracker_url(url), longest=0.5, read=0.4).ask("GET", "/")


def test_nothing_is_sent_to_a_tracker_whose_certificate_nobody_vouches_for(tmp_path):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    own = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(clock.now() - timedelta(days=1)).not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False).sign(key, hashes.SHA256())
    )
    file = tmp_path / "own.pem"
    file.write_bytes(own.public_bytes(Encoding.PEM) + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with tracker_sink("jira", context) as sink:
        with pytest.raises(Trouble, match="The certificate of Jira is not trusted"):
            Line(read_tracker_url(f"jira+https://:x@localhost:{sink.port}")).ask("GET", "/")
        assert sink.asked == []


@pytest.mark.parametrize(("user", "sent"), [("me%40x.example", "Basic " + base64.b64encode(f"me@x.example:{TOKEN}".encode()).decode()), ("", f"Bearer {TOKEN}")])
def test_a_user_has_a_password_and_nobody_has_a_bearer_token(sink, user, sent):
    sink.authorizations.clear()
    Line(read_tracker_url(f"jira+http://{user}:{TOKEN}@127.0.0.1:{sink.port}")).ask("GET", "/rest/api/2/project/PMO")
    assert sink.authorizations == {sent}
