"""Moodle XML -> items: <quiz> with a <question type="..."> each.

Read are category, multichoice, truefalse, shortanswer, numerical, calculated, matching, cloze, essay and description. Texts in
HTML become plain text, hints come along, each further try costs a third here. Everything else is a note by line. Source: the public description "Moodle XML format" in the
Moodle documentation.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from courses.exchange.calculated import read_calculated
from courses.exchange.embedded import read_embedded
from courses.exchange.items import (
    MAX_LENGTH,
    Given,
    Import,
    Item,
    Note,
    NotUnderstood,
    Unmarked,
    choice,
    in_plain,
    matching,
    named,
    plain_text,
)
from courses.exchange.xml_tree import Node, tree_of
from courses.questions import FOLDS, FULL, MOST_HINTS, Form, Near, Numeric, Question, ShortAnswer, TrueFalse, Unit

Answers = list[Given]


def read_moodle_xml(raw: bytes) -> Import:
    """The questions of a Moodle XML file, and a note for each thing that was not understood."""
    try:
        root = tree_of(raw)
    except NotUnderstood as reason:
        return Import((), (Note(reason.line or 1, str(reason)),))
    if root.name != "quiz":
        return Import((), (Note(root.line, f"the file begins with <{root.name[:40]}>, not with <quiz>"),))
    items: list[Item] = []
    wanted: list[str] = []
    notes: list[Note] = []
    category = ""
    for node in root.all("question"):
        kind = node.attributes.get("type", "")
        if kind == "category":
            category = node.said("category", "text").removeprefix("$course$/").removeprefix("top/")
            continue
        try:
            item, lost = _item(node, kind)
        except NotUnderstood as reason:
            notes.append(Note(node.line, str(reason)))
            continue
        items.append(replace(item, category=category))
        wanted.append(node.said("idnumber") or item.title)
        notes += [Note(node.line, f"{thing} was left out") for thing in [*lost, *_left_out(node)]]
        if isinstance(item.question, Unmarked):
            what = "an essay" if item.question.kind == "essay" else "a text without a question"
            notes.append(Note(node.line, f"{what} cannot be marked here"))
    return Import(named(items, wanted), tuple(sorted(notes)))


def _item(node: Node, kind: str) -> tuple[Item, tuple[str, ...]]:
    if kind not in _KINDS:
        raise NotUnderstood(f"questions of the type {kind[:40] or 'without a name'} are not known")
    text = node.said("questiontext", "text")
    if not text:
        raise NotUnderstood("the question has no text")
    if len(text) > MAX_LENGTH:
        raise NotUnderstood(f"a question has at most {MAX_LENGTH} characters")
    is_html = any(child.attributes.get("format", "html") == "html" for child in node.all("questiontext"))
    found = _KINDS[kind](node, text, node.said("generalfeedback", "text"))
    if not isinstance(found, Unmarked):
        found = replace(found, hints=_hints(node)[:MOST_HINTS])
    question, lost = in_plain(found, is_html)
    tags = tuple(tag.said("text") for group in node.all("tags") for tag in group.all("tag"))
    title = " ".join(node.said("name", "text").split())
    return Item(question, title, "", "html" if is_html else "plain", tags, node.line), lost


def _hints(node: Node) -> tuple[str, ...]:
    return tuple(words for words in (hint.said("text") for hint in node.all("hint")) if words)


def _left_out(node: Node) -> list[str]:
    penalty = node.said("penalty")
    told = [
        (len(_hints(node)) > MOST_HINTS, f"a hint after the first {MOST_HINTS}"), (any(n.all("file") for n in node.children), "a file"),
        (bool(_hints(node)) and bool(penalty) and not _is_a_third(penalty), f"the penalty {penalty[:12]} for each further try"),
    ]
    return [words for holds, words in told if holds]


def _is_a_third(penalty: str) -> bool:
    try:
        return abs(_digits(penalty) - Decimal(1) / 3) < Decimal("0.001")
    except NotUnderstood:
        return False


def _answers(node: Node) -> Answers:
    found = []
    for answer in node.all("answer"):
        try:
            share = Decimal(answer.attributes.get("fraction", "0") or "0")
        except InvalidOperation:
            raise NotUnderstood("a fraction is no number") from None
        if not share.is_finite() or abs(share) > FULL:
            raise NotUnderstood("a fraction lies between -100 and 100")
        found.append(Given(answer.said("text"), share, answer.said("feedback", "text"), share == FULL))
    return found


def _choice(node: Node, text: str, general: str) -> Question:
    is_single = node.said("single").lower() in ("true", "1")
    return choice(text, _answers(node), is_single, general)


def _truth(node: Node, text: str, general: str) -> Question:
    answers = {one.text.lower(): one for one in _answers(node)}
    right = [name for name, one in answers.items() if one.is_right]
    if set(answers) != {"true", "false"} or len(right) != 1:
        raise NotUnderstood("a true-false has the answers true and false, one of them right")
    return TrueFalse("", text, right == ["true"], answers["true"].feedback, answers["false"].feedback, general)


def _short(node: Node, text: str, general: str) -> Question:
    answers = _answers(node)
    others = [one for one in answers if one.text == "*" and one.share == 0]
    forms = tuple(Form(_plain(one.text), one.share or Decimal(0), one.feedback) for one in answers if one not in others)
    if not any(form.share == FULL for form in forms) or any(form.share < 0 for form in forms) or len(forms) > 20:
        raise NotUnderstood("one form must bring the whole mark, none can cost some, and there are at most 20")
    folds = ("space",) if node.said("usecase") in ("1", "true") else FOLDS
    wrong = " ".join(one.feedback for one in others)
    return ShortAnswer("", text, forms, "", wrong, folds, general)


def _numerical(node: Node, text: str, general: str) -> Question:
    unit, units = _units(node)
    near, wrong = [], ""
    for answer, node_of_answer in zip(_answers(node), node.all("answer"), strict=True):
        if answer.text == "*":
            wrong = answer.feedback
            continue
        near.append(Near(_digits(answer.text), abs(_digits(node_of_answer.said("tolerance") or "0")), answer.share or Decimal(0), answer.feedback))
    full = next((one for one in near if one.share == FULL), None)
    if full is None or any(one.share < 0 for one in near):
        raise NotUnderstood("one number must bring the whole mark, and none can cost some")
    others = tuple(one for one in near if one is not full)
    told = (full.feedback, wrong)
    return Numeric("", text, full.answer, full.tolerance, unit, *told, units=units, near=others, general=general)


def _units(node: Node) -> tuple[str | None, tuple[Unit, ...]]:
    """(the unit of the answer, the others). A multiplier of 100 for cm beside m: 250 cm are 2.5 m, factor 0.01."""
    given = {one.said("unit_name"): _digits(one.said("multiplier") or "1") for group in node.all("units") for one in group.all("unit")}
    base = next((name for name, size in given.items() if size == 1 and name), None)
    if given and (base is None or any(size <= 0 for size in given.values())):
        raise NotUnderstood("one of the units must be that of the answer, with a multiplier of 1")
    others = {name: size for name, size in given.items() if name and name != base}
    return base, tuple(Unit(name, (1 / size).quantize(Decimal("1e-12")).normalize()) for name, size in others.items())


def _matching(node: Node, text: str, general: str) -> Question:
    rows = [(part.said("text"), part.said("answer", "text")) for part in node.all("subquestion")]
    return matching(text, [row for row in rows if row[1]], general)


def _plain(text: str) -> str:
    return plain_text(text)[0] if "<" in text else text


def _digits(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > 15:
        raise NotUnderstood(f"{text[:40]} is no number")
    return number


_KINDS: dict[str, Callable[[Node, str, str], Question | Unmarked]] = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _numerical,
    "calculated": read_calculated,
    "calculatedsimple": read_calculated,
    "matching": _matching,
    "cloze": lambda _, text, general: read_embedded(text, general),
    "essay": lambda _, text, general: Unmarked("", text, "essay", general),
    "description": lambda _, text, general: Unmarked("", text, "description", general),
}
