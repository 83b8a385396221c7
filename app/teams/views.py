"""Pages of the teams: list, overview, people, profile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.teams import actions, queries
from app.teams.forms import CapacityForm, ChosenPersonForm, MemberForm, ProfileForm, TargetForm
from app.teams.targets import DEFAULT, TargetsPage, targets_page, type_page
from app.ui.forms import PlainForm, go, render

pages = Blueprint("teams", __name__, url_prefix="/teams")


@pages.get("/")
@policy("signed in")
def teams() -> Any:
    return render("teams/list.html", page=queries.list_page(reading(), me(), wanted=request.args.get("page", "")))


@pages.get("/<slug>/")
@policy("signed in")
def team(slug: str) -> Any:
    page = queries.overview_page(reading(), me(), slug=slug, today=clock.today(me().time_zone))
    return render("teams/overview.html", page=page)


@pages.get("/<slug>/people/")
@policy("signed in")
def people(slug: str) -> Any:
    return people_page(slug, MemberForm())


def people_page(slug: str, form: MemberForm) -> tuple[str, int]:
    return render("teams/people.html", form, page=queries.people_page(reading(), me(), slug=slug), plain=PlainForm())


@pages.post("/<slug>/people/")
@policy("signed in")
def add_member(slug: str) -> Any:
    form = MemberForm()
    if form.accepted(lambda: actions.add_member(writing(), me(), slug=slug, person=form.person.data)):
        return go(f"/teams/{slug}/people/")
    return people_page(slug, form)


@pages.post("/<slug>/people/add")
@policy("signed in")
def add_offered(slug: str) -> Any:
    actions.add_member(writing(), me(), slug=slug, person_id=ChosenPersonForm().person_id.data or 0)
    return go(f"/teams/{slug}/people/")


@pages.post("/<slug>/people/remove")
@policy("signed in")
def remove_member(slug: str) -> Any:
    actions.remove_member(writing(), me(), slug=slug, person_id=ChosenPersonForm().person_id.data)
    return go(f"/teams/{slug}/people/")


@pages.post("/<slug>/people/<any(appoint, release):deed>")
@policy("signed in")
def appoint_lead(slug: str, deed: str) -> Any:
    actions.appoint_lead(writing(), me(), slug=slug, person_id=ChosenPersonForm().person_id.data, is_lead=deed == "appoint")
    return go(f"/teams/{slug}/people/")


@pages.get("/<slug>/profile/")
@policy("signed in")
def profile(slug: str) -> Any:
    return render("teams/profile.html", page=queries.profile_page(reading(), me(), slug=slug))


@pages.get("/<slug>/profile/edit")
@policy("signed in")
def edit_profile(slug: str) -> Any:
    page = queries.edit_page(reading(), me(), slug=slug)
    return render("teams/edit.html", profile_form(page), page=page)


@pages.post("/<slug>/profile/edit")
@policy("signed in")
def save_profile(slug: str) -> Any:
    page = queries.edit_page(reading(), me(), slug=slug)
    form = profile_form(page)
    values = {name: value for name, value in form.data.items() if name not in {"csrf_token", "form_key", "version"}}
    if form.accepted(lambda: actions.save_profile(writing(), me(), slug=slug, version=form.version.data, **values)):
        return go(f"/teams/{slug}/profile/")
    return render("teams/edit.html", form, page=page)


@pages.get("/<slug>/targets/")
@policy("signed in")
def targets(slug: str) -> Any:
    page = targets_page(reading(), me(), slug=slug)
    return render("teams/targets.html", offered_targets(TargetForm(), page), page=page)


@pages.post("/<slug>/targets/")
@policy("signed in")
def set_target(slug: str) -> Any:
    page = targets_page(reading(), me(), slug=slug)
    form = offered_targets(TargetForm(), page)
    if form.accepted(lambda: actions.set_target(
        writing(), me(), slug=slug, dimension=form.dimension.data, level=int(form.level.data) if form.level.data != DEFAULT else None, reason=form.reason.data,
    )):
        return go(f"/teams/{slug}/targets/")
    return render("teams/targets.html", form, page=page)


def offered_targets(form: TargetForm, page: TargetsPage) -> TargetForm:
    """The form with the dimensions and levels of the model."""
    form.dimension.choices, form.level.choices = page.dimensions, page.levels
    return form


@pages.get("/<slug>/type/")
@policy("signed in")
def which_type(slug: str) -> Any:
    return render("teams/type.html", page=type_page(reading(), me(), slug=slug, answers=request.args.to_dict()))


def profile_form(page: queries.EditPage) -> CapacityForm:
    """The fields this person may change, filled with what stands."""
    if not page.whole:
        return CapacityForm(obj=page.team)
    form = ProfileForm(obj=page.team)
    form.pmo_type.choices = [(kind.id, f"{kind.name}: {kind.chooses_when}") for kind in page.types]
    return form
