"""The ways the site says no, and the page each of them becomes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

Answer = Response | tuple[str, int] | tuple[str, int, dict[str, str]]


class NotVisible(Exception):
    """There is no such thing, or it is not for this person: both look the same (404). A text says what else to do; it is the same for both."""


class Forbidden(Exception):
    """The thing is visible but this may not be done to it (403). The text says who may."""


class OutOfOrder(Exception):
    """A step that the state of the thing does not allow now (409). The text says what can be done instead."""


class Refused(Exception):
    """A rule said no to what was entered (422). `field` names the form field the sentence belongs to."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


@dataclass(frozen=True)
class Differing:
    """One field two people wrote at the same time."""

    label: str
    yours: str
    stored: str


class EditConflict(Exception):
    """Somebody else saved first (409). Both texts are shown; nothing was overwritten."""

    def __init__(self, differing: tuple[Differing, ...] = (), back: str = "") -> None:
        super().__init__("Somebody else saved this while you were writing.")
        self.differing = differing
        self.back = back


WORDS = {
    400: ("This could not be read", "Go back, reload the page and try again. What you typed is still on the page before."),
    401: ("Please sign in", "This page is for people who are signed in."),
    403: ("This is not yours to change", "You can see it, but changing it is up to somebody else."),
    404: ("There is no page at this address", "Or it is not open to you. Check the address, or start from Today."),
    405: ("This cannot be done here", "Go back and use the buttons on the page."),
    409: ("This has moved on", "Somebody has changed it since you opened it. Reload to see how it stands now."),
    413: ("That is too much at once", "Send less text or a smaller file."),
    414: ("This address is too long", "Start from Today and search again with fewer words."),
    415: ("This kind of file or data is not accepted", "Use the form on the page."),
    422: ("This could not be saved", "Go back and put it right; nothing was stored."),
    429: ("Too many tries", "Wait five minutes, then try again."),
    500: ("Something went wrong on our side", "Nothing was stored. Try again; if it happens again, tell your administrator the reference."),
    503: ("Cannot save just now", "The database is busy. Nothing was stored; try again in a few seconds."),
}


def error_page(status: int, sentence: str = "", **extra: Any) -> tuple[str, int]:
    """The page for *status*, in plain words; `sentence` replaces the usual advice."""
    title, advice = WORDS.get(status, WORDS[400 if status < 500 else 500])
    return render_template("errors/error.html", status=status, title=title, advice=sentence or advice, **extra), status


def install(app: Flask) -> None:
    """Map every rule error and every failure of the database to its page."""
    app.register_error_handler(NotVisible, lambda e: error_page(404, str(e)))
    app.register_error_handler(Forbidden, lambda e: error_page(403, str(e)))
    app.register_error_handler(OutOfOrder, lambda e: error_page(409, str(e)))
    app.register_error_handler(Refused, lambda e: error_page(422, e.sentence))
    app.register_error_handler(EditConflict, _conflict)
    app.register_error_handler(StaleDataError, lambda e: _conflict(EditConflict()))
    app.register_error_handler(CSRFError, lambda e: error_page(400, "This page was open for too long, or came from elsewhere. Please try again."))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(TimeoutError, _busy)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(DBAPIError, _unexpected)
    app.register_error_handler(Exception, _unexpected)


def _conflict(conflict: EditConflict) -> tuple[str, int]:
    return render_template("errors/conflict.html", conflict=conflict), 409


def _http(error: HTTPException) -> Any:
    if error.code is not None and error.code < 400:
        return error
    status = error.code or 500
    if isinstance(error, NotFound):
        return error_page(404)
    too_much = f"Send less text or a smaller file: at most {most >> 20} MB at once." if status == 413 and (most := request.max_content_length) else ""
    body, code = error_page(status, too_much, back=_page_before() if too_much else "")
    headers = {name: value for name, value in error.get_headers() if name == "Allow"}
    return body, code, headers


def _page_before() -> str:
    """The page of this site a form was sent from, '' when the browser does not tell."""
    came_from = urlsplit(request.referrer or "")
    return came_from.path if came_from.netloc == request.host else ""


def _busy(error: Exception) -> tuple[str, int, dict[str, str]]:
    current_app.logger.warning("database busy: %s", type(error).__name__)
    body, status = error_page(503)
    return body, status, {"Retry-After": "5"}


def _unreadable(error: Exception) -> tuple[str, int]:
    """Something no column can hold was sent, such as a NUL; PostgreSQL says so before anything is stored."""
    current_app.logger.warning("nothing can hold what was sent to %s %r", request.method, request.path)
    return error_page(400)


def _unexpected(error: Exception) -> tuple[str, int]:
    reference = secrets.token_hex(4)
    current_app.logger.error("reference %s at %s %r", reference, request.method, request.path, exc_info=error)
    return error_page(500, reference=reference)
