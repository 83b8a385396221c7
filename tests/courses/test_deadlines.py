"""Courses with a due date, in words and in states."""

from datetime import date, timedelta

import pytest

from courses.deadlines import due_words, place_words, standing
from courses.progress import Facts, LessonFacts, course_progress
from tests.courses.values import CATALOGUE, CYCLE, FRIDAY, MONDAY, done

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(("days", "words"), [(-30, "30 days over"), (-2, "2 days over"), (-1, "1 day over"), (0, "due today"), (1, "due tomorrow"), (5, "due in 5 days")])
def test_the_distance_of_a_day_is_said_in_days(days: int, words: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


def test_somebody_is_not_started_at_a_lesson_overdue_or_complete() -> None:
    lessons = [lesson.id for lesson in CYCLE.lessons]
    begun = course_progress(CATALOGUE, CYCLE.id, Facts({lessons[0]: LessonFacts(MONDAY)}))
    whole = course_progress(CATALOGUE, CYCLE.id, done(*lessons))
    nobody = course_progress(CATALOGUE, CYCLE.id, Facts())
    one = course_progress(CATALOGUE, CYCLE.id, done(lessons[0]))
    assert [place_words(p) for p in (nobody, begun, one, whole)] == ["not started", f"at lesson 1 of {len(lessons)}", f"at lesson 2 of {len(lessons)}", "complete"]
    assert [standing(p, FRIDAY, FRIDAY) for p in (nobody, begun, one, whole)] == ["not started", "started", "started", "complete"]
    late = FRIDAY + timedelta(days=1)
    assert [standing(p, FRIDAY, late) for p in (nobody, begun, one, whole)] == ["overdue", "overdue", "overdue", "complete"]
