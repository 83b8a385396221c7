"""Part marks, units, short answers, gaps, random numbers, banks and certainty: how each is marked and shown."""

import json
from dataclasses import asdict, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.__main__ import main
from courses.behaviour import EXAM, PRACTICE
from courses.certainty import certainty_result, points
from courses.errors import AnswerRefused, ExpressionRefused
from courses.formulas import as_numeric, drawn_values, filled
from courses.guessing import guess_share
from courses.questions import (
    Credit,
    Form,
    Formula,
    MultipleChoice,
    Numeric,
    Question,
    ShortAnswer,
    right_answer,
)
from courses.quiz import Quiz, drawn, mark, may_try, presented, sheet_faults
from courses.wording import fits
from tests.courses.kinds import RICH_YAML, rich_quiz
from tests.courses.values import MATCHING, MONDAY, MULTIPLE, ORDERING, QUIZ, RIGHT, SINGLE, TRUE_FALSE, failed

RICH = rich_quiz()
BY_ID = {question.id: question for question in RICH.questions}
SEED = 3


def marked(question: Question, answer: object) -> tuple[float, str]:
    found = mark(Quiz((question,), 1), {question.id: answer}).questions[0]
    return found.mark, found.feedback


@pytest.mark.parametrize(
    ("credit", "chosen", "share"),
    [
        ("all", "ac", 1), ("all", "a", 0), ("all", "abc", 0),
        ("each", "ac", 1), ("each", "a", 0.75), ("each", "ab", 0.5), ("each", "bd", 0),
        ("no-wrong", "a", 0.5), ("no-wrong", "ab", 0), ("no-wrong", "ac", 1),
        ("minus-wrong", "acb", 0.5), ("minus-wrong", "ab", 0), ("minus-wrong", "bd", 0),
        ("weights", "ac", 1), ("weights", "a", 0.333333), ("weights", "ab", 0), ("weights", "acb", 0.5),
    ],
)  # fmt: skip
def test_what_part_of_a_multiple_choice_is_worth(credit: Credit, chosen: str, share: float) -> None:
    question = BY_ID["m"]
    assert isinstance(question, MultipleChoice)
    weights = {"a": Decimal("33.33333"), "b": Decimal(-50), "c": Decimal("66.66667"), "d": None}
    options = tuple(replace(option, weight=weights[option.id]) for option in question.options)
    assert marked(replace(question, credit=credit, options=options), list(chosen))[0] == share


def test_a_matching_may_give_a_part_for_each_row() -> None:
    assert marked(replace(MATCHING, credit="each"), {"x": "1", "y": "1"})[0] == 0.5
    assert marked(MATCHING, {"x": "1", "y": "1"})[0] == 0


@pytest.mark.parametrize(
    ("number", "unit", "share", "words"),
    [
        (12.5, "days", 1, "Two testers share it."),
        (12.75, "days", 1, "Two testers share it."),
        (12.751, "days", 0, "Share it between two."),
        (100, "hours", 1, "Two testers share it."),
        (12.5, "hours", 0, "The number fits, the unit does not. Share it between two."),
        (12.5, "euro", 0, "The number fits, the unit does not. Share it between two."),
        (25, "days", 0.5, "You left out the second tester."),
        (200, "hours", 0.5, "You left out the second tester."),
        (50, "days", 0, "That is the whole team."),
    ],
)
def test_a_number_has_a_unit_and_known_mistakes(number: float, unit: str, share: float, words: str) -> None:
    assert marked(BY_ID["u"], {"number": number, "unit": unit}) == (share, words)


@pytest.mark.parametrize(
    ("typed", "form", "folds", "fit"),
    [
        ("  Earned   Value ", "earned value", ("case", "space"), True),
        ("Earned Value", "earned value", ("space",), False),
        ("earned  value", "earned value", ("case",), False),
        ("resume", "résumé", ("accents",), True),
        ("resume", "résumé", ("case",), False),
        ("résumé", "re\u0301sume\u0301", (), True),
        ("STRASSE", "straße", ("case",), True),
        ("the earned value of it", "*earned*value*", (), True),
        ("value earned", "*earned*value*", (), False),
        ("ab", "ab*b", (), False),
        ("2 * 3", "2 \\* 3", (), True),
        ("2 x 3", "2 \\* 3", (), False),
        ("a" * 200, "*a*a*a*a*a*a*a*a*b", (), False),
    ],
)
def test_which_words_fit_a_form(typed: str, form: str, folds: tuple[str, ...], fit: bool) -> None:
    assert fits(typed, form, folds) is fit


def test_a_short_answer_takes_the_first_form_that_fits() -> None:
    assert marked(BY_ID["s"], " BASELINE") == (1, "Yes.")
    assert marked(BY_ID["s"], "base  lines") == (0.5, "One word.")
    assert marked(BY_ID["s"], "resume *") == (0, "No.")
    assert marked(BY_ID["s"], "plan") == (0, "It starts with b.")
    assert mark(RICH, {"s": "x"}, SEED).question("s").general == "It changes by decision alone."


