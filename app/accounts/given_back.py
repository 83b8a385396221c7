"""A form that was kept is shown again as its own page would show it refused: filled in, with its labels, and not sent (P41)."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import escape
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException

from app.access import me, policy_of
from app.db import look_anew, withhold
from app.errors import EditConflict, Forbidden, NotVisible, OutOfOrder, Refused
from app.records.accounts import NotFresh
from app.records.kept_text import UNTYPED, Fields

HERE = 'href="#what-you-typed"'
NOT_SHOWN = (HTTPException, SQLAlchemyError, EditConflict, Forbidden, NotFresh, NotVisible, OutOfOrder, Refused)


@dataclass(frozen=True)
class GivenBack:
    """What the note above the form says: which text it is, and where the other kept ones are (address, when)."""

    kept_id: int
    others: tuple[tuple[str, Any], ...]


def page_again(path: str, query: str, fields: Fields, told: GivenBack) -> str:
    """The page of the view that takes this form, filled in; '' where it shows no form or the person may no longer see it.

    The view runs as for a form it refuses, on a connection that cannot write."""
    generate_csrf()  # one token for both requests, kept by the outer one
    withhold()
    g.given_back = told
    environ = {name: value for name, value in request.environ.items() if not name.startswith("werkzeug.")}
    environ |= {
        "REQUEST_METHOD": "POST", "PATH_INFO": path.encode().decode("latin1"), "QUERY_STRING": query, "CONTENT_LENGTH": "0",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": io.BytesIO(),
    }
    with current_app.request_context(environ):
        request.__dict__["form"] = request.__dict__["values"] = ImmutableMultiDict((name, value) for name, value in fields)
        request.__dict__["files"] = ImmutableMultiDict()
        rule = request.url_rule
        if rule is None or not policy_of(current_app, rule.endpoint).allows(me()):
            return ""
        try:
            answer: Response = current_app.make_response(current_app.ensure_sync(current_app.view_functions[rule.endpoint])(**request.view_args or {}))
        except NOT_SHOWN:
            look_anew()
            return ""
    shows_a_form = answer.status_code in (200, 422) and answer.mimetype == "text/html"
    return _leading(answer.get_data(as_text=True), fields) if shows_a_form else ""


def _leading(text: str, fields: Fields) -> str:
    """The page with the note's link leading to the first field that was filled in: on a long page the form is far below the note.

    A field stands on the page under its own name, one of several about the same thing (`GOV-1.comment`) under that of the thing."""
    names = (name.split(".")[0] for name, value in fields if name not in UNTYPED and value.strip())
    places = ((text.find(f'id="{escape(name)}"'), name) for name in names)
    _, first = min((place for place in places if place[0] >= 0), default=(0, "main"))
    return text.replace(HERE, f'href="#{escape(first)}"', 1)
