"""Agreement on single items and over a dimension: r_wg, r_wg(J), AD, and the chance of false agreement.

Cut-offs are compared on exact fractions, so that 0.8 is never mistaken for a little more than 0.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, fsum
from typing import Any, Literal

from assessments.questionnaire import Value

Reading = Literal["agreed", "tolerable", "talk about it", "no sign of disagreement"]
Strength = Literal["very strong", "strong", "moderate", "weak", "none"]

Exact = Any
"""A whole number where that is exact, else a fraction: sums of whole numbers are many times faster."""

FIVE_LEVELS: tuple[int, ...] = (1, 2, 3, 4, 5)
AGREED_AT = Fraction(70, 100)
TALK_BELOW = Fraction(51, 100)
AD_CUT_FIVE = Fraction(8, 10)


@dataclass(frozen=True, slots=True)
class ItemAgreement:
    """Agreement on one item. `r_wg` is raw and may be negative; a page shows `shown`."""

    n: int
    variance: float | None
    r_wg: float | None
    ad_m: float | None
    ad_md: float | None
    reading: Reading | None

    @property
    def shown(self) -> float | None:
        """r_wg, with negative values (split camps) shown as 0."""
        return None if self.r_wg is None else max(0.0, self.r_wg)


@lru_cache(maxsize=64)
def null_variance(choices: tuple[Value, ...] = FIVE_LEVELS) -> Fraction:
    """Variance of answers spread evenly over the choices: (A^2 - 1)/12, which is 2 for five levels."""
    exact = [Fraction(choice) for choice in choices]
    mean = sum(exact, Fraction()) / len(exact)
    return sum(((x - mean) ** 2 for x in exact), Fraction()) / len(exact)


def ad_cut(options: int) -> Fraction:
    """The largest acceptable mean deviation: 0.8 for five options (as published), else options/6."""
    return AD_CUT_FIVE if options == len(FIVE_LEVELS) else Fraction(options, 6)


def item_agreement(values: Sequence[Value], choices: Sequence[Value] = FIVE_LEVELS) -> ItemAgreement:
    """r_wg = 1 - s2/null variance, AD around mean and median, and what to do about it (domain 3.5).

    [3,4,3,4,3]: s2 0.3000, r_wg 0.8500, AD_M 0.4800, AD_Md 0.4000, agreed. Undefined for fewer than two
    answers; no reading for fewer than three, and never `agreed` for fewer than five.
    """
    n = len(values)
    if n < 2:
        return ItemAgreement(n, None, None, None, None, None)
    exact: list[tuple[Exact, int]] = sorted(
        (x if isinstance(x, int) else Fraction(x), count) for x, count in Counter(values).items()
    )
    total: Exact = sum(x * count for x, count in exact)
    squares: Exact = sum(x * x * count for x, count in exact)
    twice_median = _at(exact, (n - 1) // 2) + _at(exact, n // 2)
    variance = Fraction(n * squares - total * total) / (n * (n - 1))
    r_wg = 1 - variance / null_variance(tuple(choices))
    ad_m = Fraction(sum(abs(n * x - total) * count for x, count in exact)) / (n * n)
    ad_md = Fraction(sum(abs(2 * x - twice_median) * count for x, count in exact)) / (2 * n)
    reading = decision(n, r_wg, ad_m, len(choices))
    return ItemAgreement(n, float(variance), float(r_wg), float(ad_m), float(ad_md), reading)


def _at(counted: Sequence[tuple[Exact, int]], position: int) -> Exact:
    """The value at this position (from 0) of the sorted answers."""
    for value, count in counted:
        if position < count:
            return value
        position -= count
    raise IndexError(position)


def decision(n: int, r_wg: Fraction, ad_m: Fraction, options: int = 5) -> Reading | None:
    """What a team does about an item: nothing, leave it, or talk about it."""
    if n < 3:
        return None
    if r_wg < TALK_BELOW or ad_m > ad_cut(options):
        return "talk about it"
    if n < 5:
        return "no sign of disagreement"
    return "agreed" if r_wg >= AGREED_AT else "tolerable"


def strength(r_wg: float) -> Strength:
    """The conventional words for r_wg (LeBreton & Senter 2008), read at two decimals."""
    steps: tuple[tuple[float, Strength], ...] = (
        (0.905, "very strong"), (0.705, "strong"), (0.505, "moderate"), (0.305, "weak"),
    )  # fmt: skip
    return next((word for least, word in steps if r_wg >= least), "none")


def r_wg_j(r_wgs: Sequence[float]) -> float | None:
    """Agreement over J items from their raw r_wg; None for no items. Show it, never decide by it.

    With r their mean, r_wg(J) = J r / (J r + 1 - r), and 0 where r <= 0. Set X: 0.85, 0.85, 0.85, 0.60,
    so r = 0.7875 and r_wg(4) = 0.9368. It grows with J: r = 0.5 gives 0.5000, 0.8333 for 5, 0.9783 for 45.
    """
    if not r_wgs:
        return None
    items = len(r_wgs)
    mean = fsum(r_wgs) / items
    return 0.0 if mean <= 0 else items * mean / (items * mean + 1 - mean)


def _counts(n: int, options: int) -> Iterator[tuple[int, ...]]:
    """All ways to spread n people over the options."""
    if options == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _counts(n - first, options - 1):
            yield (first, *rest)


@dataclass(frozen=True, slots=True)
class Chance:
    """How often n people who answer at random would pass each test."""

    n: int
    r_wg: float
    ad_m: float
    both: float


def chance_of_false_agreement(n: int, choices: Sequence[Value] = FIVE_LEVELS) -> Chance:
    """Exact, by enumeration of all answers of n people. n = 5: 0.0592, 0.2640, 0.0592."""
    passed_r, passed_ad, passed_both = 0, 0, 0
    null, cut = null_variance(tuple(choices)), ad_cut(len(choices))
    for counts in _counts(n, len(choices)):
        ways, left = 1, n
        for count in counts:
            ways, left = ways * comb(left, count), left - count
        mean = sum((Fraction(x) * c for x, c in zip(choices, counts, strict=True)), Fraction()) / n
        pairs = [(Fraction(x) - mean, c) for x, c in zip(choices, counts, strict=True)]
        variance = sum((d * d * c for d, c in pairs), Fraction()) / (n - 1)
        good_r = 1 - variance / null >= AGREED_AT
        good_ad = sum((abs(d) * c for d, c in pairs), Fraction()) / n <= cut
        passed_r += ways * good_r
        passed_ad += ways * good_ad
        passed_both += ways * (good_r and good_ad)
    total = len(choices) ** n
    return Chance(n, passed_r / total, passed_ad / total, passed_both / total)
