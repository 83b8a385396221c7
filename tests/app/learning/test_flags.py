"""Questions somebody wants to look at again before handing in."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.learning.actions.checks import flags
from app.models import CourseTry, QuizAttempt
from tests.app.learning.test_checks import LESSON, begin
from tests.app.learning.test_course_check import START, sheet
from tests.support.sheets import fields


def kept(app, record):
    with app.extensions["database"].reading() as session:
        return session.scalars(select(record.flagged)).one()


def ticked(page):
    return [field.get("name") for field in page.all(".//fieldset//input[@type='checkbox'][@checked]") if field.get("name").endswith("~again")]


@pytest.mark.parametrize(("before", "sent", "only", "after"), [
    ([], ["q2", "q1"], "", ["q1", "q2"]),
    (["q1", "q4"], ["q2"], "", ["q2"]),
    (["q1", "q4"], ["q2"], "q2", ["q1", "q2", "q4"]),
    (["q1", "q4"], [], "q4", ["q1"]),
])
def test_a_save_of_one_question_leaves_the_flags_of_the_others(before, sent, only, after):
    assert flags(before, sent, only) == after


def test_a_flag_is_kept_stops_the_handing_in_once_and_can_be_passed_over(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    assert site.post(path + "save", {"q2~again": "1", "question": "q2"}).status == 200
    assert kept(app, QuizAttempt) == ["q2"]
    assert ticked(site.get(path)) == ["q2~again"]
    page = site.get(path).submit(fields(LESSON) | {"q2~again": "1", "go": "submit"})
    assert page.status == 422
    assert "Look at question 2 again, as you wanted" in page.words
    assert page.link("Look at question 2 again, as you wanted") == "#q2"
    assert ticked(page) == ["q2~again"]
    assert "Hand in all the same" in page.words
    done = page.submit(fields(LESSON) | {"q2~again": "1", "go": "anyway"}, follow=True)
    assert done.h1 == "Passed: Planning"


def test_a_flag_that_was_taken_away_is_in_nobodys_way(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    site.post(path + "save", {"q2~again": "1", "question": "q2"})
    site.post(path + "save", {"question": "q2"})
    assert kept(app, QuizAttempt) == []
    assert site.post(path, fields(LESSON)).status == 303


def test_an_open_question_cannot_be_passed_over(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    sent = fields(LESSON) | {"q2~again": "1"}
    page = site.get(path).submit({name: None if name.split(".")[0] == "q1" else value for name, value in sent.items()} | {"go": "anyway"})
    assert page.status == 422
    assert "Answer question 1" in page.words
    assert "Look at question 2" not in page.words
    assert "Hand in all the same" not in page.words


def test_leaving_keeps_the_flags_of_a_check_over_a_course(app, people, visit):
    site = visit(people.bob)
    path = site.post(START).location
    answers = sheet(app, path)
    first = site.get(path).find(".//fieldset").get("id")
    assert site.post(path, answers | {f"{first}~again": "1", "go": "save"}).location == START
    assert kept(app, CourseTry) == [first]
    refused = site.post(path, answers | {f"{first}~again": "1", "go": "submit"})
    assert refused.status == 422
    assert "Hand in all the same" in refused.words
    assert site.get(site.post(path, answers | {f"{first}~again": "1", "go": "anyway"}).location).h1 == "Passed: Project life cycle"


def test_a_question_that_is_not_asked_cannot_be_flagged(app, people, visit):
    site = visit(people.bob)
    path = begin(site)
    site.post(path + "save", {"q99~again": "1", "question": "q99"})
    assert kept(app, QuizAttempt) == []
