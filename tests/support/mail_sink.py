"""A mail server for tests: it speaks SMTP on a port of this computer, keeps what it takes, and can be told to make trouble."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Sink:
    """What arrived, and how the server behaves. *refuses* is address -> code; *hangs_up* is the word after which it cuts the line."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, str]] = field(default_factory=list)
    greetings: int = 0
    greets: str = "220 sink"
    refuses: dict[str, int] = field(default_factory=dict)
    hangs_up: str = ""
    quits: str = "221 bye"
    took: threading.Event = field(default_factory=threading.Event)
    stalls: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}?from=cairn@north.example"


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def takes(self, sender: str, recipient: str) -> bool:
        """Read the text of a mail; whether the line stays open."""
        sink = self.server.sink
        self.say("354 go on")
        body = b""
        while (part := self.rfile.readline()) not in (b".\r\n", b""):
            body += part[1:] if part.startswith(b"..") else part
        if sink.stalls is not None:
            sink.took.set()
            sink.stalls.wait(30)
            return False
        if sink.hangs_up == "TEXT":
            return False
        sink.envelopes.append((sender, recipient))
        sink.mails.append(message_from_bytes(body, _class=EmailMessage, policy=policy.default))
        self.say("250 taken")
        return True

    def handle(self) -> None:
        sink = self.server.sink
        sink.greetings += 1
        self.say(sink.greets)
        sender = recipient = ""
        while line := self.rfile.readline():
            words = line.decode("utf-8").strip()
            verb = words.upper().split(" ")[0].split(":")[0]
            if sink.hangs_up == verb:
                return
            match verb:
                case "EHLO" | "HELO":
                    self.say("250-sink\r\n250 8BITMIME")
                case "MAIL":
                    sender = words.partition("<")[2].partition(">")[0]
                    self.say("250 ok")
                case "RCPT":
                    recipient = words.partition("<")[2].partition(">")[0]
                    code = sink.refuses.get(recipient, 250)
                    self.say(f"{code} {'ok' if code == 250 else 'not here'}")
                case "DATA":
                    if not self.takes(sender, recipient):
                        return
                case "QUIT":
                    self.say(sink.quits)
                    return
                case _:
                    self.say("250 ok")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    sink: Sink


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """A running server."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.sink = Sink(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.sink
        finally:
            server.shutdown()
            thread.join()
