"""A course: what it is good for, its lessons and how I stand in each, what is missing, and who needs it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, looks_after_lessons
from app.db import built_once
from app.learning.queries.catalogue import may_assign
from app.learning.queries.exercises import STATES
from app.learning.queries.words import (
    LEVELS,
    Step,
    begin_lower,
    changed_since,
    duration,
    left_of_course,
    left_words,
    lesson_words,
    stone,
)
from app.learning.shelf import Shelf
from app.models import AssessmentRound, PublishedResult, Team
from app.records.assignments import DueCourse, asked_of_me, due_courses
from app.records.learning import Studied, studied
from app.records.next_lessons import exercise_is_next
from app.records.skills import RatedPerson, rated_person
from app.records.snapshot import SCORES, snapshot_in
from app.records.teams import results_seen
from app.ui.filters import count, day, joined, sentence
from courses.catalogue import Course
from courses.progress import CourseProgress, course_progress


@dataclass(frozen=True)
class TeamResult:
    """The last result of a team of mine that I may read; `since` tells one calculation of it from the next."""

    result_id: int
    since: str
    team: str
    href: str


@dataclass(frozen=True)
class KnownOfCourse:
    """What the page of a course depends on: one value, so that an unchanged page need not be made again."""

    course_id: str
    mine: Studied
    person: RatedPerson | None
    results: tuple[TeamResult, ...]
    due: DueCourse | None
    may_assign: bool
    looks_after: bool

    @property
    def state(self) -> tuple[object, ...]:
        """What changes the page: where reading stopped does, at which moment does not."""
        places = [(lesson, visit.heading) for lesson, visit in self.mine.visits.items()]
        return (self.course_id, self.mine.facts, places, self.mine.certificates, self.mine.exercises.get(self.course_id), self.mine.passed_at, self.person, self.results, self.due, self.may_assign, self.looks_after)


@dataclass(frozen=True)
class Builds:
    """A competence the course builds, with what I have and need."""

    id: str
    name: str
    have: int | None
    need: int | None


@dataclass(frozen=True)
class TeamNeed:
    """Items of this course that hold a team back: (id, words)."""

    team: str
    href: str
    held: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Before:
    """A course to complete first."""

    title: str
    href: str
    words: str
    is_met: bool


@dataclass(frozen=True)
class ExerciseLine:
    """The exercise of the course and how mine stands. `is_next` when nothing else keeps the certificate."""

    title: str
    href: str
    words: str
    tag: tuple[str, str, str] | None
    is_next: bool


@dataclass(frozen=True)
class CoursePage:
    """A course as one person sees it."""

    title: str
    summary: str
    for_whom: str
    facts: str
    outcomes: tuple[str, ...]
    lessons_title: str
    lessons: tuple[Step, ...]
    withheld: str
    button: str
    button_href: str
    is_locked: bool
    is_complete: bool
    done: int
    of: int
    passed_words: str
    missing: str
    certificate: str
    test_out: str
    test_out_href: str
    left: str
    whole_href: str
    before: tuple[Before, ...]
    builds: tuple[Builds, ...]
    has_role: bool
    serves: tuple[tuple[str, str], ...]
    needs: tuple[TeamNeed, ...]
    templates: tuple[tuple[str, str, str], ...]
    due: DueCourse | None
    assign: str
    asked: str
    exercise: ExerciseLine | None = None


def known_of_course(session: Session, me: Me, held: Shelf, slug: str, today: date) -> KnownOfCourse:
    """What decides the page of a course; at most four statements. NotVisible for a course that is not written."""
    course = held.course(slug)
    mine = studied(session, me, held.catalogue.with_needed(course))
    asked = [one for one in asked_of_me(session, me) if one.course == course.id]
    due = due_courses(asked, held.catalogue, mine, today).get(course.id)
    return KnownOfCourse(course.id, mine, rated_person(session, me.person_id), _results(session, me), due, may_assign(me), looks_after_lessons(me))


def course_page(session: Session, held: Shelf, known: KnownOfCourse) -> CoursePage:
    """The page; one more statement when a team of mine has a result."""
    progress = course_progress(held.catalogue, known.course_id, known.mine.facts)
    course, ahead = progress.course, progress.next
    number = progress.lessons.index(ahead) + 1 if ahead else 0
    items = tuple(dict.fromkeys(item for lesson in course.lessons for item in lesson.items))
    return CoursePage(
        title=course.title, summary=course.summary, for_whom=course.for_whom,
        facts=f"{LEVELS[course.level]} course, {count(len(course.lessons), 'lesson')}, {duration(course.minutes)} with exercises",
        outcomes=course.outcomes, lessons_title=sentence(count(len(course.lessons), "lesson")),
        lessons=tuple(_step(held, progress, known.mine, place) for place in range(len(progress.lessons))),
        withheld=_withheld(course), button=_button(progress, number) if ahead else "",
        button_href=held.lessons[ahead.lesson.id].href if ahead else "", is_locked=progress.state == "locked",
        is_complete=progress.complete, done=progress.done, of=progress.of, passed_words=f"{progress.done} of {progress.of} lessons passed",
        missing=_missing(progress), left=left_words(left_of_course(progress, known.mine.visits)), whole_href=f"/courses/{course.slug}/as-one-page/",
        certificate=_certificate(known),
        test_out=_test_out(progress), test_out_href=f"/courses/{course.slug}/whole-check/", before=_before(held, progress),
        builds=_builds(held, course, known.person), has_role=bool(known.person and known.person.role),
        serves=_titles(held, items), needs=_needs(session, held, known.results, items),
        templates=_templates(held, course), due=known.due, assign=f"/assignments/new?course={course.id}" if known.may_assign else "",
        asked=f"/courses/{course.slug}/questions/" if known.looks_after else "",
        exercise=_exercise(progress, known),
    )


def _exercise(progress: CourseProgress, known: KnownOfCourse) -> ExerciseLine | None:
    course = progress.course
    if course.exercise is None:
        return None
    state = known.mine.exercises.get(course.id, "")
    words = f"About {course.exercise.minutes} minutes of work, reviewed by your mentor or a colleague. "
    words += "The certificate waits for it." if course.review else "The certificate does not depend on it."
    is_next = exercise_is_next(progress) and state != "waiting"
    return ExerciseLine(course.exercise.title, f"/courses/{course.slug}/exercise/", words, STATES.get(state), is_next)


def _results(session: Session, me: Me) -> tuple[TeamResult, ...]:
    if not me.teams:
        return ()
    rows = db.rows(session, _results_of_mine(me))
    last = {team_id: TeamResult(result_id, at.isoformat(), name, f"/teams/{slug}/rounds/{number}/results/") for result_id, at, team_id, name, slug, number in rows}
    return tuple(last.values())


@built_once
def _results_of_mine(me: Me) -> Select[*tuple[Any, ...]]:
    return (
        select(PublishedResult.id, PublishedResult.created_at, Team.id, Team.name, Team.slug, AssessmentRound.number)
        .join(AssessmentRound, AssessmentRound.id == PublishedResult.round_id)
        .join(Team, Team.id == PublishedResult.team_id)
        .where(Team.id.in_(me.teams), AssessmentRound.state.in_(("closed", "published")), results_seen(me))
        .order_by(Team.name, Team.id, AssessmentRound.number)
    )


_SCORES = select(PublishedResult.id, SCORES).where(PublishedResult.id.in_(bindparam("results", expanding=True)))


def _needs(session: Session, held: Shelf, results: tuple[TeamResult, ...], items: tuple[str, ...]) -> tuple[TeamNeed, ...]:
    if not results or not items:
        return ()
    rows = db.rows(session, _SCORES, results=[result.result_id for result in results])
    scores = {result_id: snapshot_in(stored) for result_id, stored in rows}
    found = []
    for result in results:
        figures = scores.get(result.result_id)
        held_back = {h.item: h.level for d in figures.dimensions for h in d.holding_back} if figures else {}
        holding = tuple((item, f"{title}, level {held_back[item]}") for item, title in _titles(held, items) if item in held_back)
        if holding:
            found.append(TeamNeed(result.team, result.href, holding))
    return tuple(found)


def _step(held: Shelf, progress: CourseProgress, mine: Studied, place: int) -> Step:
    one = progress.lessons[place]
    text, visit = held.lessons[one.lesson.id], mine.visits.get(one.lesson.id)
    revised = " Changed since you finished." if changed_since(one, progress.course, mine.passed_at) else ""
    return Step(
        text.number, stone(one.state, one is progress.next), one.lesson.title, text.href, f"{one.lesson.summary}{revised}",
        lesson_words(one, visit.heading if visit else ""),
    )


def _button(progress: CourseProgress, number: int) -> str:
    return f"{'Start' if progress.state == 'open' else 'Continue'} lesson {number}"


def _withheld(course: Course) -> str:
    if not course.withheld:
        return ""
    return f"{sentence(count(len(course.withheld), 'more lesson'))} cannot be read today: a file has a fault and is being repaired."


def _missing(progress: CourseProgress) -> str:
    if progress.completed_on:
        return f"Completed on {day(progress.completed_on)}."
    marks = {(one.lesson.quiz.pass_mark, one.lesson.quiz.max) for one in progress.lessons}
    rule = f" A lesson is passed with {joined([f'{need} of {of}' for need, of in marks])} questions right." if len(marks) == 1 else ""
    return f"Still missing: {joined([begin_lower(words) for words in progress.missing])}.{rule}" if progress.missing else ""


def _certificate(known: KnownOfCourse) -> str:
    code = known.mine.certificates.get(known.course_id)
    return f"/certificates/{code}/" if code else ""


def _test_out(progress: CourseProgress) -> str:
    check = progress.course.check
    if check is None or not check.test_out or progress.complete or progress.state == "locked":
        return ""
    return f"{check.questions} questions over the whole course, {check.pass_mark} of them right, stand for all lessons. One try every {check.every_days} days."


def _before(held: Shelf, progress: CourseProgress) -> tuple[Before, ...]:
    found = []
    for need in progress.needs:
        if need.written:
            words = "completed" if need.met else "to complete first"
            found.append(Before(need.title, f"/courses/{held.catalogue.course(need.course).slug}/", words, need.met))
        else:
            found.append(Before(need.title, "", "not written yet, so it is not asked for", True))
    return tuple(found)


def _builds(held: Shelf, course: Course, person: RatedPerson | None) -> tuple[Builds, ...]:
    keys = dict.fromkeys(key for lesson in course.lessons for key in lesson.competences)
    ratings = person.ratings if person else {}
    targets = person.role.targets if person and person.role else {}
    return tuple(Builds(key, held.competence(key), ratings[key].value if key in ratings else None, targets.get(key)) for key in keys)


def _titles(held: Shelf, items: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((item, held.item_titles.get(item, "")) for item in items)


def _templates(held: Shelf, course: Course) -> tuple[tuple[str, str, str], ...]:
    used = dict.fromkeys(key for lesson in course.lessons for key in lesson.templates)
    return tuple((key, held.documents[key].template.title, held.documents[key].href) for key in used)
