"""Improvement actions: each raises one item by one level, at a cost, after other items stand high enough.

Values only. `reading` makes a catalogue from content/improvements; `planning.team` turns it and a team's
levels into the candidates of a plan.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from assessments.planning.chains import circle
from assessments.questionnaire import Size
from assessments.roadblocks import Roadblock

BASE_DAYS = {2: 5, 3: 10, 4: 16, 5: 20}
SIZE_FACTOR: dict[Size, Fraction] = {"S": Fraction(3, 5), "M": Fraction(1), "L": Fraction(3, 2)}
WEEKS: dict[Size, dict[int, int]] = {
    "S": {2: 3, 3: 6, 4: 10, 5: 12},
    "M": {2: 4, 3: 8, 4: 12, 5: 13},
    "L": {2: 6, 3: 10, 4: 13, 5: 13},
}
TOP_LEVEL_NEEDS: dict[str, dict[int, tuple[str, int]]] = {"pmo-maturity": {5: ("KNO-6", 3)}}


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days of an action: low, likely and high. Plans use the likely figure."""

    low: int
    likely: int
    high: int


@dataclass(frozen=True, slots=True)
class Improvement:
    """One action: it raises `item` from one level to the next.

    `needs` are states of other items (item id -> least level). That the item itself stands at
    `from_level` goes without saying. `weeks` is its duration; it starts and ends inside one quarter.
    A `worked` action has steps written by hand. `deliverable` says what exists afterwards, beside or in
    place of a template; `evidence` says what to show somebody who doubts that it is done.
    """

    id: str
    item: str
    from_level: int
    to_level: int
    title: str
    effort: Effort
    weeks: int
    why: str = ""
    steps: tuple[str, ...] = ()
    template: str | None = None
    deliverable: str = ""
    evidence: str = ""
    owner: str = "PMO lead"
    needs: Mapping[str, int] = field(default_factory=dict)
    lessons: tuple[str, ...] = ()
    kpi: str | None = None
    worked: bool = False


@dataclass(frozen=True, slots=True)
class PackStep:
    """One step of a pack: named actions, or the next action of named items; and the roadblock it clears, if it is one."""

    title: str
    actions: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    roadblock: Roadblock | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """Actions that are begun together, in a suggested order."""

    id: str
    title: str
    about: str
    steps: tuple[PackStep, ...]
    lessons: tuple[str, ...] = ()
    template: str | None = None


@dataclass(frozen=True)
class ImprovementCatalogue:
    """All actions of one maturity model by id, in the order of the files, and its packs."""

    model: str
    actions: Mapping[str, Improvement]
    packs: tuple[Pack, ...] = ()

    @cached_property
    def _by_step(self) -> dict[tuple[str, int], Improvement]:
        return {(action.item, action.to_level): action for action in self.actions.values()}

    def raising(self, item_id: str, to_level: int) -> Improvement | None:
        """The action that raises this item to this level, or None."""
        return self._by_step.get((item_id, to_level))

    def in_pack(self, pack: Pack, levels: Mapping[str, int]) -> tuple[str, ...]:
        """Ids of the actions of a pack that a team at these levels has not done yet, in order."""
        found: list[str] = []
        for step in pack.steps:
            found += [action.id for action in self.in_step(step, levels) if levels.get(action.item, 0) < action.to_level and action.id not in found]
        return tuple(found)

    def in_step(self, step: PackStep, levels: Mapping[str, int]) -> tuple[Improvement, ...]:
        """The actions of a step for a team at these levels, those it has done among them."""
        nexts = [self.raising(item, levels.get(item, 0) + 1) for item in step.items]
        named = [self.actions[name] for name in step.actions if name in self.actions]
        return (*named, *(action for action in nexts if action))


def action_id(item_id: str, to_level: int) -> str:
    """The id of the action that raises an item to a level: `TAL-4.L3`."""
    return f"{item_id}.L{to_level}"


def usual_effort(size: Size, to_level: int) -> Effort:
    """Effort of an action that nobody has worked out (domain 5.2), in person-days.

    A step from 3 to 4 on a large item: likely 16 x 1.5 = 24, low 17, high 36.
    """
    likely = max(1, _half_up(BASE_DAYS[to_level] * SIZE_FACTOR[size]))
    return Effort(_half_up(likely * Fraction(7, 10)), likely, _half_up(likely * Fraction(3, 2)))


def usual_weeks(size: Size, to_level: int) -> int:
    """Weeks of an action that nobody has worked out (domain 5.2): 12 for a medium step from 3 to 4."""
    return WEEKS[size][to_level]


def _half_up(number: Fraction) -> int:
    return math.floor(number + Fraction(1, 2))


def graph_faults(model: str, actions: Iterable[Improvement]) -> list[tuple[str, str]]:
    """What is wrong with the needs of all actions together: pairs of an action's id and a sentence.

    Needs may not run in a circle, the order of an item's own levels included; and a model may ask
    something of every step to its top level (pmo-maturity: KNO-6 at 3 before any step to level 5).
    """
    known = {(action.item, action.to_level): action for action in actions}
    graph: dict[str, list[str]] = {}
    faults: list[tuple[str, str]] = []
    for (item, level), action in known.items():
        states = [*action.needs.items(), (item, level - 1)]
        graph[action.id] = [known[state].id for state in states if state in known]
        asked = TOP_LEVEL_NEEDS.get(model, {}).get(level)
        if asked and asked[0] != item and action.needs.get(asked[0], 0) < asked[1]:
            faults.append((action.id, f"A step to level {level} needs {asked[0]} at {asked[1]} or above."))
    found = circle(graph)
    if found:
        faults.append((found[0], f"The needs run in a circle: {' needs '.join([*found, found[0]])}."))
    return faults
