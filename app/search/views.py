"""The search page."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from app.access import policy
from app.search import queries
from app.ui.forms import render

pages = Blueprint("search", __name__)


@pages.get("/search")
@policy("signed in")
def search() -> Any:
    return render("search/search.html", page=queries.search_page(request.args.get("q", ""), request.args.get("page", "1")))
