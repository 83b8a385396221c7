"""Where content stands on the site: the one place that turns ids of lessons, courses, templates, terms and items into addresses."""

from __future__ import annotations

from app.content import library
from courses.catalogue import Catalogue
from courses.errors import NotInCatalogue


def course_address(catalogue: Catalogue, course_id: str) -> str:
    """The page of a course; its line in the catalogue while it is planned only. Errors: NotInCatalogue."""
    if catalogue.has_course(course_id):
        return f"/courses/{catalogue.course(course_id).slug}/"
    return f"/courses/#{catalogue.planned(course_id).id}"


def lesson_address(catalogue: Catalogue, lesson_id: str) -> str:
    """The page of a lesson; the line of its course while it is not written. Errors: NotInCatalogue."""
    try:
        lesson = catalogue.lesson(lesson_id)
    except NotInCatalogue:
        return course_address(catalogue, lesson_id.partition("-")[0])
    return f"{course_address(catalogue, lesson.course)}{lesson.slug}/"


def content_link(kind: str, target: str) -> str:
    """What a link in a text leads to: ('term', 'sponsor') -> '/glossary/#sponsor'. Kinds: lesson, template, term, item.

    Something that is not there leads to the list where it would stand."""
    catalogue = library().catalogue
    try:
        if kind == "lesson":
            return lesson_address(catalogue, target)
        if kind == "template":
            return f"/templates/{catalogue.template(target).id}/"
        if kind == "term":
            return f"/glossary/#{catalogue.term(target).id}"
    except NotInCatalogue:
        return {"lesson": "/courses/", "template": "/templates/", "term": "/glossary/"}[kind]
    return f"/items/{target}/"
