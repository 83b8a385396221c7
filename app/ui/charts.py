"""Drawings for charts as plain numbers and SVG attributes: templates only put them in. Scale 1 to 5 is never cut."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from app.documents.look import ACCENT, CARE, HAIR, INK, QUIET

CENTRE_X, CENTRE_Y, RADIUS = 200.0, 176.0, 128.0
TOP = 5


@dataclass(frozen=True)
class Series:
    """One line of a radar. kind is now, target, before or ahead (its shape); values in the order of the axes, None unknown."""

    kind: str
    label: str
    values: tuple[float | None, ...]
    points: str = ""
    dots: tuple[tuple[str, str], ...] = ()

    @property
    def is_whole(self) -> bool:
        """Every axis has a value, so the line can be closed."""
        return all(value is not None for value in self.values)


@dataclass(frozen=True)
class Words:
    """A word in a drawing, at a place."""

    text: str
    x: str
    y: str
    anchor: str = "start"


@dataclass(frozen=True)
class Radar:
    """A profile of several axes, each 0 to 5."""

    rings: tuple[str, ...]
    spokes: tuple[str, ...]
    series: tuple[Series, ...]
    names: tuple[Words, ...]
    marks: tuple[Words, ...]
    as_json: str


def radar(axes: Sequence[str], series: Sequence[Series]) -> Radar:
    """Draw *series* over *axes*, first axis on top, clockwise. A series with an unknown value shows dots only."""
    count = len(axes)

    def place(axis: int, value: float) -> tuple[str, str]:
        angle = 2 * math.pi * axis / count - math.pi / 2
        reach = RADIUS * value / TOP
        return f"{CENTRE_X + reach * math.cos(angle):.1f}", f"{CENTRE_Y + reach * math.sin(angle):.1f}"

    def line(values: Sequence[float | None]) -> str:
        return " ".join(",".join(place(axis, value)) for axis, value in enumerate(values) if value is not None)

    def name(axis: int, text: str) -> Words:
        angle = 2 * math.pi * axis / count - math.pi / 2
        x, y = CENTRE_X + 142 * math.cos(angle), CENTRE_Y + 142 * math.sin(angle) + 5
        anchor = "middle" if abs(math.cos(angle)) < 0.2 else "start" if math.cos(angle) > 0 else "end"
        return Words(text, f"{x:.1f}", f"{y:.1f}", anchor)

    drawn = tuple(
        Series(s.kind, s.label, s.values, line(s.values), tuple(place(a, v) for a, v in enumerate(s.values) if v is not None))
        for s in series
    )
    return Radar(
        rings=tuple(line([float(ring)] * count) for ring in range(1, TOP + 1)),
        spokes=tuple(f"M200 176L{x} {y}" for x, y in (place(axis, TOP) for axis in range(count))),
        series=drawn,
        names=tuple(name(axis, text) for axis, text in enumerate(axes)),
        marks=tuple(Words(str(r), "205", f"{CENTRE_Y - RADIUS * r / TOP + 5:.1f}") for r in range(1, TOP + 1)),
        as_json=json.dumps({"axes": list(axes), "series": [{"kind": s.kind, "label": s.label, "values": s.values} for s in series]}),
    )


PEN = {
    "now": f'fill="#{ACCENT}" fill-opacity="0.12" stroke="#{ACCENT}" stroke-width="2.5"',
    "target": f'fill="none" stroke="#{CARE}" stroke-width="2" stroke-dasharray="7 4"',
    "before": f'fill="none" stroke="#{QUIET}" stroke-width="1.5" stroke-dasharray="2 3"',
    "ahead": f'fill="none" stroke="#{ACCENT}" stroke-width="2" stroke-dasharray="2 3"',
}


def radar_svg(drawing: Radar) -> str:
    """The radar as a picture of its own, coloured for paper; labels and legend stand beside it."""
    lines = [f'<polygon fill="none" stroke="#{HAIR}" points="{ring}"/>' for ring in drawing.rings]
    lines += [f'<path stroke="#{HAIR}" d="{spoke}"/>' for spoke in drawing.spokes]
    for series in drawing.series:
        if series.is_whole:
            lines.append(f'<polygon {PEN[series.kind]} points="{series.points}"/>')
        if series.kind == "now":
            lines += [f'<circle fill="#{ACCENT}" cx="{x}" cy="{y}" r="4"/>' for x, y in series.dots]
    for words, ink, size in (*((name, INK, 15) for name in drawing.names), *((mark, QUIET, 11) for mark in drawing.marks)):
        lines.append(
            f'<text x="{words.x}" y="{words.y}" text-anchor="{words.anchor}" fill="#{ink}" font-size="{size}" '
            f'font-family="Libertinus Serif">{escape(words.text)}</text>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 352" width="400" height="352">{"".join(lines)}</svg>'


@dataclass(frozen=True)
class Bar:
    """A bar on the scale 1 to 5, in per cent of its width; None where there is nothing to draw."""

    value: str | None
    goal: str | None
    before: str | None
    short: str


def bar(value: float | None, goal: float | None, before: float | None = None) -> Bar:
    """Where a value stands between 1 and 5, and what is missing to the goal."""
    at, aim = along(value), along(goal)
    short = f"M{at} 12H{aim}" if value is not None and goal is not None and goal > value else ""
    return Bar(at, aim, along(before), short)


def along(value: float | None) -> str | None:
    """The place of *value* on the scale 1 to 5, in per cent: 3 -> '50.0'."""
    return None if value is None else f"{min(100.0, max(0.0, (value - 1) * 25)):.1f}"


@dataclass(frozen=True)
class Strip:
    """Who answered what: a dot a person over the levels, and a line under the level of the item."""

    label: str
    dots: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]
    at: str


def strip(name: str, counts: Mapping[int, int], level: int | None) -> Strip:
    """Draw how many people chose each level 1 to 5. Three dots a row, rows upwards."""
    dots: list[tuple[str, str]] = []
    for step in range(1, TOP + 1):
        centre = 14 + 27 * (step - 1)
        people = counts.get(step, 0)
        for start in range(0, people, 3):
            row = min(3, people - start)
            lift = min(start // 3, 2)
            dots += [(f"{centre + 8 * (n - (row - 1) / 2):.1f}", f"{22 - 8 * lift:.1f}") for n in range(row)]
    said = ", ".join(f"{counts[step]} on level {step}" for step in sorted(counts) if counts[step])
    middle = 14 + 27 * (level - 1) if level else 0
    return Strip(
        label=f"{name}: {said or 'no answers'}",
        dots=tuple(dots),
        steps=tuple((str(14 + 27 * (step - 1)), str(step)) for step in range(1, TOP + 1)),
        at=f"M{middle - 11} 28.5H{middle + 11}" if level else "",
    )


def between(value: float) -> str:
    """The x of *value* (1 to 5) on a dumbbell 400 wide: 3 -> '200.0'."""
    return f"{6 + 388 * (value - 1) / 4:.1f}"
