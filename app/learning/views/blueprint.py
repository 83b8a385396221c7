"""The one blueprint of learning, which the pages join; everything to read is rendered when it is put into the site."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from app.learning.shelf import shelf

pages = Blueprint("learning", __name__)


@pages.record_once
def render_all(state: BlueprintSetupState) -> None:
    """At the start of the site, so that no reader waits for it."""
    shelf()
