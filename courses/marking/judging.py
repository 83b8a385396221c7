"""What an answer is worth, exactly, and the feedback by part."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from courses.marking.fitting import is_open
from courses.questions import (
    Asked,
    Cloze,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courses.wording import fits

GIVEN = "given"
OTHER_UNIT = "The number fits, the unit does not."


@dataclass(frozen=True)
class Judged:
    """The share of the mark, 0 to 1; (part, feedback) for what was answered; sentences about the whole.

    A part is an option id, a row or a gap, or GIVEN for what was typed. `right` are rows or gaps with all they bring.
    """

    share: Fraction
    parts: tuple[tuple[str, str], ...] = ()
    rest: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


def judged(question: Asked, given: object) -> Judged:
    """The worth of an answer that fits its question and is not open."""
    match question:
        case SingleChoice() | MultipleChoice():
            return _choice(question, given)
        case TrueFalse():
            says = question.when_true if given else question.when_false
            return Judged(Fraction(given is question.answer), (("true" if given else "false", says),))
        case Numeric():
            return _number(question, given)
        case ShortAnswer():
            return _words(question, str(given))
        case Ordering():
            return _order(question, _listed(given))
        case Matching():
            return _pairs(question, _mapped(given))
        case Cloze():
            return _gaps(question, _mapped(given))
        case _:
            assert_never(question)


def _choice(question: SingleChoice | MultipleChoice, given: object) -> Judged:
    chosen: set[str] = {given} if isinstance(given, str) else set(_listed(given))
    parts = tuple((option.id, option.feedback) for option in question.options if option.id in chosen)
    share = _credit(question, chosen)
    missed = sum(1 for option in question.options if option.correct and option.id not in chosen)
    if isinstance(question, SingleChoice) or missed == 0:
        return Judged(share, parts)
    more = "One more option applies." if missed == 1 else f"{missed} more options apply."
    return Judged(share, parts, (more,))


def _credit(question: SingleChoice | MultipleChoice, chosen: set[str]) -> Fraction:
    credit = "weights" if isinstance(question, SingleChoice) else question.credit
    options = question.options
    right = sum(1 for option in options if option.correct and option.id in chosen)
    wrong = sum(1 for option in options if not option.correct and option.id in chosen)
    correct = sum(1 for option in options if option.correct)
    match credit:
        case "all":
            return Fraction(right == correct and wrong == 0)
        case "each":
            return Fraction(right + len(options) - correct - wrong, len(options))
        case "no-wrong":
            return Fraction(right, correct) if wrong == 0 else Fraction(0)
        case "minus-wrong":
            return max(Fraction(0), Fraction(right - wrong, correct))
        case "weights":
            chosen_options = (option for option in options if option.id in chosen)
            worth = sum((_weight(option) for option in chosen_options), Fraction(0))
            return min(Fraction(1), max(Fraction(0), worth))
        case _:
            assert_never(credit)


def _weight(option: Option) -> Fraction:
    return Fraction(option.correct) if option.weight is None else _part_of(option.weight)


def _part_of(per_cent: Decimal) -> Fraction:
    """Per cent as a fraction. Thirds, sixths, sevenths and ninths cannot be written, so 33.33333 means 1/3."""
    exact = Fraction(per_cent) / 100
    if exact.denominator > 1000:
        near = exact.limit_denominator(20)
        return near if abs(near - exact) < Fraction(1, 10_000) else exact
    return exact


def _number(question: Numeric, given: object) -> Judged:
    value, fits_unit = _in_unit(question, given)
    if value is not None and _within(value, question.answer, question.tolerance, question.in_percent):
        return Judged(Fraction(1), (), (question.right,))
    for near in question.near:
        if value is not None and _within(value, near.answer, near.tolerance, question.in_percent):
            return Judged(_part_of(near.share), ((GIVEN, near.feedback),))
    plain = _exact(given["number"] if isinstance(given, Mapping) else given)
    if not fits_unit and _within(plain, question.answer, question.tolerance, question.in_percent):
        return Judged(Fraction(0), ((GIVEN, OTHER_UNIT),), (question.wrong,))
    return Judged(Fraction(0), (), (question.wrong,))


def _in_unit(question: Numeric, given: object) -> tuple[Decimal | None, bool]:
    """(the number in the unit of the answer, whether it was given in that unit)."""
    if not isinstance(given, Mapping):
        return _exact(given), True
    if given["unit"] == question.unit:
        return _exact(given["number"]), True
    factor = next(unit.factor for unit in question.units if unit.name == given["unit"])
    return (None if factor is None else _exact(given["number"]) * factor), False


def _within(value: Decimal, answer: Decimal, tolerance: Decimal, in_percent: bool) -> bool:
    # fractions, since a decimal of 5,000 digits would be rounded to 28 by a subtraction
    allowed = Fraction(tolerance) * abs(Fraction(answer)) / 100 if in_percent else Fraction(tolerance)
    return abs(Fraction(value) - Fraction(answer)) <= allowed


def _words(question: ShortAnswer, typed: str) -> Judged:
    for form in question.forms:
        if fits(typed, form.text, question.folds):
            share = _part_of(form.share)
            if form.feedback:
                return Judged(share, ((GIVEN, form.feedback),))
            return Judged(share, (), (question.right if share == 1 else question.wrong,))
    return Judged(Fraction(0), (), (question.wrong,))


def _order(question: Ordering, order: list[str]) -> Judged:
    if len(order) < len(question.entries):
        gap = f"You placed {len(order)} of {len(question.entries)}; all of them need a place."
        return Judged(Fraction(0), (), (question.wrong, gap))
    right = order == [entry.id for entry in question.entries]
    return Judged(Fraction(right), (), (question.right if right else question.wrong,))


def _pairs(question: Matching, answers: Mapping[str, object]) -> Judged:
    placed = tuple(pair for pair in question.pairs if not is_open(answers.get(pair.id)))
    parts = tuple((pair.id, pair.feedback) for pair in placed)
    right = tuple(pair.id for pair in placed if answers[pair.id] == pair.match)
    each = Fraction(len(right), len(question.pairs))
    share = each if question.credit == "each" else Fraction(each == 1)
    if len(placed) < len(question.pairs):
        gap = f"You matched {len(placed)} of {len(question.pairs)}; every row needs a choice."
        return Judged(share, parts, (gap,), right)
    return Judged(share, parts, (), right)


def _gaps(question: Cloze, answers: Mapping[str, object]) -> Judged:
    whole = sum(gap.weight for gap in question.gaps)
    share, parts, right = Fraction(0), [], []
    for gap in question.gaps:
        if not is_open(answers.get(gap.id)):
            one = judged(gap.question, answers[gap.id])
            share += one.share * gap.weight / whole
            right += [gap.id] if one.share == 1 else []
            parts.append((gap.id, " ".join([*(text for _, text in one.parts), *one.rest])))
    if len(parts) < len(question.gaps):
        left = f"You filled {len(parts)} of {len(question.gaps)} gaps."
        return Judged(share, tuple(parts), (left,), tuple(right))
    return Judged(share, tuple(parts), (), tuple(right))


def _exact(given: object) -> Decimal:
    # a float by its text: 12.55 - 12.5 is more than 0.05 in binary fractions
    return Decimal(given) if isinstance(given, int) else Decimal(str(given))


def _listed(given: object) -> list[str]:
    return [str(option) for option in given] if isinstance(given, list | tuple) else []


def _mapped(given: object) -> Mapping[str, object]:
    return given if isinstance(given, Mapping) else {}
