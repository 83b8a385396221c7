"""What comes out of another format: questions with their names, things without a key, and notes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from re import fullmatch
from typing import Any, Literal, TypeVar

from courses.questions import Entry, Matching, MultipleChoice, Option, Pair, Question, SingleChoice

Format = Literal["moodle", "html", "markdown", "plain"]


# one question; beyond it, looking for its parts would take long and no quiz file could hold it
MAX_LENGTH = 20_000


@dataclass(frozen=True)
class Unmarked:
    """An essay, or a text without a question: kept for other systems, never part of a quiz here."""

    id: str
    text: str
    kind: Literal["essay", "description"]
    general: str = ""


@dataclass(frozen=True)
class Item:
    """One question of a file: its value, its name and category there, the format of its texts, its line."""

    question: Question | Unmarked
    title: str = ""
    category: str = ""
    format: Format = "moodle"
    tags: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, order=True)
class Note:
    """Something that was not understood, or not taken over, and where. `str()` is `line: message`."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}: {self.message}"


@dataclass(frozen=True)
class Import:
    """What a file gave."""

    items: tuple[Item, ...]
    notes: tuple[Note, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions that can be marked, in the order of the file."""
        return tuple(item.question for item in self.items if not isinstance(item.question, Unmarked))


class NotUnderstood(Exception):
    """One question cannot be read; `str()` says why."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Given:
    """An answer as the formats have it: per cent of the mark (None: not said), text and feedback."""

    text: str
    share: Decimal | None
    feedback: str
    is_right: bool = False


def named(items: Iterable[Item], wanted: Iterable[str]) -> tuple[Item, ...]:
    """The items with distinct ids: the wanted one where it can be an id and is free, else q1, q2, ..."""
    pairs = list(zip(items, wanted, strict=True))
    sought = {name for _, name in pairs if _can_be_id(name)}
    taken: set[str] = set()
    found, number = [], 0
    for item, name in pairs:
        if not _can_be_id(name) or name in taken:
            number += 1
            while f"q{number}" in sought | taken:
                number += 1
            name = f"q{number}"
        taken.add(name)
        found.append(replace(item, question=replace(item.question, id=name)))
    return tuple(found)


def choice(text: str, answers: list[Given], is_single: bool, general: str) -> Question:
    """A single choice, or a multiple one that adds up weights. Errors: NotUnderstood."""
    if not 2 <= len(answers) <= 12:
        raise NotUnderstood(f"a choice has 2 to 12 options, this has {len(answers)}")
    if not is_single:
        options = tuple(_weighted(n, one) for n, one in enumerate(answers))
        if sum(option.weight or 0 for option in options if option.correct) < 99:
            raise NotUnderstood("the weights above 0 do not bring the whole mark")
        return MultipleChoice("", text, options, "weights", general)
    right = [one for one in answers if one.is_right or one.share == 100]
    if len(right) != 1:
        raise NotUnderstood(f"one option must bring the whole mark, here {len(right)} do")
    options = tuple(
        Option(letter(n), one.text, one is right[0], one.feedback, _part(one) if one is not right[0] else None)
        for n, one in enumerate(answers)
    )
    return SingleChoice("", text, options, general)


def matching(text: str, rows: list[tuple[str, str]], general: str) -> Matching:
    """Rows and what they belong to; a row without a text is a choice that belongs to none."""
    targets = list(dict.fromkeys(target for _, target in rows))
    named_rows = [(row, target) for row, target in rows if row]
    if len(named_rows) < 2 or not 2 <= len(targets) <= 12 or len(named_rows) > 12:
        raise NotUnderstood("a matching has 2 to 12 rows and 2 to 12 choices")
    choices = tuple(Entry(str(n), target) for n, target in enumerate(targets, 1))
    ids = {target: str(n) for n, target in enumerate(targets, 1)}
    pairs = tuple(Pair(letter(n), row, ids[target], "") for n, (row, target) in enumerate(named_rows))
    return Matching("", text, choices, pairs, "each", general)


def letter(place: int) -> str:
    """a, b, c, ... for the places of a list of at most 26."""
    return chr(ord("a") + place)


def per_cent(words: str) -> Decimal:
    """A weight such as 33.33333 or -50. Errors: NotUnderstood."""
    if not fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,7})?", words.strip()) or abs(Decimal(words)) > 100:
        raise NotUnderstood(f"{words[:20]} is no weight from -100 to 100")
    return Decimal(words)


def plain_text(html: str) -> tuple[str, tuple[str, ...]]:
    """HTML as plain text, and what was lost on the way (pictures, links, tables)."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    lines = ("".join(reader.pieces)).split("\n")
    text = "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)
    return text, tuple(dict.fromkeys(reader.lost))


_TEXTS = {"text", "feedback", "right", "wrong", "when_true", "when_false", "general"}
_V = TypeVar("_V")


def retold(value: _V, told: Callable[[str], str]) -> _V:
    """The question (or a part of one) with every text for people put through `told`."""
    changed: dict[str, Any] = {}
    for one in fields(value):  # type: ignore[arg-type]
        held = getattr(value, one.name)
        if isinstance(held, str) and one.name in _TEXTS:
            changed[one.name] = told(held)
        elif one.name == "hints":
            changed[one.name] = tuple(told(hint) for hint in held)
        elif isinstance(held, tuple):
            changed[one.name] = tuple(retold(part, told) if is_dataclass(part) else part for part in held)
        elif is_dataclass(held):
            changed[one.name] = retold(held, told)
    return replace(value, **changed)  # type: ignore[type-var]


def in_plain(question: _V, is_html: bool) -> tuple[_V, tuple[str, ...]]:
    """The question with its HTML as plain text, and what was lost on the way."""
    lost: list[str] = []

    def told(text: str) -> str:
        text, gone = plain_text(text)
        lost.extend(gone)
        return text

    return (retold(question, told) if is_html else question), tuple(dict.fromkeys(lost))


class _Plain(HTMLParser):
    LOST = {"img": "a picture", "table": "a table", "audio": "a sound", "video": "a film", "iframe": "a frame", "object": "an object"}
    BREAKS = {"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.lost: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        if tag in self.BREAKS:
            self.pieces.append("\n")
        if tag in self.LOST:
            self.lost.append(self.LOST[tag])
            self.pieces.append(next((value for name, value in attrs if name == "alt" and value), ""))

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def _weighted(place: int, one: Given) -> Option:
    weight = Decimal(100) if one.is_right and one.share is None else one.share or Decimal(0)
    return Option(letter(place), one.text, weight > 0, one.feedback, weight if weight else None)


def _part(one: Given) -> Decimal | None:
    # a wrong option of a single choice cannot cost more than its mark
    return one.share if one.share is not None and 0 < one.share < 100 else None


def _can_be_id(name: str) -> bool:
    return fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", name) is not None
