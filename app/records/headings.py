"""The headings of a lesson by their anchors, as its page has them: where somebody stopped reading, where a note stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from mdit_py_plugins.anchors.index import slugify

from app.content import curled
from courses.catalogue import Lesson

HEADING = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def heading_words(lesson: Lesson, anchor: str) -> str:
    """The heading of a lesson behind an anchor, '' where it has none of that name (any more)."""
    return headings_of(lesson).get(anchor, "")


def headings_of(lesson: Lesson) -> Mapping[str, str]:
    """The second-level headings of a lesson by anchor, in their order, as its page has them."""
    return _headings(lesson.id, lesson.body)


@lru_cache(maxsize=4096)
def _headings(lesson_id: str, body: str) -> Mapping[str, str]:
    found = (re.sub(r"[*_`]", "", LINK.sub(r"\1", words)) for words in HEADING.findall(body))
    return {slugify(words): curled(words) for words in found}
