"""How states, lengths and steps of courses are worded on every page of learning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.records.learning import heading_words
from app.ui.filters import count, day
from courses.progress import CourseProgress, LessonProgress

State = tuple[str, str, str]
COURSE_STATES: Mapping[str, State] = {
    "open": ("Open", "", "open"),
    "started": ("Started", "now", "half"),
    "complete": ("Completed", "good", "tick"),
    "locked": ("Not yet", "", "lock"),
    "planned": ("Not written yet", "line", ""),
}
LEVELS = {"foundation": "Foundation", "practitioner": "Practitioner", "advanced": "Advanced"}
SIGNS = {"done": "tick", "started": "half", "open": "open", "locked": "lock"}
SAID = {"done": "passed", "started": "started", "open": "open", "locked": "not open yet"}


def duration(minutes: int) -> str:
    """160 -> '2 h 40 min', 45 -> '45 min', 120 -> '2 h'."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part)


def begin_lower(text: str) -> str:
    """The sentence inside another one: its first letter small, unless the word is an abbreviation (PMO stays)."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def course_words(progress: CourseProgress) -> str:
    """Where somebody stands in a course: 'Completed on 2 October 2026', 'Two of five lessons passed', 'Five lessons'."""
    if progress.completed_on:
        return f"Completed on {day(progress.completed_on)}"
    if progress.state == "started":
        return f"{progress.done} of {progress.of} lessons passed"
    return count(progress.of, "lesson").capitalize()


def stopped_at(progress: LessonProgress, anchor: str) -> str:
    """The words of the heading where reading stopped, '' where it did not or the lesson has changed since."""
    return heading_words(progress.lesson, anchor) if anchor else ""


def lesson_words(progress: LessonProgress, anchor: str) -> str:
    """How a lesson stands: 'Passed, best 5 of 5', 'You stopped at “Exposure”', 'Best so far 3 of 5', 'Opened', '30 min'."""
    best = progress.best
    if progress.by_test:
        return "Passed by test-out"
    if progress.state == "done" and best:
        return f"Passed, best {best.score} of {best.of}"
    if progress.state == "locked":
        return "Not yet"
    if best:
        return f"Best so far {best.score} of {best.of}"
    stopped = stopped_at(progress, anchor)
    if stopped:
        return f"You stopped at “{stopped}”"
    return "Opened" if progress.state == "started" else f"{progress.lesson.minutes} min"


@dataclass(frozen=True)
class Step:
    """A stone of a trail: `state` is done, here, shut or ''. `href` is '' for what cannot be opened yet."""

    number: int
    state: str
    title: str
    href: str
    text: str
    end: str


def stone(state: str, is_next: bool) -> str:
    """The look of a stone for the state of a lesson or course."""
    if state in ("done", "complete"):
        return "done"
    return "shut" if state in ("locked", "planned") else "here" if is_next else ""
