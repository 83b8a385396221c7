"""Courses asked of people by a day, for those who lead them."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import assignments as actions
from app.learning.forms.assignments import AssignForm, ChangeAssignmentForm
from app.learning.queries import assignments as queries
from app.learning.queries import standing
from app.learning.views.blueprint import pages
from app.security import attachment
from app.ui.forms import Form, PlainForm, go, render

HERE = "/assignments/<id:number>"


@pages.get("/assignments/")
@policy("lead or pmo lead")
def assignments() -> Any:
    page = queries.assignments_page(reading(), me(), today=clock.today(me().time_zone), wanted=request.args.get("page", ""))
    return render("learning/assignments.html", page=page)


def assign_form(**given: Any) -> AssignForm:
    """The form over what I may ask of whom."""
    form = AssignForm(**given)
    found = queries.offered(reading(), me(), also=str(form.audience.data or ""))
    form.course.choices, form.audience.choices = [("", "Choose one"), *found.courses], [("", "Choose one"), *found.audiences]
    return form


@pages.get("/assignments/new")
@policy("lead or pmo lead")
def ask_to_assign() -> Any:
    given = {"course": request.args.get("course", ""), "audience": request.args.get("audience", "")}
    return render("learning/assign.html", assign_form(data=given))


@pages.post("/assignments/new")
@policy("lead or pmo lead")
def assign_course() -> Any:
    form, made = assign_form(), []
    if form.accepted(lambda: made.append(actions.assign_course(
        writing(), me(), course_id=form.course.data, audience=form.audience.data, due_on=form.due_on.data, why=form.why.data,
        today=clock.today(me().time_zone),
    ))):
        return go(f"/assignments/{made[0]}/")
    return render("learning/assign.html", form)


@pages.get(f"{HERE}/")
@policy("lead or pmo lead")
def assignment(number: int) -> Any:
    return shown(number)


def shown(number: int, form: Form | None = None) -> Any:
    asked = request.args
    page = standing.standing_page(
        reading(), me(), number, today=clock.today(me().time_zone), show=asked.get("show", ""), sort=asked.get("sort", ""), wanted=asked.get("page", ""),
    )
    change = form or ChangeAssignmentForm(None, data={"version": page.version, "due_on": page.due_on, "why": page.why})
    return render("learning/assignment.html", form, page=page, change=change, plain=PlainForm(), shows=standing.SHOWS, sorts=standing.SORTS)


@pages.post(f"{HERE}/change")
@policy("lead or pmo lead")
def change_assignment(number: int) -> Any:
    form = ChangeAssignmentForm()
    if form.accepted(lambda: actions.change_assignment(
        writing(), me(), number, version=form.version.data, due_on=form.due_on.data, why=form.why.data, today=clock.today(me().time_zone),
    )):
        return go(f"/assignments/{number}/")
    return shown(number, form)


@pages.post(f"{HERE}/withdraw")
@policy("lead or pmo lead")
def withdraw_assignment(number: int) -> Any:
    actions.withdraw_assignment(writing(), me(), number, now=clock.now())
    return go("/assignments/")


@pages.get(f"{HERE}/export")
@policy("lead or pmo lead")
def standing_was_exported(number: int) -> Any:
    """Where somebody lands who had to give the password first: the button is on the page."""
    queries.assignment(reading(), me(), number)
    return go(f"/assignments/{number}/")


@pages.post(f"{HERE}/export")
@policy("lead or pmo lead")
def export_standing(number: int) -> Any:
    text = standing.standing_csv(reading(), me(), number, clock.today(me().time_zone))
    return attachment(actions.take_out(writing(), me(), number, text=text, now=clock.now()), f"assignment-{number}.csv", "text/csv")
