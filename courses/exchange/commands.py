"""`import`, `export` and `gift` from the command line."""

import argparse
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from courses.command_input import InputRefused, bytes_of, shown, text_of
from courses.exchange.aiken import read_aiken
from courses.exchange.encoding import decoded
from courses.exchange.gift import read_gift
from courses.exchange.gift_writing import gift_text
from courses.exchange.items import Import, Item, Note, Unmarked
from courses.exchange.moodle_xml import read_moodle_xml
from courses.exchange.moodle_xml_writing import moodle_xml_text
from courses.exchange.writing import quiz_text
from courses.questions import Question
from courses.reading import read_quiz

READERS: dict[str, Callable[[bytes], Import]] = {
    "gift": lambda raw: _from_text(raw, read_gift),
    "aiken": lambda raw: _from_text(raw, read_aiken),
    "moodle-xml": read_moodle_xml,
}


def add_exchange(commands: Any) -> None:
    """Put the commands beside the others."""
    taking = commands.add_parser("import", help="questions of another system -> a quiz file; a dry run unless --write")
    taking.add_argument("file", metavar="FILE")
    taking.add_argument("--to", metavar="QUIZ", help="the quiz file to write")
    taking.add_argument("--format", choices=READERS, help="taken from the file where it is not said")
    taking.add_argument("--write", action="store_true", help="write the file; it must not exist yet")
    taking.set_defaults(command=_import)
    giving = commands.add_parser("export", help="a quiz file -> GIFT or Moodle XML")
    giving.add_argument("quiz", metavar="QUIZ")
    giving.add_argument("--format", choices=("gift", "moodle-xml"), default="gift")
    giving.add_argument("--to", metavar="FILE", help="the file to write; without it the text is the answer")
    giving.set_defaults(command=_export)
    gift = commands.add_parser("gift", help="read a GIFT file, or write one")
    gift.add_argument("file", metavar="FILE", nargs="?")
    gift.add_argument("--to", choices=("json", "yaml"), default="json")
    gift.add_argument("--from", dest="quiz", metavar="QUIZ", help="write this quiz as GIFT")
    gift.set_defaults(command=_gift)


def checked(found: Import) -> Import:
    """The import without the questions that a quiz file cannot hold; each of them is a note with its line."""
    items, notes = [], list(found.notes)
    for item in found.items:
        if isinstance(item.question, Unmarked):
            items.append(item)
            continue
        faults = read_quiz(quiz_text([item.question], 1), "").faults
        if faults:
            notes.append(Note(item.line, f"{item.question.id}: {faults[0].message.removeprefix(item.question.id + ': ')}"))
        else:
            items.append(item)
    return Import(tuple(items), tuple(sorted(notes)))


def _import(given: argparse.Namespace) -> dict[str, Any]:
    raw = bytes_of(given.file)
    found = checked(READERS[given.format or kind_of(given.file, raw)](raw))
    if not found.questions:
        nothing = f"{shown(given.file)}:1: there is no question here that can be taken over"
        raise InputRefused(*(f"{shown(given.file)}:{note}" for note in found.notes), nothing)
    if given.write:
        _write(given.to, quiz_text(found.questions, pass_mark_of(len(found.questions))))
    return {
        "questions": len(found.questions),
        "kinds": dict(sorted(Counter(question.kind for question in found.questions).items())),
        "written": given.to if given.write else None,
        "not_understood": [f"{shown(given.file)}:{note}" for note in found.notes],
    }


def _export(given: argparse.Namespace) -> dict[str, Any] | str:
    items = [Item(question) for question in _quiz(given.quiz)]
    text, notes = gift_text(items) if given.format == "gift" else moodle_xml_text(items)
    if not given.to:
        return _remarks(notes) + text if given.format == "gift" else _xml_remarks(notes, text)
    _write(given.to, text)
    return {"written": given.to, "changed": [note.message for note in notes]}


def _gift(given: argparse.Namespace) -> dict[str, Any] | str:
    if (given.file is None) == (given.quiz is None):
        raise InputRefused("give either a GIFT file to read, or --from and a quiz to write")
    if given.quiz:
        text, changed = gift_text(Item(question) for question in _quiz(given.quiz))
        return _remarks(changed) + text
    found = checked(READERS["gift"](bytes_of(given.file)))
    notes = [f"{shown(given.file)}:{note}" for note in found.notes]
    if not found.questions:
        raise InputRefused(*notes, f"{shown(given.file)}:1: there is no question here that can be taken over")
    if given.to == "yaml":
        remarks = "".join(f"# {line}\n" for line in notes)
        return remarks + quiz_text(found.questions, pass_mark_of(len(found.questions)))
    return {"questions": [_as_json(item) for item in found.items], "not_understood": notes}


def _remarks(notes: tuple[Note, ...]) -> str:
    """What GIFT could not say, as comments on top of the file."""
    return "".join(f"// {note.message}\n" for note in notes) + ("\n" if notes else "")


def _xml_remarks(notes: tuple[Note, ...], text: str) -> str:
    """The same, below the first line of XML, where a comment may not hold two dashes."""
    first, _, rest = text.partition("\n")
    return "\n".join([first, *(f"<!-- {note.message.replace('--', '- -')} -->" for note in notes), rest])


def _as_json(item: Item) -> dict[str, Any]:
    whole: dict[str, Any] = _plain(asdict(replace(item)))
    question: dict[str, Any] = whole.pop("question")
    return question | whole


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _quiz(name: str) -> tuple[Question, ...]:
    read = read_quiz(text_of(name), shown(name))
    if read.quiz is None:
        raise InputRefused(*read.faults)
    return read.quiz.questions


def _from_text(raw: bytes, read: Callable[[str], Import]) -> Import:
    text, guessed = decoded(raw)
    found = read(text)
    return Import(found.items, tuple(sorted((*guessed, *found.notes))))


def kind_of(name: str, raw: bytes) -> str:
    """The format of a file, by how it begins and what stands in it: a key of READERS."""
    start = raw[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if start.startswith(b"<") or name.endswith(".xml"):
        return "moodle-xml"
    return "aiken" if re.search(rb"^\s*ANSWER:\s*[A-Z]\s*$", raw, re.MULTILINE) else "gift"


def pass_mark_of(count: int) -> int:
    """Four of five, rounded up: 8 of 10, 3 of 3."""
    return -(-8 * count // 10)


def _write(name: str | None, text: str) -> None:
    if not name:
        raise InputRefused("--write needs --to and the name of a file")
    try:
        with Path(name).open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError:
        raise InputRefused(f"{name}:1: the file exists; take another name") from None
    except OSError as error:
        raise InputRefused(f"{name}:1: the file cannot be written: {error.strerror}") from None
