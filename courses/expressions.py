"""Arithmetic that writers put into questions, worked out exactly and without running any code.

An expression is parsed to a tree, and only the listed kinds of node are worked out: numbers, parameters,
+ - * / ** with a whole exponent, comparisons, and/or/not, and the functions of FUNCTIONS. Everything else is
refused by name. Values are fractions, so `EV / AC` loses no digit; a root is rounded to 28 digits.
`value_of("(BAC - EV) / (BAC - AC)", {"BAC": 200000, "EV": 84000, "AC": 96000})` is 29/26, about 1.1154.
"""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from courses.errors import ExpressionRefused

MAX_LENGTH = 200
MAX_DEPTH = 24
MAX_EXPONENT = 24
MAX_BITS = 2048

Value = Fraction | bool

_OPERATIONS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARISONS: dict[type, Callable[[Fraction, Fraction], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def _root(number: Fraction) -> Fraction:
    if number < 0:
        raise ExpressionRefused("a negative number has no root")
    with localcontext(prec=28):
        return Fraction((Decimal(number.numerator) / Decimal(number.denominator)).sqrt())


def _rounded(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """Half away from zero, as people round."""
    if places.denominator != 1 or not 0 <= places <= 12:
        raise ExpressionRefused("round takes 0 to 12 places")
    scaled = abs(number) * 10 ** int(places)
    size = Fraction(floor(scaled + Fraction(1, 2)), 10 ** int(places))
    return size if number >= 0 else -size


FUNCTIONS: dict[str, tuple[range, Callable[..., Fraction]]] = {
    "abs": (range(1, 2), abs),
    "min": (range(1, 9), min),
    "max": (range(1, 9), max),
    "sqrt": (range(1, 2), _root),
    "round": (range(1, 3), _rounded),
    "floor": (range(1, 2), lambda number: Fraction(floor(number))),
    "ceil": (range(1, 2), lambda number: Fraction(ceil(number))),
}


def names_in(expression: str) -> frozenset[str]:
    """The parameters an expression uses. Errors: ExpressionRefused."""
    tree = _parsed(expression)
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called)
    return frozenset(node.id for node in names)


def value_of(expression: str, values: Mapping[str, Fraction | Decimal | int]) -> Fraction:
    """The number an expression stands for. Errors: ExpressionRefused, also for true or false."""
    result = _worked_out(expression, values)
    if isinstance(result, bool):
        raise ExpressionRefused("this is true or false, where a number is needed")
    return result


def holds(expression: str, values: Mapping[str, Fraction | Decimal | int]) -> bool:
    """Whether a condition such as `AC > EV` is met. Errors: ExpressionRefused, also for a number."""
    result = _worked_out(expression, values)
    if not isinstance(result, bool):
        raise ExpressionRefused("a condition compares two sides, for example AC > EV")
    return result


def _worked_out(expression: str, values: Mapping[str, Fraction | Decimal | int]) -> Value:
    return _value(_parsed(expression).body, {name: Fraction(value) for name, value in values.items()}, 0)


@lru_cache(maxsize=1024)
def _parsed(expression: str) -> ast.Expression:
    text = expression.strip()
    if not text or len(text) > MAX_LENGTH:
        raise ExpressionRefused(f"an expression has 1 to {MAX_LENGTH} characters")
    # a number against a word, as in `1if`, is an old spelling the parser only warns of
    if not text.isascii() or re.search(r"[0-9][A-Za-z_]", text):
        raise ExpressionRefused("write numbers in plain digits, and a sign between a number and a name")
    try:
        return ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionRefused(f"this cannot be read as arithmetic: {text[:60]}") from None


def _value(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise ExpressionRefused(f"nested more than {MAX_DEPTH} levels deep")
    match node:
        case ast.Constant():
            return _constant(node)
        case ast.Name():
            if node.id not in values:
                raise ExpressionRefused(f"there is no parameter {node.id}")
            return values[node.id]
        case ast.UnaryOp():
            return _turned(node, _value(node.operand, values, depth + 1))
        case ast.BinOp():
            left, right = (_number(part, values, depth) for part in (node.left, node.right))
            return _combined(node.op, left, right)
        case ast.BoolOp():
            parts = [_truth(part, values, depth) for part in node.values]
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        case ast.Compare():
            return _compared(node, values, depth)
        case ast.Call():
            return _called(node, values, depth)
    raise ExpressionRefused(f"{type(node).__name__} is not used in expressions")


def _constant(node: ast.Constant) -> Fraction:
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise ExpressionRefused("only numbers can be written down here")
    if isinstance(node.value, float) and abs(node.value) > 1e15:
        raise ExpressionRefused("a number this large is not used here")
    # the digits as they were written, not the binary fraction next to them
    return _bounded(Fraction(repr(node.value)) if isinstance(node.value, float) else Fraction(node.value))


def _turned(node: ast.UnaryOp, value: Value) -> Value:
    if isinstance(node.op, ast.Not):
        if not isinstance(value, bool):
            raise ExpressionRefused("`not` takes a condition")
        return not value
    if isinstance(value, bool) or not isinstance(node.op, ast.USub | ast.UAdd):
        raise ExpressionRefused("only + and - can stand before a number")
    return -value if isinstance(node.op, ast.USub) else value


def _combined(sign: ast.operator, left: Fraction, right: Fraction) -> Fraction:
    if isinstance(sign, ast.Pow):
        if right.denominator != 1 or abs(right) > MAX_EXPONENT:
            raise ExpressionRefused(f"an exponent is a whole number up to {MAX_EXPONENT}")
        if left == 0 and right < 0:
            raise ExpressionRefused("this divides by zero")
        return _bounded(Fraction(left ** int(right)))
    if type(sign) not in _OPERATIONS:
        raise ExpressionRefused(f"{type(sign).__name__} is not used in expressions")
    if isinstance(sign, ast.Div) and right == 0:
        raise ExpressionRefused("this divides by zero")
    return _bounded(_OPERATIONS[type(sign)](left, right))


def _compared(node: ast.Compare, values: Mapping[str, Fraction], depth: int) -> bool:
    sides = [_number(part, values, depth) for part in (node.left, *node.comparators)]
    for sign, left, right in zip(node.ops, sides, sides[1:], strict=False):
        if type(sign) not in _COMPARISONS:
            raise ExpressionRefused(f"{type(sign).__name__} is not used in expressions")
        if not _COMPARISONS[type(sign)](left, right):
            return False
    return True


def _called(node: ast.Call, values: Mapping[str, Fraction], depth: int) -> Fraction:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise ExpressionRefused(f"only these functions are known: {', '.join(FUNCTIONS)}")
    takes, function = FUNCTIONS[node.func.id]
    if len(node.args) not in takes:
        raise ExpressionRefused(f"{node.func.id} takes {takes.start} to {takes.stop - 1} numbers")
    return _bounded(function(*(_number(part, values, depth) for part in node.args)))


def _number(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> Fraction:
    value = _value(node, values, depth + 1)
    if isinstance(value, bool):
        raise ExpressionRefused("true or false cannot be counted with")
    return value


def _truth(node: ast.expr, values: Mapping[str, Fraction], depth: int) -> bool:
    value = _value(node, values, depth + 1)
    if not isinstance(value, bool):
        raise ExpressionRefused("`and` and `or` join conditions")
    return value


def _bounded(number: Fraction) -> Fraction:
    if number.numerator.bit_length() > MAX_BITS or number.denominator.bit_length() > MAX_BITS:
        raise ExpressionRefused("the numbers become too large")
    return number
