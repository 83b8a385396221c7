"""A project period by period, pasted as a table: planned, earned and spent, each cumulative.

Pure: text in, figures and faults out. Rows after the data date have a plan and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.sheets import NotATable, lines_of
from app.ui.text import NotText, clean_line

MOST_ROWS, MOST_NAME = 120, 20
NUMBER = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
NAMES = {
    "period": "period", "month": "period", "week": "period", "planned": "planned", "pv": "planned", "earned": "earned", "ev": "earned",
    "spent": "spent", "actual": "spent", "ac": "spent",
}
NEEDED = ("period", "planned", "earned", "spent")


@dataclass(frozen=True)
class Periods:
    """The periods in order. `earned` and `spent` end at the data date; `planned` holds the whole plan."""

    names: tuple[str, ...] = ()
    planned: tuple[float, ...] = ()
    earned: tuple[float, ...] = ()
    spent: tuple[float, ...] = ()

    @property
    def over(self) -> int:
        """How many periods have passed at the data date."""
        return len(self.earned)


def read_periods(text: str) -> Periods:
    """The periods of a pasted table. Raises NotATable with the first thing that is wrong and its line.

    'period,pv,ev,ac', 'M1,10,8,9' and 'M2,25,,' are two planned periods of which one is over."""
    _, lines = lines_of(text)
    if not lines:
        raise NotATable("The table is empty. Put the columns in the first line: period, planned, earned, spent")
    names = [NAMES.get(cell.strip().casefold(), cell.strip()) for cell in lines[0][1]]
    if sorted(names) != sorted(NEEDED):
        raise NotATable("The first line names the columns: period, planned, earned, spent (or period, pv, ev, ac)")
    if not 1 <= len(lines) - 1 <= MOST_ROWS:
        raise NotATable(f"Put 1 to {MOST_ROWS} periods below the header, one in each line")
    found: dict[str, list[float]] = {"planned": [], "earned": [], "spent": []}
    titles: list[str] = []
    for line, cells in lines[1:]:
        if len(cells) != len(names):
            raise NotATable(f"Line {line} has {len(cells)} values for {len(names)} columns")
        row = dict(zip(names, cells, strict=True))
        titles.append(_title(line, row["period"]) or str(len(titles) + 1))
        _take(line, row, found)
    if not found["earned"]:
        raise NotATable("No period has earned and spent yet; give them for the first period at least")
    return Periods(tuple(titles), *(tuple(found[name]) for name in ("planned", "earned", "spent")))


def _take(line: int, row: dict[str, str], found: dict[str, list[float]]) -> None:
    planned = _number(line, "planned", row["planned"])
    if planned is None:
        raise NotATable(f"Line {line}: enter what was planned by then")
    earned, spent = (_number(line, name, row[name]) for name in ("earned", "spent"))
    if (earned is None) != (spent is None):
        raise NotATable(f"Line {line}: give earned and spent both, or neither where the period is still to come")
    if earned is not None and len(found["earned"]) < len(found["planned"]):
        raise NotATable(f"Line {line}: a period before it has no earned value")
    for name, value in (("planned", planned), ("spent", spent), ("earned", earned)):
        if value is None:
            continue
        if name != "earned" and found[name] and value < found[name][-1]:
            raise NotATable(f"Line {line}: {name} falls from {found[name][-1]:,.10g} to {value:,.10g}. Sums are cumulative: from the start to the end of the period")
        found[name].append(value)


def _number(line: int, name: str, cell: str) -> float | None:
    typed = cell.strip()
    if not typed:
        return None
    if not typed.isascii() or not NUMBER.fullmatch(typed):
        raise NotATable(f"Line {line}: {name} {typed[:30]} is not a number such as 12000 or 12.5; leave out units and thousands separators")
    return float(typed)


def _title(line: int, cell: str) -> str:
    try:
        return clean_line(cell, MOST_NAME)
    except NotText as fault:
        raise NotATable(f"Line {line}: {str(fault)[:1].lower()}{str(fault)[1:]}") from fault


def as_text(names: Sequence[str], planned: Sequence[float], earned: Sequence[float], spent: Sequence[float]) -> str:
    """The table `read_periods` takes, without decimals."""
    rows = ["period,planned,earned,spent"]
    for at, name in enumerate(names):
        done = f"{earned[at]:.0f},{spent[at]:.0f}" if at < len(earned) else ","
        rows.append(f"{name},{planned[at]:.0f},{done}")
    return "\n".join(rows)
