"""Earned schedule: how far a project is in time, which keeps its meaning to the end (domain 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.earned_value.figures import InvalidFigures


@dataclass(frozen=True, slots=True)
class EarnedSchedule:
    """Times in periods of the plan (months, weeks). `spi_t` and `duration` are None before anything is earned."""

    earned: float
    actual: float
    planned_duration: int
    sv_t: float
    spi_t: float | None
    duration: float | None


def earned_schedule(planned: Sequence[float], ev: float, periods: int) -> EarnedSchedule:
    """How many periods of the plan are earned, when *periods* have passed. *planned* is the cumulative PV at the end of each.

    Planned 10, 25, 45, 70, 100, 130, 155, 175, 190, 200 (thousands), EV 84, 5 months: ES is 4 + 14/30 = 4.4667,
    SV(t) -0.5333, SPI(t) 0.8933, forecast 11.1940 months. Errors: InvalidFigures.
    """
    if not planned or any(after < before for before, after in zip([0.0, *planned], planned, strict=False)):
        raise InvalidFigures([("plan", "The planned values are cumulative: each is at least as large as the one before")])
    if periods < 1:
        raise InvalidFigures([("plan", "At least one period has to be over")])
    whole = sum(value <= ev for value in planned)
    before = planned[whole - 1] if whole else 0.0
    earned = whole + (0.0 if whole == len(planned) else (ev - before) / (planned[whole] - before))
    spi_t = earned / periods if earned else None
    return EarnedSchedule(earned, float(periods), len(planned), earned - periods, spi_t, len(planned) / spi_t if spi_t else None)
