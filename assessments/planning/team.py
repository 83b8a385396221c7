"""A team's levels and targets -> the candidates of its plan, with their points (domain 5.5)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.errors import InvalidProblem
from assessments.improvements import Improvement, ImprovementCatalogue, action_id
from assessments.planning.limits import Days
from assessments.planning.problem import Candidate
from assessments.questionnaire import Questionnaire

POINTS = 10_000
KEY_FACTOR = Fraction(6, 5)
GAP_SLOPE = Fraction(1, 4)


@dataclass(frozen=True)
class TeamState:
    """Where a team stands: item levels (moderated if there are any), its type, targets, items out of scope.

    `targets` overrides those of the type, per dimension. An item in scope without a level is no
    candidate, but it counts in the share of its dimension. `efforts` replaces the likely person-days of
    some actions. `started` are actions under way with the person-days left of them: they are candidates
    whatever the target, and what they needed counts as there.
    """

    levels: Mapping[str, int]
    type: str | None = None
    targets: Mapping[str, int] = field(default_factory=dict)
    out_of_scope: frozenset[str] = frozenset()
    efforts: Mapping[str, Days] = field(default_factory=dict)
    started: Mapping[str, Days] = field(default_factory=dict)


def weeks_left(weeks: int, effort: Days, left: Days) -> int:
    """Weeks an action still takes when `left` of its person-days are to be done, at least 1.

    6 of 10 days left of an action of 8 weeks: 4.8, so 5 weeks.
    """
    share = min(Fraction(1), Fraction(left) / effort) if effort else Fraction(1)
    return max(1, math.ceil(weeks * share))


def team_candidates(
    questionnaire: Questionnaire, catalogue: ImprovementCatalogue, state: TeamState
) -> tuple[Candidate, ...]:
    """Every action up to the team's targets, and the enablers these need; ascending by id.

    Raises InvalidProblem for ids the model does not have and levels outside its scale.
    """
    faults = list(_faults(questionnaire, state))
    if faults:
        raise InvalidProblem(faults)
    return _Worth(questionnaire, catalogue, state).candidates()


def points(lift: Fraction, *, key: bool, gap_after: int) -> int:
    """Value of one step in points: 10,000 x lift, x 1.2 for a key item, + 25 % per level still to go after it.

    A key item with lift 16/(100 x 6), one level still to go: 10,000 x 0.02667 x 1.2 x 1.25 = 400.
    """
    exact = POINTS * lift * (KEY_FACTOR if key else 1) * (1 + GAP_SLOPE * gap_after)
    return math.floor(exact + Fraction(1, 2))


def _faults(questionnaire: Questionnaire, state: TeamState) -> Iterator[str]:
    top = questionnaire.top_level
    if questionnaire.scale != "levels":
        yield f"The model {questionnaire.id} has points instead of levels, so there is nothing to plan from."
        return
    for name in sorted(state.levels.keys() | state.out_of_scope):
        if not questionnaire.has(name):
            yield f"{name[:60]}: the model {questionnaire.id} has no such item."
        elif not 1 <= state.levels.get(name, 1) <= top:
            yield f"{name}: the level {state.levels[name]} is not one of 1 to {top}."
    yield from _target_faults(questionnaire, state)


def _target_faults(questionnaire: Questionnaire, state: TeamState) -> Iterator[str]:
    top = questionnaire.top_level
    dimensions = {dimension.id for dimension in questionnaire.dimensions}
    for name, target in state.targets.items():
        if name not in dimensions:
            yield f"{name[:60]}: the model {questionnaire.id} has no such dimension."
        elif not 1 <= target <= top:
            yield f"{name}: the target {target} is not one of 1 to {top}."
    if state.type is not None and state.type not in questionnaire.types:
        known = ", ".join(questionnaire.types) or "none"
        yield f"The model {questionnaire.id} has no type {state.type[:60]}. It has: {known}."
    elif not questionnaire.targets(state.type, state.targets):
        yield "There are no targets: give a type, or a target for at least one dimension."


class _Worth:
    """Targets, shares and levels of one team, and what its actions are worth."""

    def __init__(self, questionnaire: Questionnaire, catalogue: ImprovementCatalogue, state: TeamState) -> None:
        self.questionnaire, self.catalogue = questionnaire, catalogue
        self.state = state
        self.levels = {n: level for n, level in state.levels.items() if n not in state.out_of_scope}
        targets = questionnaire.targets(state.type, state.targets)
        weights = {k: Fraction(str(w)) for k, w in questionnaire.weights(state.type).items()}
        whole = sum(weights.values())
        self.targets: dict[str, int] = {}
        self.lifts: dict[str, Fraction] = {}
        self.dimension_of: dict[str, str] = {}
        for dimension in questionnaire.dimensions:
            items = questionnaire.in_scope(dimension.id, state.out_of_scope)
            shares = sum(Fraction(str(item.weight)) for item in items)
            for item in items:
                self.dimension_of[item.id] = dimension.id
                self.lifts[item.id] = weights[dimension.id] / whole * Fraction(str(item.weight)) / shares
                if dimension.id in targets:
                    self.targets[item.id] = targets[dimension.id]

    def candidates(self) -> tuple[Candidate, ...]:
        """The steps to the targets with all they need, without those that something unknown blocks."""
        needs: dict[str, tuple[str, ...]] = {}
        waiting = [*self._under_way(), *self._steps_to_targets()]
        while waiting:
            action = waiting.pop()
            if action.id not in needs:
                states = [] if action.id in self.state.started else list(self._unmet(action))
                needs[action.id] = tuple(sorted(action_id(item, level) for item, level in states))
                known = (self.catalogue.raising(item, level) for item, level in states)
                waiting += [need for need in known if need is not None]
        blocked = {name for name in needs if any(need not in needs for need in needs[name])}
        while True:
            more = {n for n in needs if n not in blocked and not blocked.isdisjoint(needs[n])}
            if not more:
                break
            blocked |= more
        return tuple(
            self._candidate(self.catalogue.actions[name], needs[name]) for name in sorted(needs.keys() - blocked)
        )

    def _under_way(self) -> Iterator[Improvement]:
        for name in self.state.started:
            action = self.catalogue.actions.get(name)
            if action and action.item in self.lifts and self.levels.get(action.item, 0) < action.to_level:
                yield action

    def _steps_to_targets(self) -> Iterator[Improvement]:
        for item, level in self.levels.items():
            for to_level in range(level + 1, self.targets.get(item, 0) + 1):
                action = self.catalogue.raising(item, to_level)
                if action is not None:
                    yield action

    def _unmet(self, action: Improvement) -> Iterable[tuple[str, int]]:
        states = {**action.needs, action.item: action.from_level}
        return [(i, least) for i, least in states.items() if self.levels.get(i, least) < least]

    def _candidate(self, action: Improvement, needs: tuple[str, ...]) -> Candidate:
        lift, target = self.lifts[action.item], self.targets.get(action.item, 0)
        value = 0
        if action.to_level <= target:
            key = self.questionnaire.item(action.item).key
            value = points(lift, key=key, gap_after=target - action.to_level)
        effort, weeks = self.state.efforts.get(action.id, action.effort.likely), action.weeks
        left = self.state.started.get(action.id)
        if left is not None:
            weeks, effort = weeks_left(weeks, effort, left), left
        owner, dimension = action.owner, self.dimension_of[action.item]
        return Candidate(action.id, value, effort, weeks, needs, lift, owner, dimension, left is not None)
