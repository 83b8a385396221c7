"""Which of two actions comes first in the best plan, as far as that can be told beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from assessments.planning.problem import PlanProblem

Preference = tuple[str, str, bool]


def preferences(problem: PlanProblem, ids: Sequence[str], efforts: Mapping[str, int]) -> Iterator[Preference]:
    """Triples (better, worse, always) that hold in the one best plan.

    always: the better one is done no later than the worse one. Else: the worse one is chosen only if the
    better one is. Two sources, both by exchange:

    - the worse one is needed by nothing, and the better one has no less value, no more effort, weeks and
      needs. Then it can take the worse one's place; with equal effort the two can also change places.
    - two groups of connected actions are alike in everything but their ids. Then the group with the
      smallest id comes first, because ties are broken by ascending id.

    Only actions that count in the same shared limits change places, and none of those that gain points
    by staying in the quarter they had.
    """
    yield from _exchanges(problem, ids, efforts)
    for better, worse in _twins(problem, ids):
        yield better, worse, True


def _exchanges(problem: PlanProblem, ids: Sequence[str], efforts: Mapping[str, int]) -> Iterator[Preference]:
    free = [name for name in ids if name not in problem.pinned and name not in problem.keep]
    live = set(ids)
    needs = {name: frozenset(problem.by_id[name].needs) for name in free}
    limits = problem.limits_of
    ends = [n for n in free if not any(d in live for d in problem.chains.dependents[n])]
    better_than: dict[str, set[str]] = {name: set() for name in free}
    for worse in ends:
        w = problem.by_id[worse]
        for better in free:
            b = problem.by_id[better]
            if (
                b.value >= w.value
                and efforts[better] <= efforts[worse]
                and b.weeks <= w.weeks
                and better != worse
                and limits[better] == limits[worse]
                and needs[better] <= needs[worse]
                and better not in problem.chains.longest[worse]
                and ((b.value, -efforts[better]) != (w.value, -efforts[worse]) or better < worse)
            ):
                better_than[worse].add(better)
    for worse in ends:
        candidates = better_than[worse]
        for better in sorted(candidates):
            if not any(better in better_than[between] for between in candidates):
                yield better, worse, efforts[better] == efforts[worse]


def _twins(problem: PlanProblem, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    alike: dict[tuple[object, ...], list[str]] = {}
    for group in _groups(problem, ids):
        if len(group) > 1 and not any(name in problem.pinned or name in problem.keep for name in group):
            at = {name: place for place, name in enumerate(group)}
            key = tuple(
                (c.value, c.effort, c.weeks, tuple(sorted(at[need] for need in c.needs)), problem.limits_of[c.id])
                for c in (problem.by_id[name] for name in group)
            )
            alike.setdefault(key, []).append(group[0])
    for firsts in alike.values():
        yield from pairwise(firsts)


def _groups(problem: PlanProblem, ids: Sequence[str]) -> list[list[str]]:
    """Actions connected by needs, each group in ascending order, groups by their smallest id."""
    group_of: dict[str, list[str]] = {name: [name] for name in ids}
    for name in ids:
        for need in problem.by_id[name].needs:
            mine, theirs = group_of[name], group_of[need]
            if mine is not theirs:
                theirs += mine
                for member in mine:
                    group_of[member] = theirs
    seen: dict[int, list[str]] = {id(group): group for group in group_of.values()}
    return sorted(sorted(group) for group in seen.values())
