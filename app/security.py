"""Headers on every answer, the host check, the refusal of cross-site writes, and a session cookie that holds one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, Request, Response, abort, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.config import Settings

View = TypeVar("View", bound=Callable[..., Any])

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_ADDRESS = 32_768
MB = 1 << 20
ONE_OF_EACH = ("team", "item")  # names in an address that say which thing is meant


class CookieWithoutClock(SecureCookieSessionInterface):
    """The signed cookie is judged by its signature alone: how long a sign-in lasts is decided by its database row."""

    def __init__(self) -> None:
        self._signers: dict[object, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of a key, made once: it costs more than what it signs."""
        key = app.secret_key
        if key not in self._signers:
            self._signers[key] = super().get_signing_serializer(app)
        return self._signers[key]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        signer = self.get_signing_serializer(app)
        value = request.cookies.get(self.get_cookie_name(app))
        if signer is None or not value or len(value) > 4096:
            return self.session_class()
        try:
            return self.session_class(_opened(signer, value))
        except (BadSignature, ValueError):
            return self.session_class()


@lru_cache(maxsize=2048)
def _opened(signer: URLSafeTimedSerializer, cookie: str) -> Mapping[str, Any]:
    """What a cookie holds. Its signature never stops being right, so it is judged once; one that is wrong is not kept here."""
    held: Mapping[str, Any] = signer.loads(cookie)
    return held


def form_token() -> str:
    """The token in the forms of this page, as Flask-WTF would make it, signed once for each browser."""
    own, secret = session.get("csrf_token"), current_app.secret_key
    if "csrf_token" not in g and isinstance(own, str) and isinstance(secret, str):
        g.csrf_token = _signed_token(secret, own)
    token: str = generate_csrf()
    return token


@lru_cache(maxsize=2048)
def _signed_token(secret: str, own: str) -> str:
    signed = URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(own)
    return signed if isinstance(signed, str) else signed.decode()


def install(app: Flask, settings: Settings, chart_source: str) -> None:
    """Set cookies and headers; check host and origin before anything else runs."""
    app.session_interface = CookieWithoutClock()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-cairn" if settings.is_secure else "cairn",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=1 << 20,
        MAX_FORM_MEMORY_SIZE=1 << 20,
        MAX_FORM_PARTS=1000,
    )
    fixed = fixed_headers(settings, chart_source) | {"Cache-Control": "no-store", "Vary": "Cookie"}
    headers = [(name.lower(), name, value) for name, value in fixed.items()]
    hosts = frozenset(settings.allowed_hosts)

    @app.before_request
    def refuse_strangers() -> None:
        host = request.host
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if name not in hosts:
            abort(400)
        if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
            abort(414)
        if request.query_string and any(len(request.args.getlist(name)) > 1 for name in ONE_OF_EACH):
            abort(400)  # two ids where one is meant: neither is guessed
        if "\x00" in request.path:
            abort(404)  # no name holds it, and PostgreSQL does not even look
        if takes_files(app, request) and "_user_id" in session:
            # Somewhat more than one file may have, so that one a little too large gets a sentence beside its field.
            request.max_content_length = (2 * app.extensions["settings"].file_limit + 1) * MB
        if request.method not in SAFE_METHODS and request.headers.get("Sec-Fetch-Site") == "cross-site":
            abort(400)

    @app.after_request
    def dress(response: Response) -> Response:
        held = {name.lower() for name, _ in response.headers}  # one look, where a look for each name would be ten
        response.headers.extend([(name, value) for key, name, value in headers if key not in held])
        if "vary" in held:
            response.vary.add("Cookie")
        return response


def with_files(view: View) -> View:
    """Mark a view whose form may hold a file; from somebody signed in, and from nobody else, it takes more than other forms."""
    view.with_files = True  # type: ignore[attr-defined]
    return view


def takes_files(app: Flask, asked: Request) -> bool:
    """Whether this request is sent to a form that may hold a file."""
    return asked.method == "POST" and hasattr(app.view_functions.get(asked.endpoint or ""), "with_files")


def fixed_headers(settings: Settings, chart_source: str) -> dict[str, str]:
    """The headers that are the same on every answer, errors included."""
    headers = {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src 'self'{' ' + chart_source if chart_source else ''}; style-src 'self'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
            "object-src 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    if settings.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def attachment(body: str | bytes, filename: str, mimetype: str) -> Response:
    """A download: never shown inside the site. *filename* is ASCII and ours, not a person's."""
    answer = Response(body, mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer
