"""Locked, open, started, done, and what is missing in words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.catalogue import Catalogue
from courses.errors import NotInCatalogue
from courses.progress import (
    Facts,
    LessonFacts,
    completion_rule,
    course_progress,
    is_complete,
    lesson_progress,
    path_progress,
)
from tests.courses.values import (
    CATALOGUE,
    CYCLE,
    FRIDAY,
    MONDAY,
    TUESDAY,
    course,
    done,
    failed,
    lesson,
    passed,
)

NOBODY = Facts()


def test_the_rule_is_said_with_the_pass_mark() -> None:
    assert completion_rule(lesson("C05-1")) == "Read to the end and pass the check: 5 of 6"


def test_a_lesson_goes_from_open_to_started_to_done() -> None:
    one = lesson("C05-1")
    fresh = lesson_progress(one, LessonFacts())
    assert (fresh.state, fresh.missing) == ("open", "Read the lesson, then answer 5 of 6 questions right")
    opened = lesson_progress(one, LessonFacts(MONDAY))
    assert (opened.state, opened.missing) == (
        "started",
        "Read to the end, then answer 5 of 6 questions right",
    )
    tried = lesson_progress(one, LessonFacts(MONDAY, (failed(MONDAY),)))
    assert (tried.state, tried.missing) == ("started", "Best so far 3 of 6 right; 5 of 6 are needed")
    over = lesson_progress(one, LessonFacts(MONDAY, (failed(MONDAY), passed(FRIDAY), passed(TUESDAY))))
    assert (over.state, over.missing, over.done_on) == ("done", "", TUESDAY)


def test_a_passed_check_of_a_lesson_never_opened_is_not_done_yet() -> None:
    unread = lesson_progress(lesson("C05-1"), LessonFacts(None, (passed(MONDAY),)))
    assert (unread.state, unread.missing) == (
        "started",
        "The check is passed; open the lesson once and it is done",
    )
    read_later = lesson_progress(lesson("C05-1"), LessonFacts(FRIDAY, (passed(MONDAY),)))
    assert (read_later.state, read_later.done_on) == ("done", FRIDAY)


def test_a_lesson_waits_for_other_courses_unless_it_is_done() -> None:
    waiting = lesson_progress(lesson("C06-1"), LessonFacts(), ("Project life cycle", "PMO foundations"))
    assert (waiting.state, waiting.missing) == (
        "locked",
        "Complete Project life cycle and PMO foundations first",
    )
    assert lesson_progress(lesson("C06-1"), LessonFacts(MONDAY, (passed(MONDAY),)), ("X",)).state == "done"


def test_a_course_that_needs_another_is_locked_and_says_which() -> None:
    planning = course_progress(CATALOGUE, "C06", NOBODY)
    assert (planning.state, planning.next) == ("locked", None)
    assert planning.missing == ("Complete Project life cycle first", "Lesson 1 to pass")
    assert [(need.title, need.met) for need in planning.needs] == [("Project life cycle", False)]


def test_a_course_opens_when_the_one_before_is_complete() -> None:
    planning = course_progress(CATALOGUE, "C06", done("C05-1", "C05-2"))
    assert (planning.state, planning.needs[0].met) == ("open", True)


def test_half_of_a_course_is_fifty_per_cent_and_names_the_rest() -> None:
    cycle = course_progress(CATALOGUE, "C05", done("C05-1"))
    assert (cycle.state, cycle.done, cycle.of, cycle.percent) == ("started", 1, 2, 50)
    assert cycle.next is not None
    assert cycle.next.lesson.id == "C05-2"
    assert cycle.missing == ("Lesson 2 to pass",)
    assert course_progress(CATALOGUE, "C05", NOBODY).missing == ("Lessons 1 and 2 to pass",)


@pytest.mark.parametrize(
    ("passed_lessons", "words"),
    [
        ((), "Lessons 1 to 5 to pass"),
        ((1,), "Lessons 2 to 5 to pass"),
        ((1, 3), "Lessons 2, 4 and 5 to pass"),
        ((1, 2, 3), "Lessons 4 and 5 to pass"),
    ],
)
def test_lessons_to_pass_are_named_by_number(passed_lessons: tuple[int, ...], words: str) -> None:
    five = course("C20", "Five", *(lesson(f"C20-{number}") for number in range(1, 6)))
    facts = done(*(f"C20-{number}" for number in passed_lessons))
    assert course_progress(Catalogue(courses=(five,)), "C20", facts).missing == (words,)


def test_a_course_is_complete_on_the_day_of_its_last_lesson() -> None:
    facts = Facts({**done("C05-1", day=MONDAY).lessons, **done("C05-2", day=FRIDAY).lessons})
    cycle = course_progress(CATALOGUE, "C05", facts)
    assert (cycle.state, cycle.complete, cycle.completed_on) == ("complete", True, FRIDAY)
    assert (cycle.percent, cycle.missing, cycle.next) == (100, (), None)


def test_a_course_with_a_review_waits_for_it() -> None:
    catalogue = Catalogue(courses=(replace(CYCLE, review=True),))
    facts = done("C05-1", "C05-2")
    assert course_progress(catalogue, "C05", facts).missing == (
        "Your exercise, reviewed by your mentor or a colleague",
    )
    reviewed = course_progress(catalogue, "C05", replace(facts, reviewed={"C05": FRIDAY}))
    assert (reviewed.missing, reviewed.completed_on) == ((), FRIDAY)
    held = course_progress(catalogue, "C05", replace(facts, completed={"C05": MONDAY}))
    assert (held.missing, held.completed_on) == ((), MONDAY)


def test_nobody_waits_for_a_reviewer_before_reading_on() -> None:
    after = replace(CYCLE, id="C06", needs=("C05",))
    catalogue = Catalogue(courses=(replace(CYCLE, review=True), after))
    assert course_progress(catalogue, "C06", done("C05-1", "C05-2")).state != "locked"
    assert course_progress(catalogue, "C06", done("C05-1")).state == "locked"


def test_a_course_completed_once_stays_complete_when_lessons_are_added() -> None:
    facts = replace(done("C05-1"), completed={"C05": TUESDAY})
    cycle = course_progress(CATALOGUE, "C05", facts)
    assert (cycle.complete, cycle.completed_on, cycle.percent, cycle.missing) == (True, TUESDAY, 50, ())
    assert cycle.next is not None


def test_a_lesson_with_a_faulty_file_keeps_the_course_from_being_completed() -> None:
    catalogue = Catalogue(courses=(replace(CYCLE, withheld=("closing",)),))
    cycle = course_progress(catalogue, "C05", done("C05-1", "C05-2"))
    assert (cycle.complete, cycle.percent) == (False, 66)
    assert cycle.missing == ("1 lesson that is being repaired and cannot be read today",)


def test_a_needed_course_that_is_not_written_yet_is_not_asked_for() -> None:
    later = replace(CYCLE, needs=("C09",))
    catalogue = replace(CATALOGUE, courses=(later,))
    cycle = course_progress(catalogue, "C05", NOBODY)
    assert (cycle.state, cycle.needs[0].met, cycle.needs[0].written) == ("open", True, False)


def test_a_course_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotInCatalogue):
        course_progress(CATALOGUE, "C09", NOBODY)
    assert not is_complete(CATALOGUE, "C09", NOBODY)


def test_a_path_counts_its_courses_and_names_the_next_lesson() -> None:
    path = path_progress(CATALOGUE, "new", done("C05-1", "C05-2"))
    assert (path.done, path.of, path.percent) == (1, 3, 33)
    assert path.next is not None
    assert path.next.lesson.id == "C06-1"
    assert [(step.title, step.course is None) for step in path.steps][2] == ("Earned value", True)


def test_a_path_may_ask_for_some_lessons_of_a_course_only() -> None:
    path = path_progress(CATALOGUE, "short", done("C05-2"))
    assert (path.steps[0].done, [one.lesson.id for one in path.steps[0].lessons]) == (True, ["C05-2"])
    assert path.next is None
    assert path.steps[1].course is not None
    assert path.steps[1].course.state == "locked"


days = some.sampled_from([MONDAY, TUESDAY, FRIDAY])
tries = some.lists(some.builds(passed, days) | some.builds(failed, days), max_size=3).map(tuple)
lessons = some.dictionaries(
    some.sampled_from(["C05-1", "C05-2", "C06-1"]),
    some.builds(LessonFacts, some.none() | days, tries),
)


@given(lessons, some.sampled_from(["C05", "C06"]))
@settings(max_examples=100, deadline=None)
def test_a_course_is_complete_exactly_when_nothing_is_missing(
    known: dict[str, LessonFacts], course_id: str
) -> None:
    progress = course_progress(CATALOGUE, course_id, Facts(known))
    assert progress.complete == all(one.state == "done" for one in progress.lessons)
    assert progress.complete == (progress.percent == 100) == (progress.state == "complete")
    if progress.complete:
        assert progress.missing == ()


def test_a_course_nobody_has_touched_stands_by_what_it_needs_and_not_by_who_asked_first() -> None:
    catalogue = Catalogue(courses=CATALOGUE.courses, curriculum=CATALOGUE.curriculum)
    first = {one.id: course_progress(catalogue, one.id, NOBODY) for one in catalogue.courses}
    later = Facts(completed={one.id: MONDAY for one in catalogue.courses if not one.needs})
    for one in catalogue.courses:
        assert course_progress(catalogue, one.id, NOBODY) is first[one.id]
        if one.needs and set(one.needs) <= set(later.completed):
            assert course_progress(catalogue, one.id, later).state == "open"
            assert first[one.id].state == "locked"
