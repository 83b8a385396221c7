"""A check with a time limit: the server keeps the clock, whatever browsers do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from app.learning.actions.time_over import hand_in_over
from app.models import AttemptAnswer, CourseTry, Event, ExtraTime, IssuedCertificate, QuizAttempt
from tests.app.learning.test_checks import CHECK, LESSON, begin, rows
from tests.app.learning.test_course_check import START, sheet
from tests.support.content import changed_course
from tests.support.sheets import fields
from tests.support.statements import counted

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def timed():
    """Twenty minutes for the check of planning, thirty for the one over the course."""

    def limit(course):
        lessons = tuple(replace(one, quiz=replace(one.quiz, minutes=20)) if one.id == LESSON else one for one in course.lessons)
        return replace(course, lessons=lessons, check=replace(course.check, minutes=30))

    with changed_course("C05", limit) as course:
        yield course


@pytest.fixture
def hands():
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def give(app, people, percent):
    with app.extensions["database"].transaction() as session:
        session.add(ExtraTime(person_id=people.bob.id, percent=percent, given_by_id=people.petra.id))


def tried(app, record=QuizAttempt):
    return rows(app, record)[0]


@LITE
def test_the_end_is_fixed_at_the_start_and_stands_on_the_page(app, people, visit, hands):
    site = visit(people.bob)
    assert "20 minutes. The server counts them, also while the page is closed" in site.get(CHECK).words
    path = begin(site)
    hands.shift(timedelta(minutes=5))
    page = site.get(path)
    assert "Time ends at 12:20" in page.words
    assert page.find(".//p[@data-module='countdown']").get("data-left") == "900"
    assert site.post(CHECK).location == path
    give(app, people, 100)
    assert tried(app).ends_at == NOON + timedelta(minutes=20)
    assert site.get(path).submit(fields(LESSON), follow=True).h1 == "Passed: Planning"
    assert tried(app).by_clock is False


@LITE
def test_what_was_saved_counts_and_nothing_that_comes_later(app, people, visit, hands):
    site = visit(people.bob)
    path = begin(site)
    token = site.token()
    right = fields(LESSON)
    site.post(path + "save", {name: value for name, value in right.items() if name.startswith("q1")} | {"question": "q1"})
    hands.shift(timedelta(minutes=20, seconds=21))
    over = site.get(path)
    assert over.h1 == "The time is over: Planning"
    assert "1 of 5 answers" in over.words
    assert right["q1"] not in [field.get("value") for field in over.all(".//input")]
    late = site.post(path, right | {"csrf_token": token})
    assert late.location == path
    result = site.get(path)
    assert result.h1 == "Not passed yet: Planning"
    assert "Handed in by the clock on 23 November 2026, 12:20. What was saved by then counts." in result.words
    assert [(row.score, row.by_clock, row.submitted_at) for row in rows(app, QuizAttempt)] == [(1, True, NOON + timedelta(minutes=20))]
    assert [answer.question_id for answer in rows(app, AttemptAnswer)] == ["q1"]
    assert site.post(path, right).status == 303
    assert tried(app).score == 1


@LITE
def test_a_page_on_its_way_at_the_end_is_taken_as_it_is(app, people, visit, hands):
    site = visit(people.bob)
    path = begin(site)
    sent = {name: value for name, value in fields(LESSON).items() if not name.startswith("q5")}
    hands.shift(timedelta(minutes=20, seconds=10))
    assert site.post(path + "save", {"q1": sent["q1"], "question": "q1"}).text.startswith('{"said":"Saved ')
    assert site.get(path).find(".//p[@data-module='countdown']").get("data-left") == "0"
    assert site.post(path, sent).location == path
    assert (tried(app).score, tried(app).by_clock) == (4, True)


@LITE
def test_a_script_that_saves_too_late_is_told_and_so_is_the_button_to_go_on_later(app, people, visit, hands):
    site = visit(people.bob)
    path = begin(site)
    hands.shift(timedelta(hours=3))
    told = site.post(path + "save", fields(LESSON) | {"question": "q1"})
    assert '"over":true' in told.text
    assert site.post(path + "save", fields(LESSON) | {"question": "q1"}).status == 409
    second = begin(site)
    hands.shift(timedelta(hours=3))
    assert site.post(second, fields(LESSON) | {"go": "save"}).location == second
    assert [(row.score, row.by_clock) for row in rows(app, QuizAttempt)] == [(0, True)] * 2
    assert site.post(CHECK).status == 409


def test_the_worker_hands_in_what_nobody_looks_at(app, people, visit, hands):
    site = visit(people.bob)
    path = begin(site)
    site.post(path, fields(LESSON) | {"go": "save"})
    whole = site.post(START).location
    site.post(whole, sheet(app, whole) | {"go": "save"})
    hands.shift(timedelta(minutes=20, seconds=19))
    assert hand_in_over(app.extensions["database"]) is False
    hands.shift(timedelta(days=2))
    assert [hand_in_over(app.extensions["database"]) for _ in range(3)] == [True, True, False]
    assert (tried(app).score, tried(app).passed, tried(app).submitted_at) == (5, True, NOON + timedelta(minutes=20))
    over_all = tried(app, CourseTry)
    assert (over_all.score, over_all.passed, over_all.by_clock, over_all.day) == (15, True, True, NOON.date())
    assert len(rows(app, IssuedCertificate)) == 1
    assert "Handed in by the clock on 23 November 2026, 12:30" in visit(people.bob).get(whole).words
    assert {event.person_id for event in rows(app, Event)} == {people.bob.id}


@LITE
def test_a_try_of_an_earlier_revision_is_left_alone(app, people, visit, hands, timed):
    path = begin(visit(people.bob))
    hands.shift(timedelta(days=1))
    with changed_course("C05", lambda course: replace(course, revision=course.revision + 1)):
        assert hand_in_over(app.extensions["database"]) is False
        assert visit(people.bob).get(path).submit({}).status == 409
    assert tried(app).submitted_at is None


@LITE
def test_a_try_over_midnight_stays_on_the_day_it_was_begun(app, people, visit):
    with time_machine.travel(NOON.replace(hour=23, minute=55), tick=False) as hands:
        site = visit(people.bob)
        path = begin(site)
        hands.shift(timedelta(minutes=10))
        site.post(path, fields(LESSON, wrong=5))
        assert tried(app).day == NOON.date()


@LITE
@pytest.mark.parametrize(("percent", "minutes", "words"), [
    (50, 30, "30 minutes, 20 and your 50 % of extra time"), (None, None, "No limit for you, where others have 20 minutes"), (0, 20, "20 minutes. The server"),
])
def test_extra_time_counts_for_both_kinds_of_check(app, people, visit, hands, percent, minutes, words):
    give(app, people, 25)
    give(app, people, percent)
    site = visit(people.bob)
    for start in (CHECK, START):
        page = site.get(start)
        assert (f"/people/{people.bob.id}/extra-time/" in page.text) is (percent != 0)
        site.post(start)
    assert words in site.get(CHECK).words
    assert tried(app).ends_at == (NOON + timedelta(minutes=minutes) if minutes else None)
    assert tried(app, CourseTry).ends_at == (NOON + timedelta(minutes=minutes * 3 // 2) if minutes else None)


@LITE
def test_a_pmo_lead_gives_time_and_only_the_person_reads_it_too(app, people, visit):
    place = f"/people/{people.bob.id}/extra-time/"
    lead = visit(people.petra)
    page = lead.get(lead.get(f"/people/{people.bob.id}/").link("Extra time"))
    stale = page.submit({"share": "100"})
    assert stale.location == place
    assert page.submit({"share": "25", "form_key": "another"}).status == 409
    assert lead.get(place).submit({"share": "none"}).status == 303
    assert lead.get(place).submit({"share": "none"}).status == 303
    assert lead.get(place).submit({"share": "7"}).status == 422
    own = visit(people.bob).get(place)
    assert "No limit. A PMO lead can change it" in own.words
    assert [item.words.partition(",")[0] for item in own.all(".//main//section//li")] == ["No limit", "100 % more"]
    assert visit(people.bob).post(place, {"share": "100", "newest": "2"}).status == 403
    for other in (people.alice, people.charlie, people.adam):
        assert visit(other).get(place).status == 404
        assert visit(other).post(place, {"share": "100", "newest": "2"}).status == 404
    with app.extensions["database"].reading() as session:
        told = session.scalars(select(Event).where(Event.subject_id == people.bob.id)).all()
    assert [(event.person_id, event.detail) for event in told] == [(people.petra.id, {})] * 2
    assert '"percent": null' in visit(people.bob).post("/settings/download").text


@LITE
def test_a_limit_costs_one_statement_before_the_start_and_none_after(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    seen = []
    for address in (CHECK, path):
        with counted(app) as statements:
            site.get(address)
        seen.append(len(statements))
    assert seen == [3, 2]
