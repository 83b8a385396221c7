"""A QR code as the attributes of one SVG path."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno


@dataclass(frozen=True)
class QrCode:
    """The side of the square in modules, and the path that draws the dark ones as strokes of width 1."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of *text* with a quiet border of two modules."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix_iter(border=2)]
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                strokes.append(f"M{x} {y}.5h{length}")
            x += length
    return QrCode(len(rows), "".join(strokes))
