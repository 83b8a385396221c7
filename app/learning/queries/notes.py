"""My notes and bookmarks: beside a lesson, and all of them. Nobody else ever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, bindparam, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import db
from app.access import Me, fetch
from app.content import library
from app.models import LessonBookmark, LessonNote
from app.records.addresses import lesson_address
from app.records.headings import headings_of
from app.records.learning import NO_DAY, NO_FLAG, NO_NUMBER, NO_TIME, StudyRow
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


class Written(NamedTuple):
    """A note or bookmark as it is stored."""

    is_bookmark: bool
    id: int
    lesson_id: str
    anchor: str
    heading: str
    text: str
    changed_at: datetime


_ALL = union_all(
    select(
        literal(False).label("is_bookmark"), LessonNote.id, LessonNote.lesson_id, LessonNote.anchor, LessonNote.heading, LessonNote.text, LessonNote.changed_at,
    ).where(LessonNote.person_id == bindparam("person"), LessonNote.deleted_at.is_(None)),
    select(
        literal(True), LessonBookmark.id, LessonBookmark.lesson_id, LessonBookmark.anchor, LessonBookmark.heading, literal(""), LessonBookmark.created_at,
    ).where(LessonBookmark.person_id == bindparam("person")),
).subquery()
_MINE = select(_ALL).order_by(_ALL.c.is_bookmark, _ALL.c.id)


def _with_study(kind: str, record: type[LessonNote] | type[LessonBookmark], at: InstrumentedAttribute[datetime], text: SQLColumnExpression[str], *live: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """What I wrote on one lesson as rows of `studied_with`: section, its words and my text in one, for no anchor or heading has a line end."""
    words = record.anchor + LINE_END + record.heading + LINE_END + text
    return select(
        literal(kind), record.person_id, record.id, record.lesson_id, at, NO_TIME, NO_DAY, NO_NUMBER, NO_NUMBER, NO_FLAG, words, NO_NUMBER,
    ).where(record.person_id == bindparam("person"), record.lesson_id == bindparam("lesson"), *live)


LINE_END = "\n"
OF_LESSON = (
    _with_study("note", LessonNote, LessonNote.changed_at, LessonNote.text, LessonNote.deleted_at.is_(None)),
    _with_study("bookmark", LessonBookmark, LessonBookmark.created_at, literal("")),
)


def beside(rows: Iterable[StudyRow]) -> Beside:
    """My notes and bookmarks on a lesson from rows of OF_LESSON, in the order of its sections."""
    lines = _lines(_parted(row) for row in rows)
    return Beside(tuple(one for one in lines if not one.is_bookmark), tuple(one for one in lines if one.is_bookmark))


def _parted(row: StudyRow) -> Written:
    anchor, heading, text = row.words.split(LINE_END, 2)
    return Written(row.kind == "bookmark", row.id, row.thing, anchor, heading, text, row.first)


def my_lines(session: Session, me: Me) -> tuple[NoteLine, ...]:
    """All of them in the order of courses, lessons and sections, those of lessons that are gone last; one statement."""
    return _lines(Written(*row) for row in db.rows(session, _MINE, person=me.person_id))


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
    return NotePage(note, _line(Written(False, note.id, note.lesson_id, note.anchor, note.heading, note.text, note.changed_at)))


def _words(line: NoteLine) -> str:
    return folded(f"{line.text} {line.heading} {line.lesson} {line.course}")


def _lines(rows: Iterable[Written]) -> tuple[NoteLine, ...]:
    catalogue, found = library().catalogue, []
    for row in rows:
        line = _line(row)
        anchors = list(headings_of(catalogue.lesson(row.lesson_id))) if line.href else []
        section = anchors.index(row.anchor) + 1 if row.anchor in anchors else 0
        found.append(((catalogue.place_of(row.lesson_id), row.lesson_id, section, row.is_bookmark, row.id), line))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))


def _line(row: Written) -> NoteLine:
    catalogue = library().catalogue
    try:
        lesson = catalogue.lesson(row.lesson_id)
    except NotInCatalogue:
        return NoteLine(row.id, row.is_bookmark, row.lesson_id, RETIRED, _title(row.lesson_id), "", row.heading, False, row.text, row.changed_at)
    words = headings_of(lesson).get(row.anchor, "")
    address = lesson_address(catalogue, row.lesson_id)
    return NoteLine(
        row.id, row.is_bookmark, row.lesson_id, catalogue.course(lesson.course).title, lesson.title, f"{address}#{row.anchor}" if words else address,
        words or row.heading, bool(row.anchor) and not words, row.text, row.changed_at,
    )


def _title(lesson_id: str) -> str:
    try:
        return library().catalogue.title_of(lesson_id)
    except NotInCatalogue:
        return lesson_id
