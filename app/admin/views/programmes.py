"""Pages of programmes: the list, and one with its teams."""

from __future__ import annotations

from typing import Any

from app.access import me, policy
from app.admin.actions import programmes as actions
from app.admin.forms import NewProgrammeForm, ProgrammeForm
from app.admin.queries import programmes as queries
from app.admin.views.blueprint import pages
from app.db import reading, writing
from app.ui.forms import PlainForm, go, render


@pages.get("/programmes/")
@policy("admin or pmo lead")
def programmes() -> Any:
    return render("admin/programmes.html", NewProgrammeForm(), page=queries.programmes_page(reading(), me()))


@pages.post("/programmes/")
@policy("admin or pmo lead")
def add_programme() -> Any:
    form = NewProgrammeForm()
    made: list[int] = []
    if form.accepted(lambda: made.append(actions.add_programme(writing(), me(), name=form.name.data))):
        return go(f"/admin/programmes/{made[0]}/")
    return render("admin/programmes.html", form, page=queries.programmes_page(reading(), me()))


@pages.get("/programmes/<id:programme_id>/")
@policy("admin or pmo lead")
def programme(programme_id: int) -> Any:
    page = queries.programme_page(reading(), me(), programme_id=programme_id)
    form = ProgrammeForm(data={"version": page.programme.version, "name": page.programme.name, "teams": page.held})
    return programme_page(page, form)


@pages.post("/programmes/<id:programme_id>/")
@policy("admin or pmo lead")
def save_programme(programme_id: int) -> Any:
    page = queries.programme_page(reading(), me(), programme_id=programme_id)
    form = ProgrammeForm()
    form.teams.choices = page.teams
    if form.accepted(lambda: actions.save_programme(
        writing(), me(), programme_id=programme_id, version=form.version.data, name=form.name.data, teams=form.teams.data or (),
    )):
        return go("/admin/programmes/")
    return programme_page(page, form)


def programme_page(page: queries.ProgrammePage, form: ProgrammeForm) -> Any:
    form.teams.choices = page.teams
    return render("admin/programme.html", form, page=page, plain=PlainForm())


@pages.post("/programmes/<id:programme_id>/remove")
@policy("admin or pmo lead")
def remove_programme(programme_id: int) -> Any:
    actions.remove_programme(writing(), me(), programme_id=programme_id)
    return go("/admin/programmes/")
