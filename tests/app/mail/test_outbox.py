"""Mails are rows of the deed they tell about, sent once, tried again with pauses, and never by a line that is not safe (P76, F5, F33)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from app import clock
from app.config import SettingsError, read_mail_url
from app.mail import post
from app.mail.outbox import pause
from app.mail.sending import send_next
from app.models import OutboxMessage
from tests.support.mail_sink import mail_sink

ROOT = Path(__file__).resolve().parents[3]
HOME = "https://cairn.north.example"


@pytest.fixture
def sink():
    with mail_sink() as running:
        yield running


def posted(database, *recipients, subject="Hello", text="One line\n.\nand a last one: ü"):
    with database.transaction() as session:
        for to in recipients:
            post(session, to=to, subject=subject, text=text)


def rows(database):
    with database.reading() as session:
        return session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def states(database):
    return [(row.recipient.partition("@")[0], row.state, row.attempts) for row in rows(database)]


def send_all(database, server):
    sent = 0
    while send_next(database, server):
        sent += 1
        assert sent < 50
    return sent


def test_a_mail_goes_out_once_and_what_it_said_does_not_stay(database, sink):
    posted(database, "bob@north.example")
    server = read_mail_url(sink.url, HOME)
    assert send_all(database, server) == 1
    assert send_all(database, server) == 0
    (mail,) = sink.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == ("Cairn <cairn@north.example>", "bob@north.example", "Hello")
    assert mail.get_content().replace("\r\n", "\n") == "One line\n.\nand a last one: ü\n"
    assert mail["Message-ID"].endswith("@north.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    (row,) = rows(database)
    assert (row.state, row.text, row.attempts) == ("sent", "", 1)


def test_a_mail_exists_exactly_if_the_deed_was_committed(database):
    def undone():
        with database.transaction() as session:
            post(session, to="bob@north.example", subject="No", text="No")
            raise KeyError

    with pytest.raises(KeyError):
        undone()
    assert rows(database) == []


@pytest.mark.parametrize("to", ["", "bob", "a@x.example, b@y.example", "a@x.example\r\nBcc: b@y.example", "<a@x.example>", 'a"b@x.example', "a@x\x00.example"])
def test_only_one_plain_address_is_written_to(sqlite_template, tmp_path, to):
    from app.db import Database

    own = Database(f"sqlite:///{tmp_path / 'none.db'}")
    with own.writing() as session, pytest.raises(ValueError, match="one plain address"):
        post(session, to=to, subject="x", text="x")
    own.dispose()


def test_a_subject_cannot_add_a_header(database, sink):
    posted(database, "bob@north.example", subject="Hi\r\nBcc: eve@evil.example\r\n\r\nBuy\x00 this\u2028now " + "x" * 300)
    send_all(database, read_mail_url(sink.url, HOME))
    assert sink.envelopes == [("cairn@north.example", "bob@north.example")]
    assert sink.mails[0]["Bcc"] is None
    assert sink.mails[0]["Subject"].startswith("Hi Bcc: eve@evil.example Buy this")
    assert sink.mails[0].get_content().startswith("One line")


def test_a_refused_address_fails_and_does_not_hold_up_the_others(database, sink):
    sink.refuses = {"gone@north.example": 550, "busy@north.example": 450}
    posted(database, "gone@north.example", "busy@north.example", "bob@north.example")
    server = read_mail_url(sink.url, HOME)
    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False) as now:
        assert send_all(database, server) == 3
        assert states(database) == [("gone", "failed", 1), ("busy", "waiting", 1), ("bob", "sent", 1)]
        assert rows(database)[0].last_error == "The mail server said 550 not here"
        sink.refuses = {}
        assert send_all(database, server) == 0
        now.shift(61)
        assert send_all(database, server) == 1
    assert states(database)[1] == ("busy", "sent", 2)


def test_a_server_in_trouble_is_asked_once_in_growing_pauses_and_after_a_week_no_more(database, sink):
    posted(database, "alice@north.example", "bob@north.example")
    sink.greets = "421 not now"
    server = read_mail_url(sink.url, HOME)
    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False) as now:
        assert send_all(database, server) == 1
        assert (states(database)[0], sink.greetings) == (("alice", "waiting", 1), 1)
        assert "421" in rows(database)[0].last_error
        now.shift(61)
        sink.greets = "220 sink"
        assert send_all(database, server) == 2
        posted(database, "late@north.example")
        sink.hangs_up = "EHLO"
        now.shift(1)
        send_all(database, server)
        now.shift(8 * 86400)
        send_all(database, server)
    assert states(database) == [("alice", "sent", 2), ("bob", "sent", 1), ("late", "failed", 1)]
    assert rows(database)[2].last_error.startswith("Not sent within seven days. The mail server cannot be reached")
    assert [pause(n) for n in (1, 3, 7, 99)] == [timedelta(minutes=m) for m in (1, 4, 60, 60)]


def test_a_line_that_breaks_before_the_server_answers_means_again_and_one_that_breaks_after_does_not(database, sink):
    posted(database, "bob@north.example")
    sink.hangs_up = "TEXT"
    server = read_mail_url(sink.url, HOME)
    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False) as now:
        send_all(database, server)
        assert (states(database), sink.mails) == ([("bob", "waiting", 1)], [])
        sink.hangs_up, sink.quits = "", "500 no"
        now.shift(61)
        send_all(database, server)
        now.shift(3600)
        send_all(database, server)
    assert (states(database), len(sink.mails)) == ([("bob", "sent", 2)], 1)


WORKER = """
    import sys
    from app.config import read_mail_url
    from app.db import Database
    from app.mail.sending import send_next
    send_next(Database(sys.argv[1]), read_mail_url(sys.argv[2], "https://cairn.north.example"))
