"""Lines over two axes as plain numbers and SVG attributes; the table beside a plot holds the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.ui.charts import Words

LEFT, RIGHT, ABOVE, BELOW = 52.0, 388.0, 14.0, 168.0
ROOM = 1.05


@dataclass(frozen=True)
class Line:
    """One line. kind is now (filled), target, before or ahead (its shape)."""

    kind: str
    label: str
    points: tuple[tuple[float, float], ...]
    drawn: str = ""


@dataclass(frozen=True)
class Plot:
    """Lines, the grid behind them and the words at both axes."""

    lines: tuple[Line, ...]
    grid: tuple[str, ...]
    marks: tuple[Words, ...]


def plot(lines: Sequence[Line], x_marks: Sequence[tuple[float, str]]) -> Plot:
    """Draw *lines*; y begins at 0 and x at the first mark. A filled line is closed along the ground.

    A line from (0, 0) to (4, 100) with marks at 0 and 4 goes from the lower left corner almost to the upper right one.
    """
    xs = [x for x, _ in x_marks] + [x for line in lines for x, _ in line.points]
    least, most = min(xs, default=0.0), max(xs, default=1.0)
    width = (most - least) or 1.0
    top = _round_up(max((y for line in lines for _, y in line.points), default=0.0) * ROOM)

    def place(x: float, y: float) -> str:
        return f"{LEFT + (RIGHT - LEFT) * (x - least) / width:.1f},{BELOW - (BELOW - ABOVE) * y / top:.1f}"

    drawn = []
    for line in lines:
        path = [place(x, y) for x, y in line.points]
        if line.kind == "now" and line.points:
            path = [place(line.points[0][0], 0), *path, place(line.points[-1][0], 0)]
        drawn.append(Line(line.kind, line.label, line.points, " ".join(path)))
    heights = [top * step / 4 for step in range(5)]
    return Plot(
        tuple(drawn),
        tuple(f"M{LEFT} {place(least, y).split(',')[1]}H{RIGHT}" for y in heights),
        (
            *(Words(f"{y:,.0f}", f"{LEFT - 6:.0f}", f"{float(place(least, y).split(',')[1]) + 4:.1f}", "end") for y in heights),
            *(Words(text, place(x, 0).split(",")[0], f"{BELOW + 18:.0f}", "middle") for x, text in x_marks),
        ),
    )


def _round_up(value: float) -> float:
    """Four even steps that hold the value, each a handsome whole number: 7378 -> 4 x 2000, 105 -> 4 x 30, 0 -> 4 x 1."""
    size = 1
    while size * 40 < value:
        size *= 10
    return 4.0 * next(size * step for step in (1, 2, 3, 4, 5, 6, 8, 10) if 4 * size * step >= value)
