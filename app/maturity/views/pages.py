"""The blueprint of all pages around rounds."""

from __future__ import annotations

from flask import Blueprint, current_app

from app import clock
from app.maturity.actions.letters import Sender

pages = Blueprint("maturity", __name__, url_prefix="/teams/<slug>")


def sender() -> Sender:
    """How letters of this request are written: with the configured address of the site."""
    return Sender(current_app.extensions["settings"].base_url, clock.now())


def has_mail() -> bool:
    """Whether letters go out, or wait until a mail server is set up."""
    return bool(current_app.extensions["settings"].mail_url)
