"""The check over a whole course: which questions it asks, who may try when, and what a passed one does.

It is made from the questions of the lessons. Somebody experienced may take it instead of the lessons (test-out), and
a certificate with an end is renewed by it. One try a period; the right answers are never shown, since the questions
are those of the lessons.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from courses.catalogue import Course, CourseCheck, Lesson
from courses.dates import months_after
from courses.questions import Question
from courses.quiz import Attempt, Bank, Quiz

RENEWAL_OPENS_DAYS = 90


@dataclass(frozen=True)
class CourseTries:
    """Whether a try is allowed, from which day on (None: now), and that in words."""

    allowed: bool
    opens_on: date | None
    sentence: str


def course_quiz(course: Course, check: CourseCheck) -> Quiz:
    """The questions of all lessons as one bank a lesson; ids are `<lesson>-<question>`.

    Fifteen questions over five lessons are three a lesson, sixteen are four of the first and three of the others; a lesson that
    has fewer gives all and the next ones more.
    """
    shares = _shares([len(lesson.quiz.questions) for lesson in course.lessons], check.questions)
    questions: list[Question] = []
    banks = []
    for lesson, pick in zip(course.lessons, shares, strict=True):
        own = tuple(replace(question, id=f"{lesson.id}-{question.id}") for question in lesson.quiz.questions)
        questions += own
        banks.append(Bank(lesson.id, pick, tuple(question.id for question in own)))
    return Quiz(tuple(questions), check.pass_mark, tuple(banks), minutes=check.minutes)


def lesson_of(course: Course, question_id: str) -> Lesson:
    """The lesson a question of the course check comes from. Errors: StopIteration for an id it never had."""
    found = (one for one in course.lessons if question_id in {f"{one.id}-{own.id}" for own in one.quiz.questions})
    return next(found)


def may_try_course(check: CourseCheck, tries: tuple[Attempt, ...], today: date) -> CourseTries:
    """One try every `every_days` days: after a try on 2 November and with 30 days the next opens on 2 December."""
    last = max((one.day for one in tries), default=None)
    opens = last + timedelta(days=check.every_days) if last else None
    if opens and today < opens:
        return CourseTries(False, opens, f"One try every {check.every_days} days. The next opens on {opens.day} {opens:%B} {opens.year}.")
    return CourseTries(True, None, f"One try now; another not before {check.every_days} days have passed.")


def renewal(course: Course) -> CourseCheck | None:
    """The check that renews a certificate of the course; None where certificates have no end, or the course is not open now."""
    return course.check if course.valid_months and not course.withheld else None


def may_renew(valid_until: date | None, today: date) -> bool:
    """A certificate with an end can be renewed from 90 days before its last day on, and after it."""
    return valid_until is not None and today >= valid_until - timedelta(days=RENEWAL_OPENS_DAYS)


def renewed_until(valid_until: date, passed_on: date, months: int) -> date:
    """The new last day: counted from the old one where that is still ahead, so that being early costs nothing.

    Until 2 November 2028, passed on 1 October 2028, 24 months: 2 November 2030. Passed on 5 January 2029: 5 January 2031.
    """
    return months_after(max(valid_until, passed_on), months)


def course_check_faults(course: Course) -> Iterator[tuple[str, str]]:
    """(field, what is wrong) for a check that cannot be held or a certificate that could not be renewed."""
    check = course.check
    if course.valid_months is not None and check is None:
        yield "valid_months", "`valid_months` needs a `check`: it is how the certificate is renewed"
    if check is None:
        return
    if check.pass_mark > check.questions:
        yield "check", f"`pass_mark` {check.pass_mark} is more than the {check.questions} questions"
    held = sum(len(lesson.quiz.questions) for lesson in course.lessons)
    if not course.withheld and check.questions > held:
        yield "check", f"`questions` {check.questions} is more than the {held} the lessons have"


def _shares(held: list[int], wanted: int) -> list[int]:
    """How many of each to take: even, the first ones more, nothing beyond what there is. ([5, 2, 5], 9) gives [4, 2, 3]."""
    taken = [0] * len(held)
    while sum(taken) < min(wanted, sum(held)):
        place = min((n for n in range(len(held)) if taken[n] < held[n]), key=lambda n: taken[n])
        taken[place] += 1
    return taken
