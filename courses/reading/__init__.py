"""content/ -> Catalogue, with every fault of a run by file and line.

`read_catalogue` reads a content folder: courses/, templates/, glossary.yaml, paths.yaml and
curriculum.yaml. What has a fault is left out, the rest is served. `read_quiz` reads one quiz file.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from courses.catalogue import Catalogue
from courses.quiz import Quiz
from courses.reading.crosschecks import (
    Identified,
    Known,
    check_links,
    checked_path,
    checked_plan,
    distinct_courses,
    once,
    sound_courses,
)
from courses.reading.folders import (
    CourseFolder,
    Sourced,
    read_course,
    read_curriculum,
    read_glossary,
    read_paths,
    read_templates,
)
from courses.reading.quizzes import read_quiz_text
from courses.reading.source import Fault, Faults

__all__ = ["Fault", "ReadCatalogue", "ReadQuiz", "read_catalogue", "read_quiz"]


@dataclass(frozen=True)
class ReadCatalogue:
    """What could be read, and the faults by file and line."""

    catalogue: Catalogue
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class ReadQuiz:
    """A quiz, or None and the faults."""

    quiz: Quiz | None
    faults: tuple[Fault, ...]


def read_catalogue(
    content: Path,
    items: Collection[str] | None = None,
    competences: Collection[str] | None = None,
    roles: Collection[str] | None = None,
    own: Mapping[str, Path] | None = None,
) -> ReadCatalogue:
    """Read a content folder. `items`, `competences` and `roles` are the ids that exist; None leaves them unchecked.

    A folder of courses, or a single course, can be read by itself: references to what is not there are
    then not checked. `own` are further course folders by name, each in the place of one of that name.
    Errors: none; what cannot be read is a fault.
    """
    faults = Faults()
    folders = distinct_courses(_course_folders(content, own or {}, faults), faults)
    plans = once(read_curriculum(content / "curriculum.yaml", faults), "course", faults)
    terms = once(read_glossary(content / "glossary.yaml", faults), "term", faults)
    paths = once(read_paths(content / "paths.yaml", faults), "path", faults)
    templates = once(read_templates(content / "templates", faults), "template", faults)
    given = {"item": items, "competence": competences, "role": roles}
    ids = {
        "course": _ids(folder.course for folder in folders if folder.course) | _ids(plans),
        "lesson": _ids(lesson for folder in folders for lesson in folder.lessons)
        | {lesson.id for plan in plans for lesson in plan.value.lessons},
        "template": _ids(templates),
        "term": _ids(terms),
    } | {kind: frozenset(keys) for kind, keys in given.items() if keys is not None}
    known = Known(ids, _unsure(content, faults))

    check_links(templates, known, faults)
    catalogue = Catalogue(
        courses=sound_courses(folders, plans, known, faults),
        curriculum=tuple(checked_plan(plan, known, faults) for plan in plans),
        templates=tuple(template.value for template in templates),
        glossary=tuple(sorted((term.value for term in terms), key=lambda term: term.term.casefold())),
    )
    tracks = tuple(checked_path(path, catalogue, known, faults) for path in paths)
    return ReadCatalogue(replace(catalogue, paths=tracks), faults.sorted())


def read_quiz(text: str, name: str) -> ReadQuiz:
    """Read a quiz from its text; `name` is the file name that faults show."""
    faults = Faults()
    quiz = read_quiz_text(text, Path(name), faults)
    return ReadQuiz(quiz, faults.sorted())


def _ids(entries: Iterable[Sourced[Identified]]) -> frozenset[str]:
    return frozenset(entry.value.id for entry in entries)


def _unsure(content: Path, faults: Faults) -> frozenset[str]:
    # an entry with a fault has no known id, and one fault shall not bring forty others
    lists = {"term": content / "glossary.yaml", "template": content / "templates"}
    unsure = {kind for kind, place in lists.items() if not place.exists() or faults.within(place)}
    part_only = not (content / "courses").is_dir()
    return frozenset(unsure | {"course", "lesson"} if part_only else unsure)


def _course_folders(content: Path, own: Mapping[str, Path], faults: Faults) -> list[CourseFolder]:
    if (content / "course.yaml").is_file():
        return [read_course(content, faults)]
    folder = content / "courses" if (content / "courses").is_dir() else content
    if folder is content and not any(content.glob("*/course.yaml")):
        faults.add(content, 1, "there is no folder `courses` here, and no course.yaml")
        return []
    inside = sorted(entry for entry in folder.iterdir() if entry.is_dir() and entry.name[0] not in "._")
    places = {entry.name: entry for entry in inside} | dict(own)
    return [read_course(places[name], faults) for name in sorted(places)]
