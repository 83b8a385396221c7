"""A lesson for writers: its text as readers see it and its questions with their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from app.ui.markdown import lesson_html
from app.ui.questions import Outline, outline
from courses.catalogue import Course


@dataclass(frozen=True)
class LessonDraft:
    """One lesson, ready to look over."""

    title: str
    minutes: int
    body: Markup
    pass_mark: int
    of: int
    questions: tuple[Outline, ...]


def drafts(course: Course, link: Callable[[str, str], str]) -> tuple[LessonDraft, ...]:
    """Every lesson of a course in order; *link* turns (kind, id) into an address."""
    return tuple(
        LessonDraft(one.title, one.minutes, lesson_html(one.body, link), one.quiz.pass_mark, one.quiz.max, tuple(outline(question) for question in one.quiz.questions))
        for one in course.lessons
    )
