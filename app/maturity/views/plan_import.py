"""The table of the plan in use, sent back: what would change, then all of it."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import demand, me, policy
from app.db import reading, writing
from app.maturity.actions import plan_import as actions
from app.maturity.actions.changes import WHO_CHANGES
from app.maturity.forms.actions_of_plan import PlanTableForm
from app.maturity.plan_sheet import READ
from app.maturity.queries.roadmap_import import ImportPage, import_page
from app.maturity.views.roadmap_pages import pages
from app.ui.forms import go, render


def lead_page(slug: str) -> ImportPage:
    """The frame of the page, for those who may change the plan."""
    page = import_page(reading(), me(), slug=slug)
    demand(me(), "lead action", page.team, WHO_CHANGES)
    return page


def shown(slug: str, form: PlanTableForm, checked: actions.Checked | None = None) -> Any:
    body, status = render("maturity/roadmap_import.html", form, page=lead_page(slug), sheet=checked.sheet if checked else None, columns=READ)
    return body, 422 if checked and checked.sheet.faults else status


@pages.get("/import/")
@policy("signed in")
def ask_for_table(slug: str) -> Any:
    return shown(slug, PlanTableForm(None))


@pages.post("/import/")
@policy("signed in")
def check_table(slug: str) -> Any:
    """The dry run. It writes nothing, so its form carries no one-time key and may be sent as often as one likes."""
    page = lead_page(slug)
    form, found = PlanTableForm(), []
    if not form.accepted(lambda: found.append(actions.check_table(reading(), me(), slug=slug, text=form.text_sent(), today=clock.today(me().time_zone)))):
        return shown(slug, form)
    if found[0].sheet.faults:
        return shown(slug, form, found[0])
    return render("maturity/roadmap_import_preview.html", form, page=page, sheet=found[0].sheet, stamp=found[0].stamp)


@pages.get("/import/run")
@policy("signed in")
def was_applied(slug: str) -> Any:
    return go(f"/teams/{lead_page(slug).team.slug}/roadmap/import/")


@pages.post("/import/run")
@policy("signed in")
def apply_table(slug: str) -> Any:
    lead_page(slug)
    form = PlanTableForm()
    if form.accepted(lambda: actions.apply_table(
        writing(), me(), slug=slug, text=form.text_sent(), stamp=form.stamp.data, now=clock.now(), today=clock.today(me().time_zone),
    )):
        return go(f"/teams/{slug}/roadmap/?view=list")
    return shown(slug, form)
