"""What follows from needs and weeks alone: order, longest chains, the earliest week an action can end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

WEEKS_IN_QUARTER = 13

Steps = Mapping[str, tuple[int, tuple[str, ...]]]


@dataclass(frozen=True)
class Chains:
    """Facts about a graph of needs without circles.

    `order` lists needs before what needs them. `longest[a][p]` is the number of weeks of the longest
    chain from p to a, both ends counted (a itself included). `dependents[p]` need p directly.
    `earliest[a]` is the first week in which a can end, ignoring capacity; None if it never can.
    """

    steps: Steps
    order: tuple[str, ...]
    longest: Mapping[str, Mapping[str, int]]
    dependents: Mapping[str, tuple[str, ...]]
    earliest: Mapping[str, int | None]

    @cached_property
    def closure(self) -> dict[str, tuple[str, ...]]:
        """Each action with everything it needs, needs first."""
        place = {name: at for at, name in enumerate(self.order)}
        return {name: tuple(sorted(reach, key=place.__getitem__)) for name, reach in self.longest.items()}

    @classmethod
    def of(cls, steps: Steps) -> Chains:
        """Chains of the given weeks and needs; the needs must be known and free of circles."""
        order = _sorted_by_need(steps)
        longest: dict[str, dict[str, int]] = {}
        earliest: dict[str, int | None] = {}
        dependents: dict[str, list[str]] = {name: [] for name in order}
        for name in order:
            weeks, needs = steps[name]
            reach = {name: weeks}
            for need in needs:
                dependents[need].append(name)
                for ancestor, length in longest[need].items():
                    reach[ancestor] = max(reach.get(ancestor, 0), length + weeks)
            longest[name] = reach
            earliest[name] = finish_week(weeks, [earliest[need] for need in needs])
        return cls(steps, order, longest, {p: tuple(sorted(d)) for p, d in dependents.items()}, earliest)

    def earliest_quarter(self, name: str) -> int | None:
        """The first quarter an action can be in, ignoring capacity; None if it never can."""
        week = self.earliest[name]
        return None if week is None else quarter_of(week)

    def lag(self, ancestor: str, name: str) -> int:
        """0 if the two may share a quarter, 1 if the chain between them is longer than one."""
        return int(self.longest[name][ancestor] > WEEKS_IN_QUARTER)


def quarter_of(week: int) -> int:
    """The quarter a week lies in: weeks 1 to 13 are quarter 1."""
    return (week - 1) // WEEKS_IN_QUARTER + 1


def finish_week(weeks: int, needs: Sequence[int | None], quarter: int = 1) -> int | None:
    """First week in which an action ends that starts no earlier than `quarter` and after all `needs`.

    It starts and ends inside one quarter: 8 weeks after a need that ends in week 6 end in week 21.
    """
    if weeks > WEEKS_IN_QUARTER or any(week is None for week in needs):
        return None
    begin = max([WEEKS_IN_QUARTER * (quarter - 1), *(week for week in needs if week is not None)])
    if begin % WEEKS_IN_QUARTER + weeks > WEEKS_IN_QUARTER:
        begin += WEEKS_IN_QUARTER - begin % WEEKS_IN_QUARTER
    return begin + weeks


def circle(needs: Mapping[str, Sequence[str]]) -> list[str]:
    """The ids of one circle of needs, each needing the next; empty if there is none."""
    state: dict[str, int] = {}
    for root in sorted(needs):
        path: list[str] = []
        stack = [(root, iter(sorted(needs[root])))] if root not in state else []
        while stack:
            name, rest = stack[-1]
            if name not in state:
                state[name] = 1
                path.append(name)
            following = next(rest, None)
            if following is None:
                state[name] = 2
                path.pop()
                stack.pop()
            elif state.get(following) == 1:
                return path[path.index(following) :]
            elif following not in state:
                stack.append((following, iter(sorted(needs[following]))))
    return []


def _sorted_by_need(steps: Steps) -> tuple[str, ...]:
    order: list[str] = []
    done: set[str] = set()
    for root in sorted(steps):
        stack = [root]
        while stack:
            name = stack[-1]
            waiting = [need for need in sorted(steps[name][1]) if need not in done]
            if waiting:
                stack.extend(waiting)
                continue
            stack.pop()
            if name not in done:
                done.add(name)
                order.append(name)
    return tuple(order)
