"""Course folders, template files and lists -> values, each with the document its lines come from.

A file with a fault is left out and noted; what stands beside it is read all the same.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Generic, TypeVar

from courses.catalogue import (
    Course,
    CourseCheck,
    GlossaryTerm,
    Lesson,
    Path,
    PlannedCourse,
    PlannedLesson,
    Template,
)
from courses.course_check import course_check_faults
from courses.exercises import Criterion, Exercise
from courses.reading.markdown import Link, scan
from courses.reading.quizzes import LESSON_QUESTIONS, read_quiz_file
from courses.reading.shapes import (
    CourseShape,
    LessonShape,
    PathShape,
    PlannedCourseShape,
    ReviewShape,
    Shape,
    TemplateShape,
    TermShape,
    fit,
    fit_each,
)
from courses.reading.source import Faults, read_text, repeated
from courses.reading.yaml_lines import Document, load_yaml

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LESSON_FILE = re.compile(r"\d\d-([a-z0-9]+(?:-[a-z0-9]+)*)(\.md|\.quiz\.yaml)")

_T = TypeVar("_T")
_V = TypeVar("_V", covariant=True)
_S = TypeVar("_S", bound=Shape)


@dataclass(frozen=True)
class Sourced(Generic[_V]):
    """A value that was read, with its document (for lines) and the links in its text."""

    value: _V
    document: Document
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class CourseFolder:
    """What a course folder gave: the course (None after a fault) and its readable lessons."""

    course: Sourced[Course] | None
    lessons: tuple[Sourced[Lesson], ...]


def read_course(folder: FilePath, faults: Faults) -> CourseFolder:
    """A course folder: course.yaml and, for each lesson, NN-<slug>.md and NN-<slug>.quiz.yaml."""
    file = folder / "course.yaml"
    text = read_text(file, faults)
    document = load_yaml(text, file, faults) if text is not None else None
    shape = fit(CourseShape, document, faults) if document else None
    if document is None or shape is None:
        for prose in sorted(folder.glob("[0-9][0-9]-*.md")):
            read_lesson(prose, prose.stem[3:], "", faults)
        return CourseFolder(None, ())
    if not _SLUG.fullmatch(folder.name):
        faults.add(file, 1, f"the folder name {folder.name} must be lower-case words with dashes")
        return CourseFolder(None, ())
    for place, slug in repeated(shape.lessons):
        faults.add(file, document.line("lessons", place), f"the lesson {slug} is listed twice")
    slugs = list(dict.fromkeys(shape.lessons))
    _look_for_strays(folder, slugs, faults)
    read = [
        _listed_lesson(folder, place, slug, shape.id, document, faults) for place, slug in enumerate(slugs)
    ]
    lessons = tuple(lesson for lesson in read if lesson is not None)
    course = Course(
        id=shape.id,
        slug=folder.name,
        title=shape.title,
        summary=shape.summary,
        for_whom=shape.for_whom,
        level=shape.level,
        needs=tuple(shape.needs),
        outcomes=tuple(shape.outcomes),
        revision=shape.revision,
        lessons=tuple(lesson.value for lesson in lessons),
        withheld=tuple(slug for slug, lesson in zip(slugs, read, strict=True) if lesson is None),
        review=shape.review is not None and shape.review.certificate,
        valid_months=shape.valid_months,
        check=CourseCheck(**dict(shape.check)) if shape.check else None,
        exercise=_exercise(shape.review, lessons, document, faults) if shape.review else None,
    )
    for key, message in course_check_faults(course):
        faults.add(file, document.line(key), message)
        course = replace(course, valid_months=None, check=None)
    return CourseFolder(Sourced(course, document), lessons)


def _exercise(shape: ReviewShape, lessons: Sequence[Sourced[Lesson]], document: Document, faults: Faults) -> Exercise:
    if shape.lesson not in {lesson.value.id for lesson in lessons}:
        faults.add(document.file, document.line("review", "lesson"), f"the course has no lesson {shape.lesson}")
    for place, criterion in repeated([one.id for one in shape.criteria]):
        faults.add(document.file, document.line("review", "criteria", place), f"the criterion {criterion} is listed twice")
    criteria = tuple(Criterion(one.id, one.name, tuple(one.levels)) for one in shape.criteria)
    task = "\n\n".join(" ".join(part.split()) for part in shape.task.split("\n\n"))
    return Exercise(shape.title, task, shape.minutes, shape.lesson, criteria)


def _listed_lesson(
    folder: FilePath, place: int, slug: str, course: str, document: Document, faults: Faults
) -> Sourced[Lesson] | None:
    file = folder / f"{place + 1:02}-{slug}.md"
    if not file.is_file():
        faults.add(document.file, document.line("lessons", place), f"there is no file {file.name}")
        return None
    return read_lesson(file, slug, course, faults)


def read_lesson(file: FilePath, slug: str, course: str, faults: Faults) -> Sourced[Lesson] | None:
    """A lesson and its quiz; None after a fault in either. `course` "" leaves the id's start unchecked."""
    quiz_file = file.with_name(f"{file.stem}.quiz.yaml")
    quiz = read_quiz_file(quiz_file, faults, LESSON_QUESTIONS)
    front = _front_matter(LessonShape, file, faults)
    if front is None:
        return None
    shape, document, body, first_line = front
    seen = scan(body, first_line)
    for line, message in seen.faults:
        faults.add(file, line, message)
    if course and not shape.id.startswith(f"{course}-"):
        faults.add(file, document.line("id"), f"the id {shape.id} must start with {course}-")
    if quiz is None or faults.within(file):
        return None
    lesson = Lesson(
        id=shape.id,
        course=course,
        slug=slug,
        title=shape.title,
        minutes=shape.minutes,
        summary=shape.summary,
        objectives=tuple(shape.objectives),
        body=body,
        quiz=quiz,
        competences=tuple(shape.competences),
        items=tuple(shape.items),
        templates=tuple(shape.templates),
        terms=tuple(shape.terms),
    )
    return Sourced(lesson, document, seen.links)


