"""From raw numbers to the figure of a measure, for one team and for several together (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.arithmetic import DividedByZero, holds, names_in, value_of
from assessments.measures.definitions import Input, Kpi

SMALL_NUMBER = 5
MOST = 10**12


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its n. `value` is None when there was no case: that is not 0 %."""

    value: float | None
    cases: float | None = None

    @property
    def is_small(self) -> bool:
        """It rests on fewer than five cases, so one case moves it a lot."""
        return self.cases is not None and 0 < self.cases < SMALL_NUMBER


def worked_out(kpi: Kpi, inputs: Mapping[str, float]) -> Figure:
    """The figure from the raw numbers; 6 of 8 projects accepted is 75 % with n 8, and 0 of 0 is no figure with n 0.

    Inputs must have passed `faults_in`.
    """
    exact = _exact(inputs)
    cases = float(value_of(kpi.cases, exact)) if kpi.cases else None
    if cases == 0:
        return Figure(None, 0.0)
    try:
        return Figure(float(value_of(kpi.compute, exact)), cases)
    except DividedByZero:
        return Figure(None, cases)


def faults_in(kpi: Kpi, inputs: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """(input id or '', sentence) for all that is wrong with raw numbers: missing, negative, a part above its whole."""
    named = {one.id: one for one in kpi.inputs}
    found = [(name, f"{kpi.id} has no input {name}") for name in inputs if name not in named]
    found += [(name, f"Enter {_lower(named[name].name)}") for name in sorted(kpi.names) if name not in inputs]
    for one in kpi.inputs:
        found += _number_faults(one, inputs, named)
    if not found:
        exact = _exact(inputs)
        found += [("", bound.otherwise) for bound in kpi.bounds if names_in(bound.holds) <= exact.keys() and not holds(bound.holds, exact)]
    return tuple(found)


def _number_faults(one: Input, inputs: Mapping[str, float], named: Mapping[str, Input]) -> list[tuple[str, str]]:
    if one.id not in inputs:
        return []
    value, whole = inputs[one.id], inputs.get(one.part_of)
    if not 0 <= value <= MOST:
        return [(one.id, f"{one.name}: enter a number from 0 to {MOST:,}")]
    if one.whole and value != int(value):
        return [(one.id, f"{one.name}: enter a whole number")]
    if whole is not None and value > whole:
        return [(one.id, f"{one.name} cannot be more than {_lower(named[one.part_of].name)}")]
    return []


def together(kpi: Kpi, teams: Iterable[Mapping[str, float]]) -> Figure | None:
    """One figure for several teams: the ratio of their sums, never the mean of their ratios; None where it does not add up.

    EV 84,000 and 150,000, AC 96,000 and 140,000: 234,000 / 236,000 = 0.9915, where the mean of both ratios would be 0.9732.
    """
    sheets = [sheet for sheet in teams if kpi.names <= sheet.keys()]
    if not sheets or not kpi.adds_up:
        return None
    return worked_out(kpi, {name: sum(sheet[name] for sheet in sheets) for name in kpi.names})


def _exact(inputs: Mapping[str, float]) -> dict[str, Fraction]:
    return {name: Fraction(repr(float(value))) for name, value in inputs.items()}


def _lower(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
