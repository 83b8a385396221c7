"""A small, strict YAML reader that remembers lines.

It takes mappings with text keys, lists and scalars. Anchors, aliases, tags, merge keys, duplicate
keys, several documents and more than 32 levels are faults. Of the plain scalars only true, false,
null, ~, decimal integers without a leading zero and decimal fractions are no text, so `no`, `1:30`,
`017`, `1e3` and dates stay as they are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from courses.reading.source import Faults

MAX_DEPTH = 32
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FRACTION = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Step = str | int


@dataclass(frozen=True)
class Document:
    """A value read from YAML, and the line on which each part of it stands."""

    file: Path
    value: object
    lines: dict[tuple[Step, ...], int]
    base: tuple[Step, ...] = ()

    def line(self, *steps: Step) -> int:
        """Line of a part; steps the file does not have (a missing field) are passed over."""
        here = self.base
        for step in steps:
            if (*here, step) in self.lines:
                here = (*here, step)
        return self.lines.get(here, 1)

    def part(self, *steps: Step) -> "Document":
        """A part of the document as a document of its own, with the same lines."""
        value: Any = self.value
        for step in steps:
            value = value[step]
        return Document(self.file, value, self.lines, (*self.base, *steps))


class _Unreadable(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def load_yaml(text: str, file: Path, faults: Faults, first_line: int = 1) -> Document | None:
    """The document in `text`, whose first line is `first_line` of the file; None after a fault."""
    reader = _Reader(file, faults, first_line)
    try:
        return reader.document(yaml.parse(text, Loader=_LOADER))
    except _Unreadable as stop:
        faults.add(file, stop.line, str(stop))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # what is missing at the end is reported one line below the last
        line = min(mark.line, text.rstrip("\n").count("\n")) if mark else 0
        faults.add(file, first_line + line, f"this is not YAML: {error.problem}")
    except yaml.YAMLError:
        faults.add(file, first_line, "this is not YAML")
    return None


class _Reader:
    def __init__(self, file: Path, faults: Faults, first_line: int) -> None:
        self.file = file
        self.faults = faults
        self.first_line = first_line
        self.lines: dict[tuple[Step, ...], int] = {}
        self.sound = True

    def document(self, events: Iterator[Any]) -> Document | None:
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Unreadable(self._line(event), "one document a file: a second `---` starts here")
                value = self._value(next(events), events, ())
        if documents == 0:
            raise _Unreadable(self.first_line, "the file is empty")
        return Document(self.file, value, self.lines) if self.sound else None

    def _value(self, event: Any, events: Iterator[Any], path: tuple[Step, ...]) -> object:
        self._refuse_extras(event)
        self.lines.setdefault(path, self._line(event))
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event.value) if event.implicit[0] else event.value
        if len(path) >= MAX_DEPTH:
            raise _Unreadable(self._line(event), f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[Any], path: tuple[Step, ...]) -> list[object]:
        entries: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            entries.append(self._value(event, events, (*path, len(entries))))
        return entries

    def _mapping(self, events: Iterator[Any], path: tuple[Step, ...]) -> dict[str, object]:
        entries: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event)
            if key in entries:
                self._fault(event, f"`{key}` stands here twice")
            else:
                self.lines[(*path, key)] = self._line(event)
            entries[key] = self._value(next(events), events, (*path, key))
        return entries

    def _key(self, event: Any) -> str:
        self._refuse_extras(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise _Unreadable(self._line(event), "a key must be text")
        if event.value == "<<" and event.implicit[0]:
            self._fault(event, "merge keys (`<<`) are not used here")
        return str(event.value)

    def _refuse_extras(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise _Unreadable(self._line(event), f"aliases (`*{event.anchor}`) are not used here")
        if event.anchor is not None:
            self._fault(event, f"anchors (`&{event.anchor}`) are not used here")
        if event.tag is not None:
            self._fault(event, f"tags (`{event.tag}`) are not used here")

    def _fault(self, event: Any, message: str) -> None:
        self.sound = False
        self.faults.add(self.file, self._line(event), message)

    def _line(self, event: Any) -> int:
        return self.first_line + int(event.start_mark.line)


def _scalar(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
