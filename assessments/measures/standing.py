"""How a figure stands: against its target, and against the quarters before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assessments.measures.definitions import Kpi

State = Literal["at target", "close", "off target", "no target", "no cases", "missing"]
Direction = Literal["better", "worse", "level", "too few", "other"]

TREND_QUARTERS = 3


def standing(kpi: Kpi, value: float | None, target: float | None, is_recorded: bool = True) -> State:
    """Where a figure stands against a target in the unit of the measure (domain 6.2: 0.95 and 0.90 for CPI and SPI).

    On-time delivery 71.4 % with target 80 and slack 10 is close; over-allocation 7 % with target 5 and slack 5 as well.
    """
    if not is_recorded:
        return "missing"
    if value is None:
        return "no cases"
    if target is None or kpi.good == "context":
        return "no target"
    short = target - value if kpi.good == "up" else value - target
    if short <= 0:
        return "at target"
    return "close" if short <= kpi.slack else "off target"


@dataclass(frozen=True, slots=True)
class Movement:
    """What a measure did between two quarters. `by` is the plain difference in its unit, None where one end has no figure."""

    direction: Direction
    by: float | None
    words: str

    @property
    def is_verified(self) -> bool:
        """It moved the way it should."""
        return self.direction == "better"


def moved(kpi: Kpi, values: Mapping[int, float | None], start: int, end: int) -> Movement:
    """How a measure moved from one quarter to another; quarters are running numbers, 4 x year + (0 to 3).

    An action counts as verified when its measure moved the right way two quarters later (domain 5.1): K06 at 60 % when it
    was finished and at 72 % two quarters on is better by 12. A quarter without a figure is said, never filled in.
    """
    before, after = values.get(start), values.get(end)
    if before is None or after is None:
        lacking = "at the start" if before is None else "at the end"
        return Movement("too few", None, f"{kpi.name}: no figure {lacking}, so nothing can be said yet.")
    by = round(after - before, 9)
    ends = f"{kpi.name} went from {shown(kpi, before)} to {shown(kpi, after)}"
    if by == 0:
        return Movement("level", 0.0, f"{kpi.name} stayed at {shown(kpi, after)}.")
    if kpi.good == "context":
        return Movement("other", by, f"{ends}. Whether that is good depends on the case.")
    is_better = (by > 0) == (kpi.good == "up")
    return Movement("better" if is_better else "worse", by, f"{ends}: {'the way it should' if is_better else 'the wrong way'}.")


def trend(kpi: Kpi, values: Sequence[float | None]) -> Direction:
    """Where the last three quarters point, oldest first; fewer than three figures in them are too few (domain 6.1).

    60, 66, 72 is better where up is good. 60, 72, 66 is level: it does not go one way.
    """
    last = [value for value in values[-TREND_QUARTERS:] if value is not None]
    if len(last) < TREND_QUARTERS:
        return "too few"
    steps = [after - before for before, after in zip(last, last[1:], strict=False)]
    if kpi.good == "context":
        return "other"
    rises, falls = all(step >= 0 for step in steps), all(step <= 0 for step in steps)
    if rises == falls:
        return "level"
    return "better" if rises == (kpi.good == "up") else "worse"


def shown(kpi: Kpi, value: float) -> str:
    """A figure in words with its unit: 75.0 % ; 0.99 ; 12.5 days ; 240,000."""
    number = f"{value:,.{kpi.places}f}"
    if kpi.unit == "%":
        return f"{number} %"
    return number if kpi.unit in ("ratio", "money", "count", "count per project") else f"{number} {kpi.unit}"
