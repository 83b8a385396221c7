"""A question answered again within one try, as practice allows: what a further answer costs, and what is told on the way.

The answer that stands at the end counts, less a third of its mark for each other answer that was checked before it. Moodle
calls it the interactive behaviour with several tries; a third is its usual penalty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from courses.marking import judged
from courses.questions import Asked

COST = Fraction(1, 3)
LEFT_WORDS = {1: "two thirds", 2: "one third"}


@dataclass(frozen=True)
class Told:
    """What is told of a question whose answers were checked: the share of the last one, a hint for each that was not right, tries left."""

    share: Fraction
    hints: tuple[str, ...]
    left: int


def earlier(tried: Sequence[object], answer: object) -> int:
    """How many checked answers came before the one that stands. Of a, b, and b standing: 1; of a, b, and c standing: 2."""
    return len(tried) - (len(tried) > 0 and tried[-1] == answer)


def worth(share: Fraction, before: int) -> Fraction:
    """The share of the mark after so many other answers: the whole one is 1, 2/3, 1/3 and 0, half of it 1/2, 1/3, 1/6 and 0."""
    return share * max(Fraction(0), 1 - COST * before)


def told(question: Asked, tried: Sequence[object], most: int) -> Told | None:
    """What may be told of the question now, None before its first check. Nobody tries again once it is right."""
    if not tried:
        return None
    shares = [judged(question, answer).share for answer in tried]
    wrong = sum(share < 1 for share in shares)
    return Told(shares[-1], question.hints[:wrong], 0 if shares[-1] == 1 else max(0, most - len(tried)))
