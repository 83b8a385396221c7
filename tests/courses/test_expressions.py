"""Arithmetic of writers: worked exactly, and nothing but arithmetic."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from courses.errors import ExpressionRefused
from courses.expressions import holds, names_in, value_of

NUMBERS = {"BAC": 200000, "EV": 84000, "AC": 96000, "PV": Decimal(100000)}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("EV / AC", Fraction(7, 8)),
        ("BAC / (EV / AC)", Fraction(1600000, 7)),
        ("(BAC - EV) / (BAC - AC)", Fraction(29, 26)),
        ("AC + (BAC - EV) / (EV / AC * EV / PV)", Fraction(96000) + Fraction(116000) / Fraction(147, 200)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("-2 ** 2", Fraction(-4)),
        ("2 ** -2", Fraction(1, 4)),
        ("round(2.5) + round(-2.5) + round(1.125, 2)", Fraction(113, 100)),
        ("max(1, 2, min(5, 4)) + abs(-3)", Fraction(7)),
        ("floor(-1.5) + ceil(1.2)", Fraction(0)),
        ("sqrt(16)", Fraction(4)),
    ],
)
def test_worked_numbers(expression: str, value: Fraction) -> None:
    assert value_of(expression, NUMBERS) == value


def test_conditions() -> None:
    assert holds("AC > EV", NUMBERS)
    assert holds("0 < EV < AC <= BAC and not PV == EV", NUMBERS)
    assert holds("EV > AC or BAC != 0", NUMBERS)
    assert not holds("EV >= AC", NUMBERS)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("__import__('os').system('x')", "only these functions are known"),
        ("().__class__", "Attribute is not used"),
        ("[1][0]", "Subscript is not used"),
        ("'a'", "only numbers can be written down"),
        ("1j", "write numbers in plain digits"),
        ("True", "only numbers"),
        ("lambda: 1", "Lambda is not used"),
        ("(x := 1)", "NamedExpr is not used"),
        ("1 if AC > EV else 2", "IfExp is not used"),
        ("7 // 2", "FloorDiv is not used"),
        ("7 % 2", "Mod is not used"),
        ("1 << 9", "LShift is not used"),
        ("~1", r"only \+ and -"),
        ("AC in EV", "In is not used"),
        ("XX + 1", "there is no parameter XX"),
        ("EV / (AC - AC)", "divides by zero"),
        ("0 ** -1", "divides by zero"),
        ("2 ** 99", "an exponent is a whole number up to 24"),
        ("2 ** 0.5", "an exponent is a whole number"),
        ("9 ** 24 ** 24", "an exponent is"),
        ("((9**24)**24)**24", "the numbers become too large"),
        ("sqrt(-1)", "no root"),
        ("round(1, 99)", "0 to 12 places"),
        ("round(1, 2, 3)", "round takes 1 to 2 numbers"),
        ("min(*[1])", "Starred is not used"),
        ("abs(x=1)", "only these functions"),
        ("1e3", "write numbers in plain digits"),
        ("0x10", "write numbers in plain digits"),
        ("1if 1else 2", "write numbers in plain digits"),
        ("\u0661", "write numbers in plain digits"),
        ("AC +", "cannot be read as arithmetic"),
        ("AC; EV", "cannot be read as arithmetic"),
        ("AC > EV", "true or false, where a number is needed"),
        ("(AC > EV) + 1", "cannot be counted with"),
        ("not 1", "takes a condition"),
        ("1 and 2", "join conditions"),
        ("-" * 30 + "1", "nested more than 24"),
        ("(" * 150 + "1" + ")" * 40, "cannot be read as arithmetic"),
        ("", "1 to 200 characters"),
        ("1" * 201, "1 to 200 characters"),
    ],
)
def test_everything_else_is_refused_by_name(expression: str, words: str) -> None:
    with pytest.raises(ExpressionRefused, match=words):
        value_of(expression, NUMBERS)


def test_a_number_is_no_condition() -> None:
    with pytest.raises(ExpressionRefused, match="compares two sides"):
        holds("AC", NUMBERS)


def test_names_are_found_without_the_functions() -> None:
    assert names_in("max(AC, EV) / BAC") == {"AC", "EV", "BAC"}


@given(some.text("ABEV0123456789.()+-*/<>=, roundminsqt_[]'", max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_is_worked_out_or_refused(text: str) -> None:
    try:
        value = value_of(text, NUMBERS)
    except ExpressionRefused:
        return
    assert isinstance(value, Fraction)
