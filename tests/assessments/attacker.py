"""Whoever adds and subtracts published sums: exact elimination over rationals, written without the gate's idea of atoms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

Row = list[Fraction]


def reduced(cells: Iterable[Collection[str]], answers: Sequence[str]) -> list[Row]:
    """The reduced row echelon form of the published sums, one column an answer."""
    rows = [[Fraction(answer in cell) for answer in answers] for cell in map(set, cells)]
    rank = 0
    for column in range(len(answers)):
        pivot = next((at for at in range(rank, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        lead = rows[rank][column]
        rows[rank] = [value / lead for value in rows[rank]]
        for at, row in enumerate(rows):
            if at != rank and row[column]:
                factor = row[column]
                rows[at] = [a - factor * b for a, b in zip(row, rows[rank], strict=True)]
        rank += 1
    return rows[:rank]


def computable(basis: list[Row], wanted: Collection[int]) -> bool:
    """Whether the sum of these answers (by column) is a combination of the published sums."""
    left = [Fraction(column in wanted) for column in range(len(basis[0]))] if basis else [Fraction(1)]
    for row in basis:
        lead = next(column for column, value in enumerate(row) if value)
        if left[lead]:
            factor = left[lead]
            left = [a - factor * b for a, b in zip(left, row, strict=True)]
    return not any(left)


def given_away(cells: Mapping[str, Collection[str]], k: int, more: Iterable[Collection[str]] = ()) -> list[tuple[str, ...]]:
    """Sets of fewer than k answers whose sum can be computed: all singles and pairs, all sets up to k - 1 where there
    are at most 14 answers, every set in *more*, and the support of every row of the echelon form."""
    answers = sorted({answer for cell in cells.values() for answer in cell})
    basis = reduced(cells.values(), answers)
    if not basis:
        return []
    at = {answer: place for place, answer in enumerate(answers)}
    sizes = range(1, k) if len(answers) <= 14 else range(1, min(3, k))
    tried = [set(chosen) for size in sizes for chosen in combinations(range(len(answers)), size)]
    tried += [{at[answer] for answer in chosen if answer in at} for chosen in more if len(chosen) < k]
    found = [chosen for chosen in tried if chosen and computable(basis, chosen)]
    found += [support for row in basis if len(support := {place for place, value in enumerate(row) if value}) < k]
    return sorted({tuple(sorted(answers[place] for place in chosen)) for chosen in found})
