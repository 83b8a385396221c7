"""Pages of a workshop: the big screen and the phone."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import Refused
from app.maturity.actions import workshop as actions
from app.maturity.forms.workshop import GoForm, ItemForm, SettleForm, VoteForm
from app.maturity.queries import workshop as queries
from app.maturity.views.pages import pages
from app.maturity.views.rounds import here
from app.ui.forms import PlainForm, go, render


@pages.get("/rounds/<id:number>/workshop/")
@policy("signed in")
def screen(slug: str, number: int) -> Any:
    page = queries.screen_page(reading(), me(), slug=slug, number=number)
    kept = {"level": str(page.agreed.level), "reason": page.agreed.reason, "version": page.agreed.version} if page.agreed else {}
    return screen_page(page, SettleForm(data=kept))


def screen_page(page: queries.ScreenPage, form: SettleForm) -> Any:
    form.level.choices = [(str(level.value), f"{level.value} {level.name}") for level in page.levels]
    jump = GoForm(formdata=None, data={"item": page.item.id if page.item else page.begin_at})
    jump.item.choices = page.items
    return render("maturity/workshop.html", form, page=page, jump=jump, plain=PlainForm())


@pages.post("/rounds/<id:number>/workshop/")
@policy("signed in")
def settle(slug: str, number: int) -> Any:
    page, form = queries.screen_page(reading(), me(), slug=slug, number=number), SettleForm()
    form.level.choices = [(str(level.value), f"{level.value} {level.name}") for level in page.levels]
    onward = page.after if request.form.get("go") == "next" and page.item and page.item.id == form.item.data else ""
    if form.accepted(
        lambda: actions.settle(
            writing(), me(), slug=slug, number=number, item=form.item.data, level=int(form.level.data), reason=form.reason.data,
            version=form.version.data, onward=onward, now=clock.now(),
        )
    ):
        return go(here(slug, number, "workshop/"))
    return screen_page(page, form)


def one_item() -> str:
    """The item a button names; Refused when it names none or two."""
    form = ItemForm()
    if not form.sent():
        raise Refused("Choose one item. Open the page again and try once more.")
    found: str = form.item.data
    return found


@pages.post("/rounds/<id:number>/workshop/go")
@policy("signed in")
def go_to(slug: str, number: int) -> Any:
    actions.go_to(writing(), me(), slug=slug, number=number, item=one_item(), now=clock.now())
    return go(here(slug, number, "workshop/"))


@pages.post("/rounds/<id:number>/workshop/reveal")
@policy("signed in")
def reveal(slug: str, number: int) -> Any:
    actions.reveal(writing(), me(), slug=slug, number=number, item=one_item(), now=clock.now())
    return go(here(slug, number, "workshop/"))


@pages.get("/rounds/<id:number>/workshop/state")
@policy("signed in or guest")
def state(slug: str, number: int) -> Any:
    """Asked by open pages every few seconds."""
    now = queries.state_now(reading(), me(), slug=slug, number=number)
    return jsonify(stage=now.stage, progress=now.progress, says=now.says)


@pages.get("/rounds/<id:number>/vote/")
@policy("signed in or guest")
def vote(slug: str, number: int) -> Any:
    page = queries.vote_page(reading(), me(), slug=slug, number=number, now=clock.now())
    return vote_page(page, VoteForm(data={"value": page.given}))


@pages.post("/rounds/<id:number>/vote/")
@policy("signed in or guest")
def cast_vote(slug: str, number: int) -> Any:
    page, form = queries.vote_page(reading(), me(), slug=slug, number=number, now=clock.now()), VoteForm()
    form.value.choices = page.choices
    if form.accepted(
        lambda: actions.vote(writing(), me(), slug=slug, number=number, item=form.item.data, value=form.value.data, now=clock.now())
    ):
        return go(here(slug, number, "vote/"))
    return vote_page(page, form)


def vote_page(page: queries.VotePage, form: VoteForm) -> Any:
    form.value.choices = page.choices
    return render("maturity/vote.html", form, page=page)
