"""What somebody posted for the items of a page: one field an item, checked before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.ui.text import NotText, clean_line, clean_paragraphs
from assessments.answers import UNIT_REASON, Answer, problem_with
from assessments.questionnaire import Item

COMMENT_LIMIT, UNIT_LIMIT = 2000, 120
PARTS = ("reason", "unit", "comment", "counter")
OWN_FIELDS = frozenset({"csrf_token", "form_key", "go", "counter"})
MOST = 2**31 - 1


@dataclass(frozen=True)
class Given:
    """An answer as it arrived. `value` is '' and `comment` None where the form left them out."""

    value: str = ""
    reason: str = ""
    unit: str = ""
    comment: str | None = None
    counter: int | None = None


Fault = tuple[str, str]
"""The item and the sentence about it."""


@dataclass(frozen=True)
class Posted:
    """What can be stored, what was typed but cannot be, and the sentences about it."""

    given: Mapping[str, Given]
    typed: Mapping[str, Given]
    faults: Sequence[Fault]


def read_posted(items: Sequence[Item], posted: Mapping[str, Sequence[str]]) -> Posted:
    """The answers among *posted* by item id, and everything wrong with them.

    A field that belongs to no item of the page is a fault, so that no answer gets lost unseen."""
    names = {f"{item.id}{part}" for item in items for part in ("", *(f".{p}" for p in PARTS))}
    faults: list[Fault] = []
    if set(posted) - names - OWN_FIELDS:
        faults.append(("", "The form holds an answer to a question that is not on this page. Reload the page and try again"))
    found: dict[str, Given] = {}
    typed: dict[str, Given] = {}
    for item in items:
        try:
            given = _one(item, posted)
        except ValueError as fault:
            faults.append((item.id, str(fault)))
            value, reason, unit, comment = (_first(posted.get(f"{item.id}{part}", ())) for part in ("", ".reason", ".unit", ".comment"))
            typed[item.id] = Given(value, reason, unit, comment)
            continue
        if given:
            found[item.id] = given
    return Posted(found, typed, faults)


def _one(item: Item, posted: Mapping[str, Sequence[str]]) -> Given | None:
    sent = {part: list(posted.get(f"{item.id}.{part}" if part else item.id, ())) for part in ("", *PARTS)}
    if not any(sent.values()):
        return None
    if any(len(values) > 1 for values in sent.values()):
        raise ValueError(f"{item.id}: choose one answer")
    value = _first(sent[""])
    if value and value not in {*map(str, item.values), "NA", "DK"}:
        raise ValueError(f"{item.id}: choose one of the statements, not applicable or don’t know")
    reason = _first(sent["reason"]) if value == "NA" else ""
    fault = problem_with(item, Answer.na(reason or None), ready=False) if value == "NA" else None
    if fault:
        raise ValueError(fault.removesuffix("."))
    try:
        unit = clean_line(_first(sent["unit"]), UNIT_LIMIT) if reason == UNIT_REASON else ""
        comment = clean_paragraphs(_first(sent["comment"]), COMMENT_LIMIT) if sent["comment"] else None
    except NotText as no:
        raise ValueError(f"{item.id}: {no}") from None
    return Given(value, reason, unit, comment, read_counter(_first(sent["counter"])))


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def read_counter(text: str) -> int | None:
    """A counter a page carries, None where it carries none. ValueError for anything but plain digits."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MOST):
        raise ValueError("The page carries a counter that is not a number. Reload it and try again")
    return int(text)
