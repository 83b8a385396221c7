"""A question on a page with what was answered so far, as the fields of a form want it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from courses.certainty import LEVELS
from courses.questions import ShownQuestion
from courses.retrying import LEFT_WORDS, Told

SURE = tuple((level, words) for level, (words, _, _) in LEVELS.items())


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer that was checked on the way: how it is, what comes next, and hints. Never what is right."""

    words: str
    next: str
    kind: str
    hints: tuple[str, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A question on the page; *typed* is what just came in by field name, kept where it could not be read.

    *may_check*: this question can be checked before the rest is handed in."""

    number: int
    question: ShownQuestion
    answer: object
    fault: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    sure: int = 0
    is_flagged: bool = False
    verdict: Verdict | None = None
    may_check: bool = False

    def chosen(self, option: str) -> bool:
        """Whether this option stands as the answer."""
        if isinstance(self.answer, bool):
            return option == str(self.answer).lower()
        return option in self.answer if isinstance(self.answer, list) else option == self.answer

    def place(self, option: str) -> int:
        """The place given to an entry of an ordering, 0 for none."""
        return self.answer.index(option) + 1 if isinstance(self.answer, list) and option in self.answer else 0

    def match(self, row: str) -> str:
        """The choice given to a row of a matching."""
        return str(self.answer.get(row, "")) if isinstance(self.answer, Mapping) else ""

    @property
    def words(self) -> str:
        """A typed answer as it was typed; a number without a needless .0."""
        given = self.answer.get("number") if isinstance(self.answer, Mapping) else self.answer
        return self.typed.get(self.question.id) or worded(given)

    @property
    def unit(self) -> str:
        """The unit chosen beside a number."""
        given = self.answer.get("unit") if isinstance(self.answer, Mapping) else ""
        return self.typed.get(f"{self.question.id}~unit") or str(given or "")

    @property
    def listed(self) -> tuple[tuple[str, str], ...]:
        """(value, words) of what stands in the list of a gap or of units."""
        options = tuple((option.id, option.text) for option in self.question.options)
        return options or tuple((unit, unit) for unit in self.question.units)

    def gap(self, gap: ShownQuestion) -> AskedQuestion:
        """A gap of a cloze as a question of its own."""
        sent = self.typed.get(f"{self.question.id}.{gap.id}")
        given = self.answer.get(gap.id) if isinstance(self.answer, Mapping) else sent if gap.options else None
        return AskedQuestion(self.number, gap, given, typed={gap.id: sent} if sent else {})

    def said(self, nothing: str = "No answer") -> str:
        """The answer of a typed question or of a gap in words: `12.5 days`."""
        if self.question.options:
            return next((option.text for option in self.question.options if self.chosen(option.id)), nothing)
        return f"{self.words} {self.unit or self.question.unit or ''}".strip() if self.words else nothing


def asked(number: int, question: ShownQuestion, kept: object, fault: str = "", typed: Mapping[str, str] | None = None, is_flagged: bool = False) -> AskedQuestion:
    """The question with an answer as it is kept, with or without its certainty."""
    answer, sure = unwrapped(kept)
    return AskedQuestion(number, question, answer, fault, typed or {}, sure, is_flagged)


def verdict(so_far: Told | None, tried: Sequence[object], standing: object) -> Verdict | None:
    """What the page says of a question whose answers were checked, None before the first."""
    if so_far is None:
        return None
    if tried[-1] != standing:
        return Verdict("You have changed your answer since it was checked.", "", "", so_far.hints)
    if so_far.share == 1:
        share = {1: "", 2: "It earns two thirds of the mark.", 3: "It earns one third of the mark."}[min(len(tried), 3)]
        return Verdict("Right.", share, "good", ())
    words = "Partly right." if so_far.share else "Not right yet."
    if not so_far.left:
        return Verdict(words, "There is no further try; the reason comes when you hand in.", "care", so_far.hints)
    return Verdict(words, f"Another answer can still earn {LEFT_WORDS[len(tried)]} of the mark.", "care", so_far.hints)


def unwrapped(kept: object) -> tuple[object, int]:
    """(answer, certainty or 0) of what is kept for a question."""
    if isinstance(kept, Mapping) and "answer" in kept and "certainty" in kept:
        return kept["answer"], int(kept["certainty"])
    return kept, 0


def worded(given: object) -> str:
    """12.0 -> 12, 228571.43 as it is, text as it is."""
    if isinstance(given, bool) or given is None:
        return ""
    if isinstance(given, int | float):
        text = f"{Decimal(str(given)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return given if isinstance(given, str) else ""
