"""My notes and bookmarks: beside a lesson, and all of them. Nobody else ever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import String, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from app import db
from app.access import Me, fetch
from app.content import library
from app.models import LessonBookmark, LessonNote
from app.records.addresses import lesson_address
from app.records.headings import headings_of
from app.ui.markdown import note_html
from app.ui.paging import Paging, paging
from app.ui.text import NotText, clean_line, folded
from courses.errors import NotInCatalogue

RETIRED = "No longer in the courses"
LONGEST, A_PAGE = 200, 20


@dataclass(frozen=True)
class NoteLine:
    """A note or bookmark with its place. `href` is '' where the lesson is gone; `is_lost` where only its section is."""

    id: int
    is_bookmark: bool
    lesson_id: str
    course: str
    lesson: str
    href: str
    heading: str
    is_lost: bool
    text: str
    changed_at: datetime

    @property
    def body(self) -> Markup:
        """The note as it is shown."""
        return note_html(self.text)


@dataclass(frozen=True)
class Beside:
    """What I have written on one lesson."""

    notes: tuple[NoteLine, ...]
    bookmarks: tuple[NoteLine, ...]

    @property
    def state(self) -> tuple[object, ...]:
        """What of it changes the page of the lesson."""
        return (self.notes, self.bookmarks)


_ALL = union_all(
    select(
        literal(False).label("is_bookmark"), LessonNote.id, LessonNote.person_id, LessonNote.lesson_id, LessonNote.anchor, LessonNote.heading,
        LessonNote.text, LessonNote.changed_at,
    ).where(LessonNote.person_id == bindparam("person"), LessonNote.deleted_at.is_(None)),
    select(
        literal(True), LessonBookmark.id, LessonBookmark.person_id, LessonBookmark.lesson_id, LessonBookmark.anchor, LessonBookmark.heading,
        cast(null(), String), LessonBookmark.created_at,
    ).where(LessonBookmark.person_id == bindparam("person")),
).subquery()
_MINE = select(_ALL).order_by(_ALL.c.is_bookmark, _ALL.c.id)
_BESIDE = _MINE.where(_ALL.c.lesson_id == bindparam("lesson"))


def beside(session: Session, me: Me, lesson_id: str) -> Beside:
    """My notes and bookmarks on a lesson, in the order of its sections; one statement."""
    lines = _lines(db.rows(session, _BESIDE, person=me.person_id, lesson=lesson_id))
    return Beside(tuple(one for one in lines if not one.is_bookmark), tuple(one for one in lines if one.is_bookmark))


def my_lines(session: Session, me: Me) -> tuple[NoteLine, ...]:
    """All of them in the order of courses, lessons and sections, those of lessons that are gone last; one statement."""
    return _lines(db.rows(session, _MINE, person=me.person_id))


@dataclass(frozen=True)
class NotesPage:
    """All my notes and bookmarks, or those a search found. `deleted` is the note that can still be brought back."""

    rows: tuple[NoteLine, ...]
    paging: Paging
    wanted: str
    fault: str
    total: int
    deleted: int


def notes_page(session: Session, me: Me, *, typed: str, page: str, deleted: str) -> NotesPage:
    """A page of twenty. A search finds notes that hold every word, in their text, section, lesson or course."""
    lines, fault, wanted = my_lines(session, me), "", ""
    try:
        wanted = clean_line(typed[: LONGEST * 5], LONGEST)
    except NotText:
        fault = f"Search for at most {LONGEST} characters of plain text."
    words = folded(wanted).split()
    found = tuple(line for line in lines if all(word in _words(line) for word in words)) if not fault else ()
    here = paging(page, len(found), "/notes/", {"q": wanted}, A_PAGE)
    number = int(deleted) if deleted.isascii() and deleted.isdigit() and len(deleted) < 9 else 0
    back = session.scalar(select(LessonNote.id).where(LessonNote.id == number, LessonNote.person_id == me.person_id, LessonNote.deleted_at.is_not(None))) if number else None
    return NotesPage(found[here.rows], here, wanted, fault, len(lines), back or 0)


@dataclass(frozen=True)
class NotePage:
    """One note to change."""

    note: LessonNote
    line: NoteLine


def note_page(session: Session, me: Me, note_id: int) -> NotePage:
    """My note, or NotVisible."""
    note: LessonNote = fetch(session, me, LessonNote, LessonNote.id == note_id, LessonNote.deleted_at.is_(None))
    return NotePage(note, _line(note, is_bookmark=False))


def _words(line: NoteLine) -> str:
    return folded(f"{line.text} {line.heading} {line.lesson} {line.course}")


def _lines(rows: Iterable[Any]) -> tuple[NoteLine, ...]:
    catalogue, found = library().catalogue, []
    for row in rows:
        line = _line(row, row.is_bookmark)
        anchors = list(headings_of(catalogue.lesson(row.lesson_id))) if line.href else []
        section = anchors.index(row.anchor) + 1 if row.anchor in anchors else 0
        found.append(((catalogue.place_of(row.lesson_id), row.lesson_id, section, row.is_bookmark, row.id), line))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))


def _line(row: Any, is_bookmark: bool) -> NoteLine:
    lesson_id, anchor, heading = row.lesson_id, row.anchor, row.heading
    text, changed_at, number = row.text or "", row.changed_at, row.id
    catalogue = library().catalogue
    try:
        lesson = catalogue.lesson(lesson_id)
    except NotInCatalogue:
        return NoteLine(number, is_bookmark, lesson_id, RETIRED, _title(lesson_id), "", heading, False, text, changed_at)
    words = headings_of(lesson).get(anchor, "")
    address = lesson_address(catalogue, lesson_id)
    return NoteLine(
        number, is_bookmark, lesson_id, catalogue.course(lesson.course).title, lesson.title, f"{address}#{anchor}" if words else address,
        words or heading, bool(anchor) and not words, text, changed_at,
    )


def _title(lesson_id: str) -> str:
    try:
        return library().catalogue.title_of(lesson_id)
    except NotInCatalogue:
        return lesson_id
