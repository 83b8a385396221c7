"""The spaced review: one card at a time, and the page of all cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import Refused
from app.learning.actions import review as actions
from app.learning.forms.checks import sent_check, typed_fields
from app.learning.forms.review import RatingForm
from app.learning.queries import cards as queries
from app.learning.queries.checks import Refusal
from app.learning.views.blueprint import pages
from app.ui.forms import Form, PlainForm, go, render


@pages.get("/review/")
@policy("signed in")
def review() -> Any:
    return review_page(PlainForm())


def review_page(form: Form, refused: tuple[int, Refusal] | None = None) -> Any:
    page = queries.review_page(reading(), me(), clock.today(me().time_zone), refused)
    return render("learning/review.html", form, page=page, plain=PlainForm())


@pages.post("/review/<id:card_id>/answer")
@policy("signed in")
def answer_card(card_id: int) -> Any:
    quiz = queries.card_asked(writing(), me(), card_id, clock.today(me().time_zone))
    sent, looks, form = sent_check(quiz, request.form), request.form.get("go") == "look", PlainForm()
    faults = [] if looks else sent.faults
    if faults or not form.sent():
        said = [(field, sentence.removeprefix("Question 1: ").replace("question 1", "the question, or show the answer")) for field, sentence in faults]
        for _, sentence in said:
            form.refuse(Refused(sentence))
        return review_page(form, (card_id, Refusal(replace(sent, faults=said), typed_fields(request.form))))
    actions.answer_card(writing(), me(), card_id, {} if looks else sent.answers, now=clock.now())
    return go("/review/")


@pages.post("/review/<id:card_id>/rate")
@policy("signed in")
def rate_card(card_id: int) -> Any:
    form = RatingForm()
    queries.card_asked(writing(), me(), card_id, clock.today(me().time_zone))
    if form.accepted(lambda: actions.rate_card(writing(), me(), card_id, int(form.rating.data), today=clock.today(me().time_zone))):
        return go("/review/")
    return review_page(form)


@pages.post("/review/undo")
@policy("signed in")
def undo_rating() -> Any:
    actions.undo_rating(writing(), me(), today=clock.today(me().time_zone), now=clock.now())
    return go("/review/")


@pages.post("/review/collect")
@policy("signed in")
def collect_cards() -> Any:
    actions.collect(writing(), me(), today=clock.today(me().time_zone), now=clock.now())
    return go("/review/")


@pages.get("/review/cards/")
@policy("signed in")
def review_cards() -> Any:
    asked = request.args.get("course", ""), request.args.get("page", "")
    return render("learning/review_cards.html", page=queries.cards_page(reading(), me(), clock.today(me().time_zone), *asked), plain=PlainForm())


@pages.post("/review/<id:card_id>/suspend")
@policy("signed in")
def suspend_card(card_id: int) -> Any:
    actions.suspend(writing(), me(), card_id, now=clock.now())
    return go("/review/cards/")


@pages.post("/review/<id:card_id>/resume")
@policy("signed in")
def resume_card(card_id: int) -> Any:
    actions.resume(writing(), me(), card_id, today=clock.today(me().time_zone))
    return go("/review/cards/")
