"""Where people get stuck, for leads, and where they leave a course, for authors."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import flow as actions
from app.learning.queries import flow as queries
from app.learning.views.blueprint import pages
from app.security import attachment
from app.ui.forms import go, render


@pages.get("/lessons/stuck/")
@policy("lead or pmo lead")
def stuck() -> Any:
    return render("learning/stuck.html", page=queries.flow_page(reading(), me(), clock.today(me().time_zone)))


@pages.post("/lessons/stuck/export")
@policy("lead or pmo lead")
def take_out_stuck() -> Any:
    return attachment(actions.take_out_flow(writing(), me(), now=clock.now(), today=clock.today(me().time_zone)), "lessons.csv", "text/csv")


@pages.get("/lessons/funnel/")
@policy("admin or pmo lead")
def funnel() -> Any:
    return render("learning/funnel.html", page=queries.funnel_page(reading()))


@pages.post("/lessons/funnel/export")
@policy("admin or pmo lead")
def take_out_funnel() -> Any:
    return attachment(actions.take_out_funnel(writing(), me(), now=clock.now()), "courses.csv", "text/csv")


@pages.get('/lessons/<any("stuck", "funnel"):what>/export')
@policy("signed in")
def flow_was_exported(what: str) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go(f"/lessons/{what}/")
