"""Pages of rounds: the list, setting one up, inviting, and its steps."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.maturity.actions import guests
from app.maturity.actions import rounds as actions
from app.maturity.forms.rounds import ExtendForm, GuestForm, InviteForm, RoundForm
from app.maturity.queries import rounds as queries
from app.maturity.views.pages import has_mail, pages, sender
from app.ui.forms import PlainForm, go, render


def here(slug: str, number: int, end: str = "") -> str:
    """An address inside a round."""
    return f"/teams/{slug}/rounds/{number}/{end}"


@pages.get("/rounds/")
@policy("signed in")
def rounds(slug: str) -> Any:
    return render("maturity/rounds.html", page=queries.rounds_page(reading(), me(), slug=slug, wanted=request.args.get("page", "")))


@pages.get("/rounds/new/")
@policy("signed in")
def new_round(slug: str) -> Any:
    page = queries.new_page(reading(), me(), slug=slug, min_group=min_group())
    return render("maturity/set_up.html", offered(RoundForm(data=queries.first_values(page)), page), page=page)


@pages.post("/rounds/new/")
@policy("signed in")
def create_round(slug: str) -> Any:
    page = queries.new_page(reading(), me(), slug=slug, min_group=min_group())
    form = offered(RoundForm(), page)
    made: list[int] = []
    if form.accepted(lambda: made.append(actions.create_round(writing(), me(), slug=slug, today=today(), **form.agreed))):
        return go(here(slug, made[0]))
    return render("maturity/set_up.html", form, page=page)


@pages.get("/rounds/<id:number>/edit/")
@policy("signed in")
def edit_round(slug: str, number: int) -> Any:
    page = queries.edit_page(reading(), me(), slug=slug, number=number)
    return render("maturity/set_up.html", offered(RoundForm(data=queries.stored_values(page)), page), page=page)


@pages.post("/rounds/<id:number>/edit/")
@policy("signed in")
def save_round(slug: str, number: int) -> Any:
    page = queries.edit_page(reading(), me(), slug=slug, number=number)
    form = offered(RoundForm(), page)
    if form.accepted(
        lambda: actions.edit_round(writing(), me(), slug=slug, number=number, version=form.version.data, today=today(), **form.agreed)
    ):
        return go(here(slug, number))
    return render("maturity/set_up.html", form, page=page)


def offered(form: RoundForm, page: queries.SetUpPage) -> RoundForm:
    """The form with the models and types there are."""
    form.model_id.choices, form.pmo_type.choices = page.models, page.types
    return form


def min_group() -> int:
    """The minimum group new anonymous rounds start with in this installation."""
    found: int = current_app.extensions["settings"].min_group
    return found


def today() -> Any:
    """The day it is for the person who asks."""
    return clock.today(me().time_zone)


@pages.get("/rounds/<id:number>/")
@policy("signed in")
def one_round(slug: str, number: int) -> Any:
    return round_page(slug, number)


def round_page(slug: str, number: int, form: ExtendForm | None = None) -> Any:
    page = queries.round_page(reading(), me(), slug=slug, number=number, now=clock.now())
    form = form or ExtendForm(data={"closes_on": page.place.round.closes_on})
    return render("maturity/round.html", form, page=page, plain=PlainForm(), has_mail=has_mail())


@pages.get("/rounds/<id:number>/invite/")
@policy("signed in")
def invite(slug: str, number: int) -> Any:
    page = queries.invite_page(reading(), me(), slug=slug, number=number)
    form = InviteForm()
    form.people.choices = page.members
    return render("maturity/invite.html", form, page=page)


@pages.post("/rounds/<id:number>/invite/")
@policy("signed in")
def send_invitations(slug: str, number: int) -> Any:
    page = queries.invite_page(reading(), me(), slug=slug, number=number)
    form = InviteForm()
    form.people.choices = page.members
    if form.accepted(
        lambda: actions.invite(
            writing(), me(), slug=slug, number=number, people=form.people.data or (), email=form.email.data, group=form.group.data, role=form.role.data,
            sender=sender(),
        )
    ):
        return go(here(slug, number))
    return render("maturity/invite.html", form, page=page)


@pages.post("/rounds/<id:number>/invitations/<id:invitation_id>/remove")
@policy("signed in")
def remove_invitation(slug: str, number: int, invitation_id: int) -> Any:
    actions.remove_invitation(writing(), me(), slug=slug, number=number, invitation_id=invitation_id)
    return go(here(slug, number))


@pages.get("/rounds/<id:number>/invite-outside/")
@policy("signed in")
def ask_outside(slug: str, number: int) -> Any:
    page = queries.invite_page(reading(), me(), slug=slug, number=number)
    return render("maturity/invite_outside.html", GuestForm(data={"group": "users"}), page=page, has_mail=has_mail())


@pages.post("/rounds/<id:number>/invite-outside/")
@policy("signed in")
def invite_outside(slug: str, number: int) -> Any:
    form = GuestForm()
    if form.accepted(
        lambda: guests.invite_guest(
            writing(), me(), slug=slug, number=number, name=form.name.data, email=form.email.data, group=form.group.data, role=form.role.data,
            sender=sender(),
        )
    ):
        return go(here(slug, number))
    page = queries.invite_page(reading(), me(), slug=slug, number=number)
    return render("maturity/invite_outside.html", form, page=page, has_mail=has_mail())


@pages.post("/rounds/<id:number>/invitations/<id:invitation_id>/link")
@policy("signed in")
def send_link(slug: str, number: int, invitation_id: int) -> Any:
    guests.send_new_link(writing(), me(), slug=slug, number=number, invitation_id=invitation_id, sender=sender())
    return go(here(slug, number))


@pages.post("/rounds/<id:number>/invitations/<id:invitation_id>/revoke")
@policy("signed in")
def revoke_link(slug: str, number: int, invitation_id: int) -> Any:
    guests.take_link_away(writing(), me(), slug=slug, number=number, invitation_id=invitation_id, now=clock.now())
    return go(here(slug, number))


@pages.post("/rounds/<id:number>/open")
@policy("signed in")
def open_round(slug: str, number: int) -> Any:
    actions.open_round(writing(), me(), slug=slug, number=number, sender=sender())
    return go(here(slug, number))


@pages.post("/rounds/<id:number>/extend")
@policy("signed in")
def extend(slug: str, number: int) -> Any:
    form = ExtendForm()
    if form.accepted(
        lambda: actions.extend(writing(), me(), slug=slug, number=number, closes_on=form.closes_on.data, today=today(), sender=sender())
    ):
        return go(here(slug, number))
    return round_page(slug, number, form)


@pages.post("/rounds/<id:number>/remind")
@policy("signed in")
def remind(slug: str, number: int) -> Any:
    actions.remind_people(writing(), me(), slug=slug, number=number, sender=sender())
    return go(here(slug, number, "#letters"))


@pages.get("/rounds/<id:number>/close/")
@policy("signed in")
def close(slug: str, number: int) -> Any:
    return render("maturity/close.html", PlainForm(), page=queries.step_page(reading(), me(), slug=slug, number=number, step="close", now=clock.now()))


@pages.post("/rounds/<id:number>/close/")
@policy("signed in")
def close_round(slug: str, number: int) -> Any:
    actions.close_round(writing(), me(), slug=slug, number=number, now=clock.now())
    return go(here(slug, number, "results/"))


@pages.get("/rounds/<id:number>/cancel/")
@policy("signed in")
def cancel(slug: str, number: int) -> Any:
    return render("maturity/cancel.html", PlainForm(), page=queries.step_page(reading(), me(), slug=slug, number=number, step="cancel", now=clock.now()))


@pages.post("/rounds/<id:number>/cancel/")
@policy("signed in")
def cancel_round(slug: str, number: int) -> Any:
    actions.cancel_round(writing(), me(), slug=slug, number=number)
    return go(here(slug, number))