def test_each_gap_brings_its_part() -> None:
    assert marked(BY_ID["c"], {"i": 0.88, "w": "o", "n": "AC"}) == (1, "84 / 96. Below 1 is dear. Yes.")
    assert marked(BY_ID["c"], {"i": 0.875, "w": "u", "n": "EV"})[0] == 0.5
    assert marked(BY_ID["c"], {"w": "o"}) == (0.25, "Below 1 is dear. You filled 1 of 3 gaps.")


def test_what_is_shown_of_the_newer_kinds_has_no_key() -> None:
    quiz = presented(RICH, SEED)
    page = str(asdict(quiz))
    for secret in ("12.5", "0.125", "baseline", "0.875", "actual cost", "Two testers", "share", "feedback", "correct"):
        assert secret not in page
    unit, cloze = quiz.questions[1], quiz.questions[3]
    assert (unit.unit, unit.units) == (None, ("days", "euro", "hours"))
    assert cloze.text == "The CPI is (1), so the project is (2) budget; the money spent is called (3)."
    assert [(gap.id, gap.kind) for gap in cloze.gaps] == [("i", "numeric"), ("w", "single"), ("n", "short")]


def test_the_key_of_the_newer_kinds_in_words() -> None:
    keys = {question.id: right_answer(question) for question in drawn(RICH, SEED).questions}
    assert keys["u"] == ("12.5 days",)
    assert keys["s"] == ("baseline",)
    assert keys["c"] == ("1. 0.875", "2. over", "3. actual cost")
    assert keys["f1"] == ("385493 pounds",)
    starred = ShortAnswer("s", "?", (Form("*base*"), Form("a \\* b")), "Y", "N")
    assert right_answer(starred) == ("a * b",)


def test_a_seed_gives_its_numbers_and_its_worked_feedback() -> None:
    formula = BY_ID["f1"]
    assert isinstance(formula, Formula)
    assert drawn_values(formula, SEED) == {"BAC": 230000, "EV": 71000, "AC": 119000}
    question = as_numeric(formula, SEED)
    assert question.text == "BAC is 230,000, EV 71,000 and AC 119,000. What is the EAC if efficiency goes on?"
    assert question.right == "CPI 0.5966; 230,000 / 0.5966 = 385,493."
    assert marked(question, 385493)[0] == marked(question, 387000)[0] == 1
    assert marked(question, 388000)[0] == 0
    assert marked(question, 278000) == (0.5, "You took the variance -48,000 for a one-off: 278,000.")


@given(some.integers() | some.text(max_size=8))
@settings(max_examples=60, deadline=None)
def test_whatever_the_seed_the_constraints_hold_and_the_attempt_is_the_same_again(seed: int | str) -> None:
    quiz = drawn(RICH, seed)
    assert quiz == drawn(rich_quiz(), seed)
    assert len(quiz.questions) == quiz.max == RICH.max == 6
    formula = BY_ID["f1"]
    assert isinstance(formula, Formula)
    values = drawn_values(formula, seed)
    assert values["AC"] > values["EV"]
    assert values["EV"] < values["BAC"] / 2
    asked = {question.id: question for question in quiz.questions}
    if "f1" in asked:
        number = asked["f1"]
        assert isinstance(number, Numeric)
        assert mark(RICH, {"f1": number.answer}, seed).question("f1").mark == 1


def test_every_question_of_a_bank_is_picked_by_some_seed() -> None:
    picks = {tuple(question.id for question in drawn(RICH, seed).questions[4:]) for seed in range(40)}
    assert picks == {("f1", "f2"), ("f1", "f3"), ("f2", "f3")}


def test_a_question_that_was_not_picked_cannot_be_answered() -> None:
    seed = next(seed for seed in range(40) if "f2" not in {one.id for one in drawn(RICH, seed).questions})
    assert [str(fault) for fault in sheet_faults(RICH, {"f2": True}, seed)] == ["f2: this check has no such question"]


def test_braces_in_a_text() -> None:
    values = {"AC": Decimal(96000), "CPI": Decimal("0.875"), "low": Decimal("-0.004")}
    assert filled("{{x}} {AC} {CPI} {CPI:1} {-AC / 7 : 2} {low : 2}", values) == "{x} 96,000 0.875 0.9 -13,714.29 0.00"
    for broken in ("{AC", "AC}", "{}", "{AC : 99}", "{AC!r}"):
        with pytest.raises(ExpressionRefused):
            filled(broken, values)


@pytest.mark.parametrize(
    ("question", "answer", "words"),
    [
        ("u", 12.5, "u: takes a number and a unit, not a number"),
        ("u", {"number": 1}, "u: takes a unit beside the number"),
        ("u", {"unit": "days"}, "u: takes a number beside the unit"),
        ("u", {"number": "1", "unit": "days"}, "u: takes a number, not a text"),
        ("u", {"number": 1, "unit": "weeks"}, "u: has no option 'weeks'"),
        ("u", {"number": 1, "unit": "days", "x": 1}, "u: takes `number` and `unit`, not 'x'"),
        ("s", 1, "s: takes a text, not a number"),
        ("s", "x" * 201, "s: takes at most 200 characters"),
        ("c", "over", "c: takes an answer for each gap, not a text"),
        ("c", {"z": "1"}, "c: has no option 'z'"),
        ("c", {"i": "1"}, "c: gap i: takes a number, not a text"),
        ("c", {"w": "z"}, "c: gap w: has no option 'z'"),
        ("c", {"w": ["o", "u"]}, "c: gap w: takes one option, 2 were given"),
    ],
)
def test_answers_that_do_not_fit_the_newer_kinds(question: str, answer: object, words: str) -> None:
    with pytest.raises(AnswerRefused) as refused:
        mark(RICH, {question: answer}, SEED)
    assert str(refused.value) == words


