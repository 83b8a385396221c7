"""My calendar: the address to subscribe to, and what is found there."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.deadlines import actions
from app.deadlines.queries import calendar as queries
from app.deadlines.views.blueprint import pages
from app.documents.calendar import calendar_text
from app.security import attachment
from app.ui.forms import PlainForm, go, render

NAME = "What is due, from Cairn"


def base_url() -> str:
    """The address of the site, as people type it."""
    return str(current_app.extensions["settings"].base_url)


@pages.get("/calendar/<secret>.ics")
@policy("public")
def subscribed(secret: str) -> Any:
    """For calendar programs: whoever holds the address, without a sign-in; 304 as long as nothing has changed."""
    site, now = base_url(), clock.now()
    found = queries.feed(reading(), secret=secret, site=site, now=now)
    if request.if_none_match.contains_weak(found.tag):
        answer = Response(status=304)
    else:
        answer = attachment(calendar_text(NAME, found.entries, site=site, now=now), "cairn.ics", "text/calendar")
    answer.set_etag(found.tag, weak=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@pages.get("/settings/calendar/")
@policy("signed in")
def calendar() -> Any:
    return render("deadlines/calendar.html", page=queries.calendar_page(reading(), me()), plain=PlainForm(), address="")


@pages.post("/settings/calendar/make")
@policy("signed in")
def make() -> Any:
    """The page that shows the new address; it cannot be opened a second time."""
    secret = actions.make_address(writing(), me(), now=clock.now())
    page = queries.calendar_page(writing(), me())
    return render("deadlines/calendar.html", page=page, plain=PlainForm(), address=f"{base_url()}/calendar/{secret}.ics")


@pages.get("/settings/calendar/make")
@policy("signed in")
def was_made() -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go("/settings/calendar/")


@pages.post("/settings/calendar/remove")
@policy("signed in")
def remove() -> Any:
    actions.remove_address(writing(), me())
    return go("/settings/calendar/")
