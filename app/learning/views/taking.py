"""A page of questions as it comes in, the same for the check of a lesson and of a whole course."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import jsonify, request

from app.errors import Refused
from app.learning.forms.checks import KEEPING, SentCheck, flagged_questions, given_answers, sent_check, typed_fields
from app.learning.queries.checks import Refusal, RunningTry
from app.learning.queries.course_check import RunningCourseTry
from app.ui.filters import moment
from app.ui.forms import PlainForm, go, render
from courses.time_limit import phase

Running = RunningTry | RunningCourseTry


def is_over(running: Running, now: datetime) -> bool:
    """The time of a try that was not handed in is over: its questions are no longer shown."""
    return running.attempt.submitted_at is None and phase(running.attempt.ends_at, now) == "over"


def take(
    running: Running, now: datetime, *, again: Callable[[Refusal], Any], keep: Callable[[SentCheck], bool], hand_in: Callable[[Mapping[str, object]], object],
    away: str, check: Callable[[str, SentCheck], bool] | None = None,
) -> Any:
    """What the button asks for, and where it leads: saving to the address *away*, checking one answer back to it, handing in to the result.

    Or *again* the page, with what is in the way."""
    wish, question = request.form.get("go"), request.form.get("check", "") if check else ""
    sent = sent_check(running.quiz, request.form, is_late=phase(running.attempt.ends_at, now) != "running", checking=question)
    form = PlainForm()
    if (sent.faults or not form.sent()) and running.attempt.submitted_at is None:
        for _, sentence in sent.faults:
            form.refuse(Refused(sentence))
        page = again(Refusal(sent, typed_fields(request.form)))
        return render("learning/check_questions.html", form, page=page, where=[f"#{field}" for field, _ in sent.faults])
    if check and question:
        return go(f"{request.path}#{question}" if check(question, sent) else request.path)
    if wish in KEEPING:
        return go(away if keep(sent) and wish == "save" else request.path)
    hand_in(sent.answers)
    return go(request.path)


def save(running: Running, now: datetime, *, keep: Callable[[Mapping[str, object], list[str], str], bool]) -> Any:
    """Keep one question on the way: *keep* takes the answers, the flags and the question it is about, and says whether there was time."""
    sheet, faults = given_answers(running.quiz, request.form)
    if faults:
        return jsonify(said=faults[0][1]), 422
    if not keep(sheet, flagged_questions(running.quiz, request.form), request.form.get("question", "")):
        return jsonify(said="The time is over. What was saved before is handed in.", over=True)
    return jsonify(said=f"Saved {moment(now).split(', ')[-1]}")
