"""The settings of this installation: one frozen value, read once from the environment and instance/settings.toml."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
CHART_JS_URL = "https://cdn.jsdelivr.net/npm/chart.js@4.6.1/dist/chart.umd.min.js"
CHART_JS_INTEGRITY = "sha384-Emf5ZVIUiarAdhkgtqK+5/Z5qIvM6QoVrS+qAVtfyZVuD5lIHrac0me485+Antp0"
SECRET_BYTES = 32
TRACKERS = {"jira": "Jira", "gitlab": "GitLab"}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(Exception):
    """The settings cannot be used; the text says which one and what it should be."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed over. `tls` is 'start' (STARTTLS, demanded), 'whole' (from the first byte) or 'none'."""

    host: str
    port: int
    tls: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def read_mail_url(url: str, base_url: str) -> MailServer:
    """'smtp://me:secret@mail.example.org?from=cairn@example.org' -> that server at port 587 with STARTTLS.

    smtps:// speaks TLS from the start (465). Without TLS only this computer is served, or a server with ?tls=none and no password.
    Raises SettingsError."""
    try:
        parts = urlsplit(url)
        asked, host, port = dict(parse_qsl(parts.query)), parts.hostname or "", parts.port
    except ValueError as fault:
        raise SettingsError("MAIL_URL: this is no address of a server") from fault
    if parts.scheme not in {"smtp", "smtps"} or not host or asked.keys() - {"from", "tls"} or asked.get("tls", "none") != "none":
        raise SettingsError("MAIL_URL: use smtp://user:password@host:587?from=cairn@example.org, or smtps://...")
    is_plain = parts.scheme == "smtp" and ("tls" in asked or host in LOOPBACK)
    if is_plain and parts.password and host not in LOOPBACK:
        raise SettingsError("MAIL_URL: a password is not sent without TLS; leave out tls=none or the password")
    sender = asked.get("from") or f"cairn@{urlsplit(base_url).hostname or 'localhost'}"
    if not re.fullmatch(r"[!-?A-~]{1,64}@[A-Za-z0-9.\-]{1,253}", sender):
        raise SettingsError("MAIL_URL: from= has to be one e-mail address, such as cairn@example.org")
    tls = "whole" if parts.scheme == "smtps" else "none" if is_plain else "start"
    return MailServer(host, port or (465 if tls == "whole" else 587), tls, sender, unquote(parts.username or ""), unquote(parts.password or ""))


@dataclass(frozen=True)
class TrackerServer:
    """The issue tracker of this installation. Jira with a user is Jira Cloud, without one Jira Data Center.

    `projects` are the only ones teams may name, () is any; `issue_type` is what a new issue of Jira is, '' a task."""

    kind: str
    host: str
    port: int
    is_tls: bool
    path: str = ""
    user: str = ""
    token: str = field(default="", repr=False)
    projects: tuple[str, ...] = ()
    issue_type: str = ""

    @property
    def name(self) -> str:
        """What people call it."""
        return TRACKERS[self.kind]

    @property
    def address(self) -> str:
        """Where people reach it: 'https://example.atlassian.net'. No secret is in it."""
        usual = 443 if self.is_tls else 80
        return f"http{'s' if self.is_tls else ''}://{self.host}{'' if self.port == usual else f':{self.port}'}{self.path}"


