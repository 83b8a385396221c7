"""Content for those who look after it: what is in use, own versions of courses, questions from other systems."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.access import Me
from app.admin.queries.start import Tabs, admin_tabs
from app.config import ROOT
from app.content import chosen_versions, library, own_folder
from app.errors import NotVisible, Refused
from app.records.addresses import content_link
from app.records.own_courses import own_slugs, try_out, versions
from app.ui.lessons import LessonDraft, drafts
from app.ui.questions import Outline, outline
from courses.exchange.commands import READERS, checked, kind_of, pass_mark_of
from courses.exchange.writing import quiz_text
from courses.reading import read_quiz
from courses.reading.packages import SLUG, packed


@dataclass(frozen=True)
class CourseRow:
    """A course of the site: `version` is the own one in use, 0 where the shipped one is; `kept` are own versions, newest first."""

    slug: str
    title: str
    lessons: int
    version: int
    kept: tuple[int, ...]
    is_in_use: bool


@dataclass(frozen=True)
class ContentPage:
    """All courses, and every fault of the content by file and line."""

    tabs: Tabs
    summary: str
    faults: tuple[str, ...]
    rows: tuple[CourseRow, ...]


def content_page(me: Me, instance: Path) -> ContentPage:
    """What is in use now; no statement."""
    held, chosen = library(), chosen_versions(instance)
    titles = {course.slug: course for course in held.catalogue.in_order()}
    rows = []
    for slug in (*titles, *(slug for slug in own_slugs(instance) if slug not in titles)):
        course = titles.get(slug)
        rows.append(CourseRow(slug, course.title if course else slug, len(course.lessons) if course else 0, chosen.get(slug, 0), versions(instance, slug), course is not None))
    return ContentPage(admin_tabs(me, "Content"), held.summary().removeprefix("No faults: "), held.faults, tuple(rows))


@dataclass(frozen=True)
class VersionPage:
    """A kept version of a course as the site would show it: faults (then it cannot be used), remarks, lessons."""

    tabs: Tabs
    slug: str
    number: int
    title: str
    summary: str
    is_in_use: bool
    faults: tuple[str, ...]
    remarks: tuple[str, ...]
    lessons: tuple[LessonDraft, ...]


def version_page(me: Me, instance: Path, slug: str, number: int) -> VersionPage:
    """A dry run of a kept version, or NotVisible."""
    folder = kept_folder(instance, slug, number)
    in_use = chosen_versions(instance).get(slug) == number
    trial = try_out(instance, slug, folder)
    course = trial.course
    return VersionPage(
        admin_tabs(me, "Content"), slug, number, course.title if course else slug, course.summary if course else "", in_use, trial.faults,
        () if in_use else trial.remarks, drafts(course, content_link) if course else (),
    )


def kept_folder(instance: Path, slug: str, number: int) -> Path:
    """The folder of a kept version, or NotVisible; the name is checked before it is part of a path."""
    if not SLUG.fullmatch(slug) or len(slug) > 80 or not own_folder(instance, slug, number).is_dir():
        raise NotVisible
    return own_folder(instance, slug, number)


def course_package(instance: Path, slug: str) -> bytes:
    """The course in use at an address as a zip, or NotVisible."""
    if slug not in {course.slug for course in library().catalogue.courses}:
        raise NotVisible
    number = chosen_versions(instance).get(slug, 0)
    return packed(own_folder(instance, slug, number) if number else ROOT / "content" / "courses" / slug)


@dataclass(frozen=True)
class ReadQuestions:
    """What a file of questions gave: the questions as they would look, the quiz file, and what was not understood by line."""

    questions: tuple[Outline, ...]
    notes: tuple[str, ...]
    text: str


def read_questions(raw: bytes, name: str) -> ReadQuestions:
    """A dry run of a GIFT, Aiken or Moodle XML file; nothing is stored. Raises Refused where it holds no question that can be taken."""
    found = checked(READERS[kind_of(name, raw)](raw))
    notes = tuple(f"line {note}" for note in found.notes)
    if not found.questions:
        reason = f" {notes[0]}." if notes else ""
        raise Refused(f"There is no question here that can be taken over. GIFT, Aiken and Moodle XML are understood.{reason}", "file")
    return ReadQuestions(tuple(outline(question) for question in found.questions), notes, quiz_text(found.questions, pass_mark_of(len(found.questions))))


def is_quiz(text: str) -> bool:
    """Whether a text is a quiz file that can be read."""
    return read_quiz(text, "questions.quiz.yaml").quiz is not None
