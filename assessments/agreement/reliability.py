"""How reliable scores are: ICC between teams and inside one, and Cronbach's alpha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum
from typing import Literal

from assessments.agreement.people import mean_of, variance_of
from assessments.agreement.probabilities import f_upper


@dataclass(frozen=True, slots=True)
class BetweenTeams:
    """One-way analysis of variance with teams as groups. None where a ratio is undefined."""

    msb: float
    msw: float
    n0: float
    icc1: float | None
    icc2: float | None
    f: float | None
    p: float | None


def between_teams(teams: Sequence[Sequence[float]]) -> BetweenTeams:
    """ICC(1) and ICC(2): do the means of teams differ for real?

    Set Y: A [2.0,2.5,2.2,2.3], B [3.1,2.9,3.4,3.2], C [2.6,3.0,2.4,2.8]: MSB 0.8100, MSW 0.0511,
    ICC(1) 0.7878, ICC(2) 0.9369, F 15.8478, p 0.0011. ValueError for fewer than two teams, an empty one,
    or one person in each.
    """
    sizes = [len(team) for team in teams]
    k, n = len(teams), sum(sizes)
    if k < 2 or min(sizes) < 1 or n == k:
        raise ValueError("Two teams with a person each, and one team with two people, are the least.")
    grand = mean_of([x for team in teams for x in team])
    msb = fsum(len(team) * (mean_of(team) - grand) ** 2 for team in teams) / (k - 1)
    msw = fsum((x - mean_of(team)) ** 2 for team in teams for x in team) / (n - k)
    n0 = (n - sum(size * size for size in sizes) / n) / (k - 1)
    return _ratios(msb, msw, n0, k, n)


@dataclass(frozen=True, slots=True)
class Sums:
    """What an analysis of variance needs of all teams: `n` people, their means `m`, their variances `v`, summed over teams."""

    teams: int
    n: int
    n_squared: float
    n_mean: float
    n_mean_squared: float
    within: float


def sums_of(teams: Sequence[tuple[int, float, float]]) -> Sums:
    """The sums over (people, mean, variance) of each team."""
    return Sums(
        len(teams), sum(n for n, _, _ in teams), fsum(n * n for n, _, _ in teams), fsum(n * m for n, m, _ in teams),
        fsum(n * m * m for n, m, _ in teams), fsum((n - 1) * v for n, _, v in teams),
    )  # fmt: skip


def between_sums(found: Sums) -> BetweenTeams:
    """The same as `between_teams`, from sums a database can make.

    Set Y has n 4, 4, 4, means 2.25, 3.15, 2.70 and variances 0.0433, 0.0433, 0.0667: again MSB 0.8100, MSW 0.0511, ICC(1) 0.7878.
    ValueError for fewer than two teams or no team with two people.
    """
    k, n = found.teams, found.n
    if k < 2 or n <= k:
        raise ValueError("Two teams with a person each, and one team with two people, are the least.")
    msb = max(0.0, found.n_mean_squared - found.n_mean**2 / n) / (k - 1)
    return _ratios(msb, found.within / (n - k), (n - found.n_squared / n) / (k - 1), k, n)


def _ratios(msb: float, msw: float, n0: float, k: int, n: int) -> BetweenTeams:
    below = msb + (n0 - 1) * msw
    f = msb / msw if msw > 0 else None
    return BetweenTeams(
        msb,
        msw,
        n0,
        icc1=(msb - msw) / below if below > 0 else None,
        icc2=(msb - msw) / msb if msb > 0 else None,
        f=f,
        p=None if f is None else f_upper(f, k - 1, n - k),
    )


def icc1_size(icc1: float) -> Literal["none", "small", "medium", "large"]:
    """Words for ICC(1): 0.01 small, 0.10 medium, 0.25 large."""
    if icc1 < 0.01:
        return "none"
    return "small" if icc1 < 0.10 else "medium" if icc1 < 0.25 else "large"


@dataclass(frozen=True, slots=True)
class WithinTeam:
    """Two-way analysis of variance, items as targets and respondents as raters."""

    msr: float
    msc: float
    mse: float
    icc_a1: float | None
    icc_ak: float | None
    icc_c1: float | None


def within_team(items: Sequence[Sequence[float]]) -> WithinTeam:
    """ICC(A,1), ICC(A,k) and ICC(C,1) of a complete table, one row per item, one column per respondent.

    Set X: MSR 1.0667, MSC 1.1250, MSE 0.1917, ICC(A,1) 0.2917, ICC(A,k) 0.6731, ICC(C,1) 0.4773.
    ValueError unless there are two rows and two columns of equal length.
    """
    n, k = len(items), len(items[0]) if items else 0
    if n < 2 or k < 2 or any(len(row) != k for row in items):
        raise ValueError("The table needs at least two items and two respondents, and no empty cell.")
    grand = mean_of([x for row in items for x in row])
    rows = [mean_of(row) for row in items]
    columns = [mean_of([row[j] for row in items]) for j in range(k)]
    msr = k * fsum((m - grand) ** 2 for m in rows) / (n - 1)
    msc = n * fsum((m - grand) ** 2 for m in columns) / (k - 1)
    rest = fsum(
        (x - rows[i] - columns[j] + grand) ** 2 for i, row in enumerate(items) for j, x in enumerate(row)
    )
    mse = rest / ((n - 1) * (k - 1))
    return WithinTeam(
        msr,
        msc,
        mse,
        icc_a1=_ratio(msr - mse, msr + (k - 1) * mse + k * (msc - mse) / n),
        icc_ak=_ratio(msr - mse, msr + (msc - mse) / n),
        icc_c1=_ratio(msr - mse, msr + (k - 1) * mse),
    )


def _ratio(above: float, below: float) -> float | None:
    return above / below if below > 0 else None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha with its parts. Display needs at least 20 complete respondents (`enough`)."""

    n: int
    value: float | None
    item_variances: tuple[float, ...]
    total_variance: float
    if_deleted: tuple[float | None, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough respondents to show it."""
        return self.n >= 20

    @property
    def advice(self) -> str | None:
        """What the value suggests, as a sentence; None when it is in the usual range."""
        if self.value is None or 0.70 <= self.value <= 0.95:
            return None
        if self.value < 0.70:
            return "The items hang together loosely. Check their wording."
        return "The items are nearly the same question. Check for doubles."


def alpha(rows: Sequence[Sequence[float]]) -> Alpha:
    """k/(k-1) x (1 - sum of item variances / variance of totals), one complete row per respondent.

    Set Z: item variances sum 4.5333, totals' variance 16.8000, alpha 0.9127.
    ValueError unless there are two respondents and two items and no empty cell.
    """
    items = len(rows[0]) if rows else 0
    if len(rows) < 2 or items < 2 or any(len(row) != items for row in rows):
        raise ValueError("Alpha needs at least two respondents and two items, and no empty cell.")
    variances = tuple(variance_of([row[j] for row in rows]) for j in range(items))
    deleted = tuple(_alpha([[x for i, x in enumerate(row) if i != j] for row in rows]) for j in range(items))
    return Alpha(len(rows), _alpha(rows), variances, variance_of([fsum(row) for row in rows]), deleted)


def _alpha(rows: Sequence[Sequence[float]]) -> float | None:
    items = len(rows[0])
    total = variance_of([fsum(row) for row in rows])
    if items < 2 or total == 0:
        return None
    of_items = fsum(variance_of([row[j] for row in rows]) for j in range(items))
    return items / (items - 1) * (1 - of_items / total)
