"""Practice: single answers are checked on the way, with a hint, and given again for a third less."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models import AttemptAnswer, QuizAttempt
from courses.behaviour import PRACTICE
from courses.questions import SingleChoice
from tests.app.learning.test_checks import CHECK, LESSON, begin, rows, secrets_of
from tests.support.content import changed_course
from tests.support.sheets import fields, lesson
from tests.support.statements import counted

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
HINTS = ("hint-one: who answers for it?", "hint-two: not the one who writes it.")


def drill(course):
    """The check of planning as practice, with two hints at each question."""
    def eased(quiz):
        return replace(quiz, behaviour=PRACTICE, questions=tuple(replace(one, hints=HINTS) for one in quiz.questions))

    return replace(course, lessons=tuple(replace(one, quiz=eased(one.quiz)) if one.id == LESSON else one for one in course.lessons))


@pytest.fixture(autouse=True)
def practice():
    with changed_course("C05", drill) as course:
        yield course


@pytest.fixture
def single():
    return next(question for question in lesson(LESSON).quiz.questions if isinstance(question, SingleChoice))


def options(question):
    """Its right option and two wrong ones."""
    wrong = [option.id for option in question.options if not option.correct]
    return next(option.id for option in question.options if option.correct), wrong[0], wrong[1]


def tries(app, name):
    return next((row.tried for row in rows(app, AttemptAnswer) if row.question_id == name), None)


def test_a_wrong_answer_gets_a_hint_and_the_next_one_earns_less(app, people, visit, single):
    site = visit(people.bob)
    assert "up to three answers to a question, each further one for a third less of its mark" in site.get(CHECK).words
    path, (right, wrong, other) = begin(site), options(single)
    assert HINTS[0] not in site.get(path).text
    answer = site.get(path).submit({single.id: wrong, "check": single.id})
    assert answer.location == f"{path}#{single.id}"
    page = site.get(path)
    assert "Not right yet. Another answer can still earn two thirds of the mark." in page.words
    assert f"Hint: {HINTS[0]}" in page.words
    assert HINTS[1] not in page.text
    assert not [secret for secret in secrets_of(single) if secret in page.text]
    assert site.get(path).submit({"check": single.id}).status == 303
    assert tries(app, single.id) == [wrong]
    site.post(path, {single.id: other, "check": single.id})
    assert HINTS[1] in site.get(path).text
    site.post(path, {single.id: right, "check": single.id})
    assert "Right. It earns one third of the mark." in site.get(path).words
    site.post(path, {single.id: right, "check": single.id})
    result = site.get(path).submit(fields(LESSON), follow=True)
    assert "4.33 of 5 right" in result.words
    assert "Right, for 0.33 of 1" in result.words
    assert [round(row.mark, 2) for row in rows(app, AttemptAnswer)] == [0.33, 1, 1, 1, 1]
    assert rows(app, QuizAttempt)[0].passed is True


def test_the_tries_of_a_question_end_and_emptying_it_brings_none_back(app, people, visit, single):
    site = visit(people.bob)
    path, (right, wrong, other) = begin(site), options(single)
    for given in (wrong, other, wrong, right):
        site.post(path, {single.id: given, "check": single.id})
    assert tries(app, single.id) == [wrong, other, wrong]
    page = site.get(path)
    assert f"Check answer {1 + [one.id for one in lesson(LESSON).quiz.questions].index(single.id)}" not in page.words
    site.post(path + "save", {"question": single.id})
    assert tries(app, single.id) == [wrong, other, wrong]
    result = site.get(path).submit(fields(LESSON), follow=True)
    assert "4 of 5 right" in result.words
    assert "Right, for 0 of 1" in result.words


def test_a_check_asks_for_the_answer_first_and_only_for_that_one(people, visit, single):
    site = visit(people.bob)
    path = begin(site)
    page = site.post(path, {"check": single.id})
    assert page.status == 422
    assert [item.words for item in page.all(".//div[@role='alert']//li")] == [f"Answer question {1 + [one.id for one in lesson(LESSON).quiz.questions].index(single.id)}, then check it"]
    assert site.post(path, {"check": "q99"}).status == 404
    assert site.post(path, {single.id: options(single)[1], "go": "stay"}).location == path


def test_an_exam_shows_no_hint_and_checks_nothing_on_the_way(app, people, visit, single):
    with changed_course("C05", lambda course: replace(course, lessons=tuple(replace(one, quiz=replace(one.quiz, behaviour=lesson("C05-1").quiz.behaviour)) for one in course.lessons))):
        site = visit(people.bob)
        path = begin(site)
        assert site.post(path, {single.id: options(single)[1], "check": single.id}).status == 409
        assert rows(app, AttemptAnswer) == []
        page = site.get(path)
        assert "hint-" not in page.text
        assert "Check answer" not in page.words


def test_what_is_told_on_the_way_costs_no_statement(app, people, visit, single):
    site = visit(people.bob)
    path = begin(site)
    seen = []
    for given in (None, *options(single)[1:]):
        if given:
            site.post(path, {single.id: given, "check": single.id})
        with counted(app) as statements:
            site.get(path)
        seen.append(len(statements))
    assert seen == [2, 2, 2]
