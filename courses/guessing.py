"""The share of a mark that blind guessing earns on average, for the item statistics."""

from fractions import Fraction
from math import factorial
from typing import assert_never

from courses.marking import judged
from courses.questions import (
    Cloze,
    Formula,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)


def guess_share(question: Question) -> float:
    """Expected share when every answer that can be picked is as likely as any other; typed answers count 0.

    One of four options: 0.25. Three of five with all or nothing: 1 / (2^5 - 1). Three things in order: 1 / 6.
    """
    return float(_share(question))


def _share(question: Question) -> Fraction:
    match question:
        case SingleChoice():
            worth = (judged(question, option.id).share for option in question.options)
            return sum(worth, Fraction(0)) / len(question.options)
        case MultipleChoice():
            return _several(question)
        case TrueFalse():
            return Fraction(1, 2)
        case Ordering():
            return Fraction(1, factorial(len(question.entries)))
        case Matching():
            one = Fraction(1, len(question.choices))
            return one if question.credit == "each" else one ** len(question.pairs)
        case Cloze():
            whole = sum(gap.weight for gap in question.gaps)
            return sum((_share(gap.question) * gap.weight / whole for gap in question.gaps), Fraction(0))
        case Numeric() | ShortAnswer() | Formula():
            return Fraction(0)
        case _:
            assert_never(question)


def _several(question: MultipleChoice) -> Fraction:
    """The mean over every choice of at least one option: at most 12 options, so at most 4,095 choices."""
    ids = [option.id for option in question.options]
    choices = range(1, 2 ** len(ids))
    worth = (judged(question, [one for n, one in enumerate(ids) if choice >> n & 1]).share for choice in choices)
    return sum(worth, Fraction(0)) / len(choices)
