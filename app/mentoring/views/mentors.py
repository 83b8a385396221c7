"""The start, mentors to choose from, my own card, approvals and requests."""

from __future__ import annotations

from typing import Any

from flask import request

from app.access import me, policy
from app.db import reading, writing
from app.mentoring.actions import profiles as card_actions
from app.mentoring.actions import requests as request_actions
from app.mentoring.forms import AgreementForm, DeclineForm, ProfileForm, WishForm
from app.mentoring.queries.mentors import card_page, mentors_page
from app.mentoring.queries.profiles import approvals_page, profile_page
from app.mentoring.queries.requests import request_page
from app.mentoring.queries.start import start_page
from app.mentoring.views.blueprint import my_day, pages
from app.ui.forms import Form, PlainForm, go, render


def page_asked() -> str:
    """The page number as it stands in the address."""
    return request.args.get("page", "")


@pages.get("/")
@policy("signed in")
def start() -> Any:
    return render("mentoring/start.html", page=start_page(reading(), me(), my_day(), page_asked()))


@pages.get("/mentors/")
@policy("signed in")
def mentors() -> Any:
    page = mentors_page(reading(), me(), request.args.get("competence", ""), page_asked())
    return render("mentoring/mentors.html", page=page)


@pages.get("/mentors/<id:person_id>/")
@policy("signed in")
def card(person_id: int) -> Any:
    return card_answer(person_id, WishForm())


@pages.post("/mentors/<id:person_id>/")
@policy("signed in")
def ask(person_id: int) -> Any:
    form = WishForm()
    sent: list[int] = []
    if form.accepted(lambda: sent.append(request_actions.ask_mentor(writing(), me(), person_id, wish=form.wish.data))):
        return go(f"/mentoring/requests/{sent[0]}/")
    return card_answer(person_id, form)


def card_answer(person_id: int, form: WishForm) -> Any:
    """The card with its form."""
    return render("mentoring/card.html", form, page=card_page(reading(), me(), person_id))


@pages.get("/profile/")
@policy("signed in")
def profile() -> Any:
    page = profile_page(reading(), me())
    return render("mentoring/profile.html", ProfileForm(obj=page), page=page, plain=PlainForm())


@pages.post("/profile/")
@policy("signed in")
def save_profile() -> Any:
    form = ProfileForm()
    if form.accepted(
        lambda: card_actions.save_profile(
            writing(), me(), about=form.about.data, competences=form.competences.data, capacity=form.capacity.data, version=form.version.data
        )
    ):
        return go("/mentoring/profile/")
    return render("mentoring/profile.html", form, page=profile_page(reading(), me()), plain=PlainForm())


@pages.post("/profile/publish")
@policy("signed in")
def publish_profile() -> Any:
    card_actions.publish_profile(writing(), me())
    return go("/mentoring/profile/")


@pages.post("/profile/pause")
@policy("signed in")
def pause_profile() -> Any:
    card_actions.pause_profile(writing(), me())
    return go("/mentoring/profile/")


@pages.get("/approvals/")
@policy("pmo lead")
def approvals() -> Any:
    return render("mentoring/approvals.html", page=approvals_page(reading(), me(), page_asked()), plain=PlainForm())


@pages.post("/mentors/<id:person_id>/approve")
@policy("signed in")
def approve(person_id: int) -> Any:
    card_actions.approve_mentor(writing(), me(), person_id)
    return go("/mentoring/approvals/")


@pages.post("/mentors/<id:person_id>/suspend")
@policy("signed in")
def suspend(person_id: int) -> Any:
    card_actions.suspend_mentor(writing(), me(), person_id)
    return go("/mentoring/approvals/")


@pages.get("/requests/<id:pairing_id>/")
@policy("signed in")
def asked(pairing_id: int) -> Any:
    return request_answer(pairing_id, AgreementForm(my_day()), DeclineForm())


def request_answer(pairing_id: int, agreement: AgreementForm, refusal: DeclineForm) -> Any:
    """The request with both answers; the form that was sent decides the status."""
    sent: Form = refusal if refusal.faults else agreement
    page = request_page(reading(), me(), pairing_id)
    return render("mentoring/request.html", sent, page=page, agreement=agreement, refusal=refusal, plain=PlainForm())


@pages.post("/requests/<id:pairing_id>/accept")
@policy("signed in")
def accept(pairing_id: int) -> Any:
    form = AgreementForm(my_day())
    if form.accepted(
        lambda: request_actions.accept_request(
            writing(), me(), pairing_id, goals=form.goals, rhythm=form.rhythm.data, limits=form.limits.data, ends_on=form.ends_on.data
        )
    ):
        return go(f"/mentoring/pairings/{pairing_id}/")
    return request_answer(pairing_id, form, DeclineForm(formdata=None))


@pages.post("/requests/<id:pairing_id>/decline")
@policy("signed in")
def decline(pairing_id: int) -> Any:
    form = DeclineForm()
    if form.accepted(lambda: request_actions.decline_request(writing(), me(), pairing_id, reason=form.reason.data)):
        return go(f"/mentoring/requests/{pairing_id}/")
    return request_answer(pairing_id, AgreementForm(my_day(), formdata=None), form)


@pages.post("/requests/<id:pairing_id>/withdraw")
@policy("signed in")
def withdraw(pairing_id: int) -> Any:
    request_actions.withdraw_request(writing(), me(), pairing_id)
    return go(f"/mentoring/requests/{pairing_id}/")
