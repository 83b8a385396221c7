"""Lines over rounds on the scale 1 to 5, which is never cut; the table beside a drawing holds the same figures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.ui.charts import TOP, Words

LEFT, RIGHT, ABOVE, BELOW = 36.0, 366.0, 12.0, 156.0


@dataclass(frozen=True)
class Line:
    """One line. kind is now (thick), target, before or ahead (its shape); values in the order of the names below, None where there is none."""

    kind: str
    label: str
    values: tuple[float | None, ...]
    paths: tuple[str, ...] = ()
    dots: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Trend:
    """Lines, the grid behind them, the words at both axes, and the same as JSON for the chart library."""

    lines: tuple[Line, ...]
    grid: tuple[str, ...]
    marks: tuple[Words, ...]
    as_json: str


def trend(names: Sequence[str], lines: Sequence[Line], breaks: Sequence[int] = ()) -> Trend:
    """Draw *lines* over rounds called *names*. A missing value breaks the line, and so does a round in *breaks*, which is not compared;
    a target goes on.

    Two rounds at 2 and 3: a line from the left edge at y 120 to the right edge at y 84.
    """
    step = (RIGHT - LEFT) / max(1, len(names) - 1)

    def place(round_: int, value: float) -> tuple[str, str]:
        return f"{LEFT + step * round_:.1f}", f"{_height(value):.1f}"

    drawn = []
    for line in lines:
        runs: list[list[tuple[str, str]]] = [[]]
        for at, value in enumerate(line.values):
            if value is None or at in breaks and line.kind != "target":
                runs.append([])
            if value is not None:
                runs[-1].append(place(at, value))
        # one stroke between two rounds each, so that a filled kind of line has no area to fill
        paths = tuple(f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for run in runs for a, b in pairwise(run))
        drawn.append(Line(line.kind, line.label, line.values, paths, tuple(dot for run in runs for dot in run)))
    heights = range(1, TOP + 1)
    return Trend(
        tuple(drawn),
        tuple(f"M{LEFT:.0f} {_height(level):.1f}H{RIGHT:.0f}" for level in heights),
        (
            *(Words(str(level), f"{LEFT - 8:.0f}", f"{_height(level) + 4:.1f}", "end") for level in heights),
            *(Words(name, place(at, 1)[0], f"{BELOW + 20:.0f}", "middle") for at, name in enumerate(names)),
        ),
        json.dumps({"type": "line", "axes": list(names), "breaks": list(breaks), "series": [{"kind": s.kind, "label": s.label, "values": s.values} for s in lines]}),
    )


def _height(value: float) -> float:
    return BELOW - (BELOW - ABOVE) * (value - 1) / (TOP - 1)
