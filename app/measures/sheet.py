"""Figures as CSV: one line a figure, read strictly and written so that what was written can be read again.

Pure: text and what stands in, rows and faults out. Raw numbers stand in one cell, `accepted=6; due=8`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from app.documents.inert import FORMULA
from app.ui.sheets import LineFault, NotATable, lines_of
from app.ui.text import NotText, clean_line
from assessments.measures import Figure, Kpi, faults_in, quarter_name, read_quarter, shown, worked_out

COLUMNS = ("kpi", "quarter", "raw_numbers", "value", "source", "comment")
NEEDED = ("kpi", "quarter")
MOST_ROWS = 2_000
MOST = 10**12
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")

State = Literal["new", "changed", "here"]


@dataclass(frozen=True)
class SheetRow:
    """A figure of the table. `state` says whether it is new, replaces another or stands there already."""

    line: int
    kpi: Kpi
    quarter: int
    inputs: Mapping[str, float]
    figure: Figure
    source: str
    comment: str
    state: State

    @property
    def quarter_name(self) -> str:
        """Q3 2026."""
        return quarter_name(self.quarter)

    @property
    def words(self) -> str:
        """The figure with its unit, or that there was no case."""
        return "no cases" if self.figure.value is None else shown(self.kpi, self.figure.value)


@dataclass(frozen=True)
class Standing:
    """A figure that is recorded already."""

    value: float | None
    inputs: Mapping[str, float]


@dataclass(frozen=True)
class Sheet:
    """A table that could be read: its figures in order and every fault."""

    rows: tuple[SheetRow, ...]
    faults: tuple[LineFault, ...]

    def of(self, state: State) -> tuple[SheetRow, ...]:
        """The rows that are new, replace a figure or stand there already."""
        return tuple(row for row in self.rows if row.state == state)


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, column: str, sentence: str) -> None:
        super().__init__(sentence)
        self.column, self.sentence = column, sentence


def read_sheet(text: str, kpis: Mapping[str, Kpi], stands: Mapping[tuple[str, int], Standing], latest: int, oldest: int) -> Sheet:
    """The figures of a CSV text. Quarters lie between *oldest* and *latest*. Raises NotATable when no line can be trusted.

    'kpi,quarter,raw_numbers' and 'K01,2026-Q3,accepted=6; due=8' give one new figure of 75 % with n 8."""
    _, lines = lines_of(text)
    if not lines:
        raise NotATable(f"There is nothing in it. Put the columns in the first line: {', '.join(COLUMNS)}")
    names = [cell.strip().casefold().replace(" ", "_") for cell in lines[0][1]]
    for wrong in _header_faults(names):
        raise NotATable(wrong)
    if not 1 <= len(lines) - 1 <= MOST_ROWS:
        raise NotATable(f"Put 1 to {MOST_ROWS:,} figures below the header, one in each line")
    rows: list[SheetRow] = []
    faults: list[LineFault] = []
    seen: dict[tuple[str, int], int] = {}
    for line, cells in lines[1:]:
        try:
            if len(cells) != len(names):
                raise _Wrong("", f"has {len(cells)} values for {len(names)} columns")
            row = _row(line, dict(zip(names, cells, strict=True)), kpis, stands, range(oldest, latest + 1))
            key = (row.kpi.id, row.quarter)
            if key in seen:
                raise _Wrong("", f"{row.kpi.id} for {quarter_name(row.quarter)} stands in line {seen[key]} already")
            seen[key] = line
            rows.append(row)
        except _Wrong as wrong:
            faults.append(LineFault(line, wrong.column, wrong.sentence))
    return Sheet(tuple(rows), tuple(faults))


def _header_faults(names: list[str]) -> Iterator[str]:
    for name in NEEDED:
        if name not in names:
            yield f"The column {name} is missing. The first line names the columns: {', '.join(COLUMNS)}"
    for name in names:
        if name not in COLUMNS:
            yield f"There is no column {name or '(without a name)'} here. The columns are {', '.join(COLUMNS)}"
        if names.count(name) > 1:
            yield f"The column {name} stands twice in the header. Keep one of them"


def _row(line: int, cells: Mapping[str, str], kpis: Mapping[str, Kpi], stands: Mapping[tuple[str, int], Standing], allowed: range) -> SheetRow:
    kpi = kpis.get(cells["kpi"].strip().upper())
    if kpi is None:
        raise _Wrong("kpi", f"there is no measure {cells['kpi'].strip()[:40] or '(empty)'}")
    quarter = read_quarter(cells["quarter"])
    if quarter is None:
        raise _Wrong("quarter", "enter a quarter such as 2026-Q3")
    if quarter not in allowed:
        raise _Wrong("quarter", f"{quarter_name(quarter)} is {'still to come' if quarter >= allowed.stop else 'too long ago'}")
    inputs, value = _inputs(kpi, cells.get("raw_numbers", "")), _number("value", cells.get("value", ""))
    if inputs:
        for name, sentence in faults_in(kpi, inputs):
            raise _Wrong("raw_numbers", sentence[:1].lower() + sentence[1:] if name else sentence)
    elif value is None:
        raise _Wrong("raw_numbers", "enter the raw numbers, or the result under value")
    figure = worked_out(kpi, inputs) if inputs else Figure(value)
    if inputs and value is not None and (figure.value is None or abs(figure.value - value) > 0.05 * max(1.0, abs(value)) / 5):
        raise _Wrong("value", "does not fit the raw numbers; leave it out, it is worked out")
    there = stands.get((kpi.id, quarter))
    state: State = "new" if there is None else "here" if (there.value, dict(there.inputs)) == (figure.value, inputs) else "changed"
    return SheetRow(line, kpi, quarter, inputs, figure, _text("source", cells, 200), _text("comment", cells, 1000), state)


def _inputs(kpi: Kpi, cell: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        name, equals, typed = (piece.strip() for piece in part.partition("="))
        if not equals:
            raise _Wrong("raw_numbers", f"write name=number, for example {kpi.inputs[0].id}=6")
        if name not in {one.id for one in kpi.inputs}:
            raise _Wrong("raw_numbers", f"{kpi.id} has no input {name[:40]}; it has {', '.join(one.id for one in kpi.inputs)}")
        if name in found:
            raise _Wrong("raw_numbers", f"{name} stands there twice")
        number = _number("raw_numbers", typed)
        if number is None:
            raise _Wrong("raw_numbers", f"{name} has no number")
        found[name] = number
    return found


def _number(column: str, cell: str) -> float | None:
    typed = cell.strip().removeprefix("'")
    if not typed:
        return None
    if not typed.isascii() or not NUMBER.fullmatch(typed) or abs(float(typed)) > MOST:
        raise _Wrong(column, f"{typed[:40]} is not a number such as 12.5; leave out units and thousands separators")
    return float(typed)


def _text(column: str, cells: Mapping[str, str], limit: int) -> str:
    cell = cells.get(column, "")
    if cell.startswith("'") and FORMULA.match(cell[1:]):
        cell = cell[1:]
    try:
        return clean_line(cell, limit)
    except NotText as fault:
        raise _Wrong(column, str(fault)[:1].lower() + str(fault)[1:]) from fault


def inputs_cell(inputs: Mapping[str, float]) -> str:
    """Raw numbers as they stand in the table: {'accepted': 6.0, 'due': 8.0} -> 'accepted=6; due=8'."""
    return "; ".join(f"{name}={int(value) if value == int(value) else value}" for name, value in inputs.items())
