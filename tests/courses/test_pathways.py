"""Lessons for a skill gap, a path and a weak item."""

from courses.pathways import SkillGap, lessons_for_gaps, lessons_for_item, lessons_for_path
from tests.courses.values import CATALOGUE


def test_lessons_come_by_gap_times_importance_and_then_in_course_order() -> None:
    gaps = [SkillGap("P03", 1), SkillGap("P06", 2), SkillGap("P01", 1)]
    found = lessons_for_gaps(CATALOGUE, gaps, passed=())
    assert [(one.lesson.id, one.weight) for one in found] == [
        ("C07-1", 2.0),
        ("C05-1", 1.0),
        ("C05-2", 1.0),
        ("C06-1", 1.0),
    ]


def test_importance_can_outweigh_a_larger_gap() -> None:
    found = lessons_for_gaps(CATALOGUE, [SkillGap("P03", 1, 3), SkillGap("P06", 2, 1)], passed=())
    assert [one.lesson.id for one in found] == ["C05-2", "C06-1", "C07-1"]


def test_a_lesson_for_two_gaps_stands_once_with_the_heavier_first() -> None:
    found = lessons_for_gaps(CATALOGUE, [SkillGap("P03", 1), SkillGap("P05", 2)], passed=("C05-2",))
    assert [(one.lesson.id, one.competences, one.weight) for one in found] == [("C06-1", ("P05", "P03"), 2.0)]


def test_passed_lessons_and_closed_gaps_ask_for_nothing() -> None:
    assert lessons_for_gaps(CATALOGUE, [SkillGap("P06", 2)], passed={"C07-1"}) == ()
    assert lessons_for_gaps(CATALOGUE, [SkillGap("P06", 0), SkillGap("P03", -1)], passed=()) == ()


def test_a_path_lists_what_is_left_in_its_own_order() -> None:
    assert [one.id for one in lessons_for_path(CATALOGUE, "new", passed={"C05-1"})] == ["C05-2", "C06-1"]
    assert [one.id for one in lessons_for_path(CATALOGUE, "short", passed=())] == ["C05-2", "C06-1"]


def test_a_weak_item_lists_the_lessons_that_serve_it() -> None:
    assert [one.id for one in lessons_for_item(CATALOGUE, "DEL-1")] == ["C06-1"]
    assert lessons_for_item(CATALOGUE, "DEL-1", passed={"C06-1"}) == ()
