"""Items -> GIFT, with a note for whatever the format cannot say.

What is written reads back as the same question; `courses.exchange.gift` is the other way.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from courses.exchange.items import Item, Note, Unmarked
from courses.questions import (
    FOLDS,
    FULL,
    GAP,
    Cloze,
    Formula,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Question,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)

_SIGNS = re.compile(r"[\\~=#{}:]")


def gift_text(items: Iterable[Item]) -> tuple[str, tuple[Note, ...]]:
    """The items as GIFT, and what was changed or left out; the line of a note is the number of the question."""
    blocks, notes, category = [], [], ""
    for number, item in enumerate(items, 1):
        said: list[str] = []
        body = _body(item.question, said)
        notes += [Note(number, f"{item.question.id}: {words}") for words in said]
        if body is None:
            continue
        if item.category != category:
            category = item.category
            blocks.append(f"$CATEGORY: {_line(category)}\n")
        marks = "".join(f"[tag:{_line(tag).replace(']', ')')}] " for tag in item.tags)
        comment = f"// [id:{item.question.id}] {marks}".rstrip() + "\n"
        # a text that begins with a bracket would be read as a format
        form = f"[{item.format}]" if item.format in ("markdown", "plain") else "[moodle]" if body.startswith("[") else ""
        blocks.append(f"{comment}::{_kept(_line(item.title or item.question.id))}::{form}{body}\n")
    return "\n".join(blocks), tuple(notes)


def _body(question: Question | Unmarked, said: list[str]) -> str | None:
    if not isinstance(question, Unmarked) and question.hints:
        said.append("GIFT has no hints, so they were left out")
    match question:
        case Unmarked():
            inside = f"{{{_general(question.general)}}}" if question.kind == "essay" else ""
            return f"{_kept(question.text)} {inside}".rstrip()
        case Ordering():
            said.append("an ordering has no form in GIFT, so it was left out")
            return None
        case Formula():
            said.append("random numbers have no form in GIFT, so it was left out")
            return None
        case Cloze():
            return _missing_word(question, said)
        case _:
            return f"{_kept(question.text)} {{{_answers(question, said)}{_general(question.general)}}}"


def _missing_word(question: Cloze, said: list[str]) -> str | None:
    if len(question.gaps) != 1:
        said.append(f"GIFT knows one gap in a text, not {len(question.gaps)}, so it was left out")
        return None
    before, _, after = GAP.split(question.text)
    if not after.strip():
        said.append("the gap stands at the end, so it became a question of its own")
    inside = _answers(question.gaps[0].question, said)
    return f"{_kept(before)}{{{inside}{_general(question.general)}}}{_kept(after)}"


def _answers(question: Question, said: list[str]) -> str:
    match question:
        case SingleChoice():
            return "".join(_option(one, "=" if one.correct else "~", one.weight) for one in question.options)
        case MultipleChoice():
            return _several(question, said)
        case TrueFalse():
            wrong, right = (question.when_false, question.when_true) if question.answer else (question.when_true, question.when_false)
            told = "".join(f"#{_kept(words)}" for words in ([wrong, right] if right else [wrong] if wrong else []))
            return ("TRUE" if question.answer else "FALSE") + told
        case ShortAnswer():
            return _short(question, said)
        case Matching():
            return _matching(question, said)
        case Numeric():
            return _numeric(question, said)
    raise TypeError(f"{question.kind} has answers of its own")


def _option(one: Option, sign: str, weight: Decimal | None) -> str:
    if weight is None and one.text.startswith("%"):
        weight = FULL if one.correct else Decimal(0)  # else the text would be read as a weight
    share = f"%{_digits(weight)}%" if weight is not None else ""
    return f"\n  {sign}{share}{_kept(one.text)}{_feedback(one.feedback)}"


def _several(question: MultipleChoice, said: list[str]) -> str:
    correct = sum(1 for option in question.options if option.correct)
    part = (FULL / correct).quantize(Decimal("0.00001"))
    cost = {"minus-wrong": -part, "no-wrong": -FULL, "all": -FULL, "each": -part}
    if question.credit in ("all", "each"):
        said.append(f"credit `{question.credit}` has no form in GIFT; the right options share the mark, wrong ones cost")
    if question.credit == "weights":
        return "".join(_option(one, "~", one.weight or Decimal(0)) for one in question.options)
    return "".join(_option(one, "~", part if one.correct else cost[question.credit]) for one in question.options)


def _short(question: ShortAnswer, said: list[str]) -> str:
    if set(question.folds) != set(FOLDS):
        said.append("GIFT does not say which differences are folded away")
    forms = [(form.text, form.share, form.feedback or (question.right if form.share == FULL else "")) for form in question.forms]
    if question.wrong:
        forms.append(("*", Decimal(0), question.wrong))
    return "".join(
        f"\n  ={'' if share == FULL and text[0] != '%' else f'%{_digits(share)}%'}{_kept_form(text)}{_feedback(told)}"
        for text, share, told in forms
    )


def _matching(question: Matching, said: list[str]) -> str:
    if question.credit == "all":
        said.append("GIFT marks each row of a matching by itself")
    if any(pair.feedback for pair in question.pairs):
        said.append("GIFT has no feedback for the rows of a matching")
    texts = {choice.id: choice.text for choice in question.choices}
    rows = [(pair.text, texts[pair.match]) for pair in question.pairs]
    used = {pair.match for pair in question.pairs}
    rows += [("", choice.text) for choice in question.choices if choice.id not in used]
    return "".join(f"\n  ={_kept_side(left)} -> {_kept_side(right)}" for left, right in rows)


def _numeric(question: Numeric, said: list[str]) -> str:
    if question.unit or question.units:
        said.append("GIFT has no units; say in the text which one is meant")
    full = (question.answer, _allowed(question, question.answer, question.tolerance), FULL, question.right)
    near = [(one.answer, _allowed(question, one.answer, one.tolerance), one.share, one.feedback) for one in question.near]
    lines = [
        f"\n  ={'' if share == FULL else f'%{_digits(share)}%'}{_digits(answer)}:{_digits(tolerance)}{_feedback(told)}"
        for answer, tolerance, share, told in [full, *near]
    ]
    return "#" + "".join(lines) + (f"\n  ~{_feedback(question.wrong)}" if question.wrong else "")


def _allowed(question: Numeric, answer: Decimal, tolerance: Decimal) -> Decimal:
    return abs(answer) * tolerance / 100 if question.in_percent else tolerance


def _general(text: str) -> str:
    return f"\n  ####{_kept(text)}" if text else ""


def _feedback(text: str) -> str:
    return f"#{_kept(text)}" if text else ""


def _kept(text: str) -> str:
    """The text with its signs escaped; a blank line inside would end the question, so lines become \\n."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text).replace("\n", "\\n")


def _kept_side(text: str) -> str:
    """Words whose arrow is no sign of a matching."""
    return _kept(text).replace("->", "-\\>")


def _kept_form(text: str) -> str:
    # \\* is a star in both; its backslash is not doubled
    return _kept_side(text).replace("\\\\*", "\\*")


def _line(text: str) -> str:
    return " ".join(text.split())


def _digits(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
