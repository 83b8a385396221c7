"""The catalogue, a path, a course and its lessons."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions.visits import record_visit
from app.learning.forms.notes import NoteForm
from app.learning.queries import catalogue as catalogue_queries
from app.learning.queries import course as course_queries
from app.learning.queries import lesson as lesson_queries
from app.learning.queries import tracks as track_queries
from app.learning.shelf import shelf
from app.learning.views.blueprint import pages
from app.learning.views.kept import kept
from app.learning.views.parts import note_fields, parts_of
from app.records.assignments import asked_of_me, due_courses
from app.records.learning import Studied, studied
from app.ui.forms import render


@pages.get("/courses/")
@policy("signed in")
def catalogue() -> Any:
    asked = catalogue_queries.asked_for(shelf(), request.args)
    mine = studied(reading(), me())
    due = due_courses(asked_of_me(reading(), me()), shelf().catalogue, mine, clock.today(me().time_zone))
    state = ("catalogue", mine.facts, _order(mine), asked, me().role_profile, me().is_mentor, catalogue_queries.may_assign(me()), due)
    return kept(state, lambda: render("learning/catalogue.html", page=catalogue_queries.catalogue_page(me(), shelf(), mine, asked, due)))


def _order(mine: Studied) -> list[tuple[str, str]]:
    """Opened lessons with the heading last read, the one read last first: the moments themselves change nothing on the page."""
    return [(lesson, visit.heading) for lesson, visit in sorted(mine.visits.items(), key=lambda one: one[1].last, reverse=True)]


@pages.get("/paths/")
@policy("signed in")
def paths() -> Any:
    mine = studied(reading(), me())
    page, own = track_queries.tracks(shelf(), mine), track_queries.my_path(me(), shelf())
    return kept(("paths", page, own), lambda: render("learning/paths.html", page=page, own=own))


@pages.get("/paths/<path>/")
@policy("signed in")
def path(path: str) -> Any:
    mine = studied(reading(), me())
    page = track_queries.track_page(shelf(), mine, path)
    return kept(("path", page), lambda: render("learning/path.html", page=page))


@pages.get("/courses/<course>/")
@policy("signed in")
def course(course: str) -> Any:
    known = course_queries.known_of_course(reading(), me(), shelf(), course, clock.today(me().time_zone))
    return kept(known.state, lambda: render("learning/course.html", page=course_queries.course_page(reading(), shelf(), known)))


@pages.get("/courses/<course>/as-one-page/")
@policy("signed in")
def whole_course(course: str) -> Any:
    known = studied(reading(), me()).facts
    return kept(("whole", course, known), lambda: render("learning/whole_course.html", page=lesson_queries.whole_course(shelf(), course, known)))


@pages.get("/courses/<course>/<lesson>/")
@policy("signed in")
def lesson(course: str, lesson: str) -> Any:
    return lesson_page(course, lesson)


def lesson_page(course: str, lesson: str, form: NoteForm | None = None) -> Any:
    """The lesson with what I wrote beside it. A page with words of mine, or with a form that was sent, is never kept by the browser."""
    known, mine = lesson_queries.known_of_lesson(reading(), me(), shelf(), course, lesson, clock.today(me().time_zone))

    def made() -> Any:
        page = lesson_queries.lesson_page(shelf(), known)
        parts = parts_of(shelf(), page.text)
        return render("learning/lesson.html", form, page=page, mine=mine, parts=parts, fields=note_fields(form) if form else parts.note_fields)

    return made() if mine.notes or form else kept((known, mine.state), made)


@pages.post("/courses/<course>/<lesson>/visit")
@policy("signed in")
def visit(course: str, lesson: str) -> Any:
    found = shelf().lesson(course, lesson).lesson
    record_visit(writing(), me(), found, clock.now(), request.form.get("heading", ""))
    return jsonify(recorded=True)
