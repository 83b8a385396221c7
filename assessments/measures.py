"""Key performance indicators: what stands beside maturity so that a score is never the only proof (domain 6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure with its formula and unit; `good` says which way is better, or that only the context tells."""

    id: str
    name: str
    meaning: str
    formula: str
    unit: str
    good: Literal["up", "down", "context"]
