"""Item statistics: how hard each question is, and whether it tells those who know from those who do not.

Classical test theory over the marks of finished attempts. A row is one attempt, a mark lies between 0 and
the most its question gives, and None means that this attempt was not asked the question (a bank picks some).
All sums are exact: marks are turned into whole multiples of one small unit, and only the last division and
root are floating point, so the order of the rows never changes a digit.

Sources: Ebel and Frisbie, "Essentials of Educational Measurement", 5th ed. 1991 (facility, thirds);
Cronbach 1951, Psychometrika 16, 297-334 (alpha); the public description of quiz statistics in the Moodle
developer documentation (discriminative efficiency, effective weight).

The example of the docstrings, six attempts at three questions of one mark:
A 1 1 1, B 1 1 0, C 1 0 0, D 0 0 0, E 1 1 1, F 0 1 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm, sqrt

from courses.distractors import OptionCount, ThirdSizes, counted, thirds_of
from courses.errors import ResultsRefused

TOO_FEW = 5
HARD, EASY = 0.20, 0.95
WEIGHT_APART = 2.0


@dataclass(frozen=True)
class AskedItem:
    """A question as the statistics need it.

    `most` is the largest mark, `guess` the share of it that blind guessing earns on average (None: not
    known), `options` the ids that can be chosen and `right` those of them that are right.
    """

    id: str
    most: Fraction = Fraction(1)
    guess: float | None = None
    options: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One finished attempt: a mark for each question (None: not asked), and the options chosen, if known."""

    marks: tuple[Fraction | None, ...]
    chosen: tuple[tuple[str, ...] | None, ...] = ()


