"""Three tests for a change between two rounds, and the words for what they say (domain 3.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from assessments.agreement import between_teams, mean_of, t_975, t_two_sided, variance_of
from assessments.errors import NotComparable

Verdict = Literal["improved", "possibly improved", "no reliable change", "possibly declined", "declined"]
Method = Literal["reference", "different people", "same people"]

LEAST_DIFFERENCE = 0.20
LEAST_PEOPLE = 3
LEAST_TEAMS = 8
RELIABLE_RCI = 1.96
RELIABLE_P = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two rounds. None where a figure does not belong to the method or is undefined."""

    method: Method
    difference: float
    reliable: bool
    standard_error: float
    statistic: float | None = None
    df: float | None = None
    p: float | None = None
    low: float | None = None
    high: float | None = None
    people: tuple[int, int] | None = None

    @property
    def verdict(self) -> Verdict | None:
        """The words for it; None when a round had fewer than three people."""
        if self.people is not None and min(self.people) < LEAST_PEOPLE:
            return None
        return verdict(self.difference, self.reliable)


def verdict(difference: float, reliable: bool) -> Verdict:
    """*improved* only if reliable and at least 0.20; *possibly* if one of both; the same downwards."""
    signals = reliable + (round(abs(difference), 9) >= LEAST_DIFFERENCE)
    if signals == 0 or difference == 0:
        return "no reliable change"
    if difference > 0:
        return "improved" if signals == 2 else "possibly improved"
    return "declined" if signals == 2 else "possibly declined"


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """How much teams differ, and how well their means tell them apart."""

    sd_teams: float
    icc2: float
    teams: int

    @property
    def sem(self) -> float:
        """Standard error of measurement: SD 0.62, ICC(2) 0.81 -> 0.2703."""
        return self.sd_teams * sqrt(max(0.0, 1 - self.icc2))

    @property
    def s_diff(self) -> float:
        """Standard error of a difference: 0.3822 in the same example."""
        return self.sem * sqrt(2)

    @property
    def smallest_reliable_change(self) -> float:
        """1.96 x s_diff: 0.7491 in the same example."""
        return RELIABLE_RCI * self.s_diff


def reference_set(teams: Sequence[Sequence[float]]) -> ReferenceSet | None:
    """A reference set from the respondent means of at least 8 teams; None if there are fewer or no ICC(2)."""
    answered = [team for team in teams if team]
    if len(answered) < LEAST_TEAMS or all(len(team) < 2 for team in answered):
        return None
    icc2 = between_teams(answered).icc2
    if icc2 is None:
        return None
    means = [mean_of(team) for team in answered]
    return ReferenceSet(sqrt(variance_of(means)), max(0.0, min(1.0, icc2)), len(answered))


def against_reference(
    before: float, after: float, reference: ReferenceSet, people: tuple[int, int] | None = None
) -> Change:
    """Reliable change index. 2.05 -> 2.70: RCI 1.7007, not reliable; 2.05 -> 3.00: 2.4857, reliable.

    Raises NotComparable when the reference set has fewer than 8 teams.
    """
    if reference.teams < LEAST_TEAMS:
        raise NotComparable(f"A reference set needs at least {LEAST_TEAMS} teams, not {reference.teams}.")
    difference, s_diff = after - before, reference.s_diff
    rci = difference / s_diff if s_diff > 0 else None
    reliable = difference != 0 if rci is None else abs(rci) >= RELIABLE_RCI
    return Change("reference", difference, reliable, s_diff, statistic=rci, people=people)


def different_people(before: Sequence[float], after: Sequence[float]) -> Change:
    """Welch's test on respondent means of two rounds with different people.

    [2.0,2.3,1.9,2.4,2.1] against [2.6,2.5,2.9,2.4,2.7,2.8]: difference 0.5100, SE 0.1201, t 4.2451,
    df 8.2355, p 0.0026, interval [0.2343, 0.7857]. Raises NotComparable for fewer than two people a round.
    """
    if min(len(before), len(after)) < 2:
        raise NotComparable("Each round needs at least two people.")
    a, b = variance_of(before) / len(before), variance_of(after) / len(after)
    difference, people = mean_of(after) - mean_of(before), (len(before), len(after))
    if a + b == 0:
        return _exact("different people", difference, people)
    df = (a + b) ** 2 / (a * a / (len(before) - 1) + b * b / (len(after) - 1))
    return _tested("different people", difference, sqrt(a + b), df, people)


def same_people(pairs: Sequence[tuple[float, float]]) -> Change:
    """Paired test on (before, after) of the same people.

    [2.0,2.3,1.9,2.4,2.1] to [2.5,2.6,2.4,2.6,2.6]: mean difference 0.4000, SE 0.0632, t(4) 6.3246, p 0.0032.
    Raises NotComparable for fewer than two people.
    """
    if len(pairs) < 2:
        raise NotComparable("At least two people need to have answered both rounds.")
    n, differences = len(pairs), [after - before for before, after in pairs]
    difference, error = mean_of(differences), sqrt(variance_of(differences) / n)
    if error < 1e-12:
        return _exact("same people", difference, (n, n))
    return _tested("same people", difference, error, n - 1, (n, n))


def _tested(method: Method, difference: float, error: float, df: float, people: tuple[int, int]) -> Change:
    t = difference / error
    p = t_two_sided(t, df)
    half = t_975(df) * error
    return Change(
        method, difference, p < RELIABLE_P, error, t, df, p, difference - half, difference + half, people
    )


def _exact(method: Method, difference: float, people: tuple[int, int]) -> Change:
    """Nobody differed within a round, so any difference is one between the rounds."""
    moved = abs(difference) > 1e-12
    return Change(
        method,
        difference,
        moved,
        0.0,
        p=0.0 if moved else 1.0,
        low=difference,
        high=difference,
        people=people,
    )
