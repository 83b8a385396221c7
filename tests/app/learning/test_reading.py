"""Reading: the whole course on one page, the time that is left, and what has changed since."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.models import LessonVisit, Person, QuizAttempt

COURSE = "/courses/project-life-cycle/"


def passed(session, person, lesson, revision):
    session.add(LessonVisit(person_id=person.id, lesson_id=lesson, last_at=clock.now()))
    session.add(QuizAttempt(
        person_id=person.id, lesson_id=lesson, revision=revision, day=clock.today() - timedelta(days=3), day_try=1, seed=1, submitted_at=clock.now(),
        score=4, max_score=5, passed=True,
    ))


def test_a_whole_course_stands_on_one_page_unless_it_is_locked(people, visit):
    site = visit(people.bob)
    page = site.get(site.get(COURSE).link("All lessons on one page, to print"))
    assert [h.words for h in page.all(".//article//h2")][:2] == ["1. Initiation", "2. Planning"]
    assert "Milestones somebody else could check" in [h.words for h in page.all(".//article//h3")]
    names = [table.get("aria-label") for table in page.all(".//article//div[@role='region']")]
    assert len(names) == len(set(names)) > 3
    assert site.get(f"{COURSE}as-one-page/").status == 200
    locked = site.get("/courses/setting-up-a-pmo/as-one-page/")
    assert "First complete PMO foundations" in locked.words
    assert locked.all(".//article//h2") == []
    assert site.get("/courses/no-such-course/as-one-page/").status == 404


def test_the_time_left_shrinks_and_a_revision_since_is_told(app, people, visit):
    site = visit(people.bob)
    before = site.get(COURSE).words
    assert "About 1 h 34 min of reading and checks left; exercises come on top." in before
    assert "About 20 min of reading and checks left" in site.get(f"{COURSE}planning/").words
    with app.extensions["database"].transaction() as session:
        passed(session, people.bob, "C05-1", 0)
        passed(session, people.bob, "C05-2", 1)
    after = site.get(COURSE)
    assert "About 56 min" in after.words
    assert after.words.count("Changed since you finished.") == 1
    lesson = site.get(f"{COURSE}initiation/")
    assert "The course was revised since you finished this lesson: revision 0 then, 1 now." in lesson.words
    assert "left; exercises" not in lesson.words
    assert "revised since" not in site.get(f"{COURSE}planning/").words


def test_single_keys_are_on_until_somebody_turns_them_off(app, people, visit):
    site = visit(people.bob)
    assert site.get("/").find("body").get("data-module") == "keys"
    site.get("/settings/").submit({"uses_keys": None, "name": "Bob"}, has="uses_keys")
    with app.extensions["database"].reading() as session:
        assert not session.get(Person, people.bob.id).uses_keys
    assert site.get("/").find("body").element.get("data-module") is None
    assert site.get(COURSE).find("body").element.get("data-module") is None
