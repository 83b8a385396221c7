"""What a browser sends for each kind of question, and the marked try as it is shown. No site, no database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from app.learning.forms.checks import given_answers
from app.learning.queries.asked import asked, worded
from app.learning.queries.review import LATER, PARTLY, reviewed
from courses.quiz import presented
from tests.courses.kinds import rich_quiz

RICH = rich_quiz()
SEED = 3
SHOWN = presented(RICH, SEED)
SENT = {"m": "a", "u": "100", "u~unit": "hours", "s": " Baseline ", "c.i": "0,88", "c.w": "o", "c.n": "AC", "f1": "385,493.00", "f3": "false"}
SHEET = {"m": ["a"], "u": {"number": 100.0, "unit": "hours"}, "s": "Baseline", "c": {"i": 0.88, "w": "o", "n": "AC"}, "f1": 385493.0, "f3": False}


def read(**changed: str):
    return given_answers(SHOWN, MultiDict(SENT | changed))


def test_every_kind_is_read_from_its_fields() -> None:
    sheet, faults = read()
    assert (sheet, faults) == (SHEET, [])


def test_fields_left_open_are_missing_from_the_sheet() -> None:
    assert given_answers(SHOWN, MultiDict({"u": " ", "u~unit": "", "s": "\u200b", "c.i": ""})) == ({}, [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12.5", 12.5), ("12,5", 12.5), ("0,875", 0.875), ("228,571.43", 228571.43), ("1,228,571", 1228571), ("-3", -3), ("\u22123", -3), ("228 571", 228571), ("1\u00a0000,5", 1000.5)],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float) -> None:
    assert read(**{"c.i": typed})[0]["c"]["i"] == number


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("c.i", "1,125", "Question 4: gap 1: write 1125 or 1.125: 1,125 can mean both"),
        ("c.i", "1e3", "Question 4: gap 1: enter a number, for example 12.5"),
        ("c.w", "zz", "Question 4: gap 2: choose one of the answers shown"),
        ("s", "x" * 201, "Question 3: Use at most 200 characters; this has 201"),
        ("s", "a\nb", "Question 3: Use one line of plain text, without control characters"),
        ("u~unit", "", "Question 2: choose the unit of your number"),
        ("u~unit", "weeks", "Question 2: choose one of the units shown"),
        ("u", "", "Question 2: enter a number beside the unit"),
    ],
)
def test_what_cannot_be_an_answer_is_named(field: str, value: str, sentence: str) -> None:
    sheet, faults = read(**{field: value})
    assert faults == [(field.split(".")[0].split("~")[0], sentence)]
    assert len(sheet) == 5


def test_certainty_comes_with_each_answer() -> None:
    sure = replace(SHOWN, asks_certainty=True)
    sheet, faults = given_answers(sure, MultiDict(SENT | {"s~sure": "3"}))
    assert faults == []
    assert sheet["s"] == {"answer": "Baseline", "certainty": 3}
    assert sheet["m"] == {"answer": ["a"], "certainty": 1}
    assert given_answers(sure, MultiDict(SENT | {"s~sure": "9"}))[1] == [("s", "Question 3: choose how sure you are from the list")]
    again = asked(3, sure.questions[2], sheet["s"])
    assert (again.words, again.sure) == ("Baseline", 3)


def test_numbers_keep_all_their_digits_on_the_page() -> None:
    assert [worded(number) for number in (228571.43, 12.0, 0.00001, 1e15, "x", None, True)] == ["228571.43", "12", "0.00001", "1000000000000000", "x", "", ""]
    assert asked(2, SHOWN.questions[1], SHEET["u"]).said() == "100 hours"


def test_a_try_is_reviewed_without_the_key_while_it_can_still_be_used() -> None:
    questions, sure = reviewed(RICH, SHOWN.questions, SHEET | {"s": "base line", "c": {"i": 0.88, "w": "u"}, "f1": 1.0}, SEED, shows_key=False)
    m, u, s, c, f1, _ = questions
    assert sure is None
    assert (m.is_right, m.worth, [part.is_mine for part in m.parts]) == (False, "0.75 of 1", [True, False, False, False])
    assert (u.is_right, u.parts[0].text, u.feedback) == (True, "100 hours", "Two testers share it.")
    assert (s.worth, s.parts[0].why, s.feedback, s.general, s.key) == ("0.5 of 1", "One word.", PARTLY, "", ())
    assert [(part.text, part.is_right, part.why) for part in c.parts] == [("1. 0.88", None, ""), ("2. under", None, ""), ("3. no answer", None, "")]
    assert (f1.feedback, f1.key, f1.parts[0].text) == (LATER, (), "1 pounds")


def test_with_the_key_each_gap_says_whether_it_was_right_and_why() -> None:
    questions, _ = reviewed(RICH, SHOWN.questions, SHEET | {"s": "plan", "c": {"i": 0.88, "w": "u", "n": "AC"}, "f1": 1.0}, SEED, shows_key=True)
    _, _, s, c, f1, _ = questions
    assert [(part.is_right, part.why) for part in c.parts] == [(True, "84 / 96."), (False, "Below 1 is dear."), (True, "Yes.")]
    assert c.key == ("1. 0.875", "2. over", "3. actual cost")
    assert (s.key, s.general) == (("baseline",), "It changes by decision alone.")
    assert (f1.key, f1.feedback) == (("385493 pounds",), "CPI is 71,000 / 119,000 = 0.5966.")


def test_an_answer_of_an_older_question_does_not_spoil_the_page() -> None:
    questions, _ = reviewed(RICH, SHOWN.questions, {"s": 12.5, "c": "text", "gone": "a", "m": ["a", "c"]}, SEED, shows_key=True)
    assert [question.is_right for question in questions[:4]] == [True, False, False, False]
    assert questions[2].parts[0].text == "No answer"


def test_certainty_names_what_was_surely_wrong() -> None:
    quiz = replace(RICH, asks_certainty=True)
    answers = {"s": {"answer": "plan", "certainty": 3}, "m": {"answer": ["a", "c"], "certainty": 3}}
    questions, sure = reviewed(quiz, SHOWN.questions, answers, SEED, shows_key=True)
    assert sure is not None
    assert (sure.points, sure.most, sure.surely_wrong) == ("-3", 6, (3,))
    assert [question.sure for question in questions[:3]] == ["Very sure", "", "Very sure"]
