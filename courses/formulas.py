"""A formula and a seed -> a numeric question with its numbers filled in.

The numbers depend on the seed and the parameter names alone, on every machine: the caller keeps the seed, and
the same attempt always sees the same numbers. `{EV / AC : 2}` in a text is the value with two decimals,
`{AC}` the number as it is; thousands get a comma. A brace itself is written twice.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from hashlib import sha256

from courses.errors import ExpressionRefused
from courses.expressions import holds, names_in, value_of
from courses.questions.kinds import Formula, Near, Numeric, Parameter
from courses.questions.showing import plain

MOST_DRAWS = 1000
MOST_STEPS = 1_000_000
_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_PLACES = re.compile(r"(.*?)(?::\s*([0-9])\s*)?", re.DOTALL)
_DIGITS = 12

Values = Mapping[str, Decimal]


def as_numeric(formula: Formula, seed: int | str) -> Numeric:
    """The numeric question this seed gives. BAC 200,000 and CPI 0.875 give an EAC of 228,571.43.

    Errors: ExpressionRefused when no numbers can be drawn or worked with; content that was read has none.
    """
    values = drawn_values(formula, seed)
    near = tuple(
        Near(_decimal(value_of(one.answer, values)), formula.tolerance, one.share, filled(one.feedback, values))
        for one in formula.near
    )
    return Numeric(
        formula.id,
        filled(formula.text, values),
        _decimal(value_of(formula.answer, values)),
        formula.tolerance,
        formula.unit,
        filled(formula.right, values),
        filled(formula.wrong, values),
        formula.in_percent,
        formula.units,
        near,
        formula.places,
        filled(formula.general, values),
        hints=tuple(filled(hint, values) for hint in formula.hints),
    )


def drawn_values(formula: Formula, seed: int | str) -> dict[str, Decimal]:
    """The parameters of this seed: the first draw that meets all constraints. Errors: ExpressionRefused."""
    for draw in range(MOST_DRAWS):
        values = sampled(formula, f"{seed}/{formula.id}/{draw}")
        if all(holds(condition, values) for condition in formula.constraints):
            return values
    raise ExpressionRefused("no numbers meet all the constraints")


def sampled(formula: Formula, seed: str) -> dict[str, Decimal]:
    """One draw of the parameters, whether it meets the constraints or not."""
    return {one.name: _drawn(one, seed) for one in formula.parameters}


def filled(text: str, values: Values) -> str:
    """The text with every `{expression}` worked out. Errors: ExpressionRefused."""

    def put(found: re.Match[str]) -> str:
        if found[0] in ("{{", "}}"):
            return found[0][0]
        if found[1] is None:
            raise ExpressionRefused("a brace that stands alone; write it twice, or close it")
        expression, places = _split(found[1])
        number = _decimal(value_of(expression, values))
        words = plain(number, 4) if places is None else f"{_rounded(number, places):f}"
        whole, dot, rest = words.partition(".")
        return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "0") else words

    return _PART.sub(put, text)


def expressions_of(formula: Formula) -> Iterator[tuple[str, str]]:
    """(field, expression) of everything a formula works out."""
    yield "answer", formula.answer
    for condition in formula.constraints:
        yield "constraints", condition
    for near in formula.near:
        yield "near", near.answer
    texts = {"text": formula.text, "feedback": f"{formula.right} {formula.wrong}", "general": formula.general}
    texts["hint"] = " ".join(formula.hints)
    texts["near"] = " ".join(near.feedback for near in formula.near)
    for field, text in texts.items():
        for found in _PART.finditer(text):
            if found[1] is not None:
                yield field, _split(found[1])[0]


def unknown_names(formula: Formula, expression: str) -> frozenset[str]:
    """Names in an expression of this formula that are no parameters. Errors: ExpressionRefused."""
    return names_in(expression) - {one.name for one in formula.parameters}


def _split(inside: str) -> tuple[str, int | None]:
    found = _PLACES.fullmatch(inside)
    if found is None:
        raise ExpressionRefused(f"this cannot be read as arithmetic: {inside[:60]}")
    return found[1], None if found[2] is None else int(found[2])


def _drawn(parameter: Parameter, seed: str) -> Decimal:
    steps = int((parameter.high - parameter.low) / parameter.step) + 1
    digest = sha256(f"{seed}/{parameter.name}".encode()).digest()
    return parameter.low + parameter.step * (int.from_bytes(digest[:8], "big") % steps)


def _decimal(number: Fraction) -> Decimal:
    with localcontext(prec=60):
        return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal(1).scaleb(-_DIGITS))


def _rounded(number: Decimal, places: int) -> Decimal:
    text = plain(number, places)
    return Decimal(text).quantize(Decimal(1).scaleb(-places))
