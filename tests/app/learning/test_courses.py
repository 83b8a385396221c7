"""The catalogue, a course and a path as people with different histories see them."""

from __future__ import annotations

from datetime import date

import pytest

from app import clock
from app.content import library
from app.models import IssuedCertificate, LessonVisit, QuizAttempt
from app.ui.filters import count
from tests.support.build import closed_round, passed_check, rated
from tests.support.statements import counted


def write(app, *rows):
    with app.extensions["database"].transaction() as session:
        session.add_all(rows)


def opened(person, lesson, heading=""):
    return LessonVisit(person_id=person.id, lesson_id=lesson, last_at=clock.now(), heading=heading)


def tried(person, lesson, score, passed, day=date(2026, 11, 2), day_try=1):
    return QuizAttempt(
        person_id=person.id, lesson_id=lesson, revision=1, day=day, day_try=day_try, seed=1, submitted_at=clock.now(), score=score, max_score=5, passed=passed
    )


WRITTEN = {course.id: course for course in library().catalogue.courses}
PLANNED = [course for course in library().catalogue.curriculum if course.id not in WRITTEN]


def test_the_catalogue_opens_what_is_written_and_says_of_the_rest_that_it_is_not(people, visit):
    page = visit(people.charlie).get("/courses/")
    assert page.h1 == "Courses"
    assert f"{count(len(WRITTEN), 'course').capitalize()} with {count(sum(len(c.lessons) for c in WRITTEN.values()), 'lesson')}" in page.words
    assert f"{count(len(PLANNED), 'more course').capitalize()} of the plan are not written yet" in page.words
    titles = [card.find("h3/a").text for card in [a.element for a in page.all("article")]]
    assert sorted(titles) == sorted(course.title for course in WRITTEN.values())
    assert titles[0] == "PMO foundations"
    assert page.words.count("Not written yet") >= len(PLANNED)


def test_somebody_new_is_told_where_their_path_begins(people, visit):
    page = visit(people.bob).get("/courses/")
    assert "Where do I begin?" in page.words
    assert "Your path: New project manager" in page.words
    assert page.link("Initiation") == "/courses/project-life-cycle/initiation/"
    assert "0 of 8 courses completed, meant for 26 weeks" in page.words


def test_somebody_without_a_role_gets_all_paths_and_the_first_course(people, visit):
    page = visit(people.adam).get("/courses/")
    assert "Your path" not in page.words
    assert page.link("What a PMO is, and is not") == "/courses/pmo-foundations/what-a-pmo-is/"


def test_the_catalogue_leads_back_to_where_i_left_off(app, people, visit):
    write(app, opened(people.bob, "C05-1"), tried(people.bob, "C05-1", 5, True), opened(people.bob, "C05-2", "estimates-you-can-stand-by"))
    page = visit(people.bob).get("/courses/")
    assert "Where did I leave off?" in page.words
    assert "You stopped at “Estimates you can stand by”" in page.words
    assert "1 of 5 lessons passed" in page.words


def test_a_search_with_two_words_finds_the_course_that_has_both(people, visit):
    page = visit(people.bob).get("/courses/?q=RISK+change")
    assert "No courses to read and one planned one fit what you chose." in page.words
    assert "Risk, issue and change" in page.words
    assert "Leading a PMO" not in page.find("table").words


@pytest.mark.parametrize(("query", "cards", "planned"), [
    ("level=foundation", {"C01", "C05"}, set()),
    ("state=open", {course.id for course in WRITTEN.values() if not course.needs}, set()),
    ("state=planned", set(), {course.id for course in PLANNED}),
    ("path=mentor", {"C05", "C12", "C11", "C07", "C08", "C13"} & set(WRITTEN), {"C05", "C12", "C11", "C07", "C08", "C13"} - set(WRITTEN)),
    ("competence=P06", {"C07"} & set(WRITTEN), {"C07"} - set(WRITTEN)),
    ("state=complete", set(), set()),
])
def test_each_filter_leaves_what_it_says(people, visit, query, cards, planned):
    page = visit(people.charlie).get(f"/courses/?{query}")
    rows = {row.get("id") for row in page.all("tbody/tr") if row.get("id").startswith("C")}
    assert {card.element.find("h3/a").text for card in page.all("article")} == {WRITTEN[id_].title for id_ in cards}
    assert rows == planned


@pytest.mark.parametrize("query", [
    "level=;drop", "state=password&page=-1", "path=" + "x" * 3000, "competence=P99", "q=%00%ff", "page=abc&sort=password", "level=foundation&level=advanced",
])
def test_odd_filters_ask_for_everything_or_for_the_first_value(people, visit, query):
    page = visit(people.charlie).get(f"/courses/?{query}")
    assert page.status == 200
    foundations = sum(course.level == "foundation" for course in WRITTEN.values())
    assert len(page.all("article")) in (0, foundations, len(WRITTEN))


def test_two_thousand_parameters_do_no_harm(people, visit):
    assert visit(people.charlie).get("/courses/?" + "&".join(f"a{n}=1" for n in range(2000))).status in (200, 400, 414)


