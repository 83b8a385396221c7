"""Pages on which somebody answers."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import OutOfOrder, Refused
from app.maturity.actions import answering as actions
from app.maturity.actions.handing_on import hand_on as hand_on_to
from app.maturity.forms.answering import AnswerForm, HandOnForm
from app.maturity.queries import answering as queries
from app.maturity.queries import handing_on
from app.maturity.queries.cards import typed_cards
from app.maturity.queries.handing_on import may_hand_on
from app.maturity.views.pages import pages, sender
from app.maturity.views.rounds import here
from app.ui.forms import PlainForm, go, render


@pages.get("/rounds/<id:number>/answer/")
@policy("signed in or guest")
def welcome(slug: str, number: int) -> Any:
    page = queries.welcome_page(reading(), me(), slug=slug, number=number, now=clock.now())
    if page.place.votes_now:
        return go(here(slug, number, "vote/"))
    return render("maturity/welcome.html", PlainForm(), page=page, hands_on=may_hand_on(me(), page.place))


@pages.post("/rounds/<id:number>/answer/")
@policy("signed in or guest")
def start(slug: str, number: int) -> Any:
    return go(actions.start(writing(), me(), slug=slug, number=number, now=clock.now()))


@pages.get("/rounds/<id:number>/answer/<dimension>/")
@policy("signed in or guest")
def answer(slug: str, number: int, dimension: str) -> Any:
    page = queries.answer_page(reading(), me(), slug=slug, number=number, dimension=dimension, now=clock.now())
    if page.place.votes_now:
        return go(here(slug, number, "vote/"))
    return render("maturity/answer.html", answer_form(page), page=page, cards=page.cards)


@pages.post("/rounds/<id:number>/answer/<dimension>/")
@policy("signed in or guest")
def save_answers(slug: str, number: int, dimension: str) -> Any:
    page = queries.answer_page(reading(), me(), slug=slug, number=number, dimension=dimension, now=clock.now())
    form = answer_form(page)
    onward: list[str] = []
    if form.accepted(
        lambda: onward.append(
            actions.save_page(writing(), me(), slug=slug, number=number, dimension=dimension, given=form.posted.given, press=form.go, now=clock.now())
        )
    ):
        return go(onward[0])
    return render("maturity/answer.html", form, page=page, cards=typed_cards(page.cards, form.typed))


def answer_form(page: queries.AnswerPage) -> AnswerForm:
    """The form of the items of a page, read the way its round asks them."""
    return AnswerForm(page.items, page.place.round.by_level, page.last)


@pages.post("/rounds/<id:number>/answer/<dimension>/save")
@policy("signed in or guest")
def autosave(slug: str, number: int, dimension: str) -> Any:
    """One item as it changes; the answer is JSON and says 'saved' only when it will be."""
    try:
        saved = actions.record_answer(
            writing(), me(), slug=slug, number=number, dimension=dimension, posted=request.form.to_dict(flat=False), now=clock.now()
        )
    except Refused as no:
        return jsonify(error=no.sentence), 422
    except OutOfOrder as no:
        return jsonify(error=str(no)), 409
    at = clock.now().astimezone(ZoneInfo(me().time_zone))
    return jsonify(
        saved=saved.is_kept, at=f"{at:%H:%M}", counter=saved.counter, answered=saved.answered, total=saved.total, left_here=saved.left_here,
        spared=saved.spared, still=saved.still,
    )


@pages.get("/rounds/<id:number>/check/")
@policy("signed in or guest")
def check(slug: str, number: int) -> Any:
    page = queries.check_page(reading(), me(), slug=slug, number=number, now=clock.now())
    if page.place.votes_now:
        return go(here(slug, number, "vote/"))
    return render("maturity/check.html", PlainForm(), page=page)


@pages.post("/rounds/<id:number>/check/")
@policy("signed in or guest")
def submit(slug: str, number: int) -> Any:
    form = PlainForm()
    if form.accepted(lambda: actions.submit(writing(), me(), slug=slug, number=number, now=clock.now())):
        return go(here(slug, number, "check/"))
    page = queries.check_page(reading(), me(), slug=slug, number=number, now=clock.now())
    return render("maturity/check.html", form, page=page)


@pages.post("/rounds/<id:number>/withdraw")
@policy("signed in or guest")
def withdraw(slug: str, number: int) -> Any:
    actions.withdraw(writing(), me(), slug=slug, number=number, now=clock.now())
    return go(here(slug, number, "check/"))


@pages.get("/rounds/<id:number>/hand-on/")
@policy("signed in")
def ask_to_hand_on(slug: str, number: int) -> Any:
    return hand_on_page(slug, number, HandOnForm())


@pages.post("/rounds/<id:number>/hand-on/")
@policy("signed in")
def hand_on(slug: str, number: int) -> Any:
    form = HandOnForm()
    form.to.choices = handing_on.hand_on_page(reading(), me(), slug=slug, number=number).colleagues
    if form.accepted(lambda: hand_on_to(writing(), me(), slug=slug, number=number, to=form.to.data, sender=sender())):
        return go(f"/teams/{slug}/rounds/")
    return hand_on_page(slug, number, form)


def hand_on_page(slug: str, number: int, form: HandOnForm) -> Any:
    page = handing_on.hand_on_page(reading(), me(), slug=slug, number=number)
    form.to.choices = page.colleagues
    return render("maturity/hand_on.html", form, page=page)
