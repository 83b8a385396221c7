"""How much of the way from where a team began to its target is done, per dimension or group."""

from __future__ import annotations

from collections.abc import Mapping


def relative_progress(baseline: float | None, current: float | None, target: float | None) -> float | None:
    """(current - baseline) / (target - baseline), a share: 0 at the baseline, 1 at the target.

    Baseline 2.0, now 2.6, target 3.5: 0.4. Below the baseline it is negative, beyond the target above 1. It works
    downwards, too: from 10 to 4 with target 2 is 0.75. None where a value is missing or the target was reached at the
    baseline, because then there was no way to go.
    """
    if baseline is None or current is None or target is None or target == baseline:
        return None
    return (current - baseline) / (target - baseline)


def progress_of_nodes(
    before: Mapping[str, float | None], now: Mapping[str, float | None], targets: Mapping[str, float]
) -> dict[str, float | None]:
    """The relative progress of every node that has a target: {"S": 5.0 -> 5.625, target 7.5} gives {"S": 0.25}."""
    return {name: relative_progress(before.get(name), now.get(name), target) for name, target in targets.items()}