def test_a_long_search_is_cut_and_shown_as_it_was_used(people, visit):
    page = visit(people.charlie).get("/courses/?q=" + "a" * 500)
    assert page.find(".//input[@id='q']").get("value") == "a" * 100
    assert "No course fits" in page.words


def test_what_is_typed_stays_text(people, visit):
    page = visit(people.charlie).get("/courses/?q=<script>alert(1)</script>")
    assert "<script>alert" not in page.text


def test_a_course_says_what_is_missing_for_the_certificate(app, people, visit):
    write(app, opened(people.bob, "C05-1"), tried(people.bob, "C05-1", 4, True), opened(people.bob, "C05-2"), tried(people.bob, "C05-2", 3, False))
    page = visit(people.bob).get("/courses/project-life-cycle/")
    assert page.h1 == "Project life cycle"
    assert "1 of 5 lessons passed" in page.words
    assert "Still missing: lessons 2 to 5 to pass. A lesson is passed with 4 of 5 questions right." in page.words
    assert "Passed, best 4 of 5" in page.words
    assert "Best so far 3 of 5" in page.words
    assert page.link("Continue lesson 2") == "/courses/project-life-cycle/planning/"


def test_a_completed_course_leads_to_its_certificate(app, people, visit):
    write(app, *(row for n in range(1, 6) for row in (opened(people.bob, f"C01-{n}"), tried(people.bob, f"C01-{n}", 5, True))))
    write(app, IssuedCertificate(
        code="abc", person_id=people.bob.id, course_id="C01", revision=1, holder="Bob", course_title="PMO foundations", issuer="Northern Works", facts={}
    ))
    page = visit(people.bob).get("/courses/pmo-foundations/")
    assert page.link("Open the certificate") == "/certificates/abc/"
    assert "5 of 5 lessons passed" in page.words
    assert "Completed on" in page.words


def test_a_course_shows_what_i_have_and_need_in_what_it_builds(app, people, visit):
    with app.extensions["database"].transaction() as session:
        rated(session, people.bob, {"P03": 1})
    page = visit(people.bob).get("/courses/project-life-cycle/")
    assert 'aria-label="have 1, need 2"' in page.text
    assert "the ring is what your role needs" in page.words


def test_a_course_that_is_not_written_and_one_that_never_was_are_no_pages(people, visit):
    for slug in ("leading-a-pmo", "C01", "%00", "nothing"):
        assert visit(people.bob).get(f"/courses/{slug}/").status == 404


def test_a_path_numbers_its_courses_and_goes_on_with_the_next_lesson(app, people, visit):
    write(app, opened(people.bob, "C05-1"))
    page = visit(people.bob).get("/paths/new-project-manager/")
    assert page.h1 == "New project manager"
    path = library().catalogue.path("new-project-manager").courses
    readable = sum(id_ in WRITTEN for id_ in path)
    assert f"{count(readable, 'course').capitalize()} of this path can be read; {count(len(path) - readable, 'is', 'are')} not written yet." in page.words
    assert "Only lessons 1 and 2" in page.words
    assert page.link("Continue: Initiation") == "/courses/project-life-cycle/initiation/"
    assert visit(people.bob).get("/paths/no-such-path/").status == 404


def test_nothing_of_it_is_for_somebody_signed_out(people, visit):
    for address in ("/courses/", "/courses/pmo-foundations/", "/paths/mentor/", "/glossary/", "/templates/", "/templates/T01/", "/items/GOV-1/"):
        page = visit().get(address)
        assert page.status == 303
        assert page.location.startswith("/sign-in?next=")


def test_pages_take_as_many_statements_for_much_learning_as_for_none(app, people, visit):
    site, seen = visit(people.alice), {}
    addresses = ("/courses/", "/courses/project-life-cycle/", "/courses/project-life-cycle/planning/", "/paths/mentor/", "/glossary/", "/templates/T01/")
    for address in addresses:
        with counted(app) as statements:
            site.get(address)
        seen[address] = len(statements)
    with app.extensions["database"].transaction() as session:
        for n in range(1, 6):
            session.add_all([opened(people.alice, f"C05-{n}"), opened(people.alice, f"C01-{n}")])
            for day in range(1, 9):
                session.add(tried(people.alice, f"C05-{n}", 3, False, date(2026, 11, day)))
            passed_check(session, people.alice, f"C01-{n}", date(2026, 11, 20))
        rated(session, people.alice, {"P01": 2, "P03": 1})
    for address in addresses:
        with counted(app) as statements:
            site.get(address)
        assert len(statements) == seen[address], address
    assert seen["/courses/project-life-cycle/planning/"] == 2
    assert max(seen.values()) <= 6


def test_a_course_tells_where_my_team_is_held_back_only_where_i_may_read_the_result(app, people, visit):
    with app.extensions["database"].transaction() as session:
        closed_round(session, people.north, dimensions={"GOV": (1.5, 1, 3)})
    with counted(app) as statements:
        lead = visit(people.alice).get("/courses/pmo-foundations/")
    assert len(statements) <= 6 + 2
    assert "It serves" in lead.words
    assert "last results" not in visit(people.bob).get("/courses/pmo-foundations/").words
