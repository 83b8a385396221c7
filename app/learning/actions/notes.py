"""My notes and bookmarks: written for myself alone, changed, deleted and brought back, taken out as a file."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.errors import OutOfOrder
from app.learning.queries.notes import NoteLine, my_lines
from app.models import Event, LessonBookmark, LessonNote
from app.records.accounts import demand_fresh
from app.records.editing import demand_version
from app.records.headings import heading_words
from app.records.learning import facts
from courses.catalogue import Lesson
from courses.progress import course_progress


def write_note(session: Session, me: Me, lesson: Lesson, *, anchor: str, text: str, now: datetime) -> None:
    """Write a note on a section of a lesson that is open to me."""
    _demand_open(session, me, lesson)
    session.add(LessonNote(
        person_id=me.person_id, lesson_id=lesson.id, anchor=anchor, heading=heading_words(lesson, anchor), text=text, changed_at=now,
    ))
    session.flush()


def set_bookmark(session: Session, me: Me, lesson: Lesson, *, anchor: str, now: datetime) -> None:
    """Mark a section, or the lesson. Twice is once."""
    _demand_open(session, me, lesson)
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = {"person_id": me.person_id, "lesson_id": lesson.id, "anchor": anchor, "heading": heading_words(lesson, anchor), "created_at": now}
    session.execute(insert(LessonBookmark).values(row).on_conflict_do_nothing(index_elements=["person_id", "lesson_id", "anchor"]))


def change_note(session: Session, me: Me, note_id: int, *, text: str, version: int | None, now: datetime) -> None:
    """Put other words in its place. EditConflict when it changed in another window."""
    note = _mine(session, me, note_id)
    demand_version(note, version, {"text": ("Note", text)}, f"/notes/{note_id}/")
    note.text, note.changed_at = text, now
    session.flush()


def delete_note(session: Session, me: Me, note_id: int, *, now: datetime) -> None:
    """Put a note away; it can be brought back until the next one is deleted."""
    note = _mine(session, me, note_id)
    session.execute(
        delete(LessonNote).where(LessonNote.person_id == me.person_id, LessonNote.deleted_at.is_not(None)).execution_options(synchronize_session=False)
    )
    note.deleted_at = now
    session.flush()


def bring_back(session: Session, me: Me, note_id: int) -> None:
    """Undo deleting."""
    note: LessonNote = fetch(session, me, LessonNote, LessonNote.id == note_id, lock=True)
    note.deleted_at = None
    session.flush()


def remove_bookmark(session: Session, me: Me, bookmark_id: int) -> None:
    """Take a bookmark away."""
    session.delete(fetch(session, me, LessonBookmark, LessonBookmark.id == bookmark_id, lock=True))
    session.flush()


def take_out(session: Session, me: Me, *, name: str, now: datetime) -> str:
    """All my notes and bookmarks as Markdown or JSON. Raises NotFresh."""
    demand_fresh(session, me, now)
    session.add(Event(person_id=me.person_id, what="exported the own notes", thing="person", thing_id=str(me.person_id)))
    lines = my_lines(session, me)
    return as_json(lines) if name.endswith(".json") else as_markdown(lines)


def as_markdown(lines: tuple[NoteLine, ...]) -> str:
    """Notes and bookmarks under the titles of course, lesson and section, in the order of the lessons."""
    parts, last = ["# My notes"], ("", "")
    for line in lines:
        if line.course != last[0]:
            parts.append(f"## {line.course}")
        if (line.course, line.lesson) != last:
            parts.append(f"### {line.lesson}")
        last = (line.course, line.lesson)
        parts.append(f"#### {line.heading}" if line.heading else "#### The whole lesson")
        parts.append("Bookmark" if line.is_bookmark else line.text)
    return "\n\n".join(parts) + "\n"


def as_json(lines: tuple[NoteLine, ...]) -> str:
    """The same as a list of objects, days and moments in ISO."""
    rows = [
        {
            "kind": "bookmark" if line.is_bookmark else "note", "course": line.course, "lesson_id": line.lesson_id, "lesson": line.lesson,
            "section": line.heading, "text": line.text, "changed_at": line.changed_at.isoformat(timespec="seconds"),
        }
        for line in lines
    ]
    return json.dumps({"notes": rows}, ensure_ascii=False, indent=1)


def _mine(session: Session, me: Me, note_id: int) -> LessonNote:
    note: LessonNote = fetch(session, me, LessonNote, LessonNote.id == note_id, LessonNote.deleted_at.is_(None), lock=True)
    return note


def _demand_open(session: Session, me: Me, lesson: Lesson) -> None:
    if course_progress(library().catalogue, lesson.course, facts(session, me.person_id)).state == "locked":
        raise OutOfOrder("This course waits for another one. Its lessons take notes once they are open.")