@dataclass(frozen=True)
class ItemFigures:
    """What one question shows. Shares are 0 to 1, indices -1 to 1; None where a figure is not defined.

    `n` attempts were asked it. `facility` is the mean share of the mark, `sd` its standard deviation as a
    share. `discrimination` and `efficiency` are explained at `discrimination`, the two weights at
    `effective_weights`. `by_thirds` is facility of the top third less that of the bottom third.
    """

    id: str
    n: int
    most: float
    facility: float | None
    sd: float | None
    discrimination: float | None
    efficiency: float | None
    guess: float | None
    intended_weight: float
    effective_weight: float | None
    by_thirds: float | None
    options: tuple[OptionCount, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """The whole check: `mean`, `sd` and `error` are in marks, `alpha` has no unit and is at most 1."""

    n: int
    most: float
    mean: float | None
    sd: float | None
    alpha: float | None
    error: float | None
    thirds: ThirdSizes
    items: tuple[ItemFigures, ...]
    warnings: tuple[str, ...]


def statistics(items: Sequence[AskedItem], rows: Sequence[Row]) -> Figures:
    """All figures of a check. The example: mean 1.6667, sd 1.2111, alpha 0.6818, error 0.6831 of 3 marks.

    Errors: ResultsRefused when a row has another number of marks than there are items, or a mark is
    outside of 0 to its most.
    """
    _refuse_unfit(items, rows)
    given = {mark for row in rows for mark in row.marks if mark is not None} | {item.most for item in items}
    unit = lcm(*(mark.denominator for mark in given))
    in_units = {mark: int(mark * unit) for mark in given}
    whole = [[None if mark is None else in_units[mark] for mark in row.marks] for row in rows]
    totals = [sum(mark for mark in row if mark is not None) for row in whole]
    thirds = thirds_of(totals)
    weights: Sequence[float | None] = effective_weights(whole, totals) or [None] * len(items)
    most_of_all = sum((item.most for item in items), Fraction(0))
    figures = []
    for place, item in enumerate(items):
        asked = [number for number, row in enumerate(whole) if row[place] is not None]
        marks = [whole[number][place] or 0 for number in asked]
        rest = [totals[number] - mark for number, mark in zip(asked, marks, strict=True)]
        picked = [rows[number].chosen[place] if rows[number].chosen else None for number in asked]
        figures.append(
            _item(
                item,
                marks,
                in_units[item.most],
                discrimination(marks, rest),
                float(item.most / most_of_all),
                weights[place],
                [thirds[number] for number in asked],
                picked,
            )
        )
    alpha = cronbach_alpha(whole, totals)
    sd = _sd(totals)
    return Figures(
        n=len(rows),
        most=float(most_of_all),
        mean=float(Fraction(sum(totals), len(totals) * unit)) if totals else None,
        sd=None if sd is None else sd / unit,
        alpha=alpha,
        error=None if sd is None or alpha is None else sd / unit * sqrt(max(0.0, 1 - alpha)),
        thirds=ThirdSizes.of(thirds),
        items=tuple(figures),
        warnings=_warnings_of_all(len(rows), alpha),
    )


def discrimination(marks: Sequence[int], rest: Sequence[int]) -> tuple[float | None, float | None]:
    """(index, efficiency) of one question against the marks of all others.

    The index is the correlation of the mark with the rest of the attempt. The efficiency divides the same
    covariance by the largest one these marks could have, both sides sorted: it takes out how hard the
    question is. Both lie in -1 to 1 (the efficiency may fall below) and are None without spread.
    First question of the example: index 6 / sqrt(8 x 24) = 0.4330, efficiency 6 / 12 = 0.5.
    """
    together, spread = _cross(marks, rest), _cross(marks, marks) * _cross(rest, rest)
    best = _cross(sorted(marks), sorted(rest))
    index = together / sqrt(spread) if spread > 0 else None
    return index, (together / best if best > 0 else None)


def effective_weights(rows: Sequence[Sequence[int | None]], totals: Sequence[int]) -> list[float]:
    """The share of the spread of totals that each question brings: sqrt(cov(mark, total)), scaled to sum 1.

    A question whose covariance with the total is not positive has 0. Empty when there is no attempt, one was
    not asked every question, or no covariance is positive. The example: 0.3258, 0.3258, 0.3483.
    """
    if any(mark is None for row in rows for mark in row):
        return []
    columns = ([mark or 0 for mark in column] for column in zip(*rows, strict=True))
    roots = [sqrt(max(0, _cross(column, totals))) for column in columns]
    whole = sum(roots)
    return [root / whole for root in roots] if whole > 0 else []


def cronbach_alpha(rows: Sequence[Sequence[int | None]], totals: Sequence[int]) -> float | None:
    """How well the questions measure one thing: k / (k - 1) x (1 - sum of variances / variance of totals).

    None for fewer than two questions, without spread, or when not everybody was asked everything.
    The example: 3 / 2 x (1 - 24 / 44) = 0.6818.
    """
    columns = list(zip(*rows, strict=True))
    spread = _cross(totals, totals)
    if len(columns) < 2 or spread <= 0 or any(mark is None for row in rows for mark in row):
        return None
    within = sum(_cross(column, column) for column in ([mark or 0 for mark in one] for one in columns))
    return float(Fraction(len(columns), len(columns) - 1) * (1 - Fraction(within, spread)))


def _item(
    item: AskedItem,
    marks: list[int],
    most: int,
    power: tuple[float | None, float | None],
    intended: float,
    effective: float | None,
    thirds: list[int],
    picked: list[tuple[str, ...] | None],
) -> ItemFigures:
    n = len(marks)
    facility = float(Fraction(sum(marks), n * most)) if n else None
    sd = _sd(marks)
    top = [mark for mark, third in zip(marks, thirds, strict=True) if third == 2]
    low = [mark for mark, third in zip(marks, thirds, strict=True) if third == 0]
    apart = Fraction(sum(top), len(top)) - Fraction(sum(low), len(low)) if top and low else None
    options = counted(item.options, item.right, picked, thirds)
    return ItemFigures(
        id=item.id,
        n=n,
        most=float(item.most),
        facility=facility,
        sd=None if sd is None else sd / most,
        discrimination=power[0],
        efficiency=power[1],
        guess=item.guess,
        intended_weight=intended,
        effective_weight=effective,
        by_thirds=None if apart is None else float(apart / most),
        options=options,
        warnings=tuple(_warnings(n, facility, power[0], item.guess, intended, effective, options)),
    )


def _warnings(
    n: int,
    facility: float | None,
    index: float | None,
    guess: float | None,
    intended: float,
    effective: float | None,
    options: tuple[OptionCount, ...],
) -> list[str]:
    if facility is None or n < TOO_FEW:
        return [f"Too few attempts: {n}. From {TOO_FEW} on these figures begin to say something."]
    found = []
    if index is not None and index < 0:
        found.append("Those who do well elsewhere do worse here: look at the key and the wording.")
    if facility < HARD:
        found.append("Very hard: less than 20 % of the marks are earned.")
    if facility > EASY:
        found.append("Very easy: more than 95 % of the marks are earned.")
    if guess is not None and facility < guess:
        found.append("Right less often than by blind guessing.")
    if effective is not None and not intended / WEIGHT_APART <= effective <= intended * WEIGHT_APART:
        found.append("It weighs less than half, or more than twice, of what was intended.")
    return found + [option.warning for option in options if option.warning]


def _warnings_of_all(n: int, alpha: float | None) -> tuple[str, ...]:
    if n < TOO_FEW:
        return (f"Too few attempts: {n}. From {TOO_FEW} on these figures begin to say something.",)
    if alpha is not None and alpha < 0:
        return ("The questions pull against each other: look for one with a wrong key.",)
    return ()


def _refuse_unfit(items: Sequence[AskedItem], rows: Sequence[Row]) -> None:
    if not items:
        raise ResultsRefused("there is no question")
    for item in items:
        if item.most <= 0:
            raise ResultsRefused(f"{item.id}: the most it gives must be above 0")
    for number, row in enumerate(rows, 1):
        if len(row.marks) != len(items):
            raise ResultsRefused(f"attempt {number}: {len(row.marks)} marks for {len(items)} questions")
        for item, mark in zip(items, row.marks, strict=True):
            if mark is not None and not 0 <= mark <= item.most:
                raise ResultsRefused(f"attempt {number}, {item.id}: a mark must be 0 to {float(item.most):g}")


def _cross(left: Sequence[int], right: Sequence[int]) -> int:
    """n x (n - 1) x the sample covariance, exactly: n x sum(x y) - sum(x) x sum(y)."""
    return len(left) * sum(x * y for x, y in zip(left, right, strict=True)) - sum(left) * sum(right)


def _sd(values: Sequence[int]) -> float | None:
    """The sample standard deviation, with n - 1; None for fewer than two values."""
    n = len(values)
    return sqrt(Fraction(_cross(values, values), n * (n - 1))) if n > 1 else None
