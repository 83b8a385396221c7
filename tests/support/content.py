"""Content as it might be, in place of what ships, for the tests of one module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from app.content import DESK, library
from courses.catalogue import Course


@contextmanager
def changed_course(course_id: str, change: Callable[[Course], Course]) -> Iterator[Course]:
    """The site's library with one course changed, until the end of the block."""
    held = library()
    courses = tuple(change(course) if course.id == course_id else course for course in held.catalogue.courses)
    DESK.held = replace(held, catalogue=replace(held.catalogue, courses=courses))
    try:
        yield DESK.held.catalogue.course(course_id)
    finally:
        DESK.held = None
