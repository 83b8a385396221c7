"""The check over a whole course: start card, questions, result."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import course_check as actions
from app.learning.queries import course_check as queries
from app.learning.views import taking
from app.learning.views.blueprint import pages
from app.ui.forms import PlainForm, go, render


@pages.get("/courses/<course>/whole-check/")
@policy("signed in")
def course_check(course: str) -> Any:
    found = queries.standing(reading(), me(), *queries.course_at(course), clock.today(me().time_zone))
    return render("learning/course_check.html", page=queries.start_page(reading(), me(), found), plain=PlainForm())


@pages.post("/courses/<course>/whole-check/")
@policy("signed in")
def begin_course_check(course: str) -> Any:
    try_id = actions.open_course_try(writing(), me(), *queries.course_at(course), now=clock.now(), today=clock.today(me().time_zone))
    return go(f"/courses/{course}/whole-check/{try_id}/")


@pages.get("/courses/<course>/whole-check/<id:try_id>/")
@policy("signed in")
def course_try(course: str, try_id: int) -> Any:
    running, now = queries.my_course_try(reading(), me(), *queries.course_at(course), try_id), clock.now()
    if running.attempt.submitted_at is not None:
        return render("learning/course_result.html", page=queries.course_result_page(reading(), me(), running, clock.today(me().time_zone)))
    return render("learning/check_over.html" if taking.is_over(running, now) else "learning/check_questions.html", PlainForm(), page=queries.course_try_page(running, now))


@pages.post("/courses/<course>/whole-check/<id:try_id>/")
@policy("signed in")
def take_course_try(course: str, try_id: int) -> Any:
    found, now, today = queries.course_at(course), clock.now(), clock.today(me().time_zone)
    running = queries.my_course_try(writing(), me(), *found, try_id)
    return taking.take(
        running, now, away=f"/courses/{course}/whole-check/",
        again=lambda refusal: queries.course_try_page(running, now, refusal),
        keep=lambda sent: actions.keep_course_answers(writing(), me(), *found, try_id, sent.answers, sent.flagged, now=now, today=today),
        hand_in=lambda answers: actions.hand_in_course(writing(), me(), *found, try_id, answers, now=now, today=today),
    )


@pages.post("/courses/<course>/whole-check/<id:try_id>/save")
@policy("signed in")
def save_course_try(course: str, try_id: int) -> Any:
    found, now, today = queries.course_at(course), clock.now(), clock.today(me().time_zone)
    running = queries.my_course_try(writing(), me(), *found, try_id)
    return taking.save(
        running, now,
        keep=lambda sheet, flagged, only: actions.keep_course_answers(writing(), me(), *found, try_id, sheet, flagged, now=now, today=today, only=only),
    )
