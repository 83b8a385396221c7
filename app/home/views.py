"""The start page and the pages about the site itself."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify

from app import clock
from app.access import me_or_nobody, policy
from app.db import database, reading
from app.home import queries
from app.ui.forms import render

pages = Blueprint("home", __name__)


@pages.get("/")
@policy("public")
def today() -> Any:
    asking = me_or_nobody()
    if asking is None:
        return render("home/signed_out.html", page=queries.welcome_page())
    return render("home/today.html", page=queries.today_page(reading(), asking, clock.today(asking.time_zone)))


@pages.get("/help/", defaults={"name": "help"})
@pages.get("/about/", defaults={"name": "about"})
@pages.get("/privacy/", defaults={"name": "privacy"})
@policy("public")
def text_page(name: str) -> Any:
    return render("home/text.html", page=queries.text_page(name))


@pages.get("/healthz")
@policy("public")
def healthz() -> Any:
    return jsonify(status="ok")


@pages.get("/readyz")
@policy("public")
def readyz() -> Any:
    ready = queries.is_ready(database())
    return (jsonify(status="ok"), 200) if ready else (jsonify(status="not ready"), 503)
