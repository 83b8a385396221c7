"""Checks between files: ids stand once, references exist, prerequisites have no circle.

Something that stands twice, or a circle, takes the later entry (or the courses of the circle) out. A
reference that leads nowhere is a fault, but the lesson stays: the reference is taken out of its lists,
and a page shows a link in the text without an end as plain words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from courses.catalogue import Catalogue, Course, Lesson, Path, PlannedCourse, circle
from courses.reading.folders import CourseFolder, Sourced
from courses.reading.source import Faults


class Identified(Protocol):
    """Anything in the content that has an id."""

    @property
    def id(self) -> str: ...


_I = TypeVar("_I", bound=Identified)


@dataclass(frozen=True)
class Known:
    """The ids that references may name, by kind, and the kinds of which not all ids are known here.

    A reference to an id of an `unsure` kind is no fault, because its file may be absent or faulty.
    """

    ids: Mapping[str, frozenset[str]]
    unsure: frozenset[str]

    def has(self, kind: str, key: str) -> bool:
        """Whether there is such a thing; kinds of other packages that were not handed over have all."""
        return kind not in self.ids or key in self.ids[kind]

    def misses(self, kind: str, key: str) -> bool:
        """Whether a reference to it is a fault."""
        return kind not in self.unsure and not self.has(kind, key)


def once(entries: Iterable[Sourced[_I]], kind: str, faults: Faults) -> list[Sourced[_I]]:
    """The entries without those whose id stood before."""
    first: dict[str, Sourced[_I]] = {}
    for entry in entries:
        earlier = first.setdefault(entry.value.id, entry)
        if earlier is not entry:
            at = f"{earlier.document.file}:{earlier.document.line('id')}"
            faults.add(
                entry.document.file,
                entry.document.line("id"),
                f"the {kind} id {entry.value.id} is taken by {at}",
            )
    return list(first.values())


def distinct_courses(folders: list[CourseFolder], faults: Faults) -> list[CourseFolder]:
    """Folders with a course whose id is new, and in them the lessons whose id is new."""
    entries = once((folder.course for folder in folders if folder.course), "course", faults)
    kept = {entry.value.id: entry for entry in entries}
    mine = [folder for folder in folders if folder.course and folder.course is kept[folder.course.value.id]]
    lessons = once((lesson for folder in mine for lesson in folder.lessons), "lesson", faults)
    fine = {id(lesson) for lesson in lessons}
    return [_without(folder, [lesson for lesson in folder.lessons if id(lesson) in fine]) for folder in mine]


def _without(folder: CourseFolder, lessons: list[Sourced[Lesson]]) -> CourseFolder:
    if folder.course is None or len(lessons) == len(folder.lessons):
        return folder
    course = folder.course.value
    kept = {lesson.value.slug for lesson in lessons}
    lost = tuple(lesson.slug for lesson in course.lessons if lesson.slug not in kept)
    value = replace(
        course, lessons=tuple(lesson.value for lesson in lessons), withheld=(*course.withheld, *lost)
    )
    return CourseFolder(replace(folder.course, value=value), tuple(lessons))


def sound_courses(
    folders: list[CourseFolder], planned: list[Sourced[PlannedCourse]], known: Known, faults: Faults
) -> tuple[Course, ...]:
    """The courses without circles, with the references that exist."""
    courses = [folder.course for folder in folders if folder.course]
    looped = _circle_faults([*planned, *courses], faults)
    checked = []
    for folder in folders:
        lessons = tuple(_checked_lesson(lesson, known, faults) for lesson in folder.lessons)
        if folder.course and folder.course.value.id not in looped:
            needs = _existing(folder.course, "needs", "course", known, faults)
            checked.append(replace(folder.course.value, needs=needs, lessons=lessons))
    left = {course.id for course in checked} | {plan.value.id for plan in planned}
    named = [
        replace(course, needs=tuple(need for need in course.needs if need in left)) for course in checked
    ]
    return tuple(sorted(named, key=lambda course: course.id))


def _circle_faults(
    entries: list[Sourced[PlannedCourse] | Sourced[Course]], faults: Faults
) -> tuple[str, ...]:
    needs: Mapping[str, tuple[str, ...]] = {entry.value.id: entry.value.needs for entry in entries}
    looped = circle(needs)
    for entry in entries:
        if entry.value.id in looped and entry.value.needs == needs[entry.value.id]:
            names = ", ".join(looped)
            at = entry.document.line("needs")
            faults.add(entry.document.file, at, f"the prerequisites of {names} lead back to themselves")
    return looped


def _checked_lesson(lesson: Sourced[Lesson], known: Known, faults: Faults) -> Lesson:
    check_links([lesson], known, faults)
    return replace(
        lesson.value,
        competences=_existing(lesson, "competences", "competence", known, faults),
        items=_existing(lesson, "items", "item", known, faults),
        templates=_existing(lesson, "templates", "template", known, faults),
        terms=_existing(lesson, "terms", "term", known, faults),
    )


def check_links(entries: Iterable[Sourced[_I]], known: Known, faults: Faults) -> None:
    """Note each link in a text that leads nowhere."""
    for entry in entries:
        for link in entry.links:
            if known.misses(link.kind, link.target):
                faults.add(entry.document.file, link.line, f"there is no {link.kind} {link.target}")


def checked_plan(plan: Sourced[PlannedCourse], known: Known, faults: Faults) -> PlannedCourse:
    """A course of the curriculum with the courses, competences and items that exist."""
    lessons = []
    for place, lesson in enumerate(plan.value.lessons):
        part = Sourced(lesson, plan.document.part("lessons", place))
        competences = _existing(part, "competences", "competence", known, faults)
        items = _existing(part, "items", "item", known, faults)
        lessons.append(replace(lesson, competences=competences, items=items))
    needs = _existing(plan, "needs", "course", known, faults)
    return replace(plan.value, needs=needs, lessons=tuple(lessons))


def checked_path(path: Sourced[Path], catalogue: Catalogue, known: Known, faults: Faults) -> Path:
    """A path with the courses that exist, and the lessons of them that `only` names."""
    courses = _existing(path, "courses", "course", known, faults)
    courses = tuple(course for course in courses if course in catalogue.order)
    only: dict[str, tuple[str, ...]] = {}
    for course, lessons in path.value.only.items():
        if course not in courses:
            at = path.document.line("only", course)
            faults.add(path.document.file, at, f"the path has no course {course}")
            continue
        only[course] = _only_of(path, catalogue, course, lessons, faults)
    roles = _existing(path, "roles", "role", known, faults)
    return replace(path.value, courses=courses, only=only, roles=roles)


def _only_of(
    path: Sourced[Path], catalogue: Catalogue, course: str, lessons: tuple[str, ...], faults: Faults
) -> tuple[str, ...]:
    both: tuple[PlannedCourse | Course, ...] = (*catalogue.curriculum, *catalogue.courses)
    known = {lesson.id for entry in both if entry.id == course for lesson in entry.lessons}
    for place, lesson in enumerate(lessons):
        if lesson not in known:
            at = path.document.line("only", course, place)
            faults.add(path.document.file, at, f"the course {course} has no lesson {lesson}")
    return tuple(lesson for lesson in lessons if lesson in known)


def _existing(entry: Sourced[_I], field: str, kind: str, known: Known, faults: Faults) -> tuple[str, ...]:
    keys: tuple[str, ...] = getattr(entry.value, field)
    for place, key in enumerate(keys):
        at = entry.document.line(field, place)
        if known.misses(kind, key):
            faults.add(entry.document.file, at, f"there is no {kind} {key}")
        elif key in keys[:place]:
            faults.add(entry.document.file, at, f"{key} stands twice in `{field}`")
    return tuple(key for key in dict.fromkeys(keys) if known.has(kind, key))
