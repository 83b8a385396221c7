"""What a quarter can hold, as mixes of efforts.

With 45 days and four slots, and efforts of 6, 10, 15, 16 and 24 days to choose from, a quarter holds at
most one of 23 largest mixes (two of 15 and one of 10, and so on). A plan's quarter fits under one of
them; as rows with one fraction per mix they leave a relaxed problem no way to fill the odd days between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

MOST_MIXES = 250
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Mixes:
    """For each largest mix the number of actions of each effort, and the column it belongs to."""

    efforts: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]
    columns: tuple[int, ...] = ()

    def with_columns(self, columns: Sequence[int]) -> Mixes:
        """The same mixes with a column for each."""
        return replace(self, columns=tuple(columns))

    def holding(self, efforts: Sequence[int]) -> int | None:
        """The first mix that holds actions of these efforts, or None."""
        wanted = Counter(efforts)
        need = [wanted[effort] for effort in self.efforts]
        for at, mix in enumerate(self.counts):
            if all(have >= asked for have, asked in zip(mix, need, strict=True)):
                return at
        return None


def mixes(efforts: Sequence[int], capacity: int, slots: int) -> Mixes | None:
    """The largest mixes that fit capacity and slots; None if there are too many to be of help.

    `efforts` holds the effort of each action that may be in the quarter, each at most `capacity`.
    """
    available = Counter(efforts)
    kinds = tuple(sorted(available, reverse=True))
    search = _Search(kinds, tuple(available[kind] for kind in kinds))
    if not search.run(capacity, slots):
        return None
    return Mixes(kinds, tuple(search.found)) if search.found else None


@dataclass(slots=True)
class _Search:
    kinds: tuple[int, ...]
    available: tuple[int, ...]
    found: list[tuple[int, ...]]
    steps: int

    def __init__(self, kinds: tuple[int, ...], available: tuple[int, ...]) -> None:
        self.kinds, self.available, self.found, self.steps = kinds, available, [], 0

    def run(self, capacity: int, slots: int, counts: tuple[int, ...] = ()) -> bool:
        """Collect every mix to which nothing can be added; False when there are too many."""
        self.steps += 1
        if self.steps > MOST_STEPS or len(self.found) > MOST_MIXES:
            return False
        at = len(counts)
        if at == len(self.kinds):
            if self._is_largest(counts, capacity, slots):
                self.found.append(counts)
            return True
        kind = self.kinds[at]
        most = min(self.available[at], slots, capacity // kind if kind else slots)
        return all(self.run(capacity - kind * count, slots - count, (*counts, count)) for count in range(most, -1, -1))

    def _is_largest(self, counts: tuple[int, ...], capacity: int, slots: int) -> bool:
        spare = zip(self.kinds, self.available, counts, strict=True)
        return not slots or all(kind > capacity or count == have for kind, have, count in spare)
