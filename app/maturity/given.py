"""What somebody posted for the items of a page, checked before anything is stored.

An item has one field, named by its id, whose value is the answer. Asked level by level it has one more for each step ("GOV-1.3",
yes or no), from which the answer is worked out here: what arrives further in is the same either way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.ui.text import NotText, clean_line, clean_paragraphs
from assessments.answers import UNIT_REASON, Answer, problem_with
from assessments.questionnaire import Item, Value
from assessments.stepwise import outcome, steps

COMMENT_LIMIT, UNIT_LIMIT = 2000, 120
PARTS = ("reason", "unit", "comment", "counter")
LAST, WORDS = "last", "words"
SAME, ANEW, TAKE, BY_LEVEL = "same", "anew", "take", "levels"
OWN_FIELDS = frozenset({"csrf_token", "form_key", "go", "counter"})
MOST = 2**31 - 1


@dataclass(frozen=True)
class Given:
    """An answer as it arrived. `value` is '' and `comment` None where the form left them out.

    Level by level, `said` holds yes or no by level, `last` whether the answer of the last time was confirmed (same) or the item is
    answered anew, `takes_words` whether its comment comes along, and `left` the sentence about what is still to be said."""

    value: str = ""
    reason: str = ""
    unit: str = ""
    comment: str | None = None
    counter: int | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    last: str = ""
    takes_words: bool = False
    left: str = ""


class Earlier(Protocol):
    """An answer given before that may be confirmed."""

    @property
    def value(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def comment(self) -> str: ...
    @property
    def confirms(self) -> bool: ...


Fault = tuple[str, str]
"""The item and the sentence about it."""


@dataclass(frozen=True)
class Posted:
    """What can be stored, what was typed but cannot be, and the sentences about it."""

    given: Mapping[str, Given]
    typed: Mapping[str, Given]
    faults: Sequence[Fault]


def read_posted(
    items: Sequence[Item], posted: Mapping[str, Sequence[str]], by_level: bool = False, earlier: Mapping[str, Earlier] | None = None
) -> Posted:
    """The answers among *posted* by item id, and everything wrong with them. *earlier* answers can be confirmed in a round asked *by_level*.

    A field that belongs to no item of the page is a fault, so that no answer gets lost unseen."""
    names = {f"{item.id}{part}" for item in items for part in ("", *(f".{p}" for p in PARTS))}
    if by_level:
        names |= {f"{item.id}.{part}" for item in items for part in (*(str(step.value) for step in steps(item)), LAST, WORDS)}
    faults: list[Fault] = []
    if set(posted) - names - OWN_FIELDS:
        faults.append(("", "The form holds an answer to a question that is not on this page. Reload the page and try again"))
    found: dict[str, Given] = {}
    typed: dict[str, Given] = {}
    for item in items:
        try:
            given = _by_level(item, posted, (earlier or {}).get(item.id)) if by_level else _one(item, posted)
        except ValueError as fault:
            faults.append((item.id, str(fault)))
            value, reason, unit, comment = (_first(posted.get(f"{item.id}{part}", ())) for part in ("", ".reason", ".unit", ".comment"))
            said, last, takes = _said(item, posted), _first(posted.get(f"{item.id}.{LAST}", ())), bool(posted.get(f"{item.id}.{WORDS}"))
            typed[item.id] = Given(value, reason, unit, comment, said=said, last=last, takes_words=takes)
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


def _by_level(item: Item, posted: Mapping[str, Sequence[str]], earlier: Earlier | None) -> Given | None:
    """The answer to an item whose statements were put one after the other: what was confirmed, else a mark, else what the steps come to."""
    own = (item.id, *(f"{item.id}.{step.value}" for step in steps(item)), f"{item.id}.{LAST}", f"{item.id}.{WORDS}")
    if any(len(posted.get(name, ())) > 1 for name in own):
        raise ValueError(f"{item.id}: choose one answer")
    mark, last, said = _first(posted.get(item.id, ())), _first(posted.get(f"{item.id}.{LAST}", ())), _said(item, posted)
    if mark not in ("", BY_LEVEL, "NA", "DK") or set(said.values()) - {"yes", "no"}:
        raise ValueError(f"{item.id}: answer yes or not yet, or choose not applicable or don’t know")
    if last not in ("", SAME, ANEW) or (last == SAME and not (earlier and earlier.confirms)):
        raise ValueError(f"{item.id}: there is no earlier answer to confirm. Answer it anew")
    base = _one(item, {name: values for name, values in posted.items() if name != item.id or mark in ("NA", "DK")})
    if base is None and not (said or last or mark):
        return None
    takes = _first(posted.get(f"{item.id}.{WORDS}", ())) == TAKE
    given = replace(base or Given(), said=said, last=last, takes_words=takes)
    if last == SAME and earlier:
        comment = given.comment or (earlier.comment if takes else given.comment)
        return replace(given, value=earlier.value, reason=earlier.reason, unit=earlier.unit, comment=comment)
    if given.value:
        return given
    value, left = _come_to(item, said, is_begun=bool(said) or last == ANEW or mark == BY_LEVEL)
    return replace(given, value=value, left=left)


def _said(item: Item, posted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {str(step.value): word for step in steps(item) if (word := _first(posted.get(f"{item.id}.{step.value}", ())))}


def _come_to(item: Item, said: Mapping[str, str], *, is_begun: bool) -> tuple[str, str]:
    """(answer, what is still to be said). ValueError where a level is not so yet and a higher one is."""
    so: dict[Value, bool] = {step.value: said[str(step.value)] == "yes" for step in steps(item) if str(step.value) in said}
    found = outcome(item, so)
    if found.contradiction:
        low, high = found.contradiction
        raise ValueError(f"{item.id}: you say not yet to level {low} and yes to level {high}. A level takes in all below it, so change one of the two")
    if found.answer is not None:
        return str(found.answer), ""
    return "", f"{item.id}: say whether level {found.asked_next} is so{' too' if so else ''}, or choose don’t know" if is_begun else ""


def _first(values: Sequence[str]) -> str:
    return values[0] if values else ""


def read_counter(text: str) -> int | None:
    """A counter a page carries, None where it carries none. ValueError for anything but plain digits."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MOST):
        raise ValueError("The page carries a counter that is not a number. Reload it and try again")
    return int(text)
