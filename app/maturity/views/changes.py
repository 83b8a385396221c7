"""Changing several actions of the plan in use at once, and taking the last change back."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import demand, me, policy
from app.db import reading, writing
from app.maturity.actions import changes as actions
from app.maturity.forms.actions_of_plan import NOBODY, SeveralForm
from app.maturity.queries import roadmap as queries
from app.maturity.views.roadmap_pages import pages
from app.maturity.views.tracker import tracker_server
from app.ui.forms import PlainForm, go, render


def several_form(page: queries.RoadmapPage) -> SeveralForm:
    form = SeveralForm()
    form.quarter.choices = [("", "Leave where they are"), *((str(at), name) for at, name in enumerate(page.quarter_names, 1))]
    form.owner.choices = [("", "Leave as they are"), (NOBODY, "Nobody yet"), *page.members]
    return form


def shown(slug: str, form: SeveralForm | None = None) -> Any:
    page = queries.roadmap_page(
        reading(), me(), slug=slug, today=clock.today(me().time_zone), wanted=request.args.get("page", ""), look="list" if form else request.args.get("view", "")
    )
    return render("maturity/roadmap.html", form, page=page, several=form or (several_form(page) if page.look == "list" else None), plain=PlainForm(), has_tracker=tracker_server() is not None)


@pages.get("/")
@policy("signed in")
def roadmap(slug: str) -> Any:
    return shown(slug)


@pages.post("/several")
@policy("signed in")
def change_several(slug: str) -> Any:
    page = queries.roadmap_page(reading(), me(), slug=slug, today=clock.today(me().time_zone), wanted="", look="list")
    demand(me(), "lead action", page.team, actions.WHO_CHANGES)
    form = several_form(page)
    if form.accepted(lambda: actions.change_several(
        writing(), me(), slug=slug, versions=form.versions, now=clock.now(), quarter=int(form.quarter.data) if form.quarter.data else None,
        owner_id=int(form.owner.data) if form.owner.data and form.owner.data != NOBODY else None, nobody=form.owner.data == NOBODY, start=bool(form.start.data),
    )):
        return go(f"/teams/{slug}/roadmap/{'?view=list' if request.form.get('from') == 'list' else ''}")
    return shown(slug, form)


@pages.post("/undo")
@policy("signed in")
def undo(slug: str) -> Any:
    actions.undo(writing(), me(), slug=slug, now=clock.now())
    return go(f"/teams/{slug}/roadmap/")
