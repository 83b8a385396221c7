"""The check of a lesson: start card, questions, result."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import Refused
from app.learning.actions import checks as actions
from app.learning.forms.checks import flagged_questions, given_answers, sent_check, typed_fields
from app.learning.queries import checks as queries
from app.learning.views.blueprint import pages
from app.ui.filters import moment
from app.ui.forms import PlainForm, go, render


@pages.get("/courses/<course>/<lesson>/check/")
@policy("signed in")
def check(course: str, lesson: str) -> Any:
    found = queries.lesson_at(course, lesson)
    page = queries.check_page(reading(), me(), *found, clock.today(me().time_zone))
    return render("learning/check.html", page=page)


@pages.post("/courses/<course>/<lesson>/check/")
@policy("signed in")
def begin_check(course: str, lesson: str) -> Any:
    found = queries.lesson_at(course, lesson)[1]
    attempt_id = actions.open_try(writing(), me(), found, now=clock.now(), today=clock.today(me().time_zone))
    return go(f"/courses/{course}/{lesson}/check/{attempt_id}/")


@pages.get("/courses/<course>/<lesson>/check/<id:attempt_id>/")
@policy("signed in")
def attempt(course: str, lesson: str, attempt_id: int) -> Any:
    running = queries.my_try(reading(), me(), *queries.lesson_at(course, lesson), attempt_id)
    if running.attempt.submitted_at is not None:
        page = queries.result_page(reading(), me(), running, clock.today(me().time_zone))
        return render("learning/check_result.html", page=page)
    return render("learning/check_questions.html", page=queries.attempt_page(running))


@pages.post("/courses/<course>/<lesson>/check/<id:attempt_id>/")
@policy("signed in")
def take_attempt(course: str, lesson: str, attempt_id: int) -> Any:
    running = queries.my_try(writing(), me(), *queries.lesson_at(course, lesson), attempt_id)
    sent, form = sent_check(running.quiz, request.form), PlainForm()
    if (sent.faults or not form.sent()) and running.attempt.submitted_at is None:
        for _, sentence in sent.faults:
            form.refuse(Refused(sentence))
        page = queries.attempt_page(running, queries.Refusal(sent, typed_fields(request.form)))
        return render("learning/check_questions.html", form, page=page, where=[f"#{field}" for field, _ in sent.faults])
    if request.form.get("go") == "save":
        actions.keep_answers(writing(), me(), attempt_id, sent.answers, sent.flagged, now=clock.now())
        return go(f"/courses/{course}/{lesson}/")
    actions.hand_in(writing(), me(), attempt_id, sent.answers, now=clock.now(), today=clock.today(me().time_zone))
    return go(f"/courses/{course}/{lesson}/check/{attempt_id}/")


@pages.post("/courses/<course>/<lesson>/check/<id:attempt_id>/save")
@policy("signed in")
def save_attempt(course: str, lesson: str, attempt_id: int) -> Any:
    running = queries.my_try(writing(), me(), *queries.lesson_at(course, lesson), attempt_id)
    sheet, faults = given_answers(running.quiz, request.form)
    if faults:
        return jsonify(said=faults[0][1]), 422
    only, flagged = request.form.get("question", ""), flagged_questions(running.quiz, request.form)
    actions.keep_answers(writing(), me(), attempt_id, sheet, flagged, now=clock.now(), only=only)
    return jsonify(said=f"Saved {moment(clock.now()).split(', ')[-1]}", )
