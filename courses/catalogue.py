"""Everything there is to learn, as one frozen value with look-ups.

A catalogue holds the written courses and the curriculum: the plan of all courses, including those
without lessons yet, so that a page can name what is to come. Orders are stable: courses by
prerequisites and then by id, lessons as their course lists them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import Any, Literal, TypeVar

from courses.errors import NotInCatalogue
from courses.exercises import Exercise
from courses.quiz import Quiz

Level = Literal["foundation", "practitioner", "advanced"]


@dataclass(frozen=True)
class Lesson:
    """One lesson of 20 to 40 minutes. `body` is Markdown; its links may point at things not yet written.

    `items` are questionnaire item ids and `competences` competence ids, both of the other content
    folders; `templates` and `terms` exist in the catalogue.
    """

    id: str
    course: str
    slug: str
    title: str
    minutes: int
    summary: str
    objectives: tuple[str, ...]
    body: str = field(repr=False)
    quiz: Quiz = field(repr=False)
    competences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class CourseCheck:
    """A longer check over all lessons: `questions` asked, `pass_mark` of them right, one try every `every_days` days.

    It renews a certificate that has an end; with `test_out` it also stands for the lessons of somebody experienced. `minutes` is
    its time limit, None without one.
    """

    questions: int
    pass_mark: int
    every_days: int
    test_out: bool = False
    minutes: int | None = None


@dataclass(frozen=True)
class Course:
    """A course and its readable lessons in order.

    `needs` are the ids of courses to complete first. `withheld` are slugs of lessons that the course
    lists but whose files have faults: they are not shown, and the course cannot be completed meanwhile.
    `valid_months` is how long its certificate holds, None without end.
    `exercise` is what somebody else reviews; with `review` the course is complete only once it is accepted.
    """

    id: str
    slug: str
    title: str
    summary: str
    for_whom: str
    level: Level
    needs: tuple[str, ...]
    outcomes: tuple[str, ...]
    revision: int
    lessons: tuple[Lesson, ...]
    withheld: tuple[str, ...] = ()
    review: bool = False
    valid_months: int | None = None
    check: CourseCheck | None = None
    exercise: Exercise | None = None

    @property
    def minutes(self) -> int:
        """Reading time of all lessons, in minutes."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class PlannedLesson:
    """A lesson of the curriculum, written or not."""

    id: str
    title: str
    competences: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlannedCourse:
    """A course of the curriculum, written or not."""

    id: str
    title: str
    about: str
    needs: tuple[str, ...]
    lessons: tuple[PlannedLesson, ...]


@dataclass(frozen=True)
class Template:
    """A document to download and fill in. `body` is Markdown, `file` the name it is offered under."""

    id: str
    title: str
    about: str
    file: str
    body: str = field(repr=False)


