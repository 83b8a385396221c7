"""Did it work? What finished actions promised against what the next round measured, and what they really took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Outcome = Literal["verified", "not verified", "not measured"]

LEAST_TEAMS = 3
"""Teams behind a figure over all teams: with fewer it would speak of one team."""
PRIOR = 3
"""How many finished actions the figure of the catalogue is worth when what they took is learned from."""


def outcome(promised: int, measured: int | None) -> Outcome:
    """Whether the item stands on the level an action promised, at the first round closed after the action.

    Promised 3, measured 3 or 4: verified. Measured 2: not verified. No level (no round yet, out of scope, too few
    answers): not measured, which says nothing against the action.
    """
    if measured is None:
        return "not measured"
    return "verified" if measured >= promised else "not verified"


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished action of one team: the level it promised, the level measured, the person-days it took."""

    team: str
    promised: int
    measured: int | None
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """One action over all teams. `teams` finished it, `measured` of them have a later figure, and of those `verified` stand on the level."""

    teams: int
    measured: int
    verified: int

    @property
    def is_told(self) -> bool:
        """Whether enough teams are measured to say how many rose."""
        return self.measured >= LEAST_TEAMS


def tally(finished: Sequence[Finished]) -> Tally:
    """Count teams, not actions: a team that finished the action twice counts once, with its best outcome.

    Teams A (promised 3, measured 3), B (3, 2), C (3, nothing yet): 3 teams, 2 measured, 1 verified.
    """
    best: dict[str, Outcome] = {}
    order: Mapping[Outcome, int] = {"not measured": 0, "not verified": 1, "verified": 2}
    for one in finished:
        found = outcome(one.promised, one.measured)
        if one.team not in best or order[found] > order[best[one.team]]:
            best[one.team] = found
    counted = Counter(best.values())
    return Tally(len(best), counted["verified"] + counted["not verified"], counted["verified"])


@dataclass(frozen=True, slots=True)
class Learned:
    """What an action takes: `days` estimated, from `n` teams that said what it took; `mean` of those alone."""

    days: float
    mean: float
    n: int


def learned_days(default: int, finished: Sequence[Finished]) -> Learned | None:
    """The person-days to expect: the figure of the catalogue counted three times, each team that said what it took once.

    Few teams move the estimate a little, many decide it. Default 5, taken 8, 9 and 7: (3 x 5 + 24) / 6 = 6.5, n = 3.
    None below three teams. A team that finished it more than once counts with its mean.
    """
    by_team: dict[str, list[int]] = {}
    for one in finished:
        if one.days is not None:
            by_team.setdefault(one.team, []).append(one.days)
    if len(by_team) < LEAST_TEAMS:
        return None
    taken = [Fraction(sum(days), len(days)) for days in by_team.values()]
    total = sum(taken, Fraction())
    return Learned(float((PRIOR * default + total) / (PRIOR + len(taken))), float(total / len(taken)), len(taken))
