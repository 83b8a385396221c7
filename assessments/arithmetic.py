"""Formulas that writers put into measures, worked out exactly and without running any code.

A formula is parsed to a tree, and only numbers, names, + - * /, brackets, comparisons and `and` are worked out; everything
else is refused by name. Values are fractions, so nothing is lost on the way:
`value_of("100 * accepted / due", {"accepted": Fraction(6), "due": Fraction(8)})` is 75.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache

from assessments.errors import AssessmentError

MAX_LENGTH = 120
MAX_DEPTH = 16

_OPERATIONS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}
_COMPARISONS: dict[type, Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge, ast.Eq: operator.eq,
}


class FormulaRefused(AssessmentError):
    """A formula that cannot be read or holds more than arithmetic."""


class DividedByZero(AssessmentError):
    """The formula is sound, and these numbers give it nothing to divide by."""


def names_in(formula: str) -> frozenset[str]:
    """The names a formula uses: 'ev / ac' gives ev and ac. Errors: FormulaRefused."""
    return frozenset(node.id for node in ast.walk(_parsed(formula)) if isinstance(node, ast.Name))


def value_of(formula: str, values: Mapping[str, Fraction]) -> Fraction:
    """The number a formula stands for. Errors: FormulaRefused, also for a condition; DividedByZero."""
    found = _value(_parsed(formula).body, values, 0)
    if isinstance(found, bool):
        raise FormulaRefused("this is a condition, where a number is needed")
    return found


def holds(condition: str, values: Mapping[str, Fraction]) -> bool:
    """Whether a condition such as 'sum <= 5 * n' is met. Errors: FormulaRefused, also for a number; DividedByZero."""
    found = _value(_parsed(condition).body, values, 0)
    if not isinstance(found, bool):
        raise FormulaRefused("a condition compares two sides, for example part <= whole")
    return found


@lru_cache(maxsize=512)
def _parsed(formula: str) -> ast.Expression:
    text = formula.strip()
    if not text or len(text) > MAX_LENGTH or not text.isascii():
        raise FormulaRefused(f"a formula has 1 to {MAX_LENGTH} plain characters")
    try:
        return ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaRefused(f"this cannot be read as arithmetic: {text}") from None


def _value(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> Fraction | bool:
    if depth > MAX_DEPTH:
        raise FormulaRefused(f"nested more than {MAX_DEPTH} levels deep")
    match node:
        case ast.Constant(value=bool()):
            raise FormulaRefused("only numbers can be written down here")
        case ast.Constant(value=int() | float()):
            return Fraction(repr(node.value))
        case ast.Name():
            return _named(node.id, values)
        case ast.UnaryOp(op=ast.USub()):
            return -_number(node.operand, values, depth)
        case ast.BinOp():
            return _combined(node.op, _number(node.left, values, depth), _number(node.right, values, depth))
        case ast.Compare(ops=[sign]) if type(sign) in _COMPARISONS:
            left, right = (_number(part, values, depth) for part in (node.left, node.comparators[0]))
            return _COMPARISONS[type(sign)](left, right)
        case ast.BoolOp(op=ast.And()):
            return all(_truth(part, values, depth) for part in node.values)
    raise FormulaRefused(f"{type(node).__name__} is not used in formulas")


def _named(name: str, values: Mapping[str, Fraction]) -> Fraction:
    if name not in values:
        raise FormulaRefused(f"there is no input {name}")
    return values[name]


def _combined(sign: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    if type(sign) not in _OPERATIONS:
        raise FormulaRefused(f"{type(sign).__name__} is not used in formulas")
    if isinstance(sign, ast.Div) and right == 0:
        raise DividedByZero("There is nothing to divide by.")
    return _OPERATIONS[type(sign)](left, right)


def _number(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> Fraction:
    found = _value(node, values, depth + 1)
    if isinstance(found, bool):
        raise FormulaRefused("a condition cannot be counted with")
    return found


def _truth(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> bool:
    found = _value(node, values, depth + 1)
    if not isinstance(found, bool):
        raise FormulaRefused("`and` joins conditions")
    return found
