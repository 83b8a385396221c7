"""The search page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState

from app.access import me, policy
from app.db import reading
from app.search import queries
from app.ui.forms import render

pages = Blueprint("search", __name__)


@pages.record_once
def index_all(state: BlueprintSetupState) -> None:
    """At the start of the site, so that nobody who searches waits for it."""
    queries.index()


@pages.get("/search")
@policy("signed in")
def search() -> Any:
    typed, kind, page = (request.args.get(name, "") for name in ("q", "kind", "page"))
    return render("search/search.html", page=queries.search_page(reading(), me(), typed, kind, page))
