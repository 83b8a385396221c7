"""Learning paths as numbered tracks, for the catalogue and for a page of their own."""

from __future__ import annotations

from dataclasses import dataclass

from app.access import Me
from app.errors import NotVisible
from app.learning.queries.words import Step, course_words, duration, stone
from app.learning.shelf import Shelf
from app.records.learning import Studied
from app.ui.filters import count, joined
from courses.errors import NotInCatalogue
from courses.progress import PathProgress, PathStep, path_progress

MENTOR = "MEN"  # the role profile of those who mentor beside another role


@dataclass(frozen=True)
class Track:
    """A path: its courses as steps, how many are completed, how many can be read, and where to go on."""

    id: str
    title: str
    for_whom: str
    about: str
    href: str
    done: int
    of: int
    words: str
    written: str
    time_left: str
    roles: str
    steps: tuple[Step, ...]
    next_title: str
    next_href: str
    next_button: str


def track_page(held: Shelf, mine: Studied, path_id: str) -> Track:
    """One path, or NotVisible."""
    try:
        return _track(held, path_progress(held.catalogue, path_id, mine.facts))
    except NotInCatalogue:
        raise NotVisible from None


def tracks(held: Shelf, mine: Studied) -> tuple[Track, ...]:
    """All paths in the order of their file."""
    return tuple(_track(held, path_progress(held.catalogue, path.id, mine.facts)) for path in held.catalogue.paths)


def my_path(me: Me, held: Shelf) -> str:
    """The path that suits my role: the mentors' for mentors without another, '' when none does."""
    wanted = [role for role in (me.role_profile, MENTOR if me.is_mentor else None) if role]
    return next((path.id for role in wanted for path in held.catalogue.paths if role in path.roles), "")


def _track(held: Shelf, progress: PathProgress) -> Track:
    path, ahead = progress.path, progress.next
    readable = sum(step.course is not None for step in progress.steps)
    return Track(
        id=path.id, title=path.title, for_whom=path.for_whom, about=path.about, href=f"/paths/{path.id}/",
        done=progress.done, of=progress.of,
        words=f"{progress.done} of {progress.of} courses completed, meant for {path.weeks} weeks",
        written=_written(readable, progress.of), time_left=_time_left(progress.minutes_left),
        roles=joined([held.held.skills.roles[role].name for role in path.roles if role in held.held.skills.roles]),
        steps=tuple(_step(held, step, number, path.only.get(step.id)) for number, step in enumerate(progress.steps, 1)),
        next_title=ahead.lesson.title if ahead else "", next_href=held.lessons[ahead.lesson.id].href if ahead else "",
        next_button=("Continue" if ahead.state == "started" or progress.done else "Start") if ahead else "",
    )


def _time_left(minutes: int) -> str:
    return f"{duration(minutes)} of reading left in what is written." if minutes else "Nothing is left to read in what is written."


def _written(readable: int, of: int) -> str:
    left = of - readable
    if not left:
        return "All of its courses are written."
    return f"{count(readable, 'course').capitalize()} of this path can be read; {count(left, 'is', 'are')} not written yet."


def _step(held: Shelf, step: PathStep, number: int, only: tuple[str, ...] | None) -> Step:
    if step.course is None:
        words = "Completed before" if step.done else "Not written yet"
        return Step(number, "done" if step.done else "shut", step.title, "", _only(held, only), words)
    course = step.course
    waits = [need.title for need in course.needs if not need.met]
    words = "Completed" if step.done and not course.complete else f"Needs {joined(waits)}" if waits and not step.done else course_words(course)
    state = "done" if step.done else stone(course.state, course.state == "started")
    return Step(number, state, step.title, f"/courses/{course.course.slug}/", _only(held, only), words)


def _only(held: Shelf, only: tuple[str, ...] | None) -> str:
    if not only:
        return ""
    numbers = [lesson.rpartition("-")[2] for lesson in only]
    return f"Only lesson{'s' if len(numbers) > 1 else ''} {joined(numbers)}"
