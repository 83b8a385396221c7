"""A measure over quarters as a drawing: gaps stay gaps, the target is a dashed line. The table beside it holds the same figures."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from app.ui.charts import Words
from app.ui.trends import Line, Trend

LEFT, RIGHT, ABOVE, BELOW = 58.0, 388.0, 14.0, 168.0
STEPS = 4
MOST_NAMES = 6
Place = Callable[[int, float], tuple[str, str]]


def trend(names: Sequence[str], runs: Sequence[Line]) -> Trend:
    """Draw *runs* over *names*, each value at its name. The axis holds 0; a gap breaks a line, and a lone value is a dot.

    Values 60, none, 72 give two dots and no line between them; 60, 66, 72 give one line with three dots."""
    held = [value for run in runs for value in run.values if value is not None]
    least, most, step = _axis(min([0.0, *held]), max([0.0, *held]))
    width = max(1, len(names) - 1)

    def at(place: int, value: float) -> tuple[str, str]:
        x = LEFT + (RIGHT - LEFT) * (place / width if len(names) > 1 else 0.5)
        return f"{x:.1f}", f"{BELOW - (BELOW - ABOVE) * (value - least) / (most - least):.1f}"

    heights = [least + step * number for number in range(round((most - least) / step) + 1)]
    every = -(-len(names) // MOST_NAMES)
    return Trend(
        tuple(Line(run.kind, run.label, run.values, _paths(run, at), _dots(run, at)) for run in runs),
        tuple(f"M{LEFT} {at(0, height)[1]}H{RIGHT}" for height in heights),
        (
            *(Words(_number(height, step), f"{LEFT - 6:.0f}", f"{float(at(0, height)[1]) + 4:.1f}", "end") for height in heights),
            *(_name(name, at(place, least)[0], place == len(names) - 1 > 0) for place, name in enumerate(names) if (len(names) - 1 - place) % every == 0),
        ),
        json.dumps({"names": list(names), "series": [{"kind": run.kind, "label": run.label, "values": run.values} for run in runs]}),
    )


def _name(name: str, x: str, is_last: bool) -> Words:
    """The last name ends with the drawing, so that it is not cut."""
    return Words(name, f"{RIGHT + 10:.1f}" if is_last else x, f"{BELOW + 18:.0f}", "end" if is_last else "middle")


def _paths(line: Line, at: Place) -> tuple[str, ...]:
    """One stroke between two neighbours that both have a value, so that a filled kind of line has no area to fill."""
    ends = pairwise(enumerate(line.values))
    return tuple(
        f"M{' '.join(at(start, before))}L{' '.join(at(end, after))}" for (start, before), (end, after) in ends if before is not None and after is not None
    )


def _dots(run: Line, at: Place) -> tuple[tuple[str, str], ...]:
    return tuple(at(place, value) for place, value in enumerate(run.values) if value is not None)


def _axis(least: float, most: float) -> tuple[float, float, float]:
    """(bottom, top, step) with about four handsome steps that hold both ends: 0 and 72 give (0, 80, 20)."""
    reach = (most - least) or 1.0
    size = 1e-6
    while size * 10 * STEPS < reach:
        size *= 10
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if size * part * STEPS >= reach * 0.999)
    bottom, top = step * math.floor(least / step), step * math.ceil(round(most / step, 9))
    return bottom, max(top, bottom + step), step


def _number(value: float, step: float) -> str:
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2
    return f"{value:,.{places}f}"
