"""The earned-value page: figures in words, forecasts, and the project over time. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from app.errors import Refused
from app.measures.periods import Periods, as_text, read_periods
from app.ui.filters import day
from app.ui.measure_trend import trend
from app.ui.sheets import NotATable
from app.ui.trends import Line, Trend
from assessments.earned_value import (
    EarnedSchedule,
    EarnedValue,
    InvalidFigures,
    band,
    earned_schedule,
    measured,
    reading,
)

EXAMPLE_PLAN = (10_000.0, 25_000.0, 45_000.0, 70_000.0, 100_000.0, 130_000.0, 155_000.0, 175_000.0, 190_000.0, 200_000.0)
EXAMPLE_EARNED = (10_000.0, 25_000.0, 42_000.0, 66_000.0, 84_000.0)
EXAMPLE_SPENT = (9_000.0, 26_000.0, 47_000.0, 73_000.0, 96_000.0)
EXAMPLE = "/earned-value/?" + urlencode({
    "bac": "200000", "etc": "125000", "starts_on": "2026-01-05", "ends_on": "2026-11-01",
    "table": as_text([f"M{number}" for number in range(1, 11)], EXAMPLE_PLAN, EXAMPLE_EARNED, EXAMPLE_SPENT),
})
SIGNS = {"green": ("On track", "good", "tick"), "amber": ("Watch it", "care", "half"), "red": ("Act now", "bad", "warning"), "unknown": ("Not available", "", "open")}
PLACES = {"ev": "The earned value", "pv": "The planned value", "ac": "The actual cost", "bac": "The budget at completion"}


@dataclass(frozen=True)
class Asked:
    """What was filled in. Sums of money in one unit; None is left empty."""

    bac: float | None = None
    pv: float | None = None
    ev: float | None = None
    ac: float | None = None
    etc: float | None = None
    rest: float | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    table: str = ""
    green: float = 0.95
    amber: float = 0.90


@dataclass(frozen=True)
class Measure:
    """One line of the result: name, formula, figure in words, and how it reads (a tag) where there is a band."""

    name: str
    formula: str
    words: str
    tag: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class ForecastLine:
    """A forecast in words."""

    name: str
    formula: str
    eac: str
    etc: str
    vac: str
    tcpi: str


@dataclass(frozen=True)
class PeriodLine:
    """A period in the table under the chart; '' where nothing is known."""

    name: str
    planned: str
    earned: str
    spent: str
    cpi: str
    spi: str


@dataclass(frozen=True)
class Result:
    """Everything the page says about a project."""

    says: tuple[str, ...]
    measures: tuple[Measure, ...]
    forecasts: tuple[ForecastLine, ...]
    end: str
    drawing: Trend | None
    periods: tuple[PeriodLine, ...]


def worked(asked: Asked) -> Result:
    """The result for what was filled in. Raises Refused with a sentence at the field that is wrong or missing."""
    periods = _periods(asked)
    pv, ev, ac = (periods.planned[periods.over - 1], periods.earned[-1], periods.spent[-1]) if periods else (asked.pv, asked.ev, asked.ac)
    bac = asked.bac if asked.bac is not None else periods.planned[-1] if periods else None
    for name, value in (("bac", bac), ("pv", pv), ("ev", ev), ("ac", ac)):
        if value is None:
            raise Refused(f"Enter {PLACES[name][:1].lower()}{PLACES[name][1:]}{', or paste the periods' if name != 'bac' else ''}", name)
    if asked.starts_on and asked.ends_on and asked.ends_on <= asked.starts_on:
        raise Refused("The planned end comes after the start", "ends_on")
    if asked.amber > asked.green:
        raise Refused("The limit of amber is at most that of green", "amber")
    assert bac is not None
    assert pv is not None
    assert ev is not None
    assert ac is not None
    try:
        found = measured(bac, pv, ev, ac, asked.etc, asked.rest)
        schedule = earned_schedule(periods.planned, ev, periods.over) if periods else None
    except InvalidFigures as fault:
        name, sentence = fault.problems[0]
        raise Refused(sentence, "table" if periods and name in ("pv", "ev", "ac", "plan") else name) from fault
    return Result(
        reading(found, schedule), _measures(found, schedule, asked), tuple(
            ForecastLine(f.name, f.formula, _money(f.eac), _money(f.etc), _money(f.vac), _index(f.tcpi, "not reachable" if f.eac is not None else "not available"))
            for f in found.forecasts
        ), _end(asked, found, schedule), _drawing(periods, found) if periods else None, _lines(periods) if periods else (),
    )


def _periods(asked: Asked) -> Periods | None:
    if not asked.table.strip():
        return None
    try:
        return read_periods(asked.table)
    except NotATable as fault:
        raise Refused(str(fault), "table") from fault


def _measures(found: EarnedValue, schedule: EarnedSchedule | None, asked: Asked) -> tuple[Measure, ...]:
    def sign(index: float | None) -> tuple[str, str, str]:
        return SIGNS[band(index, asked.green, asked.amber)]

    lines = [
        Measure("Planned value PV", "value planned to the data date", f"{_money(found.pv)} ({found.percent_planned:.1f} % of BAC)"),
        Measure("Earned value EV", "value of the work done", f"{_money(found.ev)} ({found.percent_done:.1f} % of BAC)"),
        Measure("Actual cost AC", "cost spent to the data date", f"{_money(found.ac)} ({found.percent_spent:.1f} % of BAC)"),
        Measure("Cost variance CV", "EV - AC", f"{_money(found.cv)}{_percent(found.cv_percent)}"),
        Measure("Schedule variance SV", "EV - PV", f"{_money(found.sv)}{_percent(found.sv_percent)}"),
        Measure("Cost performance CPI", "EV / AC", _index(found.cpi), sign(found.cpi)),
        Measure("Schedule performance SPI", "EV / PV", _index(found.spi), sign(found.spi)),
        Measure("Critical ratio", "CPI x SPI", _index(found.critical_ratio)),
        Measure("Efficiency still needed TCPI", "(BAC - EV) / (BAC - AC)", _index(found.tcpi, "not reachable")),
    ]
    if schedule is not None:
        lines += [
            Measure("Earned schedule ES", "periods of the plan that are earned", f"{schedule.earned:.4f} of {schedule.planned_duration} periods"),
            Measure("Schedule variance in time SV(t)", "ES - actual time", f"{schedule.sv_t:.4f} periods"),
            Measure("Schedule performance in time SPI(t)", "ES / actual time", _index(schedule.spi_t), sign(schedule.spi_t)),
            Measure("Forecast duration", "planned duration / SPI(t)", "not available" if schedule.duration is None else f"{schedule.duration:.4f} periods"),
        ]
    return tuple(lines)


def _end(asked: Asked, found: EarnedValue, schedule: EarnedSchedule | None) -> str:
    """When the project ends at this pace, in a sentence; '' without dates. By earned schedule where there are periods, else by SPI."""
    if asked.starts_on is None or asked.ends_on is None:
        return ""
    pace = schedule.spi_t if schedule else found.spi
    if not pace:
        return "When it ends cannot be said before something is earned."
    days = (asked.ends_on - asked.starts_on).days / pace
    if days > 366 * 100:
        return "At this pace it would not end within a hundred years: plan anew."
    by = "by earned schedule" if schedule else "by SPI, which is rough and misleads near the end"
    return f"Planned until {day(asked.ends_on)}; at this pace it ends on {day(asked.starts_on + timedelta(days=round(days)))} ({by})."


def _drawing(periods: Periods, found: EarnedValue) -> Trend:
    count, over = len(periods.names), periods.over
    runs = [
        Line("target", "Planned", periods.planned), Line("now", "Earned", (*periods.earned, *(None for _ in range(count - over)))),
        Line("before", "Spent", (*periods.spent, *(None for _ in range(count - over)))),
    ]
    end = found.forecasts[0].eac
    if end is not None and over < count:
        step = (end - found.ac) / (count - over)
        runs.append(Line("ahead", "Cost if the efficiency goes on", (*(None for _ in range(over - 1)), *(found.ac + step * number for number in range(count - over + 1)))))
    return trend(periods.names, runs)


def _lines(periods: Periods) -> tuple[PeriodLine, ...]:
    lines = []
    for at, name in enumerate(periods.names):
        is_over = at < periods.over
        earned, spent, planned = (periods.earned[at], periods.spent[at], periods.planned[at]) if is_over else (0.0, 0.0, periods.planned[at])
        lines.append(PeriodLine(
            name, _money(planned), _money(earned) if is_over else "", _money(spent) if is_over else "",
            _index(earned / spent if spent else None) if is_over else "", _index(earned / planned if planned else None) if is_over else "",
        ))
    return tuple(lines)


def _money(value: float | None) -> str:
    if value is None:
        return "not available"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def _index(value: float | None, otherwise: str = "not available") -> str:
    return otherwise if value is None else f"{value:.4f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f" ({value:.1f} %)"
