"""Exercises somebody else reads: handing in, taking back, the list of those I review, and the review."""

from __future__ import annotations

from typing import Any

from flask import current_app, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import exercises as actions
from app.learning.forms.exercises import HandInForm, review_form
from app.learning.queries import exercises as queries
from app.learning.shelf import shelf
from app.learning.views.blueprint import pages
from app.security import with_files
from app.ui.forms import PlainForm, go, render
from app.ui.uploading import store


def base_url() -> str:
    address: str = current_app.extensions["settings"].base_url
    return address


@pages.get("/courses/<course>/exercise/")
@policy("signed in")
def exercise(course: str) -> Any:
    page = queries.exercise_page(reading(), me(), shelf().catalogue, shelf().course(course))
    last = page.last
    return shown(page, HandInForm(None, data={"text": last.text, "reviewer": str(last.reviewer_id)} if last and page.may_send else None))


def shown(page: queries.ExercisePage, form: HandInForm) -> Any:
    return render("learning/exercise.html", form.offer(page.reviewers), page=page, plain=PlainForm())


@pages.post("/courses/<course>/exercise/")
@policy("signed in")
@with_files
def hand_in(course: str) -> Any:
    found = shelf().course(course)
    page = queries.page_to_send(reading(), me(), shelf().catalogue, found)
    form = HandInForm().offer(page.reviewers)
    if form.accepted(lambda: actions.hand_in(
        writing(), me(), store(), shelf().catalogue, found, text=form.text.data or "", offered=form.offered, reviewer_id=int(form.reviewer.data), base_url=base_url(),
    )):
        return go(page.address)
    return shown(page, form)


@pages.post("/courses/<course>/exercise/take-back")
@policy("signed in")
def take_exercise_back(course: str) -> Any:
    actions.take_back(writing(), me(), shelf().course(course))
    return go(f"/courses/{course}/exercise/")


@pages.get("/exercises/")
@policy("signed in")
def exercises_to_review() -> Any:
    return render("learning/exercises.html", page=queries.reviews_page(reading(), me(), request.args.get("page", "")))


@pages.get("/exercises/<id:exercise_id>/")
@policy("signed in")
def exercise_to_review(exercise_id: int) -> Any:
    page = queries.review_page(reading(), me(), shelf().catalogue, exercise_id)
    return render("learning/exercise_review.html", review_form(page.exercise), page=page)


@pages.post("/exercises/<id:exercise_id>/")
@policy("signed in")
def review_exercise(exercise_id: int) -> Any:
    page = queries.review_page(reading(), me(), shelf().catalogue, exercise_id)
    form = review_form(page.exercise)
    if form.accepted(lambda: actions.review(writing(), me(), shelf().catalogue, exercise_id, given=form.review, now=clock.now(), base_url=base_url())):
        return go(page.address)
    return render("learning/exercise_review.html", form, page=page)
