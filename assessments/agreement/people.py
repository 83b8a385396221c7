"""Means of people: the interval around a team's mean and the gap between office and users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from assessments.agreement.probabilities import t_975

GAP_FLAG = 1.0
MIN_GROUP = 3


def mean_of(values: Sequence[float]) -> float:
    """The mean; the order of the values makes no difference."""
    return fsum(values) / len(values)


def variance_of(values: Sequence[float]) -> float:
    """The sample variance (n - 1); at least two values."""
    mean = mean_of(values)
    return fsum((x - mean) ** 2 for x in values) / (len(values) - 1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval for the mean of everybody invited, from those who answered."""

    mean: float
    sd: float
    factor: float
    low: float
    high: float


def interval(
    means: Sequence[float], invited: int | None, lowest: float = 1, highest: float = 5
) -> Interval | None:
    """mean +/- t x s/sqrt(n) x sqrt((N-n)/(N-1)), clipped to the scale; None if n < 3, n = N or N unknown.

    y = [2.4,2.8,2.2,3.0,2.6,2.5,2.9,2.0], N = 12: mean 2.5500, s 0.3464, [2.3754, 2.7246].
    """
    n = len(means)
    if invited is None or n < 3 or invited <= n:
        return None
    mean, sd = mean_of(means), sqrt(variance_of(means))
    factor = sqrt((invited - n) / (invited - 1))
    half = t_975(n - 1) * sd / sqrt(n) * factor
    return Interval(mean, sd, factor, max(lowest, mean - half), min(highest, mean + half))


def perspective_gap(office: Sequence[float], users: Sequence[float]) -> float | None:
    """Mean of the office minus mean of its users; None unless both groups have at least three people."""
    if len(office) < MIN_GROUP or len(users) < MIN_GROUP:
        return None
    return mean_of(office) - mean_of(users)
