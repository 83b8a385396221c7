"""Who chose which option: a table by thirds of the attempts, and what is wrong with a wrong option."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_FOR_WARNING = 5


@dataclass(frozen=True)
class ThirdSizes:
    """How many attempts are in each third. Equal totals stay together, so the sizes may differ."""

    bottom: int
    middle: int
    top: int

    @staticmethod
    def of(thirds: Sequence[int]) -> "ThirdSizes":
        """Sizes from the third (0, 1, 2) of each attempt."""
        return ThirdSizes(thirds.count(0), thirds.count(1), thirds.count(2))


@dataclass(frozen=True)
class OptionCount:
    """How often an option was chosen, in all and by third; `warning` is empty when nothing is odd."""

    id: str
    is_right: bool
    bottom: int
    middle: int
    top: int
    warning: str = ""

    @property
    def all(self) -> int:
        """How many attempts chose it."""
        return self.bottom + self.middle + self.top


def thirds_of(totals: Sequence[int]) -> list[int]:
    """0 (bottom), 1 or 2 (top) for each attempt, by its rank among all totals.

    An attempt stands at (number below + half of those with its total) / n: up to 1/3 is the bottom third,
    from 2/3 the top one. Attempts with the same total are never parted, whatever the order of the rows.
    Totals 3 2 1 0 3 1 stand at 5/6, 7/12, 1/3, 1/12, 5/6, 1/3, which gives 2 1 0 0 2 0.
    """
    n = len(totals)
    same = Counter(totals)
    below = {total: place for place, total in reversed(list(enumerate(sorted(totals))))}
    stands = [3 * (2 * below[total] + same[total]) for total in totals]
    return [0 if stand <= 2 * n else 2 if stand >= 4 * n else 1 for stand in stands]


def counted(
    options: Sequence[str],
    right: Sequence[str],
    picked: Sequence[tuple[str, ...] | None],
    thirds: Sequence[int],
) -> tuple[OptionCount, ...]:
    """The table of one question: a row for each option. Attempts whose choice is not known do not count."""
    known = [(choice, third) for choice, third in zip(picked, thirds, strict=True) if choice is not None]
    table = []
    for option in options:
        chose = [third for choice, third in known if option in choice]
        bottom, middle, top = (chose.count(third) for third in (0, 1, 2))
        is_right = option in right
        said = _warning(option, is_right, (bottom, middle, top), known) if len(known) >= LEAST_FOR_WARNING else ""
        table.append(OptionCount(option, is_right, bottom, middle, top, said))
    return tuple(table)


def _warning(
    option: str, is_right: bool, by: tuple[int, int, int], known: Sequence[tuple[tuple[str, ...], int]]
) -> str:
    if is_right:
        return ""
    if sum(by) == 0:
        return f"Nobody chose {option}: it distracts no one."
    sizes = [sum(1 for _, third in known if third == one) for one in (0, 2)]
    # shares, since the thirds may differ in size
    if sizes[0] and sizes[1] and by[2] * sizes[0] > by[0] * sizes[1]:
        return f"The top third chose {option} more often than the bottom third: is it right after all?"
    return ""
