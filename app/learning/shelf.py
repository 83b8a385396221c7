"""Everything there is to read, rendered once a process and never while somebody waits for a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from markupsafe import Markup

from app.content import Library, library
from app.errors import NotVisible
from app.records.addresses import content_link
from app.ui.markdown import headings, lesson_html
from courses.catalogue import Catalogue, Course, GlossaryTerm, Lesson, PlannedCourse, Template
from courses.errors import NotInCatalogue


@dataclass(frozen=True)
class LessonText:
    """A lesson ready to show: its place in the course, its body, and what stands beside it."""

    lesson: Lesson
    course: Course
    number: int
    href: str
    body: Markup
    headings: tuple[tuple[str, str], ...]
    competences: tuple[tuple[str, str], ...]
    terms: tuple[GlossaryTerm, ...]
    templates: tuple[Template, ...]


@dataclass(frozen=True)
class LessonParts:
    """What is the same on the page of a lesson for everybody who may read it, as ready markup."""

    opening: Markup
    reading: Markup
    headings: Markup
    further: Markup
    note_fields: Markup


@dataclass(frozen=True)
class Document:
    """A template ready to show, with the lessons that use it: (title, address)."""

    template: Template
    href: str
    body: Markup
    lessons: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Shelf:
    """What the pages of learning read from: the content and its rendered bodies, by id; `ready` fills up as lessons are opened.

    One is equal to itself alone, so that what is drawn from it can be kept as long as it lives."""

    held: Library
    lessons: Mapping[str, LessonText]
    documents: Mapping[str, Document]
    ready: dict[str, LessonParts] = field(default_factory=dict, repr=False, compare=False)

    @property
    def catalogue(self) -> Catalogue:
        """Courses, curriculum, templates, glossary and paths."""
        return self.held.catalogue

    @cached_property
    def taught(self) -> frozenset[str]:
        """The competences that a lesson builds, be it written or planned."""
        courses: tuple[Course | PlannedCourse, ...] = (*self.catalogue.curriculum, *self.catalogue.courses)
        return frozenset(key for course in courses for lesson in course.lessons for key in lesson.competences)

    @cached_property
    def item_titles(self) -> Mapping[str, str]:
        """The titles of the items of all questionnaires."""
        return {item.id: item.title for model in self.held.questionnaires.values() for item in model.items}

    def course(self, slug: str) -> Course:
        """The written course at an address, or NotVisible."""
        try:
            return self.catalogue.course_by_slug(slug)
        except NotInCatalogue:
            raise NotVisible from None

    def lesson(self, course_slug: str, lesson_slug: str) -> LessonText:
        """The written lesson at an address, or NotVisible."""
        try:
            return self.lessons[self.catalogue.lesson_by_slug(course_slug, lesson_slug).id]
        except NotInCatalogue:
            raise NotVisible from None

    def document(self, template_id: str) -> Document:
        """The template with this id, or NotVisible."""
        if template_id not in self.documents:
            raise NotVisible
        return self.documents[template_id]

    def competence(self, competence_id: str) -> str:
        """The name of a competence, its id where nobody has named it."""
        found = self.held.skills.competences.get(competence_id)
        return found.name if found else competence_id


def shelf() -> Shelf:
    """The content of this installation; rendered at the first call, which is the start of the site, and when it has changed."""
    held = library()
    return _shelved(held.version, id(held))


@lru_cache(maxsize=2)
def _shelved(version: str, which: int) -> Shelf:
    return shelve(library())


def shelve(held: Library) -> Shelf:
    """Render every lesson and template of a library."""
    catalogue = held.catalogue
    texts = {
        lesson.id: _text(held, course, number, lesson)
        for course in catalogue.courses
        for number, lesson in enumerate(course.lessons, 1)
    }
    documents = {
        template.id: Document(
            template, f"/templates/{template.id}/", _document_html(template.body),
            tuple((text.lesson.title, text.href) for text in texts.values() if template.id in text.lesson.templates),
        )
        for template in catalogue.templates
    }
    return Shelf(held, texts, documents)


def _text(held: Library, course: Course, number: int, lesson: Lesson) -> LessonText:
    body = lesson_html(lesson.body, content_link)
    names = held.skills.competences
    return LessonText(
        lesson=lesson, course=course, number=number, href=f"/courses/{course.slug}/{lesson.slug}/", body=body, headings=headings(body),
        competences=tuple((key, names[key].name) for key in lesson.competences if key in names),
        terms=tuple(sorted((held.catalogue.term(key) for key in lesson.terms), key=lambda term: term.term.casefold())),
        templates=tuple(held.catalogue.template(key) for key in lesson.templates),
    )


def _document_html(body: str) -> Markup:
    """A template on a page: its headings below that of the page, boxes to tick as boxes."""
    has_title = re.search(r"^# ", body, flags=re.MULTILINE)
    lowered = re.sub(r"^(#{1,3}) ", r"#\1 ", body, flags=re.MULTILINE) if has_title else body
    page = str(lesson_html(lowered, content_link))
    return Markup(page.replace("<li>[ ] ", "<li>\u2610 ").replace("<p>[ ] ", "<p>\u2610 "))
