"""The gate: which cells of a round may be published together.

A cell is a set of answers whose statistics are shown. An atom is all answers that lie in exactly the same published
cells. Whatever is added and subtracted from published sums gives all answers of an atom the same weight, so a set of
cells is safe if and only if every atom has at least k answers. One rule covers parent minus children, overlapping
groups, chains of subtractions and several publications. A part of a safe set is safe, because its atoms are unions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

Cells = frozenset[str]
Blocks = Mapping[Cells, int]
"""How many answers lie in exactly these cells, by the names of the cells."""


def blocks_of(cells: Mapping[str, Collection[str]]) -> dict[Cells, int]:
    """Answers grouped by the cells they lie in: {"P": "abc", "T": "ab"} gives {P and T: 2, P: 1}."""
    where: defaultdict[str, set[str]] = defaultdict(set)
    for name, answers in cells.items():
        for answer in answers:
            where[answer].add(name)
    return dict(Counter(frozenset(names) for names in where.values()))


def atoms(blocks: Blocks, shown: Iterable[str]) -> dict[Cells, int]:
    """The size of each atom when only the cells in *shown* are published; answers in no shown cell do not count."""
    visible, found = frozenset(shown), Counter[Cells]()
    for names, count in blocks.items():
        here = names & visible
        if here and count:
            found[here] += count
    return dict(found)


def gate(blocks: Blocks, k: int, *, root: str, earlier: Collection[str] = ()) -> Cells:
    """The cells that may be published, out of all in *blocks*; `earlier` names cells that are public already.

    Cells below k fall first. While an atom has fewer than k answers, the cell falls that leaves the smallest total
    shortfall (then the smaller cell, then the name); the root is never dropped, and if it alone is not safe nothing is
    published. What turns out harmless is given back, the largest first. The result depends on counts alone.

    Teams of 7, 6 and 2 below a programme of 15, k = 5: the team of 2 falls, then the team of 6, because 15 - 7 - 6
    would give the 2 away. Published are the programme and the team of 7; the atoms have 7 and 8 answers.
    """
    work = _Gate(blocks, k, root, frozenset(earlier))
    removed = work.drop_until_safe()
    work.give_back(removed)
    return frozenset(work.shown)


class _Gate:
    """The state of one run: the cells still shown and the atoms they make."""

    def __init__(self, blocks: Blocks, k: int, root: str, earlier: Cells) -> None:
        self.blocks, self.k, self.root, self.earlier = blocks, k, root, earlier
        sizes = Counter[str]()
        self.holding: defaultdict[str, list[Cells]] = defaultdict(list)
        for names, count in blocks.items():
            for name in names:
                sizes[name] += count
                self.holding[name].append(names)
        self.sizes = sizes
        self.shown = {name for name, size in sizes.items() if size >= k and name not in earlier}
        self.atoms = Counter(atoms(blocks, self.shown | earlier))

    def drop_until_safe(self) -> list[str]:
        removed = []
        while any(count < self.k for count in self.atoms.values()):
            through: defaultdict[str, list[Cells]] = defaultdict(list)
            for names in self.atoms:
                for name in names:
                    through[name].append(names)
            open_to_fall = self.shown - {self.root}
            if not open_to_fall:
                self.shown.clear()
                return []
            worst = min(open_to_fall, key=lambda name: (self._change(name, through[name]), self.sizes[name], name))
            self._drop(worst, through[worst])
            removed.append(worst)
        return removed

    def give_back(self, removed: list[str]) -> None:
        for name in sorted(removed, key=lambda name: (-self.sizes[name], name)):
            live, inside = frozenset(self.shown | self.earlier), Counter[Cells]()
            for names in self.holding[name]:
                inside[names & live] += self.blocks[names]
            rests = {names: self.atoms[names] - count for names, count in inside.items() if names}
            if all(not count or count >= self.k for count in (*inside.values(), *rests.values())):
                self.shown.add(name)
                for names, count in inside.items():
                    self._move(names, names | {name}, count)

    def _short(self, count: int) -> int:
        return self.k - count if 0 < count < self.k else 0

    def _change(self, name: str, through: list[Cells]) -> int:
        """By how much the total shortfall changes when a cell is dropped; the others are the same for every cell."""
        change = 0
        for names in through:
            rest, count = names - {name}, self.atoms[names]
            beside = self.atoms[rest] if rest else 0
            change -= self._short(count) + self._short(beside)
            change += self._short(count + beside) if rest else 0
        return change

    def _drop(self, name: str, through: list[Cells]) -> None:
        self.shown.discard(name)
        for names in through:
            self._move(names, names - {name}, self.atoms[names])

    def _move(self, source: Cells, target: Cells, count: int) -> None:
        if target:
            self.atoms[target] += count
        if source:
            self.atoms[source] -= count
            if not self.atoms[source]:
                del self.atoms[source]