"""


def test_a_worker_killed_while_it_sends_loses_nothing_and_the_mail_arrives_once(database, database_url, sink):
    import threading

    posted(database, "bob@north.example")
    sink.stalls = threading.Event()
    worker = subprocess.Popen([sys.executable, "-c", textwrap.dedent(WORKER), database_url, sink.url], cwd=ROOT)
    assert sink.took.wait(30)
    worker.kill()
    worker.wait(10)
    sink.stalls.set()
    sink.stalls = None
    assert states(database) == [("bob", "sending", 1)]
    server = read_mail_url(sink.url, HOME)
    assert not send_next(database, server)
    with time_machine.travel(clock.now() + timedelta(minutes=6)):
        send_all(database, server)
    assert (states(database), len(sink.mails)) == ([("bob", "sent", 2)], 1)


def test_nothing_is_handed_over_in_plain_text_where_tls_is_expected(database, sink):
    from dataclasses import replace

    posted(database, "bob@north.example")
    send_all(database, replace(read_mail_url(sink.url, HOME), tls="start"))
    assert (sink.mails, states(database)) == ([], [("bob", "waiting", 1)])
    assert "offers no TLS" in rows(database)[0].last_error


def test_without_a_server_everything_waits(database):
    posted(database, "bob@north.example")
    assert not send_next(database, None)
    assert states(database) == [("bob", "waiting", 0)]


@pytest.mark.parametrize(("url", "host", "port", "tls", "sender"), [
    ("smtp://mail.example.org", "mail.example.org", 587, "start", "cairn@cairn.north.example"),
    ("smtps://me%40x:s%3Aecret@mail.example.org?from=site@example.org", "mail.example.org", 465, "whole", "site@example.org"),
    ("smtp://127.0.0.1:1025", "127.0.0.1", 1025, "none", "cairn@cairn.north.example"),
    ("smtp://relay:25?tls=none", "relay", 25, "none", "cairn@cairn.north.example"),
])
def test_the_address_of_the_mail_server_says_how_it_is_spoken_to(url, host, port, tls, sender):
    server = read_mail_url(url, HOME)
    assert (server.host, server.port, server.tls, server.sender) == (host, port, tls, sender)
    assert "ecret" not in repr(server)


@pytest.mark.parametrize("url", [
    "mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:port", "smtp://host?from=a@b,c@d", "smtp://host?from=a%0d%0aBcc:@b",
    "smtp://me:secret@relay?tls=none", "smtp://host?tls=maybe", "smtp://host?other=1",
])
def test_an_address_that_cannot_be_used_stops_the_start(url):
    with pytest.raises(SettingsError, match="MAIL_URL") as said:
        read_mail_url(url, HOME)
    assert "secret" not in str(said.value)
