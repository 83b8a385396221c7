"""A small load generator: a few kept-alive connections, each asking again as soon as it was answered."""

from __future__ import annotations

import selectors
import socket
import time
from dataclasses import dataclass, field


@dataclass
class Result:
    """Requests a second, and the times of single answers in seconds, sorted."""

    rate: float
    times: list[float]

    def percentile(self, share: float) -> float:
        """The time below which *share* of the answers stay, in ms."""
        return 1000 * self.times[min(len(self.times) - 1, int(share * len(self.times)))]


@dataclass
class _Connection:
    address: tuple[str, int]
    request: bytes
    expect: bytes
    sock: socket.socket = field(init=False)
    buffer: bytes = b""
    sent_at: float = 0.0

    def __post_init__(self) -> None:
        self.connect()

    def connect(self) -> None:
        self.sock = socket.create_connection(self.address, timeout=10)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self) -> None:
        self.buffer = b""
        self.sent_at = time.perf_counter()
        try:
            self.sock.sendall(self.request)
        except OSError:
            self.sock.close()
            self.connect()
            self.sock.sendall(self.request)

    def read(self) -> bool:
        """Take what came; True when the answer is whole. Raises when it is not the expected status."""
        data = self.sock.recv(262144)
        if not data:
            if self.buffer:
                return True
            raise ConnectionError("closed")
        self.buffer += data
        head, end, body = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return False
        if not head.split(b" ", 2)[1].startswith(self.expect):
            raise RuntimeError(head[:200].decode())
        low = head.lower()
        if b"content-length:" in low:
            length = int(low.split(b"content-length:")[1].split(b"\r\n")[0])
            return len(body) >= length
        return b" 304 " in head[:20] or b" 204 " in head[:20]


def run(port: int, request: bytes, seconds: float, connections: int = 4, expect: bytes = b"200") -> Result:
    """Ask for *seconds* over *connections* and count."""
    selector = selectors.DefaultSelector()
    made = [_Connection(("127.0.0.1", port), request, expect) for _ in range(connections)]
    for one in made:
        selector.register(one.sock, selectors.EVENT_READ, one)
        one.ask()
    times: list[float] = []
    start = time.perf_counter()
    until = start + seconds
    while time.perf_counter() < until:
        for key, _ in selector.select(1):
            one: _Connection = key.data
            try:
                whole = one.read()
            except ConnectionError:
                selector.unregister(one.sock)
                one.sock.close()
                one.connect()
                selector.register(one.sock, selectors.EVENT_READ, one)
                one.ask()
                continue
            if whole:
                times.append(time.perf_counter() - one.sent_at)
                closed = b"connection: close" in one.buffer[:400].lower()
                if closed:
                    selector.unregister(one.sock)
                    one.sock.close()
                    one.connect()
                    selector.register(one.sock, selectors.EVENT_READ, one)
                one.ask()
    elapsed = time.perf_counter() - start
    for one in made:
        one.sock.close()
    return Result(len(times) / elapsed, sorted(times))


def get(path: str, cookie: str = "", more: str = "") -> bytes:
    """A GET request as bytes."""
    own = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{own}{more}Connection: keep-alive\r\n\r\n".encode()
