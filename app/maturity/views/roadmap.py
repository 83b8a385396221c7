"""Pages of a roadmap: the plan in use, the form that asks for one, a plan beside it, downloads."""

from __future__ import annotations

from typing import Any

from flask import current_app, jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.documents.calendar import calendar_text
from app.documents.kinds import MIMETYPES
from app.maturity.actions import roadmap as actions
from app.maturity.forms.roadmap import AdoptForm, PlanForm
from app.maturity.queries import roadmap as queries
from app.maturity.queries import roadmap_compare, roadmap_export, roadmap_form
from app.maturity.queries.proof import proof_page
from app.maturity.views.roadmap_pages import pages
from app.maturity.wishes import Offer
from app.security import attachment
from app.ui.forms import PlainForm, go, render

LONGEST = 10


@pages.get("/plan/")
@policy("signed in")
def plan(slug: str) -> Any:
    page = form_page(slug, read_like(request.args.get("like", "")), request.args.get("pack", ""))
    form = PlanForm(offer_of(page), page.standing, data=page.usual)
    return render("maturity/roadmap_form.html", form, page=page)


@pages.get("/proof/")
@policy("signed in")
def proof(slug: str) -> Any:
    return render("maturity/proof.html", page=proof_page(reading(), me(), slug=slug))


def form_page(slug: str, like: int | None = None, pack: str = "") -> roadmap_form.PlanFormPage:
    return roadmap_form.plan_form_page(reading(), me(), slug=slug, today=clock.today(me().time_zone), like=like, pack=pack)


def offer_of(page: roadmap_form.PlanFormPage) -> Offer | None:
    return page.offered.offer if page.offered else None


def read_like(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST else None


@pages.post("/plan/")
@policy("signed in")
def ask_for_plan(slug: str) -> Any:
    page, made = form_page(slug), []
    form = PlanForm(offer_of(page))
    if form.accepted(lambda: made.append(actions.ask_for_plan(
        writing(), me(), slug=slug, days=form.days.data, by_quarter=[f.data for f in form.by_quarter], wip=form.wip.data,
        horizon=form.horizon.data, starts_on=form.starts_on.data, target_view=form.target_view.data, label=form.label.data,
        most_per_dimension=form.most_per_dimension.data, keep_points=form.keep_points.data, wishes=form.wishes,
    ))):
        return go(f"/teams/{slug}/roadmap/plans/{made[0]}/")
    return render("maturity/roadmap_form.html", form, page=page)


@pages.get("/plans/<id:number>/")
@policy("signed in")
def saved_plan(slug: str, number: int) -> Any:
    return plan_shown(slug, number, AdoptForm(None))


def plan_shown(slug: str, number: int, form: AdoptForm) -> Any:
    page = queries.saved_plan_page(reading(), me(), slug=slug, number=number, today=clock.today(me().time_zone))
    form.adopted_because.needed = page.against is not None
    return render("maturity/roadmap_plan.html", form, page=page, plain=PlainForm(), adopt=form)


@pages.get("/compare/")
@policy("signed in")
def compare(slug: str) -> Any:
    numbers = [number for number in map(read_like, request.args.getlist("plan")) if number is not None]
    return render("maturity/roadmap_compare.html", page=roadmap_compare.compare_page(reading(), me(), slug=slug, numbers=numbers[:roadmap_compare.MOST]))


@pages.get("/plans/<id:number>/status")
@policy("signed in")
def status(slug: str, number: int) -> Any:
    return jsonify(queries.plan_status(reading(), me(), slug=slug, number=number))


@pages.post("/plans/<id:number>/adopt")
@policy("signed in")
def adopt(slug: str, number: int) -> Any:
    form = AdoptForm()
    if form.accepted(lambda: actions.adopt_plan(writing(), me(), slug=slug, number=number, now=clock.now(), because=form.adopted_because.data)):
        return go(f"/teams/{slug}/roadmap/")
    return plan_shown(slug, number, form)


@pages.get("/export.<any(pdf, pptx, xlsx, csv, json):kind>")
@policy("signed in")
def export(slug: str, kind: str) -> Any:
    return taken(slug, None, kind)


@pages.get("/plans/<id:number>/export.<any(pdf, pptx, xlsx, csv, json):kind>")
@policy("signed in")
def export_plan(slug: str, number: int, kind: str) -> Any:
    return taken(slug, number, kind)


def taken(slug: str, number: int | None, kind: str) -> Any:
    name, body = roadmap_export.export(reading(), me(), slug=slug, number=number, kind=kind, today=clock.today(me().time_zone))
    return attachment(body, name, MIMETYPES[kind])


@pages.get("/export.ics")
@policy("signed in")
def export_calendar(slug: str) -> Any:
    return as_calendar(slug, None)


@pages.get("/plans/<id:number>/export.ics")
@policy("signed in")
def export_plan_calendar(slug: str, number: int) -> Any:
    return as_calendar(slug, number)


def as_calendar(slug: str, number: int | None) -> Any:
    name, title, entries = roadmap_export.export_calendar(reading(), me(), slug=slug, number=number)
    return attachment(calendar_text(title, entries, site=current_app.extensions["settings"].base_url, now=clock.now()), name, "text/calendar")
