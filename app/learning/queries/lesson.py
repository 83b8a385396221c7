"""A lesson: what it is for, its text, and what is left to do in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access import Me
from app.learning.queries.course import Before
from app.learning.queries.notes import OF_LESSON, Beside, beside
from app.learning.queries.words import SAID, SIGNS, left_words, stopped_at
from app.learning.shelf import LessonText, Shelf
from app.records.headings import headings_of
from app.records.learning import studied_with
from app.ui.filters import count, day
from courses.pace import left_of
from courses.progress import CourseProgress, Facts, LessonProgress, course_progress
from courses.quiz import Attempt, may_try, said


@dataclass(frozen=True)
class KnownOfLesson:
    """What the page of a lesson depends on: one value, so that an unchanged page need not be made again."""

    lesson_id: str
    facts: Facts
    tries: tuple[Attempt, ...]
    heading: str
    passed_at: int
    today: date


@dataclass(frozen=True)
class OutlineRow:
    """A lesson in the outline; `said` is its state in words."""

    title: str
    href: str
    sign: str
    said: str
    is_here: bool


@dataclass(frozen=True)
class LessonPage:
    """A lesson as one person sees it. `button` is the one main action."""

    text: LessonText
    course_href: str
    where: str
    outline: tuple[OutlineRow, ...]
    is_locked: bool
    first: tuple[Before, ...]
    stopped: str
    stopped_href: str
    is_done: bool
    changed: str
    left: str
    rule: str
    missing: str
    tries: str
    button: str
    button_href: str
    check_again: str
    previous: LessonText | None
    following: LessonText | None


def known_of_lesson(session: Session, me: Me, held: Shelf, course: str, lesson: str, today: date) -> tuple[KnownOfLesson, Beside]:
    """What decides the page of a lesson, and what I wrote beside it; one statement. NotVisible for a lesson that is not written."""
    text = held.lesson(course, lesson)
    mine, written = studied_with(session, me, held.catalogue.with_needed(text.course), OF_LESSON, lesson=text.lesson.id)
    visit = mine.visits.get(text.lesson.id)
    known = KnownOfLesson(text.lesson.id, mine.facts, mine.tries.get(text.lesson.id, ()), visit.heading if visit else "", mine.passed_at.get(text.lesson.id, text.course.revision), today)
    return known, beside(written)


def lesson_page(held: Shelf, known: KnownOfLesson) -> LessonPage:
    """The page, without a further statement."""
    text = held.lessons[known.lesson_id]
    progress = course_progress(held.catalogue, text.course.id, known.facts)
    mine = progress.lessons[text.number - 1]
    ahead = held.catalogue.next_lesson(known.lesson_id)
    behind = held.catalogue.previous_lesson(known.lesson_id)
    following = held.lessons[ahead.id] if ahead else None
    stopped = stopped_at(mine, known.heading)
    check, done = f"{text.href}check/", mine.state == "done"
    course_href = f"/courses/{text.course.slug}/"
    return LessonPage(
        text=text, course_href=course_href,
        where=f"Lesson {text.number} of {progress.of}, {text.lesson.minutes} minutes",
        outline=tuple(_row(held, one, mine) for one in progress.lessons), is_locked=mine.state == "locked",
        first=_first(held, progress), stopped="" if done else stopped, stopped_href=f"#{known.heading}", is_done=done,
        changed=_changed(known, text) if done else "", left="" if done else left_words(left_of(mine, _section(mine, known.heading))),
        rule=mine.rule, missing=_passed(mine) if done else f"{mine.missing}.", tries="" if done else may_try(known.tries, known.today, text.lesson.quiz.behaviour).sentence,
        button=(f"Next: {following.lesson.title}" if following else "See the whole course") if done else "Take the check",
        button_href=(following.href if following else course_href) if done else check, check_again=check if done else "",
        previous=held.lessons[behind.id] if behind else None, following=following,
    )


def _row(held: Shelf, progress: LessonProgress, mine: LessonProgress) -> OutlineRow:
    text = held.lessons[progress.lesson.id]
    return OutlineRow(text.lesson.title, text.href, SIGNS[progress.state], SAID[progress.state], progress is mine)


def _first(held: Shelf, progress: CourseProgress) -> tuple[Before, ...]:
    waits = (need for need in progress.needs if not need.met)
    return tuple(Before(need.title, f"/courses/{held.catalogue.course(need.course).slug}/", "to complete first", False) for need in waits)


def _passed(mine: LessonProgress) -> str:
    best = f", best {said(mine.best.score)} of {mine.best.of}" if mine.best else ""
    return f"Done on {day(mine.done_on)}{best}."


def _section(mine: LessonProgress, heading: str) -> int:
    anchors = tuple(headings_of(mine.lesson))
    return anchors.index(heading) + 1 if heading in anchors else 0


def _changed(known: KnownOfLesson, text: LessonText) -> str:
    if known.passed_at >= text.course.revision:
        return ""
    return f"The course was revised since you finished this lesson: revision {known.passed_at} then, {text.course.revision} now. What you have passed stays passed."


@dataclass(frozen=True)
class WholeLesson:
    """A lesson on the page of the whole course: its headings one level lower, without anchors."""

    number: int
    title: str
    minutes: int
    objectives: tuple[str, ...]
    body: Markup


@dataclass(frozen=True)
class WholeCourse:
    """All lessons of a course to print or to read without a connection; none of them while the course is locked."""

    title: str
    summary: str
    href: str
    facts: str
    lessons: tuple[WholeLesson, ...]
    first: tuple[Before, ...]


def whole_course(held: Shelf, slug: str, facts: Facts) -> WholeCourse:
    """The course as one page. NotVisible for a course that is not written."""
    course = held.course(slug)
    progress = course_progress(held.catalogue, course.id, facts)
    is_locked = progress.state == "locked"
    texts = [held.lessons[lesson.id] for lesson in course.lessons if not is_locked or _done(progress, lesson.id)]
    return WholeCourse(
        course.title, course.summary, f"/courses/{course.slug}/", f"Revision {course.revision}, {count(len(texts), 'lesson')}",
        tuple(WholeLesson(text.number, text.lesson.title, text.lesson.minutes, text.lesson.objectives, _lowered(text)) for text in texts),
        _first(held, progress) if is_locked else (),
    )


def _done(progress: CourseProgress, lesson_id: str) -> bool:
    return any(one.lesson.id == lesson_id and one.state == "done" for one in progress.lessons)


def _lowered(text: LessonText) -> Markup:
    """The body below a heading of its own; tables carry the number of the lesson, so that each has its own name."""
    body = re.sub(r' id="[^"]*"', "", str(text.body))
    body = re.sub(r"<(/?)h([23])>", lambda found: f"<{found[1]}h{int(found[2]) + 1}>", body)
    return Markup(body.replace('aria-label="Table ', f'aria-label="Lesson {text.number}, table '))
