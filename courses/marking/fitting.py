"""Whether an answer has the shape its question takes. Nothing is marked here.

Single: an option id. Multiple: a list of option ids. True-false: true or false. Numeric: a number, or with units
to choose {"number": 12.5, "unit": "days"}. Ordering: a list in order. Matching: row -> choice. Short: a text.
Cloze: gap -> answer of the gap.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import assert_never

from courses.errors import MissingUnit, TooManyChoices, UnknownOption, WrongAnswerType
from courses.questions import (
    Asked,
    Cloze,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.wording import MAX_LENGTH


def is_open(given: object) -> bool:
    """Whether this is no answer: None, "", [] or {}."""
    return given is None or (isinstance(given, str | list | tuple | dict) and len(given) == 0)


def refuse_unfit(question: Asked, given: object) -> None:
    """Nothing when the answer can be marked. Errors: the AnswerRefused that says why not."""
    match question:
        case SingleChoice():
            _refuse_unfit_choice(question, given)
        case MultipleChoice():
            _refuse_unfit_list(question.id, given, {option.id for option in question.options})
        case Ordering():
            _refuse_unfit_list(question.id, given, {entry.id for entry in question.entries})
        case Matching():
            _refuse_unfit_pairs(question, given)
        case Numeric():
            _refuse_unfit_quantity(question, given)
        case ShortAnswer():
            _refuse_unfit_words(question.id, given)
        case Cloze():
            _refuse_unfit_gaps(question, given)
        case TrueFalse():
            _refuse_unfit_truth(question.id, given)
        case _:
            assert_never(question)


def _refuse_unfit_choice(question: SingleChoice, given: object) -> None:
    if isinstance(given, list | tuple) and len(given) > 1:
        raise TooManyChoices(question.id, f"takes one option, {len(given)} were given")
    if not isinstance(given, str):
        raise WrongAnswerType(question.id, f"takes one option id as text, not {_named(given)}")
    _refuse_unknown(question.id, (given,), {option.id for option in question.options})


def _refuse_unfit_truth(question: str, given: object) -> None:
    if not isinstance(given, bool):
        raise WrongAnswerType(question, f"takes true or false, not {_named(given)}")


def _refuse_unfit_quantity(question: Numeric, given: object) -> None:
    if not question.units:
        _refuse_unfit_number(question.id, given)
        return
    if not isinstance(given, Mapping):
        raise WrongAnswerType(question.id, f"takes a number and a unit, not {_named(given)}")
    for key in given:
        if key not in ("number", "unit"):
            raise UnknownOption(question.id, f"takes `number` and `unit`, not {str(key)[:40]!r}")
    if is_open(given.get("number")):
        raise WrongAnswerType(question.id, "takes a number beside the unit")
    _refuse_unfit_number(question.id, given["number"])
    if is_open(given.get("unit")):
        raise MissingUnit(question.id, "takes a unit beside the number")
    names = {unit.name for unit in question.units} | {question.unit}
    _refuse_unknown(question.id, (given["unit"],), {name for name in names if name})


def _refuse_unfit_number(question: str, given: object) -> None:
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise WrongAnswerType(question, f"takes a number, not {_named(given)}")
    if not isinstance(given, int) and not isfinite(given):
        raise WrongAnswerType(question, "takes a finite number")


def _refuse_unfit_words(question: str, given: object) -> None:
    if not isinstance(given, str):
        raise WrongAnswerType(question, f"takes a text, not {_named(given)}")
    if len(given) > MAX_LENGTH:
        raise WrongAnswerType(question, f"takes at most {MAX_LENGTH} characters")


def _refuse_unfit_gaps(question: Cloze, given: object) -> None:
    if not isinstance(given, Mapping):
        raise WrongAnswerType(question.id, f"takes an answer for each gap, not {_named(given)}")
    _refuse_unknown(question.id, tuple(given), {gap.id for gap in question.gaps})
    for gap in question.gaps:
        if not is_open(given.get(gap.id)):
            try:
                refuse_unfit(gap.question, given[gap.id])
            except WrongAnswerType as fault:
                raise WrongAnswerType(question.id, f"gap {fault}") from None
            except UnknownOption as fault:
                raise UnknownOption(question.id, f"gap {fault}") from None
            except (TooManyChoices, MissingUnit) as fault:
                raise type(fault)(question.id, f"gap {fault}") from None


def _refuse_unfit_pairs(question: Matching, given: object) -> None:
    if not isinstance(given, Mapping):
        raise WrongAnswerType(question.id, f"takes a choice for each row, not {_named(given)}")
    _refuse_unknown(question.id, tuple(given), {pair.id for pair in question.pairs})
    chosen = tuple(choice for choice in given.values() if not is_open(choice))
    _refuse_unknown(question.id, chosen, {choice.id for choice in question.choices})


def _refuse_unfit_list(question: str, given: object, known: set[str]) -> None:
    if not isinstance(given, list | tuple):
        raise WrongAnswerType(question, f"takes a list of option ids, not {_named(given)}")
    _refuse_unknown(question, tuple(given), known)
    if len(set(given)) < len(given):
        raise TooManyChoices(question, "the same option was given twice")


def _refuse_unknown(question: str, given: tuple[object, ...], known: set[str]) -> None:
    for option in given:
        if not isinstance(option, str):
            raise WrongAnswerType(question, f"takes option ids as text, not {_named(option)}")
        if option not in known:
            raise UnknownOption(question, f"has no option {option[:40]!r}")


def _named(given: object) -> str:
    names: dict[type, str] = {
        bool: "true or false", int: "a number", float: "a number", Decimal: "a number", str: "a text",
        list: "a list", tuple: "a list", dict: "a mapping", type(None): "nothing",
    }  # fmt: skip
    return names.get(type(given), "this value")
