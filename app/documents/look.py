"""The colours of the site as files know them: hexadecimal RGB, the light scheme."""

from __future__ import annotations

from typing import Final

INK: Final = "18211f"
QUIET: Final = "47524f"
HAIR: Final = "dce1de"
GROUND: Final = "f5f6f5"
ACCENT: Final = "0b5d66"
ACCENT_SOFT: Final = "e1f0ef"
MIDDLE: Final = "93c1c1"
GOOD: Final = "1d6a3c"
CARE: Final = "7f4e00"
BAD: Final = "a3261d"
WHITE: Final = "ffffff"
SERIES: Final = (ACCENT, CARE, "7b8783", MIDDLE)
"""Colours of the lines of a chart in order: now, target, before, more."""
HEAT: Final = ((WHITE, INK), ("e6f1f0", "11201f"), ("c4dfdd", "11201f"), ("93c1c1", "11201f"), ("26747c", WHITE))
"""Ground and ink of a cell by its distance from the target, 0 at target to 4 far off; the number always stands in it."""
