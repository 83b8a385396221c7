"""Questions -> the text of a quiz file, which reads back as the same questions."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from courses.questions import (
    FULL,
    Cloze,
    Form,
    Formula,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    Unit,
)

RIGHT, WRONG, GIVEN = "That is right.", "That is not right.", "See the lesson."


def quiz_text(questions: Iterable[Question], pass_mark: int) -> str:
    """A quiz file of these questions. A feedback that is missing becomes a short sentence, as the format asks for one."""
    whole = {"pass_mark": pass_mark, "questions": [_question(one) for one in questions]}
    text: str = yaml.dump(whole, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return text


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.Node:
    if number == number.to_integral_value():
        return dumper.represent_scalar("tag:yaml.org,2002:int", str(int(number)))
    return dumper.represent_scalar("tag:yaml.org,2002:float", f"{number:f}".rstrip("0"))


_Dumper.add_representer(Decimal, _number)


def _question(question: Question) -> dict[str, Any]:
    fields = {"id": question.id, "type": question.kind, "text": question.text} | _fields(question)
    fields |= {"general": question.general} if question.general else {}
    return fields | ({"hint": question.hints[0] if len(question.hints) == 1 else list(question.hints)} if question.hints else {})


def _fields(question: Question) -> dict[str, Any]:
    match question:
        case SingleChoice():
            return {"options": [_option(one) for one in question.options]}
        case MultipleChoice():
            return {"credit": question.credit, "options": [_option(one) for one in question.options]}
        case TrueFalse():
            told = {
                "true": question.when_true or (RIGHT if question.answer else WRONG),
                "false": question.when_false or (WRONG if question.answer else RIGHT),
            }
            return {"answer": question.answer, "feedback": told}
        case Numeric():
            return _numeric(question)
        case Ordering():
            entries = [{"id": one.id, "text": one.text} for one in question.entries]
            return {"items": entries, "feedback": _told(question.right, question.wrong)}
        case Matching():
            return _matching(question)
        case ShortAnswer():
            return _short(question)
        case Cloze():
            return {"gaps": [_gap(gap.id, gap.question, gap.weight) for gap in question.gaps]}
        case Formula():
            return _formula(question)


def _gap(name: str, question: SingleChoice | ShortAnswer | Numeric, weight: int) -> dict[str, Any]:
    return {"id": name, "type": question.kind} | _fields(question) | ({"weight": weight} if weight != 1 else {})


def _option(one: Option) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": one.id, "text": one.text}
    fields |= {"correct": True} if one.correct else {}
    fields |= {"weight": one.weight} if one.weight is not None else {}
    return fields | {"feedback": one.feedback or (RIGHT if one.correct else WRONG)}


def _numeric(question: Numeric) -> dict[str, Any]:
    fields: dict[str, Any] = {"answer": question.answer, "tolerance": question.tolerance}
    fields |= {"tolerance_in": "percent"} if question.in_percent else {}
    fields |= {"unit": question.unit} if question.unit else {}
    fields |= {"units": [_unit(one) for one in question.units]} if question.units else {}
    near = [
        {"answer": one.answer, "tolerance": one.tolerance, "share": one.share, "feedback": one.feedback or GIVEN}
        for one in question.near
    ]
    return fields | ({"near": near} if near else {}) | {"feedback": _told(question.right, question.wrong)}


def _formula(question: Formula) -> dict[str, Any]:
    ranges = {one.name: {"from": one.low, "to": one.high, "step": one.step} for one in question.parameters}
    fields: dict[str, Any] = {"parameters": ranges}
    fields |= {"constraints": list(question.constraints)} if question.constraints else {}
    fields |= {"answer": question.answer, "tolerance": question.tolerance}
    fields |= {"tolerance_in": "percent"} if question.in_percent else {}
    fields |= {"unit": question.unit} if question.unit else {}
    fields |= {"units": [_unit(one) for one in question.units]} if question.units else {}
    near = [{"answer": one.answer, "share": one.share, "feedback": one.feedback or GIVEN} for one in question.near]
    fields |= {"places": question.places} | ({"near": near} if near else {})
    return fields | {"feedback": _told(question.right, question.wrong)}


def _unit(unit: Unit) -> dict[str, Any]:
    return {"name": unit.name} | ({"factor": unit.factor} if unit.factor is not None else {})


def _matching(question: Matching) -> dict[str, Any]:
    return {
        "credit": question.credit,
        "choices": [{"id": one.id, "text": one.text} for one in question.choices],
        "pairs": [
            {"id": one.id, "text": one.text, "match": one.match, "feedback": one.feedback or GIVEN}
            for one in question.pairs
        ],
    }


def _short(question: ShortAnswer) -> dict[str, Any]:
    return {
        "accept": [_form(form) for form in question.forms],
        "ignore": list(question.folds),
        "feedback": _told(question.right, question.wrong),
    }


def _form(form: Form) -> dict[str, Any]:
    fields: dict[str, Any] = {"text": form.text} | ({} if form.share == FULL else {"share": form.share})
    return fields | ({"feedback": form.feedback} if form.feedback else {})


def _told(right: str, wrong: str) -> dict[str, str]:
    return {"right": right or RIGHT, "wrong": wrong or WRONG}
