"""The measures of a team: at a glance, one over time, one quarter, tables in and out."""

from __future__ import annotations

from datetime import date
from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import Refused
from app.measures.actions import figures, imports
from app.measures.forms import TableForm, TargetForm, WithdrawForm, figure_form
from app.measures.queries import tables
from app.measures.queries import team as queries
from app.measures.sheet import COLUMNS, Sheet
from app.measures.views.blueprint import pages
from app.security import attachment
from app.ui.forms import Form, go, render

TEAM = "/teams/<slug>/kpis/"
CSV = "text/csv"


def today() -> date:
    return clock.today(me().time_zone)


@pages.get(TEAM)
@policy("signed in")
def team_kpis(slug: str) -> Any:
    return render("measures/team.html", page=queries.team_page(reading(), me(), slug=slug, today=today()))


@pages.get(TEAM + "export.csv")
@policy("signed in")
def export(slug: str) -> Any:
    return attachment(tables.team_text(reading(), me(), slug=slug), f"kpis-{slug}.csv", CSV)


@pages.get(TEAM + "empty.csv")
@policy("signed in")
def empty_table(slug: str) -> Any:
    tables.import_place(reading(), me(), slug=slug)
    return attachment(tables.empty_text(today()), "kpis-to-fill-in.csv", CSV)


@pages.get(TEAM + "import/")
@policy("signed in")
def ask_for_table(slug: str) -> Any:
    return import_page(slug, TableForm())


@pages.post(TEAM + "import/")
@policy("signed in")
def check_table(slug: str) -> Any:
    """The dry run. It writes nothing, so its form carries no one-time key and may be sent as often as one likes."""
    form, found = TableForm(), []
    if not form.accepted(lambda: found.append(tables.checked(reading(), me(), slug=slug, text=form.text_sent(), today=today())[1])):
        return import_page(slug, form)
    return import_page(slug, form, found[0])


def import_page(slug: str, form: TableForm, sheet: Sheet | None = None) -> tuple[str, int]:
    team, tabs = tables.import_place(reading(), me(), slug=slug)
    is_checked = sheet is not None and not sheet.faults
    body, status = render("measures/import_preview.html" if is_checked else "measures/import.html", form, team=team, tabs=tabs, sheet=sheet, columns=COLUMNS)
    return body, 422 if sheet and sheet.faults else status


@pages.get(TEAM + "import/run")
@policy("signed in")
def import_again(slug: str) -> Any:
    return go(f"/teams/{slug}/kpis/import/")


@pages.post(TEAM + "import/run")
@policy("signed in")
def import_table(slug: str) -> Any:
    form = TableForm()
    if form.accepted(lambda: imports.import_figures(writing(), me(), slug=slug, text=form.text.data or "", today=today(), reason=form.import_because.data or "")):
        return go(f"/teams/{slug}/kpis/")
    found: list[Sheet] = []
    form_again = form.text.data
    if form_again:
        try:
            found.append(tables.checked(reading(), me(), slug=slug, text=form_again, today=today())[1])
        except Refused:
            found.clear()
    return import_page(slug, form, found[0] if found else None)


@pages.get(TEAM + "<kpi>/")
@policy("signed in")
def team_kpi(slug: str, kpi: str) -> Any:
    page = queries.kpi_page(reading(), me(), slug=slug, kpi_id=kpi, today=today())
    return render("measures/kpi.html", TargetForm(data={"target": page.own_target.target if page.own_target else None}), page=page)


@pages.post(TEAM + "<kpi>/target")
@policy("signed in")
def set_target(slug: str, kpi: str) -> Any:
    form = TargetForm()
    if form.accepted(lambda: figures.set_target(
        writing(), me(), slug=slug, kpi_id=kpi, target=form.target.data, reason=form.target_because.data,
    )):
        return go(f"/teams/{slug}/kpis/{kpi}/")
    return render("measures/kpi.html", form, page=queries.kpi_page(reading(), me(), slug=slug, kpi_id=kpi, today=today()))


@pages.get(TEAM + "<kpi>/<quarter:quarter>/")
@policy("signed in")
def quarter_form(slug: str, kpi: str, quarter: str) -> Any:
    page = queries.entry_page(reading(), me(), slug=slug, kpi_id=kpi, code=quarter, today=today())
    form = figure_form(kpi)(page.is_correction, data=page.usual)
    return render("measures/entry.html", form, page=page, back_form=WithdrawForm(formdata=None))


@pages.post(TEAM + "<kpi>/<quarter:quarter>/")
@policy("signed in")
def record(slug: str, kpi: str, quarter: str) -> Any:
    page = queries.entry_page(reading(), me(), slug=slug, kpi_id=kpi, code=quarter, today=today())
    form = figure_form(kpi)(page.is_correction)
    if form.accepted(lambda: figures.record_figure(
        writing(), me(), slug=slug, kpi_id=kpi, code=quarter, today=today(), seen=form.seen.data, numbers=form.numbers, result=form.result.data,
        source=form.source.data, comment=form.comment.data, reason=form.reason.data,
    )):
        return go(page.back)
    return render("measures/entry.html", form, page=page, back_form=WithdrawForm(formdata=None))


@pages.post(TEAM + "<kpi>/<quarter:quarter>/take-back")
@policy("signed in")
def take_back(slug: str, kpi: str, quarter: str) -> Any:
    page = queries.entry_page(reading(), me(), slug=slug, kpi_id=kpi, code=quarter, today=today())
    form = WithdrawForm()
    if form.accepted(lambda: figures.withdraw_figure(
        writing(), me(), slug=slug, kpi_id=kpi, code=quarter, today=today(), seen=form.seen.data, reason=form.withdrawn_because.data,
    )):
        return go(page.back)
    return entry_refused(form, page)


def entry_refused(form: Form, page: queries.EntryPage) -> tuple[str, int]:
    """The page of a quarter with what was wrong in the second form of it."""
    figure = figure_form(page.about.kpi.id)(page.is_correction, formdata=None, data=page.usual)
    figure.sentences = [sentence for _, sentence in form.faults]
    body, _ = render("measures/entry.html", figure, page=page, back_form=form)
    return body, 422
