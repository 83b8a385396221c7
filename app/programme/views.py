"""The programme page of the PMO lead and its exports."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.documents.kinds import MIMETYPES
from app.programme import actions
from app.programme.queries.page import Chosen, programme_page
from app.programme.queries.proof import programme_proof_page
from app.security import attachment
from app.ui.forms import go, render

pages = Blueprint("programme", __name__)


def chosen(asked: Any) -> Chosen:
    """What the address or the export form asks for; anything that is no page number is page 1."""
    if len(asked.getlist("team")) > 1:
        abort(400)
    number = asked.get("page", "1")
    whole = number.isascii() and number.isdigit() and len(number) < 7
    return Chosen(asked.get("type", ""), int(number) if whole else 1, asked.get("team", ""), asked.get("show", ""), asked.get("programme", ""))


@pages.get("/programme/")
@policy("pmo lead")
def programme() -> Any:
    return render("programme/programme.html", page=programme_page(reading(), me(), chosen(request.args), clock.today(me().time_zone)))


@pages.get("/programme/proof/")
@policy("pmo lead")
def proof() -> Any:
    return render("programme/proof.html", page=programme_proof_page(reading(), me()))


@pages.post("/programme/export/<any(teams, people, coverage):what>/")
@policy("pmo lead")
def export(what: str) -> Any:
    text = actions.take_out(writing(), me(), what, chosen(request.form), clock.now())
    return attachment(text, f"programme-{what}.csv", "text/csv")


@pages.get("/programme/export/<any(teams, people, coverage):what>/")
@policy("pmo lead")
def export_again(what: str) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go("/programme/")


@pages.post("/programme/export/overview.<any(pptx, xlsx):kind>")
@policy("pmo lead")
def export_overview(kind: str) -> Any:
    body = actions.take_overview(writing(), me(), kind, chosen(request.form), clock.today(me().time_zone), clock.now())
    return attachment(body, f"programme.{kind}", MIMETYPES[kind])


@pages.get("/programme/export/overview.<any(pptx, xlsx):kind>")
@policy("pmo lead")
def export_overview_again(kind: str) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go("/programme/")
