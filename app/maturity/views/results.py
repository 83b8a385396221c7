"""Pages of a result: what came of a round, agreed levels, who answered what, downloads."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.documents.kinds import MIMETYPES
from app.maturity.actions import exports
from app.maturity.actions import results as actions
from app.maturity.actions.comments import take_out_comment as take_out
from app.maturity.forms.results import AgreedForm, TakeBackForm, TakeOutForm
from app.maturity.queries import agreed_levels as agreed
from app.maturity.queries.agenda import agenda_page
from app.maturity.queries.comments import comments_page as comments_of
from app.maturity.queries.results import results_page
from app.maturity.queries.trend import trend_page
from app.maturity.queries.who_answered import who_answered_page
from app.maturity.views.pages import pages
from app.maturity.views.rounds import here
from app.security import attachment
from app.ui.forms import PlainForm, go, render
from app.ui.uploading import store
from assessments.claims import is_old


@pages.get("/rounds/<id:number>/results/")
@policy("signed in")
def results(slug: str, number: int) -> Any:
    page = results_page(reading(), me(), slug=slug, number=number)
    closed = page.place.round.closed_at
    old = closed is not None and is_old(closed.date(), clock.today(me().time_zone))
    return render("maturity/results.html", PlainForm(), page=page, is_old=old)


@pages.get("/rounds/trend/")
@policy("signed in")
def trend(slug: str) -> Any:
    return render("maturity/trend.html", page=trend_page(reading(), me(), slug=slug))


@pages.get("/rounds/<id:number>/agenda/")
@policy("signed in")
def agenda(slug: str, number: int) -> Any:
    return render("maturity/agenda.html", page=agenda_page(reading(), me(), slug=slug, number=number))


@pages.get("/rounds/<id:number>/agreed-levels/")
@policy("signed in")
def agreed_levels(slug: str, number: int) -> Any:
    page = agreed.agree_page(reading(), me(), slug=slug, number=number, item=request.args.get("item", ""))
    return agree_page(page, offered(AgreedForm(data=agreed.agreed_values(page, request.args.get("item", ""))), page))


@pages.post("/rounds/<id:number>/agreed-levels/")
@policy("signed in")
def agree(slug: str, number: int) -> Any:
    page = agreed.agree_page(reading(), me(), slug=slug, number=number, item=request.form.get("item", ""))
    form = offered(AgreedForm(), page)
    if form.accepted(
        lambda: actions.agree_level(
            writing(), me(), slug=slug, number=number, item=form.item.data, level=int(form.level.data), reason=form.reason.data,
            evidence=form.evidence.data, version=form.version.data,
        )
    ):
        return go(here(slug, number, "results/#agreed"))
    return agree_page(page, form)


def offered(form: AgreedForm, page: agreed.AgreePage) -> AgreedForm:
    """The form with the items and levels of the round."""
    form.item.choices, form.level.choices = page.items, page.levels
    return form


def agree_page(page: agreed.AgreePage, form: AgreedForm) -> Any:
    return render("maturity/agree.html", form, page=page, plain=PlainForm())


@pages.post("/rounds/<id:number>/agreed-levels/remove")
@policy("signed in")
def take_back_level(slug: str, number: int) -> Any:
    form = TakeBackForm()
    actions.take_back_level(writing(), me(), store(), slug=slug, number=number, item=form.item.data or "", version=form.version.data)
    return go(here(slug, number, "results/#agreed"))


@pages.get("/rounds/<id:number>/comments/")
@policy("pmo lead")
def comments(slug: str, number: int) -> Any:
    return comments_page(slug, number, TakeOutForm())


@pages.post("/rounds/<id:number>/comments/")
@policy("pmo lead")
def take_out_comment(slug: str, number: int) -> Any:
    form = TakeOutForm()
    form.comment.choices = comments_of(reading(), me(), slug=slug, number=number).comments
    if form.accepted(
        lambda: take_out(writing(), me(), slug=slug, number=number, comment=form.comment.data, reason=form.reason.data)
    ):
        return go(here(slug, number, "comments/"))
    return comments_page(slug, number, form)


def comments_page(slug: str, number: int, form: TakeOutForm) -> Any:
    page = comments_of(reading(), me(), slug=slug, number=number)
    form.comment.choices = page.comments
    return render("maturity/comments.html", form, page=page)


@pages.get("/rounds/<id:number>/answers/")
@policy("signed in")
def who_answered(slug: str, number: int) -> Any:
    return render("maturity/who_answered.html", page=who_answered_page(reading(), me(), slug=slug, number=number))


@pages.get('/rounds/<id:number>/results/<any("export.pdf", "export.pptx", "export.xlsx", "export.csv", "export.json", "answers.csv"):name>')
@policy("signed in")
def back_to_results(slug: str, number: int, name: str) -> Any:
    """Where somebody lands who was asked for the password before a download: the button is on the results page."""
    return go(here(slug, number, "results/"))


@pages.post("/rounds/<id:number>/results/export.<any(pdf, pptx, xlsx, csv, json):kind>")
@policy("signed in")
def export_scores(slug: str, number: int, kind: str) -> Any:
    body = exports.export_scores(writing(), me(), slug=slug, number=number, kind=kind, now=clock.now())
    return attachment(body, f"{slug}-round-{number}.{kind}", MIMETYPES[kind])


@pages.post("/rounds/<id:number>/results/answers.csv")
@policy("pmo lead")
def export_answers(slug: str, number: int) -> Any:
    text = exports.export_answers(writing(), me(), slug=slug, number=number, now=clock.now())
    return attachment(text, f"{slug}-round-{number}-answers.csv", MIMETYPES["csv"])
