"""The courses, templates, glossary, paths and curriculum that ship read without a fault."""

from pathlib import Path

from courses.reading import read_catalogue

CONTENT = Path(__file__).parents[2] / "content"
READ = read_catalogue(CONTENT)


def test_everything_reads_without_a_fault() -> None:
    assert [str(fault) for fault in READ.faults] == []


def test_no_lesson_is_withheld() -> None:
    assert {course.id: course.withheld for course in READ.catalogue.courses if course.withheld} == {}


def test_the_foundation_courses_are_written() -> None:
    assert {"C01", "C05"} <= {course.id for course in READ.catalogue.courses}


def test_every_check_passes_at_eighty_per_cent() -> None:
    for lesson in READ.catalogue.lessons_in_order():
        assert lesson.quiz.pass_mark == -(-8 * lesson.quiz.max // 10), lesson.id


def test_the_curriculum_names_fourteen_courses_and_written_ones_agree_with_it() -> None:
    planned = {course.id: course for course in READ.catalogue.curriculum}
    assert sorted(planned) == [f"C{number:02}" for number in range(1, 15)]
    for course in READ.catalogue.courses:
        plan = planned[course.id]
        assert (course.title, course.needs) == (plan.title, plan.needs)
        assert [(one.id, one.title) for one in course.lessons] == [
            (one.id, one.title) for one in plan.lessons
        ]


def test_every_check_mixes_kinds_of_question() -> None:
    for lesson in READ.catalogue.lessons_in_order():
        assert len({question.kind for question in lesson.quiz.questions}) >= 3, lesson.id
