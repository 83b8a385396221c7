"""Faults of the newer kinds of question, by file and line."""

import pytest

from courses.reading import read_quiz
from tests.courses.kinds import RICH_YAML

LINES = {line: number for number, line in enumerate(RICH_YAML.splitlines(), 1)}


def line_of(start: str) -> int:
    return next(number for line, number in LINES.items() if line.strip().startswith(start))


@pytest.mark.parametrize(
    ("old", "new", "start", "fault"),
    [
        ("credit: each", "credit: some", "credit", "`credit` must be one of"),
        ("credit: each", "credit: weights", "- {id: a, text: Purpose", "m: a correct option has a weight above 0"),
        ("text: Purpose, correct", "weight: 5, text: Purpose, correct", "- {id: a, text: Purpose", "m: a weight needs `credit: weights`"),
        ("  credit: each\n", "  credit: each\n  general: ''\n", "credit", None),
        ("tolerance: 2\n", "tolerance: -2\n", "tolerance: 2", "`tolerance` must be at least 0"),
        ("answer: 12.5", "answer: 0", "tolerance_in: percent", "u: per cent of 0 is nothing"),
        ("answer: 25,", "answer: 12.6,", "- {answer: 25", "u: this number is within the tolerance of the answer"),
        ("factor: 0.125", "factor: 0", "- {name: hours", "`factor` must be more than 0"),
        ("name: hours", "name: days", "- {name: hours", "u: the unit days stands twice"),
        ("  unit: days\n", "", None, "u: where a unit is chosen, `unit` names the one of the answer"),
        ("  - baseline\n", "", None, "s: at least one form must bring the whole mark"),
        ("  - baseline\n", "  - '**'\n", "- baseline", "s: a form of stars alone takes every answer"),
        ("ignore: [case, space, accents]", "ignore: [dots]", "ignore", "entry 1 of `ignore` must be one of"),
        ("[[i]], so", "i, so", "- {id: i", "c: [[i]] must stand in the text once, not 0 times"),
        ("[[n]].", "[[n]] and [[n]].", "- {id: n", "c: [[n]] must stand in the text once, not 2 times"),
        ("[[n]].", "[[n]] and [[x]].", "text: The CPI", "c: there is no gap x"),
        ("text: over, correct: true", "text: over", None, "c: gap w: exactly one option must be correct, here 0 are"),
        ("pick: 2", "pick: 4", "pick", "ev: it has 3 questions to pick from"),
        ("id: f2", "id: f1", "- {id: f2", "two questions have the id f1"),
        ("id: f2", "id: m", "- {id: f2", "two questions have the id m"),
        ("pass_mark: 4", "pass_mark: 7", "pass_mark", "`pass_mark` must be 1 to 6, the number of questions"),
        ("pass_mark: 4", "pass_mark: 4\nremember: [m, gone]", None, "`remember` names gone, which is no question of this check"),
        ("pass_mark: 4", "pass_mark: 4\nremember: [m, m]", None, "`remember` names m twice"),
        ("pass_mark: 4", "pass_mark: 4\nbehaviour: lax", None, "`behaviour` must be one of"),
        ("BAC: {from: 150000,", "BAC: {from: 950000,", "BAC: {from", "f1: BAC: `to` must not be below `from`"),
        ("step: 10000}", "step: 0}", "BAC: {from", "`step` must be more than 0"),
        ("step: 10000}", "step: 0.01}", "BAC: {from", "f1: BAC: at most 1000000 steps fit in a range"),
        ("      AC: {", "      A-C: {", "AC: {", "`A-C` must be named by letters"),
        ('"AC > EV"', '"AC < EV - 999999"', "constraints", "f1: fewer than 1 draw in 20 meets the constraints"),
        ('"AC > EV"', '"AC + EV"', "constraints", "f1: a condition compares two sides"),
        ("answer: BAC / (EV / AC)", "answer: BAC / CPI", "answer: BAC", "f1: there is no parameter CPI"),
        ("answer: BAC / (EV / AC)", "answer: BAC.real", "answer: BAC", "f1: Attribute is not used in expressions"),
        ("answer: BAC / (EV / AC)", "answer: EV / (AC - AC)", "answer: BAC", "f1: this divides by zero"),
        ("    tolerance: 0.5\n    tolerance_in: percent\n", "    tolerance: 0\n", "tolerance: 0.5", "f1: the answer does not always come out even"),
        ("CPI {EV / AC : 4};", "CPI {EV / XX : 4};", "feedback: {right: \"CPI", "f1: there is no parameter XX"),
        ("CPI {EV / AC : 4};", "CPI {EV / AC : 4;", "feedback: {right: \"CPI", "f1: a brace that stands alone"),
        ("AC + (BAC - EV), share", "BAC * AC / EV + 1, share", "- {answer: AC + (", "f1: this result can be within"),
    ],
)  # fmt: skip
def test_a_fault_of_a_newer_kind_has_its_line(old: str, new: str, start: str | None, fault: str | None) -> None:
    changed = RICH_YAML.replace(old, new, 1)
    assert changed != RICH_YAML
    read = read_quiz(changed, "q.yaml")
    assert read.quiz is None
    found = [str(one) for one in read.faults]
    words = fault or "`general` must not be empty"
    assert any(words in one for one in found), found
    if start and fault:
        assert any(one.startswith(f"q.yaml:{line_of(start)}: ") for one in found), found


def test_a_weighted_single_choice_takes_a_part_for_a_wrong_option_only() -> None:
    single = """\
pass_mark: 1
questions:
- id: q1
  type: single
  text: Which?
  options:
  - {id: a, text: This, correct: true, feedback: Yes.}
  - {id: b, text: That, weight: 50, feedback: Nearly.}
"""
    assert read_quiz(single, "q.yaml").faults == ()
    for old, new in (("weight: 50", "weight: 100"), ("weight: 50", "weight: -5"), ("correct: true", "correct: true, weight: 100")):
        found = [str(one) for one in read_quiz(single.replace(old, new), "q.yaml").faults]
        assert len(found) == 1
        assert "only a wrong option has a weight, from 0 to below 100" in found[0]
