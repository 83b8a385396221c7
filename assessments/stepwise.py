"""Asking an item level by level: one statement at a time, until the first that is not so yet.

The statements of a levels model are cumulative (a Guttman scale): each takes in all below it. So the first "not yet"
settles the item, and the statements above it need not be asked. The lowest statement is never put as a question: it
tells how things are before any other holds, so it is the answer of whoever says "not yet" at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.questionnaire import Choice, Item, Questionnaire, Value


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has been said comes to: an answer, or the level asked next, or two levels that cannot both be right.

    `contradiction` is (the level that is not so yet, a higher one that is)."""

    answer: Value | None = None
    asked_next: Value | None = None
    contradiction: tuple[Value, Value] | None = None


def suits(model: Questionnaire) -> bool:
    """Whether a model can be asked level by level: its answers are levels and the statements of each item go up.

    Points have no such order: 7.5 points need not take in what gives 5."""
    return model.scale == "levels" and all(list(item.values) == sorted(item.values) for item in model.items)


def steps(item: Item) -> tuple[Choice, ...]:
    """The statements that are put as questions, in order: levels 2 to 5 of an item with five."""
    return item.choices[1:]


def outcome(item: Item, said: Mapping[Value, bool]) -> Outcome:
    """What *said* (level -> so, or not yet) comes to: the level below the first "not yet".

    With levels 1 to 5, {2: True, 3: False} is the answer 2, {2: False} is 1, {2: True} asks 3 next."""
    reached = item.choices[0].value
    for place, step in enumerate(steps(item)):
        if step.value not in said:
            return Outcome(asked_next=step.value)
        if not said[step.value]:
            higher = next((later.value for later in steps(item)[place:] if said.get(later.value)), None)
            return Outcome(reached) if higher is None else Outcome(contradiction=(step.value, higher))
        reached = step.value
    return Outcome(reached)


def said_for(item: Item, answer: Value) -> dict[Value, bool]:
    """What somebody said whose answer this is: 3 -> {2: True, 3: True, 4: False}."""
    so = {step.value: True for step in steps(item) if step.value <= answer}
    not_yet = next((step.value for step in steps(item) if step.value > answer), None)
    return so if not_yet is None else so | {not_yet: False}


def spared(item: Item, answer: Value) -> int:
    """How many statements of an item did not have to be asked: of four, 3 at level 1, 1 at level 3, none at 4 and 5."""
    return len(steps(item)) - len(said_for(item, answer))
