"""People: the list, a new account, one account and what is done to it."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.access import me, policy
from app.admin.actions import people as actions
from app.admin.actions.export import take_people_out
from app.admin.forms import CloseForm, EditPersonForm, MentorRoleForm, PersonForm, PowerfulPersonForm, RolesForm
from app.admin.queries import people as queries
from app.admin.views.blueprint import ZONES, asked, pages
from app.db import reading, writing
from app.security import attachment
from app.ui.forms import PlainForm, go, render


@pages.get("/people/")
@policy("admin or pmo lead")
def people() -> Any:
    wanted = queries.Wanted(asked("q"), asked("team"), asked("role"), asked("state"), asked("sort"), asked("page"))
    return render("admin/people.html", page=queries.list_page(reading(), me(), wanted=wanted), plain=PlainForm())


@pages.post("/people/export/")
@policy("admin")
def export_people() -> Any:
    return attachment(take_people_out(writing(), me(), now=clock.now()), "people.csv", "text/csv")


@pages.get("/people/export/")
@policy("admin")
def people_were_exported() -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    return go("/admin/people/")


def person_form(page: queries.AddPage) -> PersonForm:
    form = PowerfulPersonForm() if page.is_admin else PersonForm()
    form.team.choices, form.role_profile.choices = page.teams, page.profiles
    return form


@pages.get("/people/add")
@policy("admin or pmo lead")
def new_person() -> Any:
    page = queries.add_page(reading(), me(), now=clock.now())
    return render("admin/add_person.html", person_form(page), page=page)


@pages.post("/people/add")
@policy("admin or pmo lead")
def add_person() -> Any:
    page, token = queries.add_page(reading(), me(), now=clock.now()), []
    form = person_form(page)
    roles = {name: bool(form.data.get(name)) for name in ("is_lead", "is_mentor", "is_pmo_lead", "is_admin")}
    if form.accepted(lambda: token.append(actions.add_person(
        writing(), me(), now=clock.now(), name=form.name.data, email=form.email.data, job_title=form.job_title.data,
        role_profile=form.role_profile.data, team_slug=form.team.data, **roles,
    ))):
        return link_page(form.name.data, form.email.data, token[0], "invite")
    return render("admin/add_person.html", form, page=page)


def link_page(name: str, email: str, token: str, purpose: str) -> tuple[str, int]:
    """The page that shows a one-time link; it cannot be opened a second time."""
    address = f"{current_app.extensions['settings'].base_url}/choose-password/{token}"
    return render("admin/link.html", name=name, email=email, address=address, purpose=purpose)


@pages.get("/people/<id:person_id>/")
@policy("admin or pmo lead")
def person(person_id: int) -> Any:
    return render("admin/person.html", page=queries.person_page(reading(), me(), person_id=person_id), plain=PlainForm())


def edit_form(**given: Any) -> EditPersonForm:
    form = EditPersonForm(**given)
    form.role_profile.choices, form.time_zone.choices = queries.profiles(), ZONES
    return form


@pages.get("/people/<id:person_id>/edit")
@policy("admin or pmo lead")
def edit_person(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now(), fresh=True)
    return render("admin/edit_person.html", edit_form(obj=page.person), page=page)


@pages.post("/people/<id:person_id>/edit")
@policy("admin or pmo lead")
def save_person(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now(), fresh=True)
    form = edit_form()
    values = {name: form.data[name] for name in actions.LABELS}
    if form.accepted(lambda: actions.edit_person(
        writing(), me(), person_id=person_id, version=form.version.data, reason=form.reason.data, now=clock.now(),
        base_url=current_app.extensions["settings"].base_url, **values,
    )):
        return go(f"/admin/people/{person_id}/")
    return render("admin/edit_person.html", form, page=page)


@pages.get("/people/<id:person_id>/roles")
@policy("admin or pmo lead")
def roles(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now(), for_admins=False, fresh=True)
    return render("admin/roles.html", roles_form(obj=page.person), page=page)


def roles_form(**given: Any) -> MentorRoleForm:
    return RolesForm(**given) if me().is_admin else MentorRoleForm(**given)


@pages.post("/people/<id:person_id>/roles")
@policy("admin or pmo lead")
def change_roles(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now(), for_admins=False, fresh=True)
    form = roles_form()
    grants = {name: form.data[name] for name in actions.GRANTS if name in form.data}
    if form.accepted(lambda: actions.change_roles(
        writing(), me(), person_id=person_id, version=form.version.data, now=clock.now(), **grants,
    )):
        return go(f"/admin/people/{person_id}/")
    return render("admin/roles.html", form, page=page)


@pages.get("/people/<id:person_id>/close")
@policy("admin or pmo lead")
def ask_to_close(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now())
    return render("admin/close.html", CloseForm(), page=page)


@pages.post("/people/<id:person_id>/close")
@policy("admin or pmo lead")
def close_account(person_id: int) -> Any:
    page = queries.account_page(reading(), me(), person_id=person_id, now=clock.now())
    form = CloseForm()
    if form.accepted(lambda: actions.disable(writing(), me(), person_id=person_id, reason=form.reason.data, now=clock.now())):
        return go(f"/admin/people/{person_id}/")
    return render("admin/close.html", form, page=page)


@pages.post("/people/<id:person_id>/open")
@policy("admin or pmo lead")
def open_account(person_id: int) -> Any:
    actions.enable(writing(), me(), person_id=person_id)
    return go(f"/admin/people/{person_id}/")


@pages.post("/people/<id:person_id>/end-sign-ins")
@policy("admin or pmo lead")
def end_sign_ins(person_id: int) -> Any:
    actions.end_sign_ins(writing(), me(), person_id=person_id, now=clock.now())
    return go(f"/admin/people/{person_id}/")


@pages.get("/people/<id:person_id>/link")
@policy("admin or pmo lead")
def link_was_shown(person_id: int) -> Any:
    return go(f"/admin/people/{person_id}/")


@pages.post("/people/<id:person_id>/link")
@policy("admin or pmo lead")
def give_link(person_id: int) -> Any:
    token, purpose = actions.give_link(writing(), me(), person_id=person_id, now=clock.now())
    person = queries.account_page(reading(), me(), person_id=person_id, now=clock.now()).person
    return link_page(person.name, person.email, token, purpose)
