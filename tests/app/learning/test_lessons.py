"""A lesson: what it shows, what it asks for, how reading is recorded, and that a locked one stays shut."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app import clock
from app.access import Me
from app.content import library
from app.errors import OutOfOrder
from app.learning.actions.visits import record_visit
from app.learning.queries.course import course_page, known_of_course
from app.learning.queries.lesson import known_of_lesson, lesson_page
from app.learning.queries.notes import Beside
from app.learning.shelf import shelf
from app.learning.views.parts import parts_of
from app.models import Enrolment, Event, LessonVisit
from tests.app.learning.shelves import waiting_shelf
from tests.app.learning.test_courses import opened, tried, write
from tests.support.statements import counted

LESSON = "/courses/project-life-cycle/planning/"


def visits(app, person):
    with app.extensions["database"].reading() as session:
        return [(v.lesson_id, v.heading, v.read_at is not None) for v in session.scalars(select(LessonVisit).where(LessonVisit.person_id == person.id))]


def me_of(person):
    return Me(person_id=person.id, name=person.name, email=person.email, time_zone="UTC")


def test_a_lesson_begins_with_its_aims_and_ends_with_what_completes_it(people, visit):
    page = visit(people.bob).get(LESSON)
    assert page.h1 == "Planning"
    assert "Lesson 2 of 5, 40 minutes" in page.words or "Lesson 2 of 5" in page.words
    assert "After this lesson you can" in page.words
    assert "Read to the end and pass the check: 4 of 5." in page.words
    assert "Read the lesson, then answer 4 of 5 questions right." in page.words
    assert "You have two tries today" in page.words
    assert page.link("Take the check") == f"{LESSON}check/"
    assert page.link("Back: Initiation") == "/courses/project-life-cycle/initiation/"
    assert page.link("Next: Execution and control") == "/courses/project-life-cycle/execution-and-control/"


def test_the_words_of_the_lesson_stand_beside_it_with_their_meanings(people, visit):
    page = visit(people.bob).get("/courses/pmo-foundations/what-a-pmo-is/")
    beside = page.find("aside")
    assert "Words of this lesson" in beside.words
    assert "A short written agreement on what a PMO is for" in beside.words
    assert page.link("T01 One-page PMO mandate") == "/templates/T01/"


def test_a_done_lesson_leads_on_and_lets_me_try_again(app, people, visit):
    write(app, opened(people.bob, "C05-2"), tried(people.bob, "C05-2", 5, True))
    page = visit(people.bob).get(LESSON)
    assert "You have completed this lesson" in page.words
    assert "best 5 of 5." in page.words
    assert page.link("Take the check again") == f"{LESSON}check/"
    main = [a.get("href") for a in page.all("a") if a.get("class") == "button main"]
    assert main == ["/courses/project-life-cycle/execution-and-control/"]


def test_somebody_who_stopped_half_way_is_led_to_the_heading(app, people, visit):
    write(app, opened(people.bob, "C05-2", "estimates-you-can-stand-by"))
    page = visit(people.bob).get(LESSON)
    assert page.link("Go on at “Estimates you can stand by”") == "#estimates-you-can-stand-by"


def test_a_heading_that_is_gone_is_not_offered(app, people, visit):
    write(app, opened(people.bob, "C05-2", "no-such-heading"))
    assert "Go on at" not in visit(people.bob).get(LESSON).words


def test_opening_a_lesson_writes_nothing(app, people, visit):
    with counted(app) as statements:
        visit(people.bob).get(LESSON)
    assert not [s for s in statements if not s.lstrip().upper().startswith("SELECT") and "sign_in" not in s]
    assert visits(app, people.bob) == []


def test_a_visit_begins_the_course_once_and_keeps_the_last_heading(app, people, visit):
    site = visit(people.bob)
    for heading in ("", "estimates-you-can-stand-by", "", "<b>", "x" * 5000):
        assert site.post(f"{LESSON}visit", {"heading": heading}).status == 200
    assert visits(app, people.bob) == [("C05-2", "estimates-you-can-stand-by", False)]
    with app.extensions["database"].reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrolment)) == 1
        assert session.scalar(select(func.count()).select_from(Event).where(Event.what == "began a course")) == 1


def test_the_last_heading_means_the_lesson_was_read(app, people, visit):
    last = shelf().lessons["C05-2"].headings[-1][0]
    site = visit(people.bob)
    site.post(f"{LESSON}visit", {"heading": last})
    site.post(f"{LESSON}visit", {"heading": shelf().lessons["C05-2"].headings[0][0]})
    assert visits(app, people.bob)[0][2]


def test_a_visit_needs_a_token_and_somebody_signed_in(app, people, visit):
    assert visit(people.bob).post(f"{LESSON}visit", {"heading": ""}, as_is=True).status == 400
    assert visit().post(f"{LESSON}visit", {}).status == 401
    assert visits(app, people.bob) == []


def test_there_is_no_visit_to_a_lesson_under_another_course(app, people, visit):
    assert visit(people.bob).post("/courses/pmo-foundations/planning/visit").status == 404
    assert visit(people.bob).get("/courses/pmo-foundations/planning/").status == 404


def test_a_locked_lesson_says_what_comes_first_and_keeps_its_text(app, people):
    held = waiting_shelf()
    with app.extensions["database"].reading() as session:
        known, _ = known_of_lesson(session, me_of(people.bob), held, "project-life-cycle", "planning", date(2026, 11, 27))
        page = lesson_page(held, known)
        course = course_page(session, held, known_of_course(session, me_of(people.bob), held, "project-life-cycle", date(2026, 11, 27)))
    assert page.is_locked
    assert page.missing == "Complete PMO foundations first."
    assert [(one.title, one.href) for one in page.first] == [("PMO foundations", "/courses/pmo-foundations/")]
    assert course.is_locked
    assert course.button == ""
    assert {step.end for step in course.lessons} == {"Not yet"}


def test_the_page_of_a_locked_lesson_has_no_text_and_no_check(app, people, visit):
    held = waiting_shelf()
    with app.extensions["database"].reading() as session:
        page = lesson_page(held, known_of_lesson(session, me_of(people.bob), held, "project-life-cycle", "planning", date(2026, 11, 27))[0])
    with app.test_request_context(LESSON):
        shown = app.jinja_env.get_template("learning/lesson.html").render(page=page, mine=Beside((), ()), parts=parts_of(held, page.text), here=None, assets="", csrf_token=str)
    assert "What comes first?" in shown
    assert "Take the check" not in shown
    assert "data-visit" not in shown
    assert str(page.text.body)[:200] not in shown


def test_a_locked_lesson_cannot_be_visited_by_post_either(app, people):
    lesson = waiting_shelf().lessons["C05-2"].lesson
    with app.extensions["database"].writing() as session:
        with pytest.raises(OutOfOrder, match="Complete PMO foundations first"):
            record_visit(session, me_of(people.bob), lesson, clock.now(), catalogue=waiting_shelf().catalogue)
        session.rollback()
    assert visits(app, people.bob) == []


def test_a_lesson_done_before_its_course_was_locked_stays_readable(app, people):
    write(app, opened(people.bob, "C05-2"), tried(people.bob, "C05-2", 5, True))
    held = waiting_shelf()
    with app.extensions["database"].reading() as session:
        page = lesson_page(held, known_of_lesson(session, me_of(people.bob), held, "project-life-cycle", "planning", date(2026, 11, 27))[0])
    assert not page.is_locked


def test_the_lock_opens_when_the_course_before_is_complete(app, people):
    write(app, *(row for n in range(1, 6) for row in (opened(people.bob, f"C01-{n}"), tried(people.bob, f"C01-{n}", 5, True))))
    held = waiting_shelf()
    with app.extensions["database"].transaction() as session:
        record_visit(session, me_of(people.bob), library().catalogue.lesson("C05-2"), clock.now(), catalogue=held.catalogue)
    assert ("C05-2", "", False) in visits(app, people.bob)


def test_an_unchanged_page_is_not_sent_again(app, people, visit):
    site = visit(people.bob)
    site.get(LESSON)
    for address in (LESSON, "/courses/", "/courses/project-life-cycle/", "/glossary/", "/templates/", "/templates/T01/", "/items/GOV-1/", "/paths/mentor/"):
        tag = site.get(address).headers["ETag"]
        assert site.get(address).headers["Cache-Control"] == "private, no-cache"
        again = site.client.get(address, base_url="http://127.0.0.1", headers={"If-None-Match": tag})
        assert (again.status_code, again.get_data()) == (304, b""), address


def test_a_kept_page_is_made_again_for_another_person_another_state_and_another_sign_in(app, people, visit):
    site = visit(people.bob)
    site.get(LESSON)
    tag = site.get(LESSON).headers["ETag"]
    other = visit(people.charlie)
    other.get(LESSON)
    for asking in (other, visit(people.bob)):
        assert asking.client.get(LESSON, base_url="http://127.0.0.1", headers={"If-None-Match": tag}).status_code == 200
    site.post(f"{LESSON}visit", {"heading": ""})
    assert site.client.get(LESSON, base_url="http://127.0.0.1", headers={"If-None-Match": tag}).status_code == 200


def test_a_later_visit_to_the_same_heading_changes_no_page(app, people, visit):
    site = visit(people.bob)
    site.post(f"{LESSON}visit", {"heading": ""})
    tags = [site.get(address).headers["ETag"] for address in (LESSON, "/courses/", "/courses/project-life-cycle/")]
    site.post(f"{LESSON}visit", {"heading": ""})
    assert tags == [site.get(address).headers["ETag"] for address in (LESSON, "/courses/", "/courses/project-life-cycle/")]
