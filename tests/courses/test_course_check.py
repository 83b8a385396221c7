"""The check over a whole course: what it asks, when, and what it does for lessons and certificates."""

from dataclasses import replace
from datetime import date

from courses.catalogue import Catalogue, CourseCheck
from courses.certificates import certificate_facts
from courses.course_check import (
    course_check_faults,
    course_quiz,
    lesson_of,
    may_renew,
    may_try_course,
    renewed_until,
)
from courses.progress import Facts, LessonFacts, course_progress, path_progress
from courses.quiz import Attempt, drawn
from tests.courses.values import CATALOGUE, CYCLE, FRIDAY, MONDAY, done

CHECK = CourseCheck(questions=5, pass_mark=4, every_days=30, test_out=True)


def test_questions_come_evenly_from_the_lessons_and_are_the_same_when_opened_again() -> None:
    quiz = course_quiz(CYCLE, CHECK)
    assert quiz.max == 5
    assert [bank.pick for bank in quiz.banks] == [3, 2]
    asked = [question.id for question in drawn(quiz, 7).questions]
    assert asked == [question.id for question in drawn(quiz, 7).questions]
    assert [lesson_of(CYCLE, name).id for name in asked] == ["C05-1", "C05-1", "C05-1", "C05-2", "C05-2"]


def test_a_lesson_with_few_questions_gives_all_and_the_others_more() -> None:
    first, second = CYCLE.lessons
    short = replace(first, quiz=replace(first.quiz, questions=first.quiz.questions[:1]))
    assert [bank.pick for bank in course_quiz(replace(CYCLE, lessons=(short, second)), CHECK).banks] == [1, 4]


def test_one_try_a_period() -> None:
    assert may_try_course(CHECK, (), MONDAY).allowed
    tried = (Attempt(MONDAY, 3, 5, False),)
    waiting = may_try_course(CHECK, tried, date(2026, 12, 1))
    assert (waiting.allowed, waiting.opens_on) == (False, date(2026, 12, 2))
    assert waiting.sentence == "One try every 30 days. The next opens on 2 December 2026."
    assert may_try_course(CHECK, tried, date(2026, 12, 2)).allowed


def test_renewing_opens_ninety_days_before_the_end_and_being_early_costs_nothing() -> None:
    end = date(2028, 11, 2)
    assert [may_renew(end, day) for day in (date(2028, 8, 3), date(2028, 8, 4), date(2029, 1, 1))] == [False, True, True]
    assert not may_renew(None, end)
    assert renewed_until(end, date(2028, 10, 1), 24) == date(2030, 11, 2)
    assert renewed_until(end, date(2029, 1, 5), 24) == date(2031, 1, 5)


def test_a_passed_test_out_counts_for_the_lessons_and_the_certificate_says_so() -> None:
    catalogue = Catalogue(courses=(CYCLE,))
    tested = course_progress(catalogue, "C05", Facts(tested_out={"C05": FRIDAY}))
    assert (tested.state, tested.done, tested.completed_on) == ("complete", 2, FRIDAY)
    assert certificate_facts(tested).by_test == ("Lesson C05-1", "Lesson C05-2")
    own = LessonFacts(MONDAY, (Attempt(MONDAY, 5, 6, True),))
    mixed = course_progress(catalogue, "C05", Facts(lessons={"C05-1": own}, tested_out={"C05": FRIDAY}))
    assert certificate_facts(mixed).by_test == ("Lesson C05-2",)
    assert course_progress(catalogue, "C05", Facts(tested_out={"C01": FRIDAY})).state == "open"


def test_a_test_out_does_not_stand_for_a_review_by_a_colleague() -> None:
    reviewed = Catalogue(courses=(replace(CYCLE, review=True),))
    assert not course_progress(reviewed, "C05", Facts(tested_out={"C05": FRIDAY})).complete


def test_a_path_says_how_much_reading_is_left() -> None:
    path = CATALOGUE.paths[0]
    whole = path_progress(CATALOGUE, path.id, Facts()).minutes_left
    assert whole - path_progress(CATALOGUE, path.id, done("C05-1")).minutes_left == 30


def test_a_check_that_cannot_be_held_is_a_fault() -> None:
    assert not list(course_check_faults(replace(CYCLE, check=CHECK, valid_months=12)))
    faults = {
        "`valid_months` needs a `check`: it is how the certificate is renewed": replace(CYCLE, valid_months=12),
        "`pass_mark` 6 is more than the 5 questions": replace(CYCLE, check=replace(CHECK, pass_mark=6)),
        "`questions` 20 is more than the 12 the lessons have": replace(CYCLE, check=replace(CHECK, questions=20)),
    }
    for words, course in faults.items():
        assert [message for _, message in course_check_faults(course)] == [words]