def read_templates(folder: FilePath, faults: Faults) -> list[Sourced[Template]]:
    """The templates of a folder that fit; README.md is for writers and no template."""
    files = sorted(file for file in folder.glob("*.md") if file.name != "README.md")
    read = (_read_template(file, faults) for file in files)
    return [template for template in read if template is not None]


def _read_template(file: FilePath, faults: Faults) -> Sourced[Template] | None:
    front = _front_matter(TemplateShape, file, faults)
    if front is None:
        return None
    shape, document, body, first_line = front
    seen = scan(body, first_line, headings_from=1)
    for line, message in seen.faults:
        faults.add(file, line, message)
    if not file.name.startswith(f"{shape.id}-"):
        faults.add(file, document.line("id"), f"the file name must start with {shape.id}-")
    if faults.within(file):
        return None
    return Sourced(Template(shape.id, shape.title, shape.about, file.name, body), document, seen.links)


def read_glossary(file: FilePath, faults: Faults) -> list[Sourced[GlossaryTerm]]:
    """The entries of glossary.yaml that fit; an absent file has none."""
    return _read_list(file, TermShape, "terms", _term, faults)


def read_paths(file: FilePath, faults: Faults) -> list[Sourced[Path]]:
    """The entries of paths.yaml that fit; an absent file has none."""
    return _read_list(file, PathShape, "paths", _path, faults)


def read_curriculum(file: FilePath, faults: Faults) -> list[Sourced[PlannedCourse]]:
    """The courses of curriculum.yaml that fit; an absent file has none."""
    return _read_list(file, PlannedCourseShape, "courses", _planned, faults)


def _read_list(
    file: FilePath, shape: type[_S], key: str, build: Callable[[_S], _T], faults: Faults
) -> list[Sourced[_T]]:
    text = read_text(file, faults) if file.exists() else None
    document = load_yaml(text, file, faults) if text is not None else None
    if document is None:
        return []
    return [Sourced(build(entry), part) for entry, part in fit_each(shape, document, key, faults)]


def _front_matter(shape: type[_S], file: FilePath, faults: Faults) -> tuple[_S, Document, str, int] | None:
    """The fitted front matter, its document, the body and the line the body starts on."""
    text = read_text(file, faults)
    if text is None:
        return None
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        faults.add(file, 1, "the file must start with front matter between two lines of `---`")
        return None
    document = load_yaml(head, file, faults, first_line=2)
    fitted = fit(shape, document, faults) if document else None
    if document is None or fitted is None:
        return None
    first_line = head.count("\n") + 4
    if not body.strip():
        faults.add(file, first_line, "there is no text below the front matter")
    return fitted, document, body, first_line


def _look_for_strays(folder: FilePath, slugs: Sequence[str], faults: Faults) -> None:
    expected = {"course.yaml"}
    for number, slug in enumerate(slugs, start=1):
        expected |= {f"{number:02}-{slug}.md", f"{number:02}-{slug}.quiz.yaml"}
    for file in sorted(folder.iterdir()):
        if file.name in expected or file.name.startswith("."):
            continue
        found = _LESSON_FILE.fullmatch(file.name)
        if found and found[1] in slugs:
            right = f"{slugs.index(found[1]) + 1:02}-{found[1]}{found[2]}"
            faults.add(file, 1, f"by its place in course.yaml this file must be named {right}")
        else:
            faults.add(file, 1, "course.yaml lists no lesson with this file")


def _term(shape: TermShape) -> GlossaryTerm:
    return GlossaryTerm(shape.id, shape.term, shape.meaning, tuple(shape.also))


def _path(shape: PathShape) -> Path:
    only = {course: tuple(lessons) for course, lessons in shape.only.items()}
    courses = tuple(shape.courses)
    return Path(shape.id, shape.title, shape.for_whom, shape.about, courses, shape.weeks, only, tuple(shape.roles))


def _planned(shape: PlannedCourseShape) -> PlannedCourse:
    lessons = tuple(
        PlannedLesson(part.id, part.title, tuple(part.competences), tuple(part.items), tuple(part.templates))
        for part in shape.lessons
    )
    return PlannedCourse(shape.id, shape.title, shape.about, tuple(shape.needs), lessons)