def test_certainty_is_told_beside_the_marks_and_never_changes_them() -> None:
    quiz = replace(QUIZ, asks_certainty=True)
    sure = {name: {"answer": answer, "certainty": 3} for name, answer in RIGHT.items()}
    sure["q1"] = {"answer": "b", "certainty": 3}
    sure["q3"] = {"answer": True, "certainty": 1}
    found = mark(quiz, sure | {"q5": ["c", "a", "b"]})
    assert (found.score, found.passed) == (4, False)
    assert found.certainty is not None
    assert (found.certainty.points, found.certainty.most) == (4.0, 18)
    assert found.certainty.surely_wrong == ("q1",)
    assert found.question("q5").certainty == 1
    assert mark(QUIZ, RIGHT).certainty is None
    for wrong in (4, 0, "3", True, None, [3]):
        with pytest.raises(AnswerRefused, match="a certainty of 1, 2 or 3"):
            mark(quiz, {"q1": {"answer": "a", "certainty": wrong}})


def test_worked_points_of_certainty() -> None:
    assert [points(Fraction(1), sure) for sure in (1, 2, 3)] == [1, 2, 3]
    assert [points(Fraction(0), sure) for sure in (1, 2, 3)] == [0, -2, -6]
    assert points(Fraction(1, 2), 3) == Fraction(-3, 2)
    one = Fraction(1)
    told = certainty_result([("a", one, 3), ("b", one, 3), ("c", one, 3), ("d", Fraction(0), 1)])
    assert (told.points, told.most, told.bonus) == (9.0, 12, 0.125)
    assert certainty_result([]).points == 0


def test_practice_has_no_limit_and_shows_the_key_and_an_exam_holds_it_back() -> None:
    tired = (failed(MONDAY), failed(MONDAY))
    assert may_try(tired, MONDAY, PRACTICE).allowed
    assert may_try(tired, MONDAY, PRACTICE).left is None
    assert not may_try(tired, MONDAY, EXAM).allowed
    assert PRACTICE.shows_key(has_passed=False, may_try=True)
    assert [EXAM.shows_key(passed, left) for passed, left in ((False, True), (False, False), (True, True))] == [
        False,
        True,
        True,
    ]


def test_what_blind_guessing_earns() -> None:
    assert guess_share(SINGLE) == guess_share(TRUE_FALSE) == 0.5
    assert guess_share(MULTIPLE) == pytest.approx(1 / 7)
    assert guess_share(ORDERING) == pytest.approx(1 / 6)
    assert guess_share(MATCHING) == 0.25
    assert guess_share(replace(MATCHING, credit="each")) == 0.5
    assert guess_share(BY_ID["c"]) == 0.125
    assert [guess_share(BY_ID[name]) for name in ("u", "s", "f1")] == [0, 0, 0]


def test_the_command_marks_with_a_seed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "quiz.yaml").write_text("certainty: true\n" + RICH_YAML, encoding="utf-8")
    (tmp_path / "sheet.json").write_text('{"answers": {"f1": 385493, "m": {"answer": ["a"], "certainty": 2}}}')
    assert main(["mark", str(tmp_path / "quiz.yaml"), str(tmp_path / "sheet.json"), "--seed", "3"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["score"], answer["questions"]["m"]["mark"], answer["questions"]["f1"]["mark"]) == (1.75, 0.75, 1)
    assert answer["certainty"]["most"] == 6
    assert answer["questions"]["s"]["general"] == "It changes by decision alone."


scraps = some.recursive(
    some.none() | some.booleans() | some.integers(-9, 99) | some.floats() | some.sampled_from(["a", "o", "days", "AC", ""]),
    lambda inner: (
        some.lists(inner, max_size=3)
        | some.dictionaries(some.sampled_from(["i", "w", "n", "number", "unit", "answer", "certainty"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(some.dictionaries(some.sampled_from(["m", "u", "s", "c", "f1", "f2", "zz"]), scraps), some.integers(0, 9))
@settings(max_examples=150, deadline=None)
def test_any_sheet_is_refused_or_marked_between_none_and_all(sheet: dict[str, object], seed: int) -> None:
    for quiz in (RICH, replace(RICH, asks_certainty=True)):
        if sheet_faults(quiz, sheet, seed):
            continue
        found = mark(quiz, sheet, seed)
        assert 0 <= found.score <= found.max
        assert found.passed is (found.score >= 4)
        assert all(question.feedback for question in found.questions)
