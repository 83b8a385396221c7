"""The six kinds of question, and what a reader may see of them before answering.

A question value holds its key (which option is correct, which number, which order). A page gets a
`ShownQuestion` instead, which has no place for the key, so it cannot give it away.
"""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Literal, Protocol, TypeVar, assert_never

Kind = Literal["single", "multiple", "true-false", "numeric", "ordering", "matching"]


@dataclass(frozen=True)
class Option:
    """One option of a single or multiple choice, with why it is right or wrong."""

    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True)
class Entry:
    """One thing to put in order, or one target of a matching."""

    id: str
    text: str


@dataclass(frozen=True)
class Pair:
    """One row of a matching: it belongs to the choice whose id is `match`, for the reason in `feedback`."""

    id: str
    text: str
    match: str
    feedback: str


@dataclass(frozen=True)
class SingleChoice:
    """Exactly one option is correct; the answer is its id."""

    id: str
    text: str
    options: tuple[Option, ...]
    kind: Literal["single"] = "single"


@dataclass(frozen=True)
class MultipleChoice:
    """One or more options are correct; the answer is the list of exactly those ids."""

    id: str
    text: str
    options: tuple[Option, ...]
    kind: Literal["multiple"] = "multiple"


@dataclass(frozen=True)
class TrueFalse:
    """A statement to accept or reject; `when_true` is shown to those who answered true."""

    id: str
    text: str
    answer: bool
    when_true: str
    when_false: str
    kind: Literal["true-false"] = "true-false"


@dataclass(frozen=True)
class Numeric:
    """A number. Right within `tolerance` on both sides: 12.5 with 0.05 takes 12.45 to 12.55."""

    id: str
    text: str
    answer: Decimal
    tolerance: Decimal
    unit: str | None
    right: str
    wrong: str
    kind: Literal["numeric"] = "numeric"


@dataclass(frozen=True)
class Ordering:
    """Entries to put in order; `entries` holds them in the correct order."""

    id: str
    text: str
    entries: tuple[Entry, ...]
    right: str
    wrong: str
    kind: Literal["ordering"] = "ordering"


@dataclass(frozen=True)
class Matching:
    """Rows to match with choices. A choice may serve several rows, or none."""

    id: str
    text: str
    choices: tuple[Entry, ...]
    pairs: tuple[Pair, ...]
    kind: Literal["matching"] = "matching"


Question = SingleChoice | MultipleChoice | TrueFalse | Numeric | Ordering | Matching


@dataclass(frozen=True)
class ShownOption:
    """An option as a reader sees it: an id and a text, nothing else."""

    id: str
    text: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question as a reader sees it, without its key.

    `options` are what can be chosen or put in order (for true-false the ids are "true" and "false");
    `rows` are filled for a matching only; `unit` for a numeric one that has a unit.
    """

    id: str
    kind: Kind
    text: str
    options: tuple[ShownOption, ...] = ()
    rows: tuple[ShownOption, ...] = ()
    unit: str | None = None


class _Listed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


_L = TypeVar("_L", bound=_Listed)


def shown(question: Question, seed: int | str) -> ShownQuestion:
    """The question as a reader sees it, the same for the same seed.

    Choices keep the writer's order. The entries of an ordering and both sides of a matching are
    shuffled, and an ordering of two entries or more never stands in its correct order.
    """
    match question:
        case SingleChoice() | MultipleChoice():
            return ShownQuestion(question.id, question.kind, question.text, _seen(question.options))
        case TrueFalse():
            both = (ShownOption("true", "True"), ShownOption("false", "False"))
            return ShownQuestion(question.id, question.kind, question.text, both)
        case Numeric():
            return ShownQuestion(question.id, question.kind, question.text, unit=question.unit)
        case Ordering():
            mixed = shuffled(question.entries, f"{seed}/{question.id}")
            if mixed == question.entries:
                mixed = mixed[1:] + mixed[:1]
            return ShownQuestion(question.id, question.kind, question.text, _seen(mixed))
        case Matching():
            choices = _seen(shuffled(question.choices, f"{seed}/{question.id}/choices"))
            rows = _seen(shuffled(question.pairs, f"{seed}/{question.id}/rows"))
            return ShownQuestion(question.id, question.kind, question.text, choices, rows)
        case _:
            assert_never(question)


def right_answer(question: Question) -> tuple[str, ...]:
    """The key in words, one line a part, for the review after marking (a numeric one: `12.5 days`)."""
    match question:
        case SingleChoice() | MultipleChoice():
            return tuple(option.text for option in question.options if option.correct)
        case TrueFalse():
            return ("True" if question.answer else "False",)
        case Numeric():
            return (f"{question.answer} {question.unit}" if question.unit else str(question.answer),)
        case Ordering():
            return tuple(entry.text for entry in question.entries)
        case Matching():
            texts = {choice.id: choice.text for choice in question.choices}
            return tuple(f"{texts[pair.match]}: {pair.text}" for pair in question.pairs)
        case _:
            assert_never(question)


def shuffled(entries: tuple[_L, ...], seed: str) -> tuple[_L, ...]:
    """The entries in an order that depends only on their ids and the seed, on every machine and version."""
    return tuple(sorted(entries, key=lambda entry: sha256(f"{seed}/{entry.id}".encode()).digest()))


def _seen(entries: tuple[_L, ...]) -> tuple[ShownOption, ...]:
    return tuple(ShownOption(entry.id, entry.text) for entry in entries)
