"""All measures of one data date from four sums of money: BAC, PV, EV and AC (domain 6.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessments.errors import AssessmentError

GREEN, AMBER = 0.95, 0.90
Band = Literal["green", "amber", "red", "unknown"]


class InvalidFigures(AssessmentError):
    """Sums that cannot belong to one project; `problems` holds (name of the input, sentence)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(sentence for _, sentence in problems))


@dataclass(frozen=True, slots=True)
class Forecast:
    """One estimate at completion with what follows from it, in money; TCPI is a ratio. None where it is not defined."""

    name: str
    formula: str
    eac: float | None
    etc: float | None
    vac: float | None
    tcpi: float | None


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """The measures of a data date, in the unit of the input. None is 'not available', never 0.

    `tcpi` is the efficiency the rest would need to stay inside BAC, None when it cannot be reached.
    """

    bac: float
    pv: float
    ev: float
    ac: float
    cv: float
    sv: float
    cv_percent: float | None
    sv_percent: float | None
    cpi: float | None
    spi: float | None
    critical_ratio: float | None
    percent_planned: float
    percent_done: float
    percent_spent: float
    tcpi: float | None
    forecasts: tuple[Forecast, ...]

    @property
    def is_complete(self) -> bool:
        """All the work is earned: SPI is 1 then, however late the project ended."""
        return self.ev == self.bac


def measured(bac: float, pv: float, ev: float, ac: float, etc: float | None = None, rest: float | None = None) -> EarnedValue:
    """Every measure of domain 6.2. *etc* is a new estimate of the cost of the rest, *rest* an efficiency to try on it; each adds
    a forecast.

    BAC 200,000, PV 100,000, EV 84,000, AC 96,000: CPI 0.875, SPI 0.84, TCPI 1.1154, forecasts 228,571.43, 212,000 and
    253,823.13. Errors: InvalidFigures with a sentence for each input that cannot be.
    """
    _refuse_impossible(bac, pv, ev, ac, etc, rest)
    cpi, spi = _ratio(ev, ac), _ratio(ev, pv)
    product = cpi * spi if cpi is not None and spi is not None else None
    left = bac - ev
    eacs = [
        ("The efficiency so far goes on", "BAC / CPI", bac / cpi if cpi else None),
        ("The variance was a one-off", "AC + (BAC - EV)", ac + left),
        ("Cost and schedule pressure go on", "AC + (BAC - EV) / (CPI x SPI)", ac + left / product if product else None),
    ]
    if etc is not None:
        eacs.append(("The rest is estimated anew", "AC + ETC", ac + etc))
    if rest is not None:
        eacs.append((f"What if the rest brings {rest:g} for every 1.00", "AC + (BAC - EV) / efficiency", ac + left / rest))
    return EarnedValue(
        bac, pv, ev, ac, ev - ac, ev - pv, _percent(ev - ac, ev), _percent(ev - pv, pv), cpi, spi, product,
        100 * pv / bac, 100 * ev / bac, 100 * ac / bac, _to_complete(left, bac - ac),
        tuple(_forecast(name, formula, eac, bac, ac, left) for name, formula, eac in eacs),
    )


def _refuse_impossible(bac: float, pv: float, ev: float, ac: float, etc: float | None, rest: float | None) -> None:
    problems = [] if bac > 0 else [("bac", "The budget at completion has to be above 0")]
    problems += [(name, f"{words} cannot be below 0") for name, words, value in (
        ("pv", "The planned value", pv), ("ev", "The earned value", ev), ("ac", "The actual cost", ac), ("etc", "The estimate of the rest", etc or 0.0),
    ) if value < 0]
    problems += [("rest", "The efficiency to try has to be above 0")] if rest is not None and rest <= 0 else []
    if not problems:
        problems += [(name, f"{words} cannot be more than the budget at completion, {bac:,.0f}") for name, words, value in (
            ("pv", "The planned value", pv), ("ev", "The earned value", ev),
        ) if value > bac]
    if problems:
        raise InvalidFigures(problems)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _percent(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _to_complete(left: float, money: float) -> float | None:
    """What each unit of the money left has to earn; 0 when nothing is left to earn, None when no money is left for it."""
    if left == 0:
        return 0.0
    return left / money if money > 0 else None


def _forecast(name: str, formula: str, eac: float | None, bac: float, ac: float, left: float) -> Forecast:
    if eac is None:
        return Forecast(name, formula, None, None, None, None)
    return Forecast(name, formula, eac, eac - ac, bac - eac, _to_complete(left, eac - ac))


def band(index: float | None, green: float = GREEN, amber: float = AMBER) -> Band:
    """How an index reads: 0.95 and above green, 0.90 and above amber, red below. A convention."""
    if index is None:
        return "unknown"
    return "green" if index >= green else "amber" if index >= amber else "red"
