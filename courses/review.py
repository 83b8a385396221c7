"""Spaced review: when a question comes back, so that it is asked shortly before it would be forgotten.

The days follow from FSRS, a published model of memory with two numbers a card: `stability`, the days after which nine of
ten such cards are still known, and `difficulty` from 1 (easy) to 10. Days are whole: a card is asked once a day at most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType

from fsrs import Card, Rating, Scheduler, State

from courses.questions import Question
from courses.quiz import Quiz

RETENTION = 0.9
"""The share of cards that should still be known when they come back. Higher means more cards a day."""
A_DAY = 12
"""Cards asked of somebody on one day."""
SECONDS_A_CARD = 30
LONGEST = 365
"""The longest pause, in days."""

AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
RATINGS = MappingProxyType({AGAIN: "Again", HARD: "Hard", GOOD: "Good", EASY: "Easy"})


@dataclass(frozen=True)
class Memory:
    """How well a card sits: stability in days, difficulty 1 to 10, and the day it was last asked."""

    stability: float
    difficulty: float
    last: date


@dataclass(frozen=True)
class Turn:
    """A card after a rating: what is known of it now, and the day it is due."""

    memory: Memory
    due: date

    @property
    def pause(self) -> int:
        """Days until it comes back, 1 or more."""
        return (self.due - self.memory.last).days


@dataclass(frozen=True)
class Retention:
    """How many of `asked` cards that came back were still known; nothing is said of first meetings."""

    recalled: int
    asked: int

    @property
    def share(self) -> float | None:
        """The share from 0 to 1, None while nothing has come back."""
        return self.recalled / self.asked if self.asked else None


def rated(memory: Memory | None, rating: int, today: date, retention: float = RETENTION) -> Turn:
    """The card after *rating* on *today*; *memory* None: it was never rated.

    A new card comes back after 1, 1, 2 and 8 days for again, hard, good and easy. Good on day 0 and again good on day 2 gives
    a pause of 11 days. What was forgotten comes back the next day, whatever it was before. Errors: ValueError for no rating."""
    card, _ = _scheduler(retention).review_card(_card(memory), Rating(rating), _noon(today))
    if card.stability is None or card.difficulty is None:  # FSRS gives both with the first rating
        raise ValueError("the card has no state")
    tomorrow = today + timedelta(days=1)
    return Turn(Memory(card.stability, card.difficulty, today), tomorrow if rating == AGAIN else max(card.due.date(), tomorrow))


def turns(memory: Memory | None, today: date) -> dict[int, Turn]:
    """What each of the four ratings would lead to."""
    return {rating: rated(memory, rating, today) for rating in RATINGS}


def suggested(mark: float | None) -> int:
    """The rating a mark speaks for: nothing right is again, a part hard, all good. Easy is for the person to say.

    Without a mark (the answer was only looked up) it is good."""
    return GOOD if mark in (None, 1) else HARD if mark else AGAIN


def retention(ratings: Iterable[int]) -> Retention:
    """From the ratings of cards that came back: 3, 1, 4, 2 gives 3 of 4 still known."""
    given = tuple(ratings)
    return Retention(sum(rating != AGAIN for rating in given), len(given))


def minutes(cards: int) -> int:
    """Whole minutes for so many cards, at half a minute each, rounded up: 5 cards are 3 minutes."""
    return -(-cards * SECONDS_A_CARD // 60)


def single(question: Question) -> Quiz:
    """The check a card is: its one question."""
    return Quiz((question,), pass_mark=1)


def seed_of(card: int, turn: int) -> str:
    """What the random numbers of a card follow from: new ones each time it is asked, the same on every look."""
    return f"card {card}, turn {turn}"


def _card(memory: Memory | None) -> Card:
    if memory is None:
        return Card(card_id=0)
    return Card(card_id=0, state=State.Review, step=None, stability=memory.stability, difficulty=memory.difficulty, last_review=_noon(memory.last))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@cache
def _scheduler(retention: float) -> Scheduler:
    """Without steps within a day, and without chance, so that the same ratings give the same days."""
    return Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)
