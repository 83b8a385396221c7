"""The check of a lesson: start card, questions, result."""

from __future__ import annotations

from typing import Any

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import checks as actions
from app.learning.actions.practice import check_answer
from app.learning.queries import checks as queries
from app.learning.views import taking
from app.learning.views.blueprint import pages
from app.ui.forms import go, render


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
    running, now = queries.my_try(reading(), me(), *queries.lesson_at(course, lesson), attempt_id), clock.now()
    if running.attempt.submitted_at is not None:
        page = queries.result_page(reading(), me(), running, clock.today(me().time_zone))
        return render("learning/check_result.html", page=page)
    return render("learning/check_over.html" if taking.is_over(running, now) else "learning/check_questions.html", page=queries.attempt_page(running, now))


@pages.post("/courses/<course>/<lesson>/check/<id:attempt_id>/")
@policy("signed in")
def take_attempt(course: str, lesson: str, attempt_id: int) -> Any:
    running = queries.my_try(writing(), me(), *queries.lesson_at(course, lesson), attempt_id)
    now, today = clock.now(), clock.today(me().time_zone)
    return taking.take(
        running, now, away=f"/courses/{course}/{lesson}/",
        again=lambda refusal: queries.attempt_page(running, now, refusal),
        keep=lambda sent: actions.keep_answers(writing(), me(), attempt_id, sent.answers, sent.flagged, now=now, today=today),
        hand_in=lambda answers: actions.hand_in(writing(), me(), attempt_id, answers, now=now, today=today),
        check=lambda question, sent: check_answer(writing(), me(), attempt_id, question, sent.answers, sent.flagged, now=now, today=today),
    )


@pages.post("/courses/<course>/<lesson>/check/<id:attempt_id>/save")
@policy("signed in")
def save_attempt(course: str, lesson: str, attempt_id: int) -> Any:
    running = queries.my_try(writing(), me(), *queries.lesson_at(course, lesson), attempt_id)
    now, today = clock.now(), clock.today(me().time_zone)
    return taking.save(running, now, keep=lambda sheet, flagged, only: actions.keep_answers(writing(), me(), attempt_id, sheet, flagged, now=now, today=today, only=only))
