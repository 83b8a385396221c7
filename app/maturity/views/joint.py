"""Pages of joint rounds: the list, setting one up, its steps, its result."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.documents.kinds import MIMETYPES
from app.maturity.actions import joint as actions
from app.maturity.actions.joint_export import export_joint
from app.maturity.forms.joint import JointForm
from app.maturity.forms.rounds import ExtendForm
from app.maturity.queries import joint as queries
from app.maturity.views.joint_pages import pages
from app.maturity.views.pages import sender
from app.maturity.views.rounds import min_group, today
from app.security import attachment
from app.ui.forms import PlainForm, go, render


@pages.get("/")
@policy("pmo lead")
def rounds() -> Any:
    return render("maturity/joint_rounds.html", page=queries.joint_list_page(reading(), me(), wanted=request.args.get("page", "")))


@pages.get("/new/")
@policy("pmo lead")
def new_round() -> Any:
    page = queries.joint_form_page(reading(), me())
    first = page.models[0][0] if page.models else ""
    return form_page(JointForm(data={"min_group": min_group(), "shared": "yes", "asked": "whole", "model_id": first}), page)


@pages.post("/new/")
@policy("pmo lead")
def create_round() -> Any:
    page = queries.joint_form_page(reading(), me())
    form = offered(JointForm(), page)
    made: list[int] = []
    if form.accepted(lambda: made.append(actions.create_joint(writing(), me(), teams=form.teams.data or (), today=today(), **form.agreed))):
        return go(f"{queries.HOME}{made[0]}/")
    return form_page(form, page)


def offered(form: JointForm, page: queries.JointFormPage) -> JointForm:
    """The form with the teams and models there are."""
    form.teams.choices, form.model_id.choices = page.teams, page.models
    return form


def form_page(form: JointForm, page: queries.JointFormPage) -> Any:
    return render("maturity/joint_form.html", offered(form, page), page=page)


@pages.get("/<id:number>/")
@policy("pmo lead")
def one_round(number: int) -> Any:
    return round_page(number)


def round_page(number: int, form: ExtendForm | None = None) -> Any:
    page = queries.joint_page(reading(), me(), number=number, now=clock.now())
    return render("maturity/joint_round.html", form or ExtendForm(data={"closes_on": page.joint.closes_on}), page=page, plain=PlainForm())


@pages.post("/<id:number>/open")
@policy("pmo lead")
def open_round(number: int) -> Any:
    actions.open_joint(writing(), me(), number=number, sender=sender())
    return go(f"{queries.HOME}{number}/")


@pages.post("/<id:number>/extend")
@policy("pmo lead")
def extend(number: int) -> Any:
    form = ExtendForm()
    if form.accepted(lambda: actions.extend_joint(writing(), me(), number=number, closes_on=form.closes_on.data, today=today(), sender=sender())):
        return go(f"{queries.HOME}{number}/")
    return round_page(number, form)


@pages.post("/<id:number>/remind")
@policy("pmo lead")
def remind(number: int) -> Any:
    actions.remind_joint(writing(), me(), number=number, sender=sender())
    return go(f"{queries.HOME}{number}/#letters")


@pages.get("/<id:number>/<any(close, cancel):step>/")
@policy("pmo lead")
def ask(number: int, step: Any) -> Any:
    page = queries.joint_step_page(reading(), me(), number=number, step=step, now=clock.now())
    return render("maturity/joint_step.html", PlainForm(), page=page, step=step)


@pages.post("/<id:number>/close/")
@policy("pmo lead")
def close_round(number: int) -> Any:
    is_there = actions.close_joint(writing(), me(), number=number, now=clock.now())
    return go(f"{queries.HOME}{number}/{'results/' if is_there else ''}")


@pages.post("/<id:number>/publish")
@policy("pmo lead")
def publish_again(number: int) -> Any:
    actions.publish_again(writing(), me(), number=number)
    return go(f"{queries.HOME}{number}/")


@pages.get("/<id:number>/status")
@policy("pmo lead")
def status(number: int) -> Any:
    return jsonify(queries.joint_status(reading(), me(), number=number))


@pages.post("/<id:number>/cancel/")
@policy("pmo lead")
def cancel_round(number: int) -> Any:
    actions.cancel_joint(writing(), me(), number=number)
    return go(f"{queries.HOME}{number}/")


@pages.get("/<id:number>/results/")
@policy("signed in")
def results(number: int) -> Any:
    return render("maturity/joint_results.html", PlainForm(), page=queries.joint_results_page(reading(), me(), number=number))


@pages.get("/<id:number>/results/export.<any(pdf, pptx, xlsx, csv, json):kind>")
@policy("pmo lead")
def back_to_results(number: int, kind: str) -> Any:
    """Where somebody lands who was asked for the password before a download: the button is on the results page."""
    return go(f"{queries.HOME}{number}/results/")


@pages.post("/<id:number>/results/export.<any(pdf, pptx, xlsx, csv, json):kind>")
@policy("pmo lead")
def export(number: int, kind: str) -> Any:
    return attachment(export_joint(writing(), me(), number=number, kind=kind, now=clock.now()), f"joint-round-{number}.{kind}", MIMETYPES[kind])