@dataclass(frozen=True)
class GlossaryTerm:
    """A word of the field with its meaning; `also` lists other names for it."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """A track through several courses, meant for `weeks` weeks.

    `only` limits a course to some of its lessons: a new project manager needs C12-1 and C12-2 of C12.
    `roles` are the role profiles it suits.
    """

    id: str
    title: str
    for_whom: str
    about: str
    courses: tuple[str, ...]
    weeks: int
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: tuple[str, ...] = ()


_V = TypeVar("_V")


@dataclass(frozen=True)
class Catalogue:
    """Courses, curriculum, templates, glossary and paths. Look-ups raise NotInCatalogue."""

    courses: tuple[Course, ...] = ()
    curriculum: tuple[PlannedCourse, ...] = ()
    templates: tuple[Template, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    paths: tuple[Path, ...] = ()

    def course(self, course_id: str) -> Course:
        """The written course of that id."""
        return _found(self._courses, "course", course_id)

    def course_by_slug(self, slug: str) -> Course:
        """The written course at that address."""
        return _found(self._by_slug, "course", slug)

    def lesson(self, lesson_id: str) -> Lesson:
        """The written lesson of that id."""
        return _found(self._lessons, "lesson", lesson_id)

    def lesson_by_slug(self, course_slug: str, lesson_slug: str) -> Lesson:
        """The lesson at that address below its course."""
        return _found(self._lessons_by_slug[self.course_by_slug(course_slug).id], "lesson", lesson_slug)

    def planned(self, course_id: str) -> PlannedCourse:
        """The curriculum's entry for a course, written or not."""
        return _found(self._planned, "course", course_id)

    def template(self, template_id: str) -> Template:
        """The template of that id."""
        return _found({template.id: template for template in self.templates}, "template", template_id)

    def term(self, term_id: str) -> GlossaryTerm:
        """The glossary entry of that id."""
        return _found({term.id: term for term in self.glossary}, "term", term_id)

    def path(self, path_id: str) -> Path:
        """The learning path of that id."""
        return _found(self._paths, "path", path_id)

    def with_needed(self, course: Course) -> tuple[Course, ...]:
        """The course and the written ones it needs at once: all that decides whether it is open and how far somebody is."""
        return (course, *(self._courses[need] for need in course.needs if need in self._courses))

    def has_course(self, course_id: str) -> bool:
        """Whether the course can be taken: it is written and its files are read."""
        return course_id in self._courses

    def title_of(self, course_or_lesson: str) -> str:
        """The title of a course or lesson, written or only planned."""
        return _found(self._titles, "course or lesson", course_or_lesson)

    def in_order(self) -> tuple[Course, ...]:
        """Written courses so that each stands after those it needs; otherwise by id."""
        return self._in_order

    def lessons_in_order(self) -> tuple[Lesson, ...]:
        """All written lessons, course by course in `in_order`."""
        return tuple(lesson for course in self._in_order for lesson in course.lessons)

    def place_of(self, lesson_id: str) -> int:
        """Where a lesson stands among all of them, from 0; one that is not written comes after the last."""
        return self._places.get(lesson_id, len(self._places))

    def next_lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson after this one in its course, None after the last."""
        return self._beside(lesson_id, 1)

    def previous_lesson(self, lesson_id: str) -> Lesson | None:
        """The lesson before this one in its course, None before the first."""
        return self._beside(lesson_id, -1)

    def lessons_for_item(self, item: str) -> tuple[Lesson, ...]:
        """Written lessons that serve a questionnaire item, in course order."""
        return tuple(lesson for lesson in self.lessons_in_order() if item in lesson.items)

    def lessons_for_competence(self, competence: str) -> tuple[Lesson, ...]:
        """Written lessons that build a competence, in course order."""
        return tuple(lesson for lesson in self.lessons_in_order() if competence in lesson.competences)

    def lessons_with_term(self, term_id: str) -> tuple[Lesson, ...]:
        """Written lessons that use a glossary term, in course order."""
        return tuple(lesson for lesson in self.lessons_in_order() if term_id in lesson.terms)

    def needed_by(self, course_id: str) -> tuple[Course, ...]:
        """Written courses that name this one as needed, in course order."""
        return tuple(course for course in self.in_order() if course_id in course.needs)

    @cached_property
    def worked_out(self) -> dict[tuple[object, ...], Any]:
        """What rules have worked out from the catalogue alone, by keys of their own, so that it is done once."""
        return {}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ids of all courses, written or planned, prerequisites first and then by id."""
        needs = {course.id: course.needs for course in self.curriculum}
        needs |= {course.id: course.needs for course in self.courses}
        return by_prerequisites(needs)

    @cached_property
    def _courses(self) -> dict[str, Course]:
        return {course.id: course for course in self.courses}

    @cached_property
    def _by_slug(self) -> dict[str, Course]:
        return {course.slug: course for course in self.courses}

    @cached_property
    def _lessons_by_slug(self) -> dict[str, dict[str, Lesson]]:
        return {course.id: {lesson.slug: lesson for lesson in course.lessons} for course in self.courses}

    @cached_property
    def _planned(self) -> dict[str, PlannedCourse]:
        return {course.id: course for course in self.curriculum}

    @cached_property
    def _paths(self) -> dict[str, Path]:
        return {path.id: path for path in self.paths}

    @cached_property
    def _in_order(self) -> tuple[Course, ...]:
        return tuple(self._courses[key] for key in self.order if key in self._courses)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {lesson.id: place for place, lesson in enumerate(self.lessons_in_order())}

    @cached_property
    def _lessons(self) -> dict[str, Lesson]:
        return {lesson.id: lesson for course in self.courses for lesson in course.lessons}

    @cached_property
    def _titles(self) -> dict[str, str]:
        all_courses: tuple[Course | PlannedCourse, ...] = (*self.curriculum, *self.courses)
        titles = {course.id: course.title for course in all_courses}
        return titles | {lesson.id: lesson.title for course in all_courses for lesson in course.lessons}

    def _beside(self, lesson_id: str, step: int) -> Lesson | None:
        lessons = self.course(self.lesson(lesson_id).course).lessons
        place = [lesson.id for lesson in lessons].index(lesson_id) + step
        return lessons[place] if 0 <= place < len(lessons) else None


def by_prerequisites(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Keys so that each stands after those it needs, the smallest id first where several are free.

    {"C02": ["C03"], "C03": []} gives ("C03", "C02"). Needs that are no key are ignored. Members of a
    circle, and what waits for them, come last by id.
    """
    waiting = {key: {need for need in wanted if need in needs} for key, wanted in needs.items()}
    free = [key for key, wanted in waiting.items() if not wanted]
    heapify(free)
    done: list[str] = []
    while free:
        key = heappop(free)
        done.append(key)
        del waiting[key]
        for other, wanted in waiting.items():
            if key in wanted:
                wanted.remove(key)
                if not wanted:
                    heappush(free, other)
    return (*done, *sorted(waiting))


def circle(needs: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The ids that (directly or not) need themselves, sorted; empty where the prerequisites are sound."""
    return tuple(sorted(key for key in needs if key in _reachable(key, needs)))


def _reachable(start: str, needs: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(needs.get(start, ()))
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead.extend(needs.get(key, ()))
    return seen


def _found(entries: Mapping[str, _V], kind: str, key: str) -> _V:
    if key not in entries:
        raise NotInCatalogue(kind, key)
    return entries[key]
