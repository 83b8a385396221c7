"""From what somebody has done to what is locked, open, started and done, and what is still missing.

A lesson is done when it was opened and its check was passed once; `_done_on` is the only place
that decides it. A lesson is locked while its course waits for another course, unless it is done already.
A course that was completed once stays completed, also when a later revision adds lessons. Who passed the check over
a whole course has passed its lessons by test-out, without reading them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from courses.catalogue import Catalogue, Course, Lesson, Path
from courses.quiz import Attempt, best, said

LessonState = Literal["locked", "open", "started", "done"]
CourseState = Literal["locked", "open", "started", "complete"]


@dataclass(frozen=True)
class LessonFacts:
    """When a person first opened a lesson, and the finished tries at its check."""

    opened: date | None = None
    attempts: tuple[Attempt, ...] = ()


NOTHING = LessonFacts()


@dataclass(frozen=True)
class Facts:
    """What is known about one person.

    `lessons` by lesson id; `reviewed` the day a course's exercise was reviewed, by course id;
    `completed` the day on which a course was recorded as complete, by course id; `tested_out` the day on which the
    check over a whole course was passed instead of its lessons, by course id.
    """

    lessons: Mapping[str, LessonFacts] = field(default_factory=dict)
    reviewed: Mapping[str, date] = field(default_factory=dict)
    completed: Mapping[str, date] = field(default_factory=dict)
    tested_out: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class LessonProgress:
    """One lesson for one person. `missing` is empty when the lesson is done; `by_test`: by test-out alone."""

    lesson: Lesson
    state: LessonState
    rule: str
    missing: str
    best: Attempt | None
    done_on: date | None
    by_test: bool = False


@dataclass(frozen=True)
class Need:
    """A course to complete first. One that cannot be taken here is not asked for (`written` false)."""

    course: str
    title: str
    met: bool
    written: bool


@dataclass(frozen=True)
class CourseProgress:
    """One course for one person: `done` of `of` lessons, `percent` a whole number rounded down."""

    course: Course
    state: CourseState
    needs: tuple[Need, ...]
    lessons: tuple[LessonProgress, ...]
    done: int
    of: int
    percent: int
    next: LessonProgress | None
    missing: tuple[str, ...]
    completed_on: date | None

    @property
    def complete(self) -> bool:
        """Whether the course counts as complete."""
        return self.completed_on is not None


@dataclass(frozen=True)
class PathStep:
    """One course of a path. `course` is None where the course is planned only."""

    id: str
    title: str
    course: CourseProgress | None
    lessons: tuple[LessonProgress, ...]
    done: bool


@dataclass(frozen=True)
class PathProgress:
    """A path for one person: `done` of `of` courses; `next` is the lesson to go on with.

    `minutes_left` is the reading time of the written lessons that are not done."""

    path: Path
    steps: tuple[PathStep, ...]
    done: int
    of: int
    percent: int
    next: LessonProgress | None
    minutes_left: int = 0


def completion_rule(lesson: Lesson) -> str:
    """What completes the lesson: "Read to the end and pass the check: 4 of 5"."""
    return f"Read to the end and pass the check: {lesson.quiz.pass_mark} of {lesson.quiz.max}"


def lesson_progress(
    lesson: Lesson, facts: LessonFacts, waits_for: tuple[str, ...] = (), tested_on: date | None = None
) -> LessonProgress:
    """State of one lesson. `waits_for`: titles of the courses to complete before this one; `tested_on`: the day of a test-out."""
    own = _done_on(facts)
    done_on = own or tested_on
    top = best(facts.attempts)
    state: LessonState
    if done_on:
        state, missing = "done", ""
    elif waits_for:
        state, missing = "locked", f"Complete {_joined(waits_for)} first"
    else:
        state = "started" if facts.opened or facts.attempts else "open"
        missing = _missing(lesson, facts.opened, top)
    return LessonProgress(lesson, state, completion_rule(lesson), missing, top, done_on, done_on is not None and own is None)


def course_progress(catalogue: Catalogue, course_id: str, facts: Facts) -> CourseProgress:
    """Progress of one person in a written course. Errors: NotInCatalogue."""
    course = catalogue.course(course_id)
    needs = tuple(_need(catalogue, needed, facts) for needed in course.needs)
    if _is_touched(course, facts):
        return _progress(course, needs, facts)
    key = ("untouched", course_id, needs)
    if key not in catalogue.worked_out:
        catalogue.worked_out[key] = _progress(course, needs, Facts())
    untouched: CourseProgress = catalogue.worked_out[key]
    return untouched


def _is_touched(course: Course, facts: Facts) -> bool:
    """Whether anything was done in the course; most people have done nothing in most courses."""
    known = (facts.completed, facts.tested_out, facts.reviewed)
    return any(course.id in one for one in known) or any(lesson.id in facts.lessons for lesson in course.lessons)


def _progress(course: Course, needs: tuple[Need, ...], facts: Facts) -> CourseProgress:
    waits_for = tuple(need.title for need in needs if not need.met)
    lessons = tuple(
        lesson_progress(lesson, facts.lessons.get(lesson.id, NOTHING), waits_for, facts.tested_out.get(course.id))
        for lesson in course.lessons
    )
    done, of = sum(lesson.state == "done" for lesson in lessons), len(lessons) + len(course.withheld)
    completed_on = _completed_on(course, facts)
    return CourseProgress(
        course=course,
        state=_course_state(lessons, waits_for, completed_on),
        needs=needs,
        lessons=lessons,
        done=done,
        of=of,
        percent=_percent(done, of),
        next=next((lesson for lesson in lessons if lesson.state in ("open", "started")), None),
        missing=() if completed_on else _course_missing(course, lessons, waits_for, facts),
        completed_on=completed_on,
    )


def is_complete(catalogue: Catalogue, course_id: str, facts: Facts) -> bool:
    """Whether a course counts as complete: recorded earlier, or all lessons done and reviewed where asked."""
    if course_id in facts.completed:
        return True
    return catalogue.has_course(course_id) and _completed_on(catalogue.course(course_id), facts) is not None


def opens_others(course: Course, facts: Facts) -> bool:
    """Whether courses that need this one are open: it is complete, or only its reviewed exercise is missing.

    Nobody waits for a reviewer before reading on; the certificate does wait."""
    return _completed_on(course, facts, asks_review=False) is not None


def path_progress(catalogue: Catalogue, path_id: str, facts: Facts) -> PathProgress:
    """Progress of one person on a path. Errors: NotInCatalogue."""
    path = catalogue.path(path_id)
    steps = tuple(_step(catalogue, path, course_id, facts) for course_id in path.courses)
    ahead = [lesson for step in steps if not step.done for lesson in step.lessons if lesson.state != "done"]
    return PathProgress(
        path=path,
        steps=steps,
        done=sum(step.done for step in steps),
        of=len(steps),
        percent=_percent(sum(step.done for step in steps), len(steps)),
        next=next((lesson for lesson in ahead if lesson.state in ("open", "started")), None),
        minutes_left=sum(lesson.lesson.minutes for lesson in ahead),
    )


def _step(catalogue: Catalogue, path: Path, course_id: str, facts: Facts) -> PathStep:
    title = catalogue.title_of(course_id)
    if not catalogue.has_course(course_id):
        return PathStep(course_id, title, None, (), course_id in facts.completed)
    course = course_progress(catalogue, course_id, facts)
    only = path.only.get(course_id)
    if only is None:
        return PathStep(course_id, title, course, course.lessons, course.complete)
    chosen = tuple(lesson for lesson in course.lessons if lesson.lesson.id in only)
    enough = len(chosen) == len(only) and all(lesson.state == "done" for lesson in chosen)
    return PathStep(course_id, title, course, chosen, course.complete or enough)


def _need(catalogue: Catalogue, needed: str, facts: Facts) -> Need:
    written = catalogue.has_course(needed)
    met = not written or opens_others(catalogue.course(needed), facts)
    return Need(needed, catalogue.title_of(needed), met, written)


def _done_on(facts: LessonFacts) -> date | None:
    """The day on which a lesson was both opened and passed, None before."""
    passed = min((attempt.day for attempt in facts.attempts if attempt.passed), default=None)
    return max(facts.opened, passed) if facts.opened and passed else None


def _completed_on(course: Course, facts: Facts, asks_review: bool = True) -> date | None:
    if course.id in facts.completed:
        return facts.completed[course.id]
    tested_on = facts.tested_out.get(course.id)
    days = [_done_on(facts.lessons.get(lesson.id, NOTHING)) or tested_on for lesson in course.lessons]
    if course.review and asks_review:
        days.append(facts.reviewed.get(course.id))
    past = [day for day in days if day is not None]
    return max(past) if past and len(past) == len(days) and not course.withheld else None


def _course_state(
    lessons: tuple[LessonProgress, ...], waits_for: tuple[str, ...], completed_on: date | None
) -> CourseState:
    if completed_on:
        return "complete"
    if waits_for:
        return "locked"
    return "started" if any(lesson.state in ("started", "done") for lesson in lessons) else "open"


def _course_missing(
    course: Course, lessons: tuple[LessonProgress, ...], waits_for: tuple[str, ...], facts: Facts
) -> tuple[str, ...]:
    words: list[str] = []
    if waits_for:
        words.append(f"Complete {_joined(waits_for)} first")
    undone = [number for number, lesson in enumerate(lessons, start=1) if lesson.state != "done"]
    if undone:
        noun = "Lesson" if len(undone) == 1 else "Lessons"
        words.append(f"{noun} {_numbers(undone)} to pass")
    if course.withheld:
        count = len(course.withheld)
        noun = "1 lesson that is" if count == 1 else f"{count} lessons that are"
        words.append(f"{noun} being repaired and cannot be read today")
    if course.review and course.id not in facts.reviewed:
        words.append("Your exercise, reviewed by your mentor or a colleague")
    return tuple(words)


def _missing(lesson: Lesson, opened: date | None, top: Attempt | None) -> str:
    if top is None:
        first = "Read to the end, then answer" if opened else "Read the lesson, then answer"
        return f"{first} {lesson.quiz.pass_mark} of {lesson.quiz.max} questions right"
    if top.passed:
        return "The check is passed; open the lesson once and it is done"
    needed = f"{lesson.quiz.pass_mark} of {lesson.quiz.max}"
    return f"Best so far {said(top.score)} of {top.of} right; {needed} are needed"


def _percent(done: int, of: int) -> int:
    return 100 * done // of if of else 0


def _numbers(places: list[int]) -> str:
    first, last = places[0], places[-1]
    if len(places) > 2 and last - first == len(places) - 1:
        return f"{first} to {last}"
    return _joined(tuple(map(str, places)))


def _joined(words: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
