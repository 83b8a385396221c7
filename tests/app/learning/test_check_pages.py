"""The pages of a check with every kind of question, rendered without a database: valid, labelled, and without the key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import render_template

from app.content import library
from app.learning.queries.asked import SURE, asked
from app.learning.queries.checks import AttemptPage, ResultPage
from app.learning.queries.review import reviewed
from app.ui.forms import PlainForm
from courses.quiz import presented
from tests.courses.kinds import rich_quiz
from tests.support.page import faults, tree

RICH = rich_quiz()
SEED = 3
SHOWN = presented(RICH, SEED)
ANSWERS = {"m": ["a"], "u": {"number": 228571.43, "unit": "hours"}, "s": "base line", "c": {"i": 0.88, "w": "o"}, "f1": 385493.0}


@pytest.fixture
def lesson():
    """A lesson of the shipped content that asks every kind."""
    return replace(library().catalogue.lesson("C05-2"), quiz=RICH)


def rendered(app, name, **given):
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        text = render_template(f"learning/{name}.html", **given)
    root = tree(text)
    assert faults(app, root, text) == []
    return text, root


def test_every_kind_has_labelled_fields_that_show_what_was_answered(assembled, lesson):
    questions = tuple(asked(n, question, ANSWERS.get(question.id)) for n, question in enumerate(SHOWN.questions, 1))
    course = library().catalogue.course("C05")
    page = AttemptPage(course, lesson, "/courses/project-life-cycle/planning/", 1, "Try 1 of 2 today.", questions, 5, 6, 4, SURE, may_insist=False)
    with assembled.test_request_context("/", base_url="http://127.0.0.1"):
        form = PlainForm()
    text, root = rendered(assembled, "check_questions", page=page, form=form, where=[])
    fields = {field.get("name"): field for field in root.iter() if field.tag in ("input", "select")}
    assert {"m", "u", "u~unit", "s", "c.i", "c.w", "c.n", "f1", "f3", "m~sure", "f3~sure"} <= set(fields)
    assert [fields[name].get("value") for name in ("u", "s", "c.i", "c.n", "f1")] == ["228571.43", "base line", "0.88", "", "385493"]
    assert [option.get("value") for option in fields["u~unit"] if option.get("selected") is not None] == ["hours"]
    assert [option.get("value") for option in fields["c.w"] if option.get("selected") is not None] == ["o"]
    for secret in ("0.125", "baseline", "actual cost", "Two testers", "It changes by decision alone", "71,000 / 119,000"):
        assert secret not in text


@pytest.mark.parametrize("shows_key", [False, True])
def test_the_result_says_what_each_part_was_worth(assembled, lesson, shows_key):
    quiz = replace(RICH, asks_certainty=True)
    sure = {name: {"answer": answer, "certainty": 3} for name, answer in ANSWERS.items()} | {"f3": {"answer": True, "certainty": 3}}
    questions, told = reviewed(quiz, SHOWN.questions, sure, SEED, shows_key)
    page = ResultPage(
        library().catalogue.course("C05"), lesson, "/courses/project-life-cycle/planning/", "2.75", 6, False, 4, shows_key, True, questions, told,
        "You have one more try today.", True, "", "", "",
    )
    text, _ = rendered(assembled, "check_result", page=page)
    for words in ("2.75 of 6 right", "Partly right: 0.75 of 1", "Partly right: 0.5 of 1", "1. 0.88", "228571.43 hours", "Very sure", "very sure, and not right"):
        assert words in text
    for secret in ("It changes by decision alone.", "actual cost", "12.5 days", "Share it between two."):
        assert (secret in text) is shows_key
