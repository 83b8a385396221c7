"""Where somebody goes on learning: the next lesson, or the exercise, of each course begun."""

from __future__ import annotations

from dataclasses import dataclass

from app.records.addresses import lesson_address
from app.records.headings import heading_words
from app.records.learning import Studied
from courses.catalogue import Catalogue
from courses.progress import CourseProgress, LessonProgress, course_progress


@dataclass(frozen=True)
class NextLesson:
    """Where somebody goes on learning. `kind` names the course, `text` where they stopped or what it closes."""

    kind: str
    title: str
    href: str
    minutes: int
    text: str
    button: str
    course: str = ""


def next_lessons(catalogue: Catalogue, mine: Studied) -> tuple[NextLesson, ...]:
    """The next lesson of each started course that is not complete, the one read last first, then in course order."""
    going = []
    for course in catalogue.in_order():
        opened = [mine.visits[lesson.id].last for lesson in course.lessons if lesson.id in mine.visits]
        if opened or course.id in mine.begun:
            progress = course_progress(catalogue, course.id, mine.facts)
            if progress.next is not None or (exercise_is_next(progress) and mine.exercises.get(course.id) in (None, "taken back")):
                going.append((max((at.timestamp() for at in opened), default=0.0), progress))
    return tuple(
        next_lesson(catalogue, mine, progress, progress.next) if progress.next else _exercise_ahead(progress)
        for _, progress in sorted(going, key=lambda one: -one[0])
    )


def exercise_is_next(progress: CourseProgress) -> bool:
    """All lessons are done and the certificate waits for the reviewed exercise alone."""
    return progress.course.review and progress.next is None and not progress.complete and progress.state != "locked" and progress.done == progress.of


def _exercise_ahead(progress: CourseProgress) -> NextLesson:
    course = progress.course
    exercise = course.exercise
    return NextLesson(
        f"Exercise, {course.title}", exercise.title if exercise else "The exercise", f"/courses/{course.slug}/exercise/", exercise.minutes if exercise else 60,
        "The last step to the certificate: your mentor or a colleague reviews it.", "Open",
    )


def next_lesson(catalogue: Catalogue, mine: Studied, progress: CourseProgress, ahead: LessonProgress) -> NextLesson:
    """How to go on with a lesson: its address leads to the heading last read, where there is one."""
    lesson = ahead.lesson
    place = [one.id for one in progress.course.lessons].index(lesson.id) + 1
    visit = mine.visits.get(lesson.id)
    stopped = heading_words(lesson, visit.heading) if visit else ""
    text = f"You stopped at “{stopped}”." if stopped else f"{ahead.missing}." if visit else lesson.summary
    return NextLesson(
        kind=f"Lesson {place} of {len(progress.course.lessons)}, {progress.course.title}", title=lesson.title,
        href=lesson_address(catalogue, lesson.id) + (f"#{visit.heading}" if visit and stopped else ""), minutes=lesson.minutes,
        text=text, button="Continue" if visit or place > 1 else "Start", course=progress.course.id,
    )
