"""The parts of the page of a lesson that are the same for everybody, put together when the first reader opens it."""

from __future__ import annotations

from typing import Any

from flask import current_app
from markupsafe import Markup

from app.learning.forms.notes import NoteForm
from app.learning.shelf import LessonParts, LessonText, Shelf


def parts_of(held: Shelf, text: LessonText) -> LessonParts:
    """The ready parts of a lesson; they live as long as the content they are made of."""
    found = held.ready.get(text.lesson.id)
    if found is None:
        macros, blank = _macros(), NoteForm(formdata=None)
        blank.offer(text.headings)
        found = LessonParts(macros.opening(text), macros.reading(text), macros.headings(text), macros.further(text), note_fields(blank))
        held.ready[text.lesson.id] = found
    return found


def note_fields(form: NoteForm) -> Markup:
    """The fields of a note beside a lesson."""
    fields: Markup = _macros().note_fields(form)
    return fields


def _macros() -> Any:
    return current_app.jinja_env.get_template("learning/_lesson_parts.html").module
