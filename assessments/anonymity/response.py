"""What may be said about how many answered: bands while a round is open, one sentence for everything not shown."""

from __future__ import annotations

from typing import Literal

Band = Literal["few", "some", "half", "most"]


def response_band(answered: int, invited: int, k: int) -> Band:
    """The band of a response: fewer than k, k or more but under half, half or more, over 80 %.

    4 of 40 with k = 5: few. 5 of 40: some. 20 of 40: half. 32 of 40: half, 33 of 40: most.
    """
    if answered < k:
        return "few"
    if 5 * answered > 4 * invited:
        return "most"
    return "half" if 2 * answered >= invited else "some"


def protected(k: int) -> str:
    """The one sentence for a suppressed cell, whether too few answered or others would be given away (R12)."""
    return f"Fewer than {k} answers or protected"


def least_for_comments(k: int) -> int:
    """How many answers a question needs before its comments are shown: max(8, k + 3). k = 5: 8; k = 6: 9."""
    return max(8, k + 3)
