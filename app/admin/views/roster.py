"""Many people at once: send a list, see what would happen, then import it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.access import me, policy
from app.admin.actions import imports
from app.admin.forms import RosterForm
from app.admin.queries.start import admin_tabs
from app.admin.roster import COLUMNS, Roster
from app.admin.views.blueprint import pages
from app.db import reading, writing
from app.records.accounts import demand_fresh
from app.ui.forms import go, render


def form_page(form: RosterForm, roster: Roster | None = None) -> tuple[str, int]:
    body, status = render("admin/import.html", form, tabs=admin_tabs(me(), "People"), roster=roster, columns=COLUMNS, is_admin=me().is_admin)
    return body, 422 if roster and roster.faults else status


@pages.get("/people/import/")
@policy("admin or pmo lead")
def ask_for_list() -> Any:
    demand_fresh(reading(), me(), clock.now())
    return form_page(RosterForm())


@pages.post("/people/import/")
@policy("admin or pmo lead")
def check_list() -> Any:
    """The dry run. It writes nothing, so its form carries no one-time key and may be sent as often as one likes."""
    demand_fresh(reading(), me(), clock.now())
    form, found = RosterForm(), []
    if not form.accepted(lambda: found.append(imports.check_roster(reading(), me(), text=form.text_sent()))):
        return form_page(form)
    roster = found[0]
    if roster.faults or (roster.unknown and not form.leave_out.data):
        return form_page(form, roster)
    return render("admin/import_preview.html", form, tabs=admin_tabs(me(), "People"), roster=roster)


@pages.get("/people/import/run")
@policy("admin or pmo lead")
def links_were_shown() -> Any:
    return go("/admin/people/")


@pages.post("/people/import/run")
@policy("admin or pmo lead")
def import_list() -> Any:
    form, done = RosterForm(), []
    if not form.accepted(lambda: done.append(imports.import_people(
        writing(), me(), text=form.text.data or "", leave_out=form.leave_out.data, now=clock.now(),
    ))):
        return form_page(form)
    base = current_app.extensions["settings"].base_url
    return render("admin/imported.html", tabs=admin_tabs(me(), "People"), people=done[0], base=base)
