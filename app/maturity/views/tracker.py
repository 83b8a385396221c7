"""The page where a lead has the plan carried to the tracker. No request of a page goes to the tracker: the worker asks it."""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify

from app import clock
from app.access import me, policy
from app.config import TrackerServer
from app.db import reading, writing
from app.maturity.actions import tracker as actions
from app.maturity.forms.tracker import TrackerForm
from app.maturity.queries import tracker as queries
from app.maturity.views.roadmap_pages import pages
from app.ui.forms import PlainForm, go, render


def tracker_server() -> TrackerServer | None:
    """The tracker of this installation."""
    server: TrackerServer | None = current_app.extensions["settings"].tracker_server
    return server


def here(slug: str) -> str:
    return f"/teams/{slug}/roadmap/tracker/"


def shown(slug: str, form: TrackerForm | None = None) -> Any:
    page = queries.tracker_page(reading(), me(), tracker_server(), slug=slug, today=clock.today(me().time_zone))
    if form is None and page.kind:
        form = TrackerForm(page.kind, formdata=None, data={"project": page.project})
    return render("maturity/tracker.html", form, page=page, plain=PlainForm())


@pages.get("/tracker/")
@policy("signed in")
def tracker(slug: str) -> Any:
    return shown(slug)


@pages.get("/tracker/status")
@policy("signed in")
def tracker_status(slug: str) -> Any:
    return jsonify(queries.tracker_stage(reading(), me(), tracker_server(), slug=slug))


@pages.post("/tracker/")
@policy("signed in")
def name_project(slug: str) -> Any:
    server = tracker_server()
    form = TrackerForm(server.kind if server else "jira")
    if form.accepted(lambda: actions.name_project(writing(), me(), server, slug=slug, project=form.project.data, now=clock.now())):
        return go(here(slug))
    return shown(slug, form)


@pages.post("/tracker/on")
@policy("signed in")
def turn_on(slug: str) -> Any:
    actions.turn_on(writing(), me(), tracker_server(), slug=slug, now=clock.now())
    return go(here(slug))


@pages.post("/tracker/off")
@policy("signed in")
def turn_off(slug: str) -> Any:
    actions.turn_off(writing(), me(), tracker_server(), slug=slug)
    return go(here(slug))


@pages.post("/tracker/again")
@policy("signed in")
def try_again(slug: str) -> Any:
    actions.try_again(writing(), me(), tracker_server(), slug=slug, now=clock.now())
    return go(here(slug))
