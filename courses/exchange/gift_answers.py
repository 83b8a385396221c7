"""What stands between the braces of a GIFT question -> a question of the kind it shows.

`#` at the start: numbers. T, TRUE, F or FALSE: true-false, with the feedback for a wrong answer and then for a right
one. `->` in every answer: matching. `~` anywhere: a choice, a single one if there is a `=`. Only `=`: short answer.
"""

import re
from decimal import Decimal

from courses.exchange.items import Given, NotUnderstood, choice, matching, per_cent
from courses.questions import FULL, Form, Near, Numeric, Question, ShortAnswer, TrueFalse

_ANSWER = re.compile(r"([~=])([^~=]*)")
_WEIGHT = re.compile(r"\s*%(-?[0-9.]+)%")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?", re.IGNORECASE)
_NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?|-?\.[0-9]{1,15}"
_TOLERANT = re.compile(rf"({_NUMBER})\s*(?::\s*({_NUMBER}))?")
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")


def answered(text: str, inside: str, general: str) -> Question:
    """The question with this text and these answers. Errors: NotUnderstood."""
    if inside.lstrip().startswith("#"):
        return _numeric(text, inside.lstrip()[1:], general)
    if found := _TRUTH.fullmatch(inside):
        wrong, right = (found[2] or "").strip(), (found[3] or "").strip()
        answer = found[1][0].upper() == "T"
        return TrueFalse("", text, answer, *((right, wrong) if answer else (wrong, right)), general)
    first = re.search("[~=]", inside)
    if first is None or inside[: first.start()].strip():
        raise NotUnderstood("answers begin with = or ~")
    pieces = [(sign == "=", words) for sign, words in _ANSWER.findall(inside)]
    if all(is_right and "->" in words.partition("#")[0] for is_right, words in pieces):
        return matching(text, [_row(words) for _, words in pieces], general)
    answers = [_given(is_right, words) for is_right, words in pieces]
    if any(not one.text for one in answers):
        raise NotUnderstood("an answer has no text")
    if all(one.is_right for one in answers):
        return _short(text, answers, general)
    return choice(text, answers, any(one.is_right for one in answers), general)


def _row(words: str) -> tuple[str, str]:
    left, _, right = words.partition("->")
    target = right.partition("#")[0].strip()
    if not target:
        raise NotUnderstood("a row of a matching has nothing behind ->")
    return left.strip(), target


def _given(is_right: bool, words: str) -> Given:
    share = None
    if found := _WEIGHT.match(words):
        share, words = per_cent(found[1]), words[found.end() :]
    text, _, feedback = words.partition("#")
    return Given(text.strip(), share, feedback.strip(), is_right)


def _short(text: str, answers: list[Given], general: str) -> ShortAnswer:
    forms = [Form(one.text, FULL if one.share is None else one.share, one.feedback) for one in answers]
    # a last form of one star takes every other answer: its feedback is the one for a wrong answer
    wrong = forms.pop().feedback if forms[-1].text == "*" and forms[-1].share == 0 else ""
    if not any(form.share == FULL for form in forms):
        raise NotUnderstood("no answer brings the whole mark")
    if any(form.share < 0 for form in forms) or len(forms) > 20:
        raise NotUnderstood("a short answer has at most 20 forms, with weights from 0")
    return ShortAnswer("", text, tuple(forms), "", wrong, general=general)


def _numeric(text: str, inside: str, general: str) -> Numeric:
    # the first number may stand without its sign
    signed = inside if inside.lstrip()[:1] in ("=", "~") else f"={inside}"
    answers = [_given(sign == "=", words) for sign, words in _ANSWER.findall(signed)]
    wrong = " ".join(one.feedback for one in answers if not one.is_right)
    if any(one.text for one in answers if not one.is_right):
        raise NotUnderstood("a wrong number is written with = and a weight of 0")
    found = [Near(*number(one.text), FULL if one.share is None else one.share, one.feedback) for one in answers if one.is_right]
    full = next((one for one in found if one.share == FULL), None)
    if full is None or any(one.share < 0 for one in found):
        raise NotUnderstood("one number must bring the whole mark, and none can cost some")
    near = tuple(one for one in found if one is not full)
    return Numeric("", text, full.answer, full.tolerance, None, full.feedback, wrong, near=near, general=general)


def number(words: str) -> tuple[Decimal, Decimal]:
    """(number, tolerance) of 1822, 1822:5 or 1817..1827. Errors: NotUnderstood."""
    if found := _RANGE.fullmatch(words.strip()):
        low, high = Decimal(found[1]), Decimal(found[2])
        if low > high:
            raise NotUnderstood(f"{words.strip()[:40]} is a range from high to low")
        return (low + high) / 2, (high - low) / 2
    found = _TOLERANT.fullmatch(words.strip())
    if found is None or Decimal(found[2] or 0) < 0:
        raise NotUnderstood(f"{words.strip()[:40] or 'nothing'} is no number")
    return Decimal(found[1]), Decimal(found[2] or 0)
