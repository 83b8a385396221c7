"""The catalogue: where I go on, what can be read, what is not written yet, and the paths through it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.access import Me
from app.learning.queries.tracks import Track, my_path, tracks
from app.learning.queries.words import COURSE_STATES, LEVELS, State, course_words, duration
from app.learning.shelf import Shelf
from app.records.assignments import DueCourse
from app.records.learning import Studied
from app.records.next_lessons import NextLesson, next_lessons
from app.ui.filters import count, sentence
from courses.catalogue import Course, PlannedCourse
from courses.progress import CourseProgress, course_progress

LONGEST = 100
FILTERS = ("path", "competence", "level", "state")


@dataclass(frozen=True)
class Asked:
    """What the form asks for; '' asks for everything."""

    q: str = ""
    path: str = ""
    competence: str = ""
    level: str = ""
    state: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether anything is left out."""
        return any((self.q, self.path, self.competence, self.level, self.state))


@dataclass(frozen=True)
class Select:
    """A drop-down of the form: its choices as (value, words)."""

    name: str
    label: str
    all: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class CourseCard:
    """A written course."""

    id: str
    title: str
    href: str
    summary: str
    level: str
    state: State
    words: str
    length: str
    after: tuple[str, ...]
    done: int
    of: int
    due: DueCourse | None


@dataclass(frozen=True)
class PlannedCard:
    """A course of the plan that nobody can read yet."""

    id: str
    title: str
    about: str
    after: tuple[str, ...]
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class CataloguePage:
    """The catalogue as one person sees it."""

    line: str
    resume: NextLesson | None
    has_begun: bool
    asked: Asked
    selects: tuple[Select, ...]
    found: str
    cards: tuple[CourseCard, ...]
    planned: tuple[PlannedCard, ...]
    mine: Track | None
    others: tuple[Track, ...]
    may_assign: bool


def asked_for(held: Shelf, sent: Mapping[str, str]) -> Asked:
    """What was asked for, from the first value of each name; a choice that is not offered asks for everything."""
    offered = {name: {value for value, _ in choices} for name, choices in _choices(held).items()}
    chosen = {name: value for name in FILTERS if (value := sent.get(name, "")) in offered[name]}
    words = " ".join(sent.get("q", "")[:LONGEST].replace("\0", " ").split())
    return Asked(words, **chosen)


def catalogue_page(me: Me, held: Shelf, mine: Studied, asked: Asked, due: Mapping[str, DueCourse]) -> CataloguePage:
    """Everything on the catalogue: what is due by its day, then courses in the order of what they need."""
    catalogue = held.catalogue
    states = {course.id: course_progress(catalogue, course.id, mine.facts) for course in catalogue.courses}
    first = {course_id: place for place, course_id in enumerate(due)}
    in_order = sorted(catalogue.in_order(), key=lambda course: first.get(course.id, len(first)))
    cards = tuple(_card(held, states[course.id], due.get(course.id)) for course in in_order if _fits(held, asked, course, states[course.id].state))
    unwritten = (course for course in catalogue.curriculum if not catalogue.has_course(course.id))
    planned = tuple(_planned(held, course) for course in unwritten if _fits(held, asked, course, "planned"))
    started = next_lessons(catalogue, mine)
    own, all_tracks = my_path(me, held), tracks(held, mine)
    names = _choices(held)
    return CataloguePage(
        line=_line(held), resume=started[0] if started else _first(held, states, own), has_begun=bool(started), asked=asked,
        selects=(
            Select("path", "Path", "All paths", names["path"], asked.path),
            Select("competence", "Competence", "All competences", names["competence"], asked.competence),
            Select("level", "Level", "All levels", names["level"], asked.level),
            Select("state", "State", "All states", names["state"], asked.state),
        ),
        found=_found(len(cards), len(planned)), cards=cards, planned=planned,
        mine=next((track for track in all_tracks if track.id == own), None),
        others=tuple(track for track in all_tracks if track.id != own), may_assign=may_assign(me),
    )


def may_assign(me: Me) -> bool:
    """Leads ask their people to complete courses, PMO leads everybody."""
    return me.is_pmo_lead or bool(me.leads)


@lru_cache(maxsize=2)
def _choices(held: Shelf) -> dict[str, tuple[tuple[str, str], ...]]:
    catalogue = held.catalogue
    return {
        "path": tuple((path.id, path.title) for path in catalogue.paths),
        "competence": tuple((key, one.name) for key, one in held.held.skills.competences.items() if key in held.taught),
        "level": tuple(LEVELS.items()),
        "state": tuple((key, words) for key, (words, _, _) in COURSE_STATES.items()),
    }


def _fits(held: Shelf, asked: Asked, course: Course | PlannedCourse, state: str) -> bool:
    if not asked.is_filtered:
        return True
    level = course.level if isinstance(course, Course) else ""
    about = f"{course.summary} {course.for_whom}" if isinstance(course, Course) else course.about
    words = " ".join((course.title, about, *(lesson.title for lesson in course.lessons))).casefold()
    in_path = not asked.path or course.id in held.catalogue.path(asked.path).courses
    builds = not asked.competence or any(asked.competence in lesson.competences for lesson in course.lessons)
    says = all(word in words for word in asked.q.casefold().split())
    return in_path and builds and says and asked.level in ("", level) and asked.state in ("", state)


def _card(held: Shelf, progress: CourseProgress, due: DueCourse | None) -> CourseCard:
    course = progress.course
    return CourseCard(
        id=course.id, title=course.title, href=f"/courses/{course.slug}/", summary=course.summary, level=LEVELS[course.level],
        state=COURSE_STATES[progress.state], words=course_words(progress), length=duration(course.minutes),
        after=_after(held, course.needs), done=progress.done, of=progress.of, due=due,
    )


@lru_cache(maxsize=1024)
def _planned(held: Shelf, course: PlannedCourse) -> PlannedCard:
    return PlannedCard(course.id, course.title, course.about, _after(held, course.needs), tuple(lesson.title for lesson in course.lessons))


def _after(held: Shelf, needs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(held.catalogue.title_of(need) for need in needs)


def _first(held: Shelf, states: Mapping[str, CourseProgress], own: str) -> NextLesson | None:
    """Where somebody without a started course begins: my path's next lesson, else the first open one; None when all is done."""
    order = held.catalogue.path(own).courses if own else held.catalogue.order
    for course_id in (*order, *held.catalogue.order):
        progress = states.get(course_id)
        if progress and progress.state == "open" and progress.next:
            lesson = progress.next.lesson
            return NextLesson(
                progress.course.title, lesson.title, held.lessons[lesson.id].href, lesson.minutes, lesson.summary, "Start"
            )
    return None


def _line(held: Shelf) -> str:
    written = held.catalogue.courses
    lessons = [lesson for course in written for lesson in course.lessons]
    planned = sum(not held.catalogue.has_course(course.id) for course in held.catalogue.curriculum)
    if not lessons:
        return "No course can be read today."
    least, most = min(one.minutes for one in lessons), max(one.minutes for one in lessons)
    rest = f" {sentence(count(planned, 'more course'))} of the plan {'is' if planned == 1 else 'are'} not written yet." if planned else ""
    return (
        f"{sentence(count(len(written), 'course'))} with {count(len(lessons), 'lesson')} of {least} to {most} minutes can be read. "
        f"Each lesson ends with a short check.{rest}"
    )


def _found(cards: int, planned: int) -> str:
    if not cards + planned:
        return "No course fits what you chose."
    return f"{sentence(count(cards, 'course'))} to read and {count(planned, 'planned one')} fit what you chose."
