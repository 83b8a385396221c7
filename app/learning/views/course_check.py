"""The check over a whole course: start card, questions, result."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.errors import Refused
from app.learning.actions import course_check as actions
from app.learning.forms.checks import flagged_questions, given_answers, sent_check, typed_fields
from app.learning.queries import course_check as queries
from app.learning.queries.checks import Refusal
from app.learning.views.blueprint import pages
from app.ui.filters import moment
from app.ui.forms import PlainForm, go, render


@pages.get("/courses/<course>/whole-check/")
@policy("signed in")
def course_check(course: str) -> Any:
    found = queries.standing(reading(), me(), *queries.course_at(course), clock.today(me().time_zone))
    return render("learning/course_check.html", page=queries.start_page(found), plain=PlainForm())


@pages.post("/courses/<course>/whole-check/")
@policy("signed in")
def begin_course_check(course: str) -> Any:
    try_id = actions.open_course_try(writing(), me(), *queries.course_at(course), today=clock.today(me().time_zone))
    return go(f"/courses/{course}/whole-check/{try_id}/")


@pages.get("/courses/<course>/whole-check/<id:try_id>/")
@policy("signed in")
def course_try(course: str, try_id: int) -> Any:
    running = queries.my_course_try(reading(), me(), *queries.course_at(course), try_id)
    if running.attempt.submitted_at is not None:
        return render("learning/course_result.html", page=queries.course_result_page(reading(), me(), running, clock.today(me().time_zone)))
    return render("learning/check_questions.html", PlainForm(), page=queries.course_try_page(running))


@pages.post("/courses/<course>/whole-check/<id:try_id>/")
@policy("signed in")
def take_course_try(course: str, try_id: int) -> Any:
    found = queries.course_at(course)
    running = queries.my_course_try(writing(), me(), *found, try_id)
    sent, form = sent_check(running.quiz, request.form), PlainForm()
    if (sent.faults or not form.sent()) and running.attempt.submitted_at is None:
        for _, sentence in sent.faults:
            form.refuse(Refused(sentence))
        page = queries.course_try_page(running, Refusal(sent, typed_fields(request.form)))
        return render("learning/check_questions.html", form, page=page, where=[f"#{field}" for field, _ in sent.faults])
    if request.form.get("go") == "save":
        actions.keep_course_answers(writing(), me(), try_id, sent.answers, sent.flagged)
        return go(f"/courses/{course}/whole-check/")
    actions.hand_in_course(writing(), me(), *found, try_id, sent.answers, now=clock.now(), today=clock.today(me().time_zone))
    return go(f"/courses/{course}/whole-check/{try_id}/")


@pages.post("/courses/<course>/whole-check/<id:try_id>/save")
@policy("signed in")
def save_course_try(course: str, try_id: int) -> Any:
    running = queries.my_course_try(writing(), me(), *queries.course_at(course), try_id)
    sheet, faults = given_answers(running.quiz, request.form)
    if faults:
        return jsonify(said=faults[0][1]), 422
    only, flagged = request.form.get("question", ""), flagged_questions(running.quiz, request.form)
    actions.keep_course_answers(writing(), me(), try_id, sheet, flagged, only=only)
    return jsonify(said=f"Saved {moment(clock.now()).split(', ')[-1]}")
