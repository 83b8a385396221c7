"""The blueprint of all pages around rounds, and the part of a result that is drawn once and shown to many."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Blueprint, current_app
from markupsafe import Markup

from app import clock
from app.maturity.actions.letters import Sender
from app.maturity.queries.results import AnswersOf

pages = Blueprint("maturity", __name__, url_prefix="/teams/<slug>")


def sender() -> Sender:
    """How letters of this request are written: with the configured address of the site."""
    return Sender(current_app.extensions["settings"].base_url, clock.now())


def has_mail() -> bool:
    """Whether letters go out, or wait until a mail server is set up."""
    return bool(current_app.extensions["settings"].mail_url)


@pages.app_template_filter("answers_table")
@lru_cache(maxsize=200)
def answers_table(dimension: AnswersOf, places: int = 2) -> Markup:
    """The answers of one dimension. A closed round does not change, so equal figures and comments are drawn once a process."""
    parts: Any = current_app.jinja_env.get_template("maturity/_answers.html").module
    return Markup(parts.answers_table(dimension, places))
