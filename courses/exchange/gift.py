"""GIFT -> items. The format: questions parted by blank lines, `::title::[format]text{answers}more text`.

A backslash before ~ = # { } : keeps the sign as text, \\n is a new line. `//` starts a line of comment, which may
carry [id:...] and [tag:...]; `$CATEGORY: a/b` names the category of what follows. Source: the public description
"GIFT format" in the Moodle documentation, and its example files as far as they are described there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from courses.exchange.gift_answers import answered
from courses.exchange.items import (
    MAX_LENGTH,
    Format,
    Import,
    Item,
    Note,
    NotUnderstood,
    Unmarked,
    in_plain,
    named,
    retold,
)
from courses.questions import Cloze, Gap, Numeric, Question, ShortAnswer, SingleChoice

_ESCAPED = re.compile(r"\\([~=#{}:n\\>%\[\]])")
_KEPT = "~=#{}:\\>%[]"
_BASE = 0xF0000  # escaped signs travel as characters of a private plane, where no text has any
_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_MARK = re.compile(r"\[(id|tag):([^\]]*)\]")
_CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
GAP_ID = "a"
MAX_COMMENT = 1000


@dataclass(frozen=True)
class _Block:
    line: int
    text: str
    category: str
    marks: tuple[tuple[str, str], ...]


def read_gift(text: str) -> Import:
    """The questions of a GIFT text, and a note for each thing that was not understood."""
    items: list[Item] = []
    wanted: list[str] = []
    notes: list[Note] = []
    for block in _blocks(text):
        try:
            item, lost = _item(block)
        except NotUnderstood as reason:
            notes.append(Note(reason.line or block.line, str(reason)))
            continue
        ids = [value.strip() for kind, value in block.marks if kind == "id"]
        tags = tuple(value.strip() for kind, value in block.marks if kind == "tag")
        items.append(replace(item, tags=tags))
        wanted.append(ids[0] if ids else item.title)
        notes += [Note(block.line, f"{thing} was left out") for thing in lost]
        if isinstance(item.question, Unmarked):
            kind = "an essay" if item.question.kind == "essay" else "a text without a question"
            notes.append(Note(block.line, f"{kind} cannot be marked here"))
    return Import(named(items, wanted), tuple(sorted(notes)))


def _blocks(text: str) -> Iterator[_Block]:
    category, lines, start = "", list[str](), 0
    marks: list[tuple[str, str]] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        found = _CATEGORY.fullmatch(line)
        if line.lstrip().startswith("//"):
            marks += _MARK.findall(line[:MAX_COMMENT])
        elif found and not lines:
            category = found[1].strip()
        elif line.strip():
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield _Block(start, "\n".join(lines), category, tuple(marks))
            lines, marks = [], []


def _item(block: _Block) -> tuple[Item, tuple[str, ...]]:
    if len(block.text) > MAX_LENGTH:
        raise NotUnderstood(f"a question has at most {MAX_LENGTH} characters")
    text = _ESCAPED.sub(_carried, block.text)
    title = _TITLE.match(text)
    rest = text[title.end() :] if title else text
    said = _FORMAT.match(rest)
    kind: Format = next((one for one in get_args(Format) if said and one == said[1].lower()), "moodle")
    rest = rest[said.end() :] if said else rest
    stem, inside, after = _parted(rest, block)
    question = _question(stem, inside, after)
    question, lost = in_plain(retold(question, lambda words: _settled(words).strip()), kind == "html")
    name = _settled(title[1]).strip() if title else ""
    return Item(question, " ".join(name.split()), block.category, kind, line=block.line), lost


def _parted(text: str, block: _Block) -> tuple[str, str | None, str]:
    """(before, inside, after) of the braces; inside is None without any."""
    opened, closed = text.find("{"), text.rfind("}")
    if opened < 0 and closed < 0:
        return text.strip(), None, ""
    if opened < 0 or closed < opened:
        raise NotUnderstood("a brace is never closed", block.line)
    inside = text[opened + 1 : closed]
    if "{" in inside or "}" in inside:
        raise NotUnderstood("a question has one pair of braces; write a backslash before those that are text", block.line)
    return text[:opened], inside, text[closed + 1 :]


def _question(stem: str, inside: str | None, after: str) -> Question | Unmarked:
    if inside is None:
        return Unmarked("", stem.strip(), "description")
    answers, _, general = inside.partition("####")
    general = general.strip()
    if not answers.strip():
        return Unmarked("", " ".join(part for part in (stem.strip(), after.strip()) if part), "essay", general)
    if not after.strip():
        if not stem.strip():
            raise NotUnderstood("the question has no text")
        return answered(stem.strip(), answers, general)
    # a missing word: the text goes on behind the braces
    inner = answered("Gap 1", answers, "")
    if not isinstance(inner, SingleChoice | ShortAnswer | Numeric):
        raise NotUnderstood("a missing word takes a single choice, a short answer or a number")
    gap = Gap(GAP_ID, replace(inner, id=GAP_ID))
    return Cloze("", f"{stem.lstrip()}[[{GAP_ID}]]{after.rstrip()}", (gap,), general)


def _carried(found: re.Match[str]) -> str:
    return "\n" if found[1] == "n" else chr(_BASE + ord(found[1]))


def _settled(text: str) -> str:
    return "".join(chr(ord(one) - _BASE) if _BASE < ord(one) < _BASE + 128 else one for one in text)
