"""A calculated question of Moodle XML -> a formula: its data sets become parameters, its braces expressions."""

import re
from decimal import Decimal

from courses.errors import ExpressionRefused
from courses.exchange.items import NotUnderstood
from courses.exchange.xml_tree import Node
from courses.expressions import names_in
from courses.formulas import as_numeric
from courses.questions import FULL, Formula, Parameter

_NAME = re.compile(r"\{([A-Za-z]+[0-9]*)\}")
_WORKED = re.compile(r"\{=((?:[^{}]|\{[A-Za-z0-9]+\})*)\}")
_RELATIVE = "1"


def read_calculated(node: Node, text: str, general: str) -> Formula:
    """The formula of a calculated question. Errors: NotUnderstood."""
    answers = [one for one in node.all("answer") if one.attributes.get("fraction") == "100"]
    if len(answers) != 1:
        raise NotUnderstood("a calculated question has one answer that brings the whole mark")
    parameters = tuple(
        _parameter(one) for group in node.all("dataset_definitions") for one in group.all("dataset_definition")
    )
    answer = _expression(answers[0].said("text"))
    tolerance = _number(answers[0].said("tolerance") or "0")
    in_percent = answers[0].said("tolerancetype") == _RELATIVE
    places = answers[0].said("correctanswerlength")
    formula = Formula(
        "q", _filled(text), parameters, (), answer, tolerance * (FULL if in_percent else 1), None,
        _filled(answers[0].said("feedback", "text")), "", in_percent, places=int(places) if places in tuple("012345678") else 2,
        general=_filled(general),
    )  # fmt: skip
    try:
        unknown = names_in(answer) - {one.name for one in parameters}
        if unknown:
            raise NotUnderstood(f"there is no data set {min(unknown)}")
        as_numeric(formula, 0)
    except ExpressionRefused as reason:
        raise NotUnderstood(str(reason)) from None
    return formula


def _parameter(node: Node) -> Parameter:
    name = node.said("name", "text")
    if not _NAME.fullmatch(f"{{{name}}}"):
        raise NotUnderstood(f"{name[:20] or 'a data set without a name'} must be letters, then perhaps digits")
    decimals = node.said("decimals", "text") or "0"
    if decimals not in tuple("0123456"):
        raise NotUnderstood(f"{name}: at most 6 decimals")
    low, high = _number(node.said("minimum", "text")), _number(node.said("maximum", "text"))
    if low > high:
        raise NotUnderstood(f"{name}: the maximum is below the minimum")
    return Parameter(name, low, high, Decimal(1).scaleb(-int(decimals)))


def _filled(text: str) -> str:
    """{a} stays as it is, {={a}+{b}} becomes {a+b}, and a brace that is only text is written twice."""
    pieces, last = [], 0
    for found in re.finditer(f"{_WORKED.pattern}|{_NAME.pattern}", text):
        pieces.append(_doubled(text[last : found.start()]))
        pieces.append(f"{{{_expression(found[1])}}}" if found[1] is not None else found[0])
        last = found.end()
    return "".join([*pieces, _doubled(text[last:])])


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _expression(text: str) -> str:
    return _NAME.sub(r"\1", text).strip()


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,9})?", text.strip()):
        raise NotUnderstood(f"{text[:40] or 'nothing'} is no number")
    return Decimal(text.strip())
