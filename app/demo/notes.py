"""Notes and bookmarks of demo people."""

from __future__ import annotations

from app.content import library
from app.demo.reading import Demo
from app.demo.stage import Stage
from app.models import LessonBookmark, LessonNote
from app.records.headings import heading_words


def put_notes(stage: Stage, demo: Demo) -> None:
    """What content/demo says somebody wrote or marked."""
    for one in demo.learning.notes:
        when = stage.at(one.days_ago)
        heading = heading_words(library().catalogue.lesson(one.lesson), one.section)
        place = {"person_id": stage.people[one.by].id, "lesson_id": one.lesson, "anchor": one.section, "heading": heading, "created_at": when}
        stage.session.add(LessonNote(**place, text=one.text, changed_at=when) if one.text else LessonBookmark(**place))
