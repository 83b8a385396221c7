"""Private notes and bookmarks: written beside a lesson, found, changed, deleted and brought back, kept when lessons change."""

from __future__ import annotations

import json

from sqlalchemy import select, update

from app.models import LessonNote
from tests.support.statements import counted

LESSON = "/courses/project-life-cycle/planning/"


def notes(app):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(LessonNote).order_by(LessonNote.id)).all()


def test_a_note_is_written_beside_its_section_found_changed_deleted_and_brought_back(app, people, visit):
    site = visit(people.bob)
    page = site.get(LESSON)
    assert "private" in page.headers["Cache-Control"]
    anchor = page.all(".//article//h2[@id]")[1].get("id")
    empty = page.submit({"section": anchor, "text": " ", "go": "note"}, action="/notes")
    assert empty.status == 422
    assert "Enter a note" in empty.words
    assert page.submit({"section": "made-up", "text": "x"}, action="/notes").status == 422
    kept = page.submit({"section": anchor, "text": "Ask **Ana** about the café.", "go": "bookmark"}, action="/notes", follow=True)
    assert "Ask Ana about the café." in kept.words
    assert kept.headers["Cache-Control"] == "no-store"
    assert len(kept.all(f".//section[@id='my-notes']//a[@href='{LESSON}#{anchor}']")) == 2
    with counted(app) as few:
        site.get(LESSON)
    assert len(few) <= 4
    assert "Ana" not in visit(people.petra).get(LESSON).words
    assert "Ana" in site.get("/notes/?q=CAFE+ana").words
    assert "No note with “zebra”" in site.get("/notes/?q=zebra").words
    note = notes(app)[0]
    changed = site.get(f"/notes/{note.id}/").submit({"text": "Ask Ben."}, has="text", follow=True)
    assert "Ask Ben." in changed.words
    stale = site.post(f"/notes/{note.id}/", {"version": "1", "text": "Too late."})
    assert stale.status == 409
    assert "Too late." in stale.words
    gone = changed.submit(action=f"/notes/{note.id}/delete", follow=True)
    assert "The note is deleted." in gone.words
    assert "Ask Ben." not in gone.words
    assert "Ask Ben." in gone.submit(action="/bring-back", follow=True).words


def test_notes_stay_when_a_section_or_a_lesson_goes_and_can_be_taken_out(app, people, visit):
    with app.extensions["database"].transaction() as session:
        session.add_all([
            LessonNote(person_id=people.bob.id, lesson_id="C05-2", anchor="gone", heading="Old heading", text="On a lost section."),
            LessonNote(person_id=people.bob.id, lesson_id="X01-1", heading="Somewhere", text="On a lost lesson."),
            LessonNote(person_id=people.petra.id, lesson_id="C05-2", text="Not of Bob."),
        ])
    site = visit(people.bob)
    assert "Was at “Old heading”" in site.get(LESSON).words
    page = site.get("/notes/")
    assert "The section was called “Old heading”" in page.words
    assert "No longer in the courses. The section was called “Somewhere”" in page.words
    text = page.submit(action="/notes/notes.md").text
    assert text.index("## Project life cycle") < text.index("#### Old heading") < text.index("## No longer in the courses")
    assert "Not of Bob." not in text
    rows = json.loads(page.submit(action="/notes/notes.json").text)["notes"]
    assert [(r["kind"], r["lesson_id"], r["section"]) for r in rows] == [("note", "C05-2", "Old heading"), ("note", "X01-1", "Somewhere")]
    mine = site.get("/settings/download").submit()
    assert [n["text"] for n in json.loads(mine.response.get_data(as_text=True))["lesson_notes"]] == ["On a lost section.", "On a lost lesson."]
    with app.extensions["database"].transaction() as session:
        session.execute(update(LessonNote).values(text="<script>alert(1)</script> [x](javascript:alert(1))"))
    assert "<script>alert" not in site.get("/notes/").text


def test_a_lesson_that_is_not_open_takes_no_notes(people, visit):
    assert visit(people.bob).post("/courses/setting-up-a-pmo/objectives/notes", {"section": "", "text": "Too early."}).status == 409
