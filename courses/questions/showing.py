"""What a reader may see of a question before it is marked, and the key in words for after that.

A page gets a `ShownQuestion`, which has no place for the key, so it cannot give it away.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Protocol, TypeVar, assert_never

from courses.questions.kinds import (
    FULL,
    Asked,
    Cloze,
    Gap,
    Kind,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

GAP = re.compile(r"\[\[([A-Za-z0-9][A-Za-z0-9._-]{0,39})\]\]")


@dataclass(frozen=True)
class ShownOption:
    """An option as a reader sees it: an id and a text, nothing else."""

    id: str
    text: str


@dataclass(frozen=True)
class ShownQuestion:
    """A question as a reader sees it, without its key.

    `options` are what can be chosen or put in order (for true-false the ids are "true" and "false");
    `rows` are filled for a matching only; `unit` for a numeric one that has a unit, `units` where the unit has to
    be chosen. A cloze has `gaps` in the order of its text, where they stand as (1), (2) and so on.
    """

    id: str
    kind: Kind
    text: str
    options: tuple[ShownOption, ...] = ()
    rows: tuple[ShownOption, ...] = ()
    unit: str | None = None
    units: tuple[str, ...] = ()
    gaps: tuple["ShownQuestion", ...] = ()


class _Listed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...


_L = TypeVar("_L", bound=_Listed)


def shown(question: Asked, seed: int | str) -> ShownQuestion:
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
            return _shown_number(question)
        case ShortAnswer():
            return ShownQuestion(question.id, question.kind, question.text)
        case Ordering():
            mixed = shuffled(question.entries, f"{seed}/{question.id}")
            if mixed == question.entries:
                mixed = mixed[1:] + mixed[:1]
            return ShownQuestion(question.id, question.kind, question.text, _seen(mixed))
        case Matching():
            choices = _seen(shuffled(question.choices, f"{seed}/{question.id}/choices"))
            rows = _seen(shuffled(question.pairs, f"{seed}/{question.id}/rows"))
            return ShownQuestion(question.id, question.kind, question.text, choices, rows)
        case Cloze():
            return _shown_cloze(question, seed)
        case _:
            assert_never(question)


def right_answer(question: Asked) -> tuple[str, ...]:
    """The key in words, one line a part, for the review after marking (a numeric one: `12.5 days`)."""
    match question:
        case SingleChoice() | MultipleChoice():
            return tuple(option.text for option in question.options if option.correct)
        case TrueFalse():
            return ("True" if question.answer else "False",)
        case Numeric():
            number = plain(question.answer, question.places)
            return (f"{number} {question.unit}" if question.unit else number,)
        case ShortAnswer():
            return _best_form(question)
        case Ordering():
            return tuple(entry.text for entry in question.entries)
        case Matching():
            texts = {choice.id: choice.text for choice in question.choices}
            return tuple(f"{texts[pair.match]}: {pair.text}" for pair in question.pairs)
        case Cloze():
            return tuple(
                f"{number}. {' or '.join(right_answer(gap.question))}"
                for number, gap in enumerate(in_text_order(question), 1)
            )
        case _:
            assert_never(question)


def plain(number: Decimal, places: int | None = None) -> str:
    """A number without needless zeros, rounded half up to `places` if given: 0.8750 -> 0.875, at 2 0.88."""
    if places is None:
        return str(number)
    text = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def shuffled(entries: tuple[_L, ...], seed: str) -> tuple[_L, ...]:
    """The entries in an order that depends only on their ids and the seed, on every machine and version."""
    return tuple(sorted(entries, key=lambda entry: sha256(f"{seed}/{entry.id}".encode()).digest()))


def _shown_number(question: Numeric) -> ShownQuestion:
    if not question.units:
        return ShownQuestion(question.id, question.kind, question.text, unit=question.unit)
    names = {unit.name for unit in question.units} | ({question.unit} if question.unit else set())
    return ShownQuestion(question.id, question.kind, question.text, units=tuple(sorted(names)))


def _shown_cloze(question: Cloze, seed: int | str) -> ShownQuestion:
    gaps = {gap.id: shown(gap.question, seed) for gap in question.gaps}
    order = GAP.findall(question.text)
    text = GAP.sub(lambda found: f"({order.index(found[1]) + 1})", question.text)
    return ShownQuestion(question.id, question.kind, text, gaps=tuple(gaps[name] for name in order))


def _best_form(question: ShortAnswer) -> tuple[str, ...]:
    """The first form of the whole mark, one without stars for any run of characters if there is one."""
    full = [form.text for form in question.forms if form.share == FULL]
    full.sort(key=lambda text: "*" in text.replace("\\*", ""))
    return tuple(text.replace("\\*", "*") for text in full[:1])


def in_text_order(question: Cloze) -> tuple[Gap, ...]:
    """The gaps as they follow each other in the text."""
    gaps = {gap.id: gap for gap in question.gaps}
    return tuple(gaps[name] for name in GAP.findall(question.text))


def _seen(entries: tuple[_L, ...]) -> tuple[ShownOption, ...]:
    return tuple(ShownOption(entry.id, entry.text) for entry in entries)
