"""How states, lengths and steps of courses are worded on every page of learning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.records.headings import heading_words, headings_of
from app.records.learning import Visit
from app.ui.filters import count, day
from courses.catalogue import Course
from courses.pace import Left, left_in_all, left_of
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


def left_of_course(progress: CourseProgress, visits: Mapping[str, Visit]) -> Left:
    """Words and questions left in a course, counted from the heading last read in each lesson."""
    return left_in_all(left_of(one, section_read(one, visits)) for one in progress.lessons)


def section_read(progress: LessonProgress, visits: Mapping[str, Visit]) -> int:
    """The number of the section where reading stopped, 0 at the beginning."""
    visit, anchors = visits.get(progress.lesson.id), tuple(headings_of(progress.lesson))
    return anchors.index(visit.heading) + 1 if visit and visit.heading in anchors else 0


def left_words(left: Left) -> str:
    """'About 1 h 20 min of reading and checks left; exercises come on top.', '' when nothing is left."""
    if not left.minutes:
        return ""
    reads = "reading and checks" if left.words and left.questions else "reading" if left.words else "checks"
    return f"About {duration(left.minutes)} of {reads} left{'; exercises come on top' if left.words else ''}."


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


def changed_since(progress: LessonProgress, course: Course, passed_at: Mapping[str, int]) -> bool:
    """Whether the course was revised after somebody had finished this lesson."""
    return progress.state == "done" and passed_at.get(progress.lesson.id, course.revision) < course.revision


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
