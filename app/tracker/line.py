"""Requests to the one configured tracker: no other host, no redirects, checked certificates, limited time and size (P59)."""

from __future__ import annotations

import json
import logging
import ssl
import time
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError, SSLError

from app import clock
from app.config import TrackerServer
from app.tracker.issues import NotTaken, NotThere, Trouble

log = logging.getLogger("cairn.tracker")
CONNECT, READ = 5.0, 10.0
LONGEST = 20.0
LARGEST = 2 * 1024 * 1024
CHUNK = 64 * 1024
LONGEST_WAIT = timedelta(hours=1)
WORDS = 200


class Line:
    """Asks the tracker. Each request has a connection of its own: a worker asks seldom, and a kept one may have died."""

    def __init__(self, server: TrackerServer, longest: float = LONGEST, read: float = READ) -> None:
        self.server, self.longest = server, longest
        self.timeout = Timeout(connect=min(CONNECT, longest), read=read)
        self.context = ssl.create_default_context() if server.is_tls else None

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, query: Mapping[str, str] | None = None) -> Any:
        """What the tracker answers, None for nothing. Raises Trouble, NotTaken, NotThere."""
        target = f"{self.server.path}{path}{f'?{urlencode(query)}' if query else ''}"
        headers = {
            "Authorization": self._credentials(), "Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close",
            "User-Agent": "Cairn", **({"Content-Type": "application/json"} if body is not None else {}),
        }
        name, ends = self.server.name, time.monotonic() + self.longest
        try:
            with self._pool() as pool:
                answer = pool.urlopen(
                    method, target, body=json.dumps(body).encode() if body is not None else None, headers=headers,
                    redirect=False, retries=False, preload_content=False, decode_content=False,
                )
                try:
                    content = self._read(answer, ends)
                finally:
                    answer.close()
        except SSLError as fault:
            is_strange = isinstance(fault.args[0] if fault.args else None, ssl.SSLCertVerificationError)
            raise Trouble(f"The certificate of {name} is not trusted, so nothing was sent" if is_strange else f"{name} does not speak TLS there, so nothing was sent") from fault
        except (HTTPError, OSError) as fault:
            log.warning("tracker: %s", type(fault).__name__)
            raise Trouble(f"{name} cannot be reached. The log of this site names the cause; whoever runs it can look") from fault
        return self._judged(answer.status, answer.headers, content)

    def _pool(self) -> HTTPConnectionPool:
        """The way to the host and to no other, for one request."""
        host, port = self.server.host, self.server.port
        if self.context is None:
            return HTTPConnectionPool(host, port, timeout=self.timeout)
        return HTTPSConnectionPool(host, port, timeout=self.timeout, ssl_context=self.context)

    def _credentials(self) -> str:
        if self.server.user:
            return "Basic " + b64encode(f"{self.server.user}:{self.server.token}".encode()).decode()
        return f"Bearer {self.server.token}"

    def _read(self, answer: BaseHTTPResponse, ends: float) -> bytes:
        """The body, piece by piece, so that neither a huge nor a dripping answer holds the worker."""
        content = b""
        while part := answer.read1(CHUNK):
            content += part
            if len(content) > LARGEST:
                raise NotTaken(f"The answer of {self.server.name} was larger than two megabytes and was not read")
            if time.monotonic() > ends:
                raise Trouble(f"{self.server.name} took too long to answer")
        return content

    def _judged(self, status: int, headers: Mapping[str, str], content: bytes) -> Any:
        name = self.server.name
        if status == 429:
            raise Trouble(f"{name} asks to wait: too many requests", _wait(headers.get("Retry-After", "")))
        if status >= 500:
            raise Trouble(f"{name} is in trouble itself ({status})", _wait(headers.get("Retry-After", "")))
        if 300 <= status < 400:
            raise Trouble(f"{name} sends requests elsewhere ({status}), which is not followed; check the address in CAIRN_TRACKER_URL")
        if status == 401:
            raise Trouble(f"{name} does not take user and token; check CAIRN_TRACKER_URL")
        try:
            found = json.loads(content) if content.strip() else None
        except (ValueError, RecursionError):
            found = None if status >= 400 else ...
        if status in (404, 410):
            raise NotThere(f"{name} knows no such thing, or the account of Cairn may not see it")
        if status >= 400:
            said, fields = self._words(found)
            raise NotTaken(f"{name} said {status}{f': {said}' if said else ''}", fields)
        if found is ...:
            raise Trouble(f"{name} answered something that could not be read; check that CAIRN_TRACKER_URL leads to it")
        return found

    def _words(self, found: Any) -> tuple[str, frozenset[str]]:
        """What an answer says is wrong, fit for one line of a page, and the fields it names. The token is never repeated."""
        parts = found if isinstance(found, dict) else {}
        errors = parts.get("errors") if isinstance(parts.get("errors"), dict) else {}
        texts = [*_texts(parts.get("errorMessages")), *_texts(errors), *_texts(parts.get("message")), *_texts(parts.get("error"))]
        line = " ".join("".join(c if c.isprintable() else " " for c in "; ".join(texts)).split())
        return line.replace(self.server.token, "...")[:WORDS], frozenset(map(str, errors or ()))


def _texts(value: Any) -> list[str]:
    """The sentences in a text, a list or a mapping of them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for text in value if isinstance(text, str)]
    return [f"{name}: {text}" for name, text in value.items() if isinstance(text, str)] if isinstance(value, dict) else []


def _wait(said: str) -> timedelta | None:
    """'120' -> two minutes; a moment works too; an hour at most, None for nothing that can be read."""
    if said.isascii() and said.isdecimal():
        return min(timedelta(seconds=int(said[:6])), LONGEST_WAIT)
    try:
        return max(timedelta(0), min(parsedate_to_datetime(said) - clock.now(), LONGEST_WAIT))
    except (ValueError, TypeError):
        return None
