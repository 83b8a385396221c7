"""What people have read and passed, as other features ask for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.access import Me
from app.content import library
from app.models import Enrolment, LessonVisit, Person, QuizAttempt
from app.records.addresses import content_link, course_address, lesson_address
from app.records.learning import course_states, facts, studied
from app.records.next_lessons import next_lessons
from courses.progress import course_progress
from tests.support.statements import counted


def me_of(person):
    return Me(person_id=person.id, name=person.name, email=person.email, time_zone="UTC")


def opened(person, lesson, day, heading="", hour=12):
    at = datetime(2026, 11, day, hour, tzinfo=UTC)
    return LessonVisit(person_id=person.id, lesson_id=lesson, created_at=at, last_at=at, heading=heading)


def passed(person, lesson, day):
    return QuizAttempt(
        person_id=person.id, lesson_id=lesson, revision=1, day=date(2026, 11, day), day_try=1, seed=1,
        submitted_at=datetime(2026, 11, day, 13, tzinfo=UTC), score=5, max_score=5, passed=True,
    )


def test_learning_goes_on_with_the_course_read_last_at_the_heading_read_last(database, people):
    with database.transaction() as session:
        session.add_all([opened(people.bob, "C05-1", 2), passed(people.bob, "C05-1", 2), opened(people.bob, "C05-2", 9, "estimates-you-can-stand-by")])
        session.add_all([opened(people.bob, "C01-1", 5)])
        session.flush()
        found = next_lessons(library().catalogue, studied(session, me_of(people.bob)))
    assert [one.title for one in found] == ["Planning", "What a PMO is, and is not"]
    assert found[0].kind == "Lesson 2 of 5, Project life cycle"
    assert found[0].text == "You stopped at “Estimates you can stand by”."
    assert found[0].href == "/courses/project-life-cycle/planning/#estimates-you-can-stand-by"


def test_nobody_is_sent_on_in_a_course_they_have_not_begun(database, people):
    with database.reading() as session:
        assert next_lessons(library().catalogue, studied(session, me_of(people.bob))) == ()


def test_courses_of_a_team_are_told_without_naming_a_lesson_in_one_statement(app, database, people):
    with database.transaction() as session:
        for n in range(1, 6):
            session.add_all([opened(people.bob, f"C01-{n}", n), passed(people.bob, f"C01-{n}", n)])
        session.add(Enrolment(person_id=people.alice.id, course_id="C05"))
    with app.extensions["database"].reading() as session, counted(app) as statements:
        found = course_states(session, [people.alice.id, people.bob.id, people.charlie.id])
    assert len(statements) == 1
    assert [(one.title, one.state, one.done, one.completed_on) for one in found[people.bob.id]] == [("PMO foundations", "complete", 5, date(2026, 11, 5))]
    assert [one.course for one in found[people.alice.id]] == ["C05"]
    assert found[people.charlie.id] == ()


def test_the_day_a_lesson_was_opened_is_the_readers_own_day(database, people):
    with database.transaction() as session:
        session.get_one(Person, people.bob.id).time_zone = "America/New_York"
        session.add(opened(people.bob, "C05-1", 22, hour=2))
        session.flush()
        assert facts(session, people.bob.id).lessons["C05-1"].opened == date(2026, 11, 21)


def test_what_is_not_written_leads_to_its_line_in_the_catalogue():
    catalogue = library().catalogue
    assert course_address(catalogue, "C07") == "/courses/#C07"
    assert lesson_address(catalogue, "C07-2") == "/courses/#C07"
    assert content_link("lesson", "C05-2") == "/courses/project-life-cycle/planning/"
    assert content_link("template", "T99") == "/templates/"


def test_a_course_stands_the_same_whether_all_or_only_its_own_rows_are_read(database, people):
    catalogue = library().catalogue
    with database.transaction() as session:
        for n in range(1, 6):
            session.add_all([opened(people.bob, f"C01-{n}", n), passed(people.bob, f"C01-{n}", n)])
        session.add_all([opened(people.bob, "C05-1", 7, "what-it-is"), passed(people.bob, "C05-1", 8), Enrolment(person_id=people.bob.id, course_id="C03")])
    with database.reading() as session:
        whole = studied(session, me_of(people.bob))
        for course in catalogue.courses:
            own = studied(session, me_of(people.bob), catalogue.with_needed(course))
            assert course_progress(catalogue, course.id, own.facts) == course_progress(catalogue, course.id, whole.facts)
            assert {one.id: own.visits.get(one.id) for one in course.lessons} == {one.id: whole.visits.get(one.id) for one in course.lessons}
            assert (course.id in own.begun) == (course.id in whole.begun)
