"""A round held as a workshop: one item after the other, hidden votes, a reveal, and the level the room agrees on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.answers import Answer, AnswerSheet
from assessments.questionnaire import Item, Questionnaire

THE_ROOM = "the room"


@dataclass(frozen=True, slots=True)
class Spread:
    """The votes on one item. `counts` has every level of the item, lowest first, with how many chose it."""

    counts: tuple[tuple[int, int], ...]
    dont_know: int
    not_applicable: int

    @property
    def n(self) -> int:
        """How many chose a level."""
        return sum(number for _, number in self.counts)

    @property
    def words(self) -> str:
        """What to say aloud: 'From 2 to 4: 1 at 2, 3 at 3, 1 at 4.'; 'All 4 at 3.'; 'Nobody has voted for a level.'"""
        return spread_words(self.counts)


def spread_words(counts: Sequence[Sequence[int]]) -> str:
    """How many stand where, in words. [(1, 0), (2, 1), (3, 3)] -> 'From 2 to 3: 1 at 2, 3 at 3.'"""
    chosen = [(level, number) for level, number in counts if number]
    if not chosen:
        return "Nobody has voted for a level."
    if len(chosen) == 1:
        return f"All {chosen[0][1]} at {chosen[0][0]}." if chosen[0][1] > 1 else f"One vote, for {chosen[0][0]}."
    return f"From {chosen[0][0]} to {chosen[-1][0]}: {', '.join(f'{number} at {level}' for level, number in chosen)}."


def spread(item: Item, codes: Sequence[str]) -> Spread:
    """The votes on *item* counted; codes as answers are written ("3", "DK", "NA").

    ["2", "3", "3", "DK"] -> one at 2, two at 3, one don't know."""
    counted = Counter(codes)
    return Spread(tuple((int(value), counted[str(value)]) for value in item.values), counted["DK"], counted["NA"])


def neighbours(questionnaire: Questionnaire, item_id: str) -> tuple[str, str]:
    """The items before and after one in the order of the model, '' at the ends."""
    ids = [item.id for item in questionnaire.items]
    at = ids.index(item_id)
    return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def next_to_settle(questionnaire: Questionnaire, settled: Mapping[str, int]) -> str:
    """Where a workshop begins or goes on: the first item without an agreed level, the last item when all have one."""
    return next((item.id for item in questionnaire.items if item.id not in settled), questionnaire.items[-1].id)


def sheet_of_the_room(questionnaire: Questionnaire, agreed: Mapping[str, int]) -> AnswerSheet:
    """The agreed levels as one sheet, for a workshop in which nobody voted: one view, that of the room (domain 3.3).

    A mean of one sheet is the agreed level itself, so index and level reached rest on what was agreed."""
    return AnswerSheet(THE_ROOM, {item: Answer.of(level) for item, level in agreed.items() if questionnaire.has(item)})
