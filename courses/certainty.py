"""Certainty: how sure somebody is of each answer, and what that says beside the marks.

Right answers earn 1, 2 or 3 points with low, middle or high certainty, wrong ones 0, -2 or -6, so it pays to be
honest: low is best below 2/3 chance of being right, high above 4/5. An answer that earns part of its mark
earns that part of the way between the two. The points never change whether a check is passed.
Source: Gardner-Medwin and Curtin 2007, "Certainty-based marking", REAP conference; the scale is also that of
common learning platforms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

LEVELS: dict[int, tuple[str, int, int]] = {
    1: ("Not very sure", 1, 0),
    2: ("Fairly sure", 2, -2),
    3: ("Very sure", 3, -6),
}
LOWEST = 1


@dataclass(frozen=True)
class CertaintyResult:
    """Points of all answers, the most there could be, and the bonus for knowing what one knows.

    `bonus` is a tenth of the mean point less the best mean that one and the same certainty for all answers would
    have brought; it is added to the share of right answers to judge understanding. Zero or below when
    certainty told nothing. `surely_wrong` are ids of answers that were wrong with high certainty.
    """

    points: float
    most: int
    bonus: float
    surely_wrong: tuple[str, ...]


def points(share: Fraction, certainty: int) -> Fraction:
    """Points of one answer: right with high certainty 3, wrong -6, half right -1.5."""
    _, right, wrong = LEVELS[certainty]
    return wrong + (right - wrong) * share


def certainty_result(answers: Sequence[tuple[str, Fraction, int]]) -> CertaintyResult:
    """The result from (question, share of the mark, certainty) of each answer that was given.

    Three right with 3, one wrong with 1: 9 points of 12, mean 2.25; the best single certainty at 3/4 right is
    middle with 2 x 0.75 - 2 x 0.25 = 1, so the bonus is 0.125.
    """
    if not answers:
        return CertaintyResult(0.0, 0, 0.0, ())
    earned = sum((points(share, sure) for _, share, sure in answers), Fraction(0))
    mean_share = sum((share for _, share, _ in answers), Fraction(0)) / len(answers)
    best = max(points(mean_share, level) for level in LEVELS)
    wrong = tuple(name for name, share, sure in answers if share == 0 and sure == max(LEVELS))
    return CertaintyResult(
        float(earned), 3 * len(answers), float((earned / len(answers) - best) / 10), wrong
    )
