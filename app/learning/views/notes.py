"""My notes and bookmarks."""

from __future__ import annotations

from typing import Any

from flask import request

from app import clock
from app.access import me, policy
from app.db import reading, writing
from app.learning.actions import notes as actions
from app.learning.forms.notes import NoteForm
from app.learning.queries import notes as queries
from app.learning.shelf import shelf
from app.learning.views.blueprint import pages
from app.learning.views.courses import lesson_page
from app.security import attachment
from app.ui.forms import PlainForm, go, render


@pages.post("/courses/<course>/<lesson>/notes")
@policy("signed in")
def write_note(course: str, lesson: str) -> Any:
    found = shelf().lesson(course, lesson)
    form = NoteForm()
    form.offer(found.headings)
    marks = request.form.get("go") == "bookmark"
    form.text.needed = not marks

    def write() -> None:
        anchor, now = form.section.data or "", clock.now()
        if marks:
            actions.set_bookmark(writing(), me(), found.lesson, anchor=anchor, now=now)
        if form.text.data:
            actions.write_note(writing(), me(), found.lesson, anchor=anchor, text=form.text.data, now=now)

    if form.accepted(write):
        return go(f"{found.href}#my-notes")
    return lesson_page(course, lesson, form)


@pages.get("/notes/")
@policy("signed in")
def notes() -> Any:
    asked = {name: request.args.get(given, "") for name, given in (("typed", "q"), ("page", "page"), ("deleted", "deleted"))}
    return render("learning/notes.html", page=queries.notes_page(reading(), me(), **asked), plain=PlainForm())


@pages.get("/notes/<id:note_id>/")
@policy("signed in")
def note(note_id: int) -> Any:
    page = queries.note_page(reading(), me(), note_id)
    return note_page(NoteForm(obj=page.note), page)


def note_page(form: NoteForm, page: queries.NotePage) -> Any:
    return render("learning/note.html", form, page=page, plain=PlainForm())


@pages.post("/notes/<id:note_id>/")
@policy("signed in")
def change_note(note_id: int) -> Any:
    page = queries.note_page(reading(), me(), note_id)
    form = NoteForm()
    form.offer(())
    if form.accepted(lambda: actions.change_note(writing(), me(), note_id, text=form.text.data, version=form.version.data, now=clock.now())):
        return go("/notes/")
    return note_page(form, page)


@pages.post("/notes/<id:note_id>/delete")
@policy("signed in")
def delete_note(note_id: int) -> Any:
    actions.delete_note(writing(), me(), note_id, now=clock.now())
    return go(f"/notes/?deleted={note_id}")


@pages.post("/notes/<id:note_id>/bring-back")
@policy("signed in")
def bring_note_back(note_id: int) -> Any:
    actions.bring_back(writing(), me(), note_id)
    return go("/notes/")


@pages.post("/notes/bookmarks/<id:bookmark_id>/remove")
@policy("signed in")
def remove_bookmark(bookmark_id: int) -> Any:
    actions.remove_bookmark(writing(), me(), bookmark_id)
    return go("/notes/")


@pages.post('/notes/<any("notes.md", "notes.json"):name>')
@policy("signed in")
def take_out_notes(name: str) -> Any:
    text = actions.take_out(writing(), me(), name=name, now=clock.now())
    return attachment(text, name, "application/json" if name.endswith(".json") else "text/markdown")


@pages.get('/notes/<any("notes.md", "notes.json"):name>')
@policy("signed in")
def take_out_notes_again(name: str) -> Any:
    """Where somebody lands who had to give the password first: the buttons are on the page."""
    return go("/notes/")
