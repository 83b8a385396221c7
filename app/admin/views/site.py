"""The start of administration, teams, the organisation, the audit log, background work."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.access import me, policy
from app.admin.actions import site as actions
from app.admin.forms import OrganisationForm, RenameTeamForm, TeamForm
from app.admin.queries import site as queries
from app.admin.queries.start import start_page
from app.admin.views.blueprint import ZONES, asked, pages
from app.db import reading, writing
from app.ui.forms import PlainForm, go, render


@pages.get("/")
@policy("admin")
def start() -> Any:
    settings = current_app.extensions["settings"]
    page = start_page(reading(), me(), now=clock.now(), database_url=settings.database_url, instance=settings.instance_dir, tracker=settings.tracker_server)
    return render("admin/start.html", page=page, plain=PlainForm())


@pages.post("/first-steps/put-away")
@policy("admin")
def finish_setup() -> Any:
    actions.finish_setup(writing(), me(), now=clock.now())
    return go("/admin/")


@pages.get("/teams/")
@policy("admin or pmo lead")
def teams() -> Any:
    return teams_page(TeamForm())


def teams_page(form: TeamForm) -> tuple[str, int]:
    page = queries.teams_page(reading(), me(), wanted=asked("page"))
    form.pmo_type.choices = page.types
    return render("admin/teams.html", form, page=page, plain=PlainForm())


@pages.post("/teams/")
@policy("admin or pmo lead")
def add_team() -> Any:
    form = TeamForm()
    form.pmo_type.choices = queries.types()
    if form.accepted(lambda: actions.add_team(writing(), me(), name=form.name.data, pmo_type=form.pmo_type.data)):
        return go("/admin/teams/")
    return teams_page(form)


@pages.get("/teams/<slug>/")
@policy("admin or pmo lead")
def team(slug: str) -> Any:
    page = queries.team_page(reading(), me(), slug=slug)
    return render("admin/team.html", RenameTeamForm(obj=page.team), page=page, plain=PlainForm())


@pages.post("/teams/<slug>/")
@policy("admin or pmo lead")
def rename_team(slug: str) -> Any:
    form = RenameTeamForm()
    if form.accepted(lambda: actions.rename_team(writing(), me(), slug=slug, version=form.version.data, name=form.name.data)):
        return go("/admin/teams/")
    return render("admin/team.html", form, page=queries.team_page(reading(), me(), slug=slug), plain=PlainForm())


@pages.post("/teams/<slug>/archive")
@policy("admin or pmo lead")
def archive_team(slug: str) -> Any:
    actions.archive_team(writing(), me(), slug=slug, now=clock.now())
    return go("/admin/teams/")


@pages.post("/teams/<slug>/bring-back")
@policy("admin or pmo lead")
def bring_back_team(slug: str) -> Any:
    actions.bring_back_team(writing(), me(), slug=slug)
    return go("/admin/teams/")


@pages.get("/organisation/")
@policy("admin")
def organisation() -> Any:
    page = queries.organisation_page(reading(), me())
    return render("admin/organisation.html", organisation_form(obj=page.organisation), page=page)


def organisation_form(**given: Any) -> OrganisationForm:
    form = OrganisationForm(**given)
    form.time_zone.choices = ZONES
    return form


@pages.post("/organisation/")
@policy("admin")
def save_organisation() -> Any:
    form = organisation_form()
    if form.accepted(lambda: actions.save_organisation(
        writing(), me(), version=form.version.data, name=form.name.data, time_zone=form.time_zone.data, leads_run_rounds=form.leads_run_rounds.data,
    )):
        return go("/admin/organisation/")
    return render("admin/organisation.html", form, page=queries.organisation_page(reading(), me()))


@pages.get("/events/")
@policy("admin or pmo lead")
def events() -> Any:
    return render("admin/events.html", page=queries.events_page(reading(), me(), search=asked("q"), thing=asked("thing"), wanted=asked("page")))


@pages.get("/jobs/")
@policy("admin")
def jobs() -> Any:
    return render("admin/jobs.html", page=queries.jobs_page(reading(), me()), plain=PlainForm())


@pages.post("/jobs/<id:job_id>/again")
@policy("admin")
def try_again(job_id: int) -> Any:
    actions.try_again(writing(), me(), job_id=job_id)
    return go("/admin/jobs/")
