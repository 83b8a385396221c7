"""Content as it might be: the site's own library in which the project life cycle waits for PMO foundations."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from app.content import library
from app.learning.shelf import Shelf, shelve


@cache
def waiting_shelf() -> Shelf:
    """A shelf whose course C05 needs C01."""
    catalogue = library().catalogue
    courses = tuple(replace(course, needs=("C01",)) if course.id == "C05" else course for course in catalogue.courses)
    return shelve(replace(library(), catalogue=replace(catalogue, courses=courses)))
