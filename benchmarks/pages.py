"""Speed of the pages a person waits for, as a ratio to a bare Flask hello on the same core in the same run."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.load import get, run

ROOT = Path(__file__).resolve().parents[1]
SECONDS, ROUNDS = 1.5, 3


@dataclass(frozen=True)
class Target:
    """A page to measure: who asks, where, and the ratios we aim for (goal, at the least)."""

    name: str
    who: str
    path: str
    goal: float
    least: float
    with_etag: bool = False


TARGETS = (
    Target("lesson page", "new@demo.example", "/courses/project-life-cycle/planning/", 0.45, 0.25),
    Target("lesson page, unchanged (304)", "new@demo.example", "/courses/project-life-cycle/planning/", 0.60, 0.35, with_etag=True),
    Target("course outline", "new@demo.example", "/courses/project-life-cycle/", 0.22, 0.16),
    Target("catalogue", "new@demo.example", "/courses/", 0.22, 0.16),
    Target("check, start card", "new@demo.example", "/courses/project-life-cycle/planning/check/", 0.25, 0.12),
    Target("answer page of a round", "new@demo.example", "/teams/har/rounds/2/answer/TAL/", 0.20, 0.12),
    Target("results page", "lead.har@demo.example", "/teams/har/rounds/1/results/", 0.20, 0.10),
    Target("roadmap", "lead.har@demo.example", "/teams/har/roadmap/", 0.20, 0.10),
    Target("programme", "pmo@demo.example", "/programme/", 0.20, 0.10),
    Target("Today", "new@demo.example", "/", 0.20, 0.10),
)


def main(database_url: str | None = None) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder)
        url = database_url or f"sqlite:///{instance / 'site.db'}"
        environment = os.environ | {
            "CAIRN_INSTANCE_DIR": folder, "CAIRN_SECRET_KEY": secrets.token_hex(32), "CAIRN_DATABASE_URL": url,
            "CAIRN_DEMO_PASSWORD": "a demo password for speed", "CAIRN_HOSTS": "127.0.0.1",
        }
        os.environ.update(environment)
        for command in (["migrate"], ["demo"], ["jobs", "once"]):
            subprocess.run([sys.executable, "-m", "app", *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        measured(TARGETS, environment, ROOT)


def measured(targets: tuple[Target, ...], environment: dict[str, str], root: Path) -> None:
    """Print how fast the pages of the site in *root* are; the environment of this process names its database."""
    cookies = {who: _cookie(who) for who in {target.who for target in targets}}
    with _server("benchmarks.hello:app", "sync", environment, root) as bare, _server("app.wsgi:app", "gthread", environment, root) as site:
        _table(bare, site, cookies, targets)


def _table(bare: int, site: int, cookies: dict[str, str], targets: tuple[Target, ...]) -> None:
    requests = {t.name: _request(t, site, cookies[t.who]) for t in targets}
    rates: dict[str, list[float]] = {t.name: [] for t in targets}
    tails: dict[str, tuple[float, float]] = {}
    hello: list[float] = []
    for _ in range(ROUNDS):
        hello.append(run(bare, get("/"), SECONDS).rate)
        for target in targets:
            expect = b"304" if target.with_etag else b"200"
            found = run(site, requests[target.name], SECONDS, expect=expect)
            rates[target.name].append(found.rate)
            tails[target.name] = (found.percentile(0.5), found.percentile(0.99))
    base = statistics.median(hello)
    print(f"\n{'page':34}{'req/s':>8}{'ratio':>8}{'goal':>7}{'least':>7}{'p50 ms':>9}{'p99 ms':>9}")
    print(f"{'bare Flask hello':34}{base:8.0f}{1:8.3f}")
    for target in targets:
        rate = statistics.median(rates[target.name])
        p50, p99 = tails[target.name]
        verdict = "" if rate / base >= target.goal else "  below the goal" if rate / base >= target.least else "  BELOW THE LEAST"
        print(f"{target.name:34}{rate:8.0f}{rate / base:8.3f}{target.goal:7.2f}{target.least:7.2f}{p50:9.2f}{p99:9.2f}{verdict}")


def _request(target: Target, port: int, cookie: str) -> bytes:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", target.path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{target.path}: {answer.status}")
    etag = answer.headers.get("ETag", "")
    return get(target.path, cookie, f"If-None-Match: {etag}\r\n" if target.with_etag else "")


def _cookie(email: str) -> str:
    from app import clock, create_app
    from app.accounts.actions import open_sign_in, person_by_email

    site = create_app()
    with site.extensions["database"].transaction() as session:
        person = person_by_email(session, email)
        if person is None:
            raise SystemExit(f"no demo person {email}")
        key = open_sign_in(session, person.id, "benchmark", clock.now())
    signer: Any = site.session_interface.get_signing_serializer(site)  # type: ignore[attr-defined]
    site.extensions["database"].dispose()
    return f"{site.config['SESSION_COOKIE_NAME']}={signer.dumps({'_user_id': key, '_fresh': True, 'csrf_token': secrets.token_hex(20)})}"


@contextmanager
def _server(application: str, kind: str, environment: dict[str, str], root: Path) -> Any:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    threads = ["--threads", "4"] if kind == "gthread" else []
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", kind, *threads,
               "--keep-alive", "30", "--no-control-socket", "--log-level", "error", application]
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        command = ["taskset", "-c", "0", *command]
    server = subprocess.Popen(command, cwd=root, env=environment)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
