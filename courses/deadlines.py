"""Courses with a day by which they should be complete: how far off the day is, and how somebody stands."""

from datetime import date
from typing import Literal

from courses.progress import CourseProgress

Standing = Literal["complete", "overdue", "started", "not started"]
STANDINGS: tuple[Standing, ...] = ("overdue", "not started", "started", "complete")


def due_words(due_on: date, today: date) -> str:
    """How far the day is off, in whole days: 'due today', 'due tomorrow', 'due in 5 days', '1 day over', '2 days over'.

    Due on 27 November and asked on the 22nd: 'due in 5 days'; asked on the 29th: '2 days over'."""
    days = (due_on - today).days
    if days < 0:
        return "1 day over" if days == -1 else f"{-days} days over"
    return ("due today", "due tomorrow")[days] if days < 2 else f"due in {days} days"


def standing(progress: CourseProgress, due_on: date, today: date) -> Standing:
    """How somebody stands who is asked to complete a course: the day itself still counts, what is complete is never overdue.

    Three of five lessons passed and due yesterday: 'overdue'; due today: 'started'."""
    if progress.complete:
        return "complete"
    if due_on < today:
        return "overdue"
    return "started" if progress.done or progress.state == "started" else "not started"


def place_words(progress: CourseProgress) -> str:
    """Where somebody is, without naming a lesson: 'complete', 'not started', 'at lesson 4 of 5'."""
    if progress.complete:
        return "complete"
    if not progress.done and progress.state != "started":
        return "not started"
    place = next((number for number, lesson in enumerate(progress.lessons, 1) if lesson.state != "done"), progress.of)
    return f"at lesson {place} of {progress.of}"
