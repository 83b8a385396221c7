"""A tracker for tests: it speaks as much of Jira and GitLab as Cairn asks for, on a port of this computer, and can be told to make trouble."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from app.config import TrackerServer, read_tracker_url

STATUSES = {"To Do": "new", "In Progress": "indeterminate", "In Review": "indeterminate", "Done": "done"}
TOKEN = "s3cret-token"


@dataclass
class Held:
    """An issue as the tracker keeps it."""

    number: int
    fields: dict[str, Any]
    status: str = "To Do"
    resolution: str = ""
    since: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def labels(self) -> list[str]:
        return self.fields["labels"]


@dataclass
class Mishap:
    """What one request to a path gets in place of its answer: a status with headers and body, or a pause before each byte."""

    on: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    drips: float = 0.0
    times: int = 1


@dataclass
class TrackerSink:
    """What arrived, and how the tracker behaves. *stalls* holds the answer to a new issue back after the issue was made."""

    kind: str
    port: int = 0
    issues: dict[int, Held] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    authorizations: set[str] = field(default_factory=set)
    mishaps: list[Mishap] = field(default_factory=list)
    is_cloud: bool = True
    knows_due: bool = True
    offers: tuple[str, ...] = tuple(STATUSES)
    rights: bool = True
    hides: set[int] = field(default_factory=set)
    made: threading.Event = field(default_factory=threading.Event)
    stalls: threading.Event | None = None

    @property
    def url(self) -> str:
        return f"{self.kind}+http://{'me%40north.example' if self.kind == 'jira' and self.is_cloud else ''}:{TOKEN}@127.0.0.1:{self.port}"

    @property
    def server(self) -> TrackerServer:
        return read_tracker_url(self.url)

    @property
    def project(self) -> str:
        return "PMO" if self.kind == "jira" else "office/plans"

    def of(self, action: str) -> Held:
        """The issue of an action."""
        (found,) = [issue for issue in self.issues.values() if action in issue.fields["title"]]
        return found

    def goes(self, action: str, status: str, later: timedelta = timedelta()) -> None:
        """Somebody moves an issue in the tracker."""
        issue = self.of(action)
        issue.status, issue.since = status, datetime.now(UTC) + later

    def answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        return (self._jira if self.kind == "jira" else self._gitlab)(method, path, query, body)

    def _add(self, fields: dict[str, Any]) -> Held:
        number = max(self.issues, default=0) + 1
        self.issues[number] = Held(number, fields)
        return self.issues[number]

    def _jira(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        parts = path.removeprefix("/rest/api/2/").split("/")
        match method, parts:
            case "GET", ["project", "PMO"]:
                return 200, {"name": "Project office", "issueTypes": [{"id": "1", "name": "Sub-task", "subtask": True}, {"id": "3", "name": "Task", "subtask": False}]}
            case "GET", ["mypermissions"]:
                return 200, {"permissions": {right: {"havePermission": self.rights} for right in query["permissions"].split(",")}}
            case "POST", ["search", *rest] if rest == (["jql"] if self.is_cloud else []):
                label = body["jql"].split('labels = "')[1].split('"')[0]
                return 200, {"issues": [self._named(issue) for issue in self.issues.values() if label in issue.labels]}
            case "POST", ["issue"]:
                fields = body["fields"]
                if "duedate" in fields and not self.knows_due:
                    return 400, {"errorMessages": [], "errors": {"duedate": "Field 'duedate' cannot be set. It is not on the appropriate screen, or unknown."}}
                assert fields["project"] == {"key": "PMO"}
                assert fields["issuetype"] == {"id": "3"}
                return 201, self._named(self._add({
                    "title": fields["summary"], "text": fields["description"], "labels": fields["labels"], "due": fields.get("duedate"),
                }))
        number = int(parts[1]) - 10_000 if parts[0] == "issue" and parts[1].isdigit() else 0
        if number not in self.issues or number in self.hides:
            return 404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}}
        return self._jira_issue(method, parts[2:], self.issues[number], body)

    def _jira_issue(self, method: str, rest: list[str], issue: Held, body: dict[str, Any]) -> tuple[int, Any]:
        match method, rest:
            case "GET", []:
                return 200, self._named(issue) | {"fields": {
                    "status": {"name": issue.status, "statusCategory": {"key": STATUSES[issue.status]}}, "updated": issue.since.isoformat(),
                    "resolution": {"name": issue.resolution} if issue.resolution else None, "statuscategorychangedate": issue.since.strftime("%Y-%m-%dT%H:%M:%S.%f%z"),
                }}
            case "PUT", []:
                if "duedate" in body.get("fields", {}) and not self.knows_due:
                    return 400, {"errorMessages": [], "errors": {"duedate": "Field 'duedate' cannot be set."}}
                self._write(issue, body.get("fields", {}).get("duedate"), body["update"]["labels"][0])
                return 204, None
            case "GET", ["transitions"]:
                asks = {"resolution": {"required": True, "hasDefaultValue": False}}
                return 200, {"transitions": [
                    {"id": str(place), "name": f"to {name}", "fields": {} if name in self.offers else asks, "to": {"name": name, "statusCategory": {"key": key}}}
                    for place, (name, key) in enumerate(STATUSES.items())
                ]}
            case "POST", ["transitions"]:
                issue.status, issue.since = list(STATUSES)[int(body["transition"]["id"])], datetime.now(UTC)
                return 204, None
        return 405, None

    def _write(self, issue: Held, due: str | None, label: dict[str, str]) -> None:
        issue.fields["due"] = due or issue.fields["due"]
        for deed, name in label.items():
            issue.labels[:] = [held for held in issue.labels if held != name] + ([name] if deed == "add" else [])

    def _named(self, issue: Held) -> dict[str, Any]:
        return {"id": str(10_000 + issue.number), "key": f"PMO-{issue.number}", "self": "https://elsewhere.example/"}

    def _gitlab(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        if not path.startswith("/api/v4/projects/office%2Fplans"):
            return 404, {"message": "404 Project Not Found"}
        parts = path.removeprefix("/api/v4/projects/office%2Fplans").strip("/").split("/")
        match method, parts:
            case "GET", [""]:
                held = {"access_level": 30} if self.rights else None
                return 200, {"name_with_namespace": "Office / Plans", "issues_access_level": "enabled", "permissions": {"project_access": held, "group_access": None}}
            case "GET", ["issues"]:
                assert query["labels"] == "cairn"
                size, page = int(query["per_page"]), int(query["page"])
                newest = sorted(self.issues.values(), key=lambda issue: -issue.number)
                return 200, [self._shown(issue) for issue in newest][size * (page - 1): size * page]
            case "POST", ["issues"]:
                return 201, self._shown(self._add({
                    "title": body["title"], "text": body["description"], "labels": body["labels"].split(","), "due": body["due_date"],
                }))
        if len(parts) != 2 or int(parts[1]) not in self.issues or int(parts[1]) in self.hides:
            return 404, {"message": "404 Not found"}
        issue = self.issues[int(parts[1])]
        if method == "PUT":
            if "state_event" in body:
                issue.status, issue.since = {"close": "Done", "reopen": "To Do"}[body["state_event"]], datetime.now(UTC)
            else:
                self._write(issue, body["due_date"], {"add": body["add_labels"]} if "add_labels" in body else {"remove": body["remove_labels"]})
        return 200, self._shown(issue)

    def _shown(self, issue: Held) -> dict[str, Any]:
        is_closed = STATUSES[issue.status] == "done"
        return {
            "iid": issue.number, "description": issue.fields["text"], "state": "closed" if is_closed else "opened", "web_url": "javascript:alert(1)",
            "closed_at": issue.since.isoformat() if is_closed else None, "updated_at": issue.since.isoformat(), "moved_to_id": None,
        }


class _Talk(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Tests read what was asked, not a log."""

    def do_GET(self) -> None:
        sink, parts = self.server.sink, urlsplit(self.path)
        size = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(size)) if size else {}
        sink.asked.append(f"{self.command} {unquote(parts.path)}")
        sink.authorizations.add(self.headers.get("Authorization", ""))
        mishap = next((m for m in sink.mishaps if m.on in f"{self.command} {self.path}"), None)
        if mishap is not None:
            mishap.times -= 1
            if mishap.times <= 0:
                sink.mishaps.remove(mishap)
            self._say(mishap.status, mishap.body, mishap.headers, mishap.drips)
            return
        status, answer = sink.answer(self.command, parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}, body)
        if status == 201:
            sink.made.set()
            if sink.stalls is not None:
                sink.stalls.wait(150)
        self._say(status, b"" if answer is None else json.dumps(answer).encode(), {})

    do_POST = do_PUT = do_DELETE = do_GET

    def _say(self, status: int, body: bytes, headers: dict[str, str], drips: float = 0.0) -> None:
        try:
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            for byte in range(len(body) if drips else 0):
                threading.Event().wait(drips)
                self.wfile.write(body[byte:byte + 1])
                self.wfile.flush()
            if not drips:
                self.wfile.write(body)
        except OSError:
            self.close_connection = True  # the other side has had enough


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    sink: TrackerSink


@contextmanager
def tracker_sink(kind: str, tls: ssl.SSLContext | None = None) -> Iterator[TrackerSink]:
    """A running tracker."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.sink = TrackerSink(kind, server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.sink
        finally:
            server.shutdown()
            thread.join()
