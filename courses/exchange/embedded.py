"""Gaps written inside a text, as in `{1:SHORTANSWER:=baseline#Yes~%50%base line}` -> gaps of a cloze."""

import re
from decimal import Decimal

from courses.exchange.gift_answers import number
from courses.exchange.items import Given, NotUnderstood, choice, letter, per_cent
from courses.questions import FULL, Cloze, Form, Gap, Near, Numeric, ShortAnswer, SingleChoice

_GAP = re.compile(r"\{([0-9]*):([A-Z_]+):((?:\\.|[^\\}])*)\}", re.DOTALL)
_ANSWER = re.compile(r"(?:^|~)(=|%-?[0-9.]+%)?((?:\\.|[^\\~])*)", re.DOTALL)
_SHORT = {"SHORTANSWER", "SA", "MW"}
_SHORT_CASE = {"SHORTANSWER_C", "SAC", "MWC"}
_NUMERICAL = {"NUMERICAL", "NM"}
_CHOICE = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS", "MCVS", "MCHS"}


def read_embedded(text: str, general: str) -> Cloze:
    """The cloze of a text with embedded answers. Errors: NotUnderstood."""
    gaps: list[Gap] = []

    def put(found: re.Match[str]) -> str:
        name = letter(len(gaps)) if len(gaps) < 12 else ""
        if not name:
            raise NotUnderstood("a text has at most 12 gaps")
        gaps.append(_gap(name, found[1], found[2], found[3]))
        return f"[[{name}]]"

    filled = _GAP.sub(put, text)
    if not gaps:
        raise NotUnderstood("the text has no gap")
    return Cloze("", filled, tuple(gaps), general)


def _gap(name: str, weight: str, kind: str, inside: str) -> Gap:
    answers = [_given(sign, words) for sign, words in _ANSWER.findall(inside) if sign or words.strip()]
    parts = int(weight or 1)
    if not 1 <= parts <= 10:
        raise NotUnderstood("a gap weighs 1 to 10 parts")
    return Gap(name, _question(name, kind, answers), parts)


def _question(name: str, kind: str, answers: list[Given]) -> SingleChoice | ShortAnswer | Numeric:
    title = f"Gap {ord(name) - ord('a') + 1}"
    if kind in _CHOICE:
        found = choice(title, answers, True, "")
        if isinstance(found, SingleChoice):
            return SingleChoice(name, title, found.options)
    if kind in _SHORT | _SHORT_CASE:
        kept = [one for one in answers if one.text and not (one.text == "*" and not one.share)]
        wrong = " ".join(one.feedback for one in answers if one not in kept)
        forms = tuple(Form(one.text, one.share or Decimal(0), one.feedback) for one in kept)
        if not any(form.share == FULL for form in forms):
            raise NotUnderstood("no answer of a gap brings the whole mark")
        folds = ("space",) if kind in _SHORT_CASE else ("case", "space")
        return ShortAnswer(name, title, forms, "", wrong, folds)  # type: ignore[arg-type]
    if kind in _NUMERICAL:
        kept = [one for one in answers if one.text != "*"]
        wrong = " ".join(one.feedback for one in answers if one.text == "*")
        numbers = [Near(*number(one.text), one.share or Decimal(0), one.feedback) for one in kept]
        full = next((one for one in numbers if one.share == FULL), None)
        if full is None:
            raise NotUnderstood("no number of a gap brings the whole mark")
        near = tuple(one for one in numbers if one is not full)
        return Numeric(name, title, full.answer, full.tolerance, None, full.feedback, wrong, near=near)
    raise NotUnderstood(f"a gap of the kind {kind[:20]} is not known")


def _given(sign: str, words: str) -> Given:
    share = FULL if sign == "=" else per_cent(sign.strip("%")) if sign else Decimal(0)
    text, _, feedback = re.sub(r"\\(.)", _carry, words).partition("#")
    return Given(_settle(text).strip(), share, _settle(feedback).strip(), share == FULL)


def _carry(found: re.Match[str]) -> str:
    return chr(0xF0000 + ord(found[1])) if ord(found[1]) < 128 else found[1]


def _settle(text: str) -> str:
    return "".join(chr(ord(one) - 0xF0000) if 0xF0000 < ord(one) < 0xF0080 else one for one in text)