def read_tracker_url(url: str) -> TrackerServer:
    """'jira+https://me%40example.org:token@example.atlassian.net' -> Jira Cloud; without a user, ':token@', Jira Data Center.

    gitlab+https://:token@gitlab.example.org for GitLab. ?projects=A,B limits the projects, ?type=Story names the type of new
    issues in Jira. Plain http is for this computer only. Raises SettingsError, which never repeats the token."""
    try:
        parts = urlsplit(url)
        asked, host, port = dict(parse_qsl(parts.query)), parts.hostname or "", parts.port
    except ValueError as fault:
        raise SettingsError("TRACKER_URL: this is no address of a server") from fault
    kind, _, scheme = parts.scheme.partition("+")
    user, token = unquote(parts.username or ""), unquote(parts.password or "")
    if kind not in TRACKERS or scheme not in {"http", "https"} or not host or asked.keys() - {"projects", "type"} or (user and kind == "gitlab"):
        raise SettingsError("TRACKER_URL: use jira+https://user:token@example.atlassian.net, jira+https://:token@jira.example.org or gitlab+https://:token@gitlab.example.org")
    if scheme == "http" and host not in LOOPBACK:
        raise SettingsError("TRACKER_URL: a token is not sent without TLS; use https")
    if not re.fullmatch(r"[!-~]{1,1000}", token) or not re.fullmatch(r"[!-9;-~]{0,254}", user):
        raise SettingsError("TRACKER_URL: the token stands after a colon, before the @; write signs such as @ in it as %40")
    if not re.fullmatch(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?", parts.path):
        raise SettingsError("TRACKER_URL: leave out what stands after the host, or give the plain path the tracker lies under")
    projects = tuple(name.strip() for name in asked.get("projects", "").split(",") if name.strip())
    return TrackerServer(
        kind, host, port or (443 if scheme == "https" else 80), scheme == "https", parts.path.rstrip("/"), user, token, projects, asked.get("type", ""),
    )


@dataclass(frozen=True)
class Settings:
    """What an installation decides. Every field can be set as CAIRN_<NAME> or as <name> in settings.toml."""

    secret_key: str
    database_url: str
    content_dir: Path = ROOT / "content"
    instance_dir: Path = ROOT / "instance"
    chart_js_url: str = CHART_JS_URL
    mail_url: str = ""
    tracker_url: str = field(default="", repr=False)
    jobs_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    demo_password: str = ""
    min_group: int = 5
    file_limit: int = 10
    files_of_person: int = 200
    files_of_team: int = 2000
    hash_time: int = 2
    hash_memory: int = 19 * 1024
    hash_parallel: int = 4
    listens_on_loopback: bool = field(default=False)

    @property
    def mail_server(self) -> MailServer | None:
        """The server mails go out by; None while mail is not set up."""
        return read_mail_url(self.mail_url, self.base_url) if self.mail_url else None

    @property
    def tracker_server(self) -> TrackerServer | None:
        """The tracker that actions are carried to; None while none is set up."""
        return read_tracker_url(self.tracker_url) if self.tracker_url else None

    @property
    def is_secure(self) -> bool:
        """People reach the site over HTTPS, so cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def allowed_hosts(self) -> tuple[str, ...]:
        """Host names the site answers to; any other is refused (P52)."""
        own = self.base_url.split("://", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
        loopback = ("127.0.0.1", "localhost", "[::1]") if self.listens_on_loopback else ()
        return (*self.hosts, own, *loopback)


NUMBERS = {"proxies": (0, 5), "min_group": (4, 50), "file_limit": (1, 100), "files_of_person": (1, 1_000_000), "files_of_team": (1, 1_000_000), "hash_time": (1, 10), "hash_memory": (8, 1 << 20), "hash_parallel": (1, 64)}


def load_settings(instance_dir: Path | None = None, **overrides: Any) -> Settings:
    """Settings from environment over settings.toml over defaults; *overrides* win (tests, the run command).

    Raises SettingsError naming the setting that is missing or malformed."""
    folder = Path(instance_dir or os.environ.get("CAIRN_INSTANCE_DIR") or ROOT / "instance")
    stored = _read_file(folder / "settings.toml")
    known = {f.name for f in fields(Settings)} - {"listens_on_loopback"}
    unknown = sorted(set(stored) - known)
    if unknown:
        raise SettingsError(f"settings.toml: unknown setting {unknown[0]!r}")
    values: dict[str, Any] = dict(stored)
    values |= {name: os.environ[f"CAIRN_{name.upper()}"] for name in known if f"CAIRN_{name.upper()}" in os.environ}
    values["instance_dir"] = folder
    values.setdefault("database_url", f"sqlite:///{folder / 'site.db'}")
    values |= overrides
    return _checked({name: _typed(name, value) for name, value in values.items()})


def make_secret(instance_dir: Path) -> None:
    """Write a random secret to settings.toml (mode 0600) where none is set yet."""
    path = instance_dir / "settings.toml"
    if os.environ.get("CAIRN_SECRET_KEY") or "secret_key" in _read_file(path):
        return
    instance_dir.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(f'secret_key = "{secrets.token_hex(SECRET_BYTES)}"\n{before}')
    path.chmod(0o600)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise SettingsError(f"{path.name}: {fault}") from fault


def _typed(name: str, value: Any) -> Any:
    if name in NUMBERS:
        low, high = NUMBERS[name]
        try:
            number = int(value)
        except (TypeError, ValueError):
            raise SettingsError(f"{name.upper()}: enter a whole number") from None
        if not low <= number <= high:
            raise SettingsError(f"{name.upper()}: at least {low}, at most {high}")
        return number
    if name in {"content_dir", "instance_dir"}:
        return Path(value)
    if name == "hosts":
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else tuple(value)
    return value


def _checked(values: dict[str, Any]) -> Settings:
    secret = values.get("secret_key", "")
    if len(str(secret).encode()) < SECRET_BYTES:
        raise SettingsError("SECRET_KEY: set CAIRN_SECRET_KEY to at least 32 random bytes")
    if not str(values.get("base_url", "http://")).startswith(("http://", "https://")):
        raise SettingsError("BASE_URL: start it with http:// or https://")
    if not str(values["database_url"]).startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise SettingsError("DATABASE_URL: use sqlite:///... or postgresql://...")
    if values.get("mail_url"):
        read_mail_url(str(values["mail_url"]), str(values.get("base_url", "")))
    if values.get("tracker_url"):
        read_tracker_url(str(values["tracker_url"]))
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        raise SettingsError("FLASK_DEBUG: debug mode is not for a site with people in it; unset it")
    return Settings(**values)
