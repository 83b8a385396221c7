"""Items -> Moodle XML, with a note for whatever the format cannot say.

What is written reads back as the same question; `courses.exchange.moodle_xml` is the other way. A further try costs a third,
which is the penalty of practice here (`courses.retrying`). Source: the public description "Moodle XML format" in the Moodle documentation.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape

from courses.exchange.items import Item, Note, Unmarked
from courses.questions import (
    FULL,
    GAP,
    Cloze,
    Formula,
    Gap,
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

PENALTY = "0.3333333"
_TYPES = {
    "single": "multichoice", "multiple": "multichoice", "true-false": "truefalse", "short": "shortanswer", "numeric": "numerical",
    "matching": "matching", "cloze": "cloze", "essay": "essay", "description": "description",
}  # fmt: skip
_SIGNS = re.compile(r"[\\}~#=%]")
_LEFT_OUT = {"ordering": "an ordering", "formula": "a question with random numbers"}


def moodle_xml_text(items: Iterable[Item]) -> tuple[str, tuple[Note, ...]]:
    """The items as Moodle XML, and what was changed or left out; the line of a note is the number of the question."""
    blocks, notes, category = [], [], ""
    for number, item in enumerate(items, 1):
        said: list[str] = []
        question = item.question
        if isinstance(question, Ordering | Formula):
            said.append(f"{_LEFT_OUT[question.kind]} was left out")
        else:
            if item.category != category:
                category = item.category
                blocks.append(f'<question type="category"><category>{_text(f"$course$/top/{category}")}</category></question>')
            blocks.append(_question(item, question, said))
        notes += [Note(number, f"{question.id}: {words}") for words in said]
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(blocks) + "\n</quiz>\n", tuple(notes)


def _question(item: Item, question: Question | Unmarked, said: list[str]) -> str:
    text = question.text if not isinstance(question, Cloze) else GAP.sub(lambda found: _gap(question, found[1], said), question.text)
    parts = [
        f"<name>{_text(item.title or question.id)}</name>", _told("questiontext", text), _told("generalfeedback", question.general),
        f"<idnumber>{escape(question.id)}</idnumber>",
    ]
    if not isinstance(question, Unmarked):
        parts += [f"<penalty>{PENALTY}</penalty>", *_answers(question, said), *(_told("hint", hint) for hint in question.hints)]
    tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in item.tags)
    return "\n  ".join([f'<question type="{_TYPES[question.kind]}">', *parts, *([f"<tags>{tags}</tags>"] if tags else [])]) + "\n</question>"


def _answers(question: Question, said: list[str]) -> list[str]:
    match question:
        case SingleChoice():
            shares = [FULL if one.correct else one.weight or Decimal(0) for one in question.options]
            return ["<single>true</single>", *_options(question.options, shares)]
        case MultipleChoice():
            return ["<single>false</single>", *_options(question.options, _weights(question, said))]
        case TrueFalse():
            both = (("true", question.answer, question.when_true), ("false", not question.answer, question.when_false))
            return [_answer(name, FULL if right else Decimal(0), feedback) for name, right, feedback in both]
        case ShortAnswer():
            return _short(question, said)
        case Numeric():
            return _numeric(question, said)
        case Matching():
            return _matching(question, said)
    return []


def _weights(question: MultipleChoice, said: list[str]) -> list[Decimal]:
    if question.credit == "weights":
        return [one.weight or Decimal(0) for one in question.options]
    if question.credit in ("all", "each"):
        said.append(f"credit `{question.credit}` has no form in Moodle XML; the right options share the mark, wrong ones cost")
    part = (FULL / sum(1 for one in question.options if one.correct)).quantize(Decimal("0.00001"))
    cost = {"minus-wrong": -part, "no-wrong": -FULL, "all": -FULL, "each": -part}[question.credit]
    return [part if one.correct else cost for one in question.options]


def _options(options: tuple[Option, ...], shares: list[Decimal]) -> list[str]:
    return [_answer(one.text, share, one.feedback) for one, share in zip(options, shares, strict=True)]


def _short(question: ShortAnswer, said: list[str]) -> list[str]:
    if set(question.folds) not in ({"case", "space"}, {"space"}):
        said.append("Moodle XML folds away the case of letters and spaces, or spaces alone")
    answers = [_answer(one.text, one.share, one.feedback or (question.right if one.share == FULL else "")) for one in question.forms]
    answers += [_answer("*", Decimal(0), question.wrong)] if question.wrong else []
    return [f"<usecase>{int('case' not in question.folds)}</usecase>", *answers]


def _numeric(question: Numeric, said: list[str]) -> list[str]:
    full = (question.answer, question.tolerance, FULL, question.right)
    rows = [full, *((one.answer, one.tolerance, one.share, one.feedback) for one in question.near)]
    answers = [
        _answer(_digits(answer), share, told, f"<tolerance>{_digits(abs(answer) * tolerance / 100 if question.in_percent else tolerance)}</tolerance>")
        for answer, tolerance, share, told in rows
    ]
    answers += [_answer("*", Decimal(0), question.wrong, "<tolerance>0</tolerance>")] if question.wrong else []
    units = [(question.unit, Decimal(1)), *((one.name, 1 / one.factor) for one in question.units if one.factor)] if question.unit else []
    if any(one.factor is None for one in question.units):
        said.append("Moodle XML has no unit that is never right, so it was left out")
    inside = "".join(f"<unit><multiplier>{_digits(size.quantize(Decimal('1e-9')))}</multiplier><unit_name>{escape(name)}</unit_name></unit>" for name, size in units)
    return [*answers, *([f"<units>{inside}</units>"] if inside else [])]


def _matching(question: Matching, said: list[str]) -> list[str]:
    if question.credit == "all":
        said.append("Moodle marks each row of a matching by itself")
    if any(pair.feedback for pair in question.pairs):
        said.append("Moodle XML has no feedback for the rows of a matching")
    texts = {choice.id: choice.text for choice in question.choices}
    used = {pair.match for pair in question.pairs}
    rows = [*((pair.text, texts[pair.match]) for pair in question.pairs), *(("", choice.text) for choice in question.choices if choice.id not in used)]
    return [f'<subquestion format="plain_text">{_text(row)}<answer>{_text(target)}</answer></subquestion>' for row, target in rows]


def _gap(question: Cloze, name: str, said: list[str]) -> str:
    gap: Gap = next(one for one in question.gaps if one.id == name)
    inner = gap.question
    match inner:
        case SingleChoice():
            kind, wrong = "MULTICHOICE", ""
            rows = [(one.text, FULL if one.correct else one.weight or Decimal(0), one.feedback) for one in inner.options]
        case ShortAnswer():
            kind, wrong = "SHORTANSWER" if "case" in inner.folds else "SHORTANSWER_C", inner.wrong
            rows = [(one.text, one.share, one.feedback or (inner.right if one.share == FULL else "")) for one in inner.forms]
        case Numeric():
            kind, wrong = "NUMERICAL", inner.wrong
            if inner.unit:
                said.append("a gap has no unit in Moodle XML; say in the text which one is meant")
            full = (inner.answer, inner.tolerance, FULL, inner.right)
            near = [full, *((one.answer, one.tolerance, one.share, one.feedback) for one in inner.near)]
            sized = [(a, abs(a) * t / 100 if inner.in_percent else t, share, told) for a, t, share, told in near]
            rows = [(f"{_digits(answer)}:{_digits(size)}", share, told) for answer, size, share, told in sized]
    rows += [("*", Decimal(0), wrong)] if wrong else []
    inside = "~".join(
        ("=" if share == FULL else f"%{_digits(share)}%") + _kept(text) + (f"#{_kept(told)}" if told else "") for text, share, told in rows
    )
    return f"{{{gap.weight}:{kind}:{inside}}}"


def _answer(text: str, share: Decimal, feedback: str, more: str = "") -> str:
    return f'<answer fraction="{_digits(share)}" format="plain_text">{_text(text)}{more}{_told("feedback", feedback)}</answer>'


def _told(name: str, words: str) -> str:
    return f'<{name} format="plain_text">{_text(words)}</{name}>'


def _text(words: str) -> str:
    return f"<text>{escape(words)}</text>"


def _kept(text: str) -> str:
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _digits(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
