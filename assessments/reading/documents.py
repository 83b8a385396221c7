"""YAML files -> plain values that remember their lines, and strict models over them.

The YAML taken here is a safe subset: UTF-8, at most 256 kB, at most 32 levels deep, no anchors, aliases,
tags or merge keys, no key twice. Only true, false, null, ~, decimal numbers without leading zeros and
nothing else are more than text, so `no`, `1:30`, `017` and dates stay as written. Keys are always text.
Every fault is reported with file and line, all faults of a file together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from assessments.errors import Fault, FileFaults

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
Where = tuple[str | int, ...]

_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A document as plain values, with the line on which each key and list entry begins."""

    file: str
    value: object
    lines: Mapping[Where, int]

    def line(self, *path: str | int) -> int:
        """The line of the value at this path, or of its nearest known parent (1 at worst)."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, message: str, *path: str | int) -> Fault:
        """A fault at the value with this path."""
        return Fault(self.file, self.line(*path), message)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    value: dict[str, object] | list[object]
    path: Where
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Builds values from parser events with its own stack, so that deep nesting cannot exhaust Python's."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    lines: dict[Where, int] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0
    root: object = None

    def fault(self, event: Any, message: str) -> None:
        self.faults.append(Fault(self.file, _line(event), message))

    def take(self, event: Any) -> bool:
        """Take one event; False when reading on makes no sense."""
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.fault(event, "A file holds one document; remove the second `---`.")
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.fault(event, "Aliases (*name) are not used here; write the value out.")
            self._place(event, None)
        elif isinstance(event, yaml.NodeEvent):
            return self._take_node(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
        return True

    def _take_node(self, event: Any) -> bool:
        if event.anchor:
            self.fault(event, "Anchors (&name) are not used here; write the value out where it is needed.")
        if event.tag and event.tag != "!":
            self.fault(event, "Tags (!name) are not used here; write the plain value.")
        if isinstance(event, yaml.ScalarEvent):
            self._take_scalar(event)
            return True
        if len(self.stack) >= MAX_DEPTH:
            self.fault(event, f"The file is nested more than {MAX_DEPTH} levels deep.")
            return False
        value: dict[str, object] | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._expects_key():
            self.fault(event, "A key is a word, not a list or a mapping.")
            return False
        self.stack.append(_Open(value, self._place(event, value)))
        return True

    def _take_scalar(self, event: Any) -> None:
        if not self._expects_key():
            self._place(event, _scalar(event))
            return
        parent, key = self.stack[-1], event.value
        if key == "<<":
            self.fault(event, "Merge keys (<<) are not used here; write the fields out.")
        if key in parent.value:
            self.fault(event, f"`{key}` stands here twice; keep one of them.")
        parent.key = key
        self.lines[(*parent.path, key)] = _line(event)

    def _expects_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def _place(self, event: Any, value: object) -> Where:
        """Put a finished or begun value where it belongs; its path."""
        if not self.stack:
            self.root = value
            self.lines[()] = _line(event)
            return ()
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            path: Where = (*parent.path, len(parent.value))
            parent.value.append(value)
            self.lines[path] = _line(event)
            return path
        if parent.key is None:  # an alias where a key belongs
            parent.key = ""
            return parent.path
        path = (*parent.path, parent.key)
        parent.value[parent.key] = value
        parent.key = None
        return path


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _scalar(event: Any) -> object:
    text: str = event.value
    if event.style in ("'", '"', "|", ">"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def parse_yaml(text: str, file: str) -> YamlFile:
    """Read YAML text into plain values with lines; FileFaults holds everything wrong with it."""
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        builder.faults.append(Fault(file, line, f"This is not valid YAML: {error.problem}."))
    except yaml.YAMLError:
        builder.faults.append(Fault(file, 1, "The file holds characters that YAML does not allow."))
    if not builder.faults and builder.documents == 0:
        builder.faults.append(Fault(file, 1, "The file is empty."))
    if builder.faults:
        raise FileFaults(builder.faults)
    return YamlFile(file, builder.root, builder.lines)


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read one YAML file; `name` is how faults call it (default: the path as given). Raises FileFaults."""
    name = name or str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileFaults([Fault(name, 1, f"The file cannot be read: {error.strerror}.")]) from error
    if len(raw) > MAX_BYTES:
        raise FileFaults([Fault(name, 1, f"The file is larger than {MAX_BYTES // 1024} kB.")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileFaults([Fault(name, line, "The file is not UTF-8 text.")]) from error
    return parse_yaml(text, name)


class Strict(BaseModel):
    """Base of all file models: no conversions, no unknown fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], document: YamlFile) -> Model:
    """The document as this pydantic model; FileFaults with a line for every field that does not fit."""
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        found: dict[Where, Fault] = {}
        for entry in error.errors(include_url=False, include_context=False):
            where: Where = tuple(entry["loc"])
            if entry["type"] != "missing":
                while where and where not in document.lines:  # the names of union members
                    where = where[:-1]
            found.setdefault(where, document.fault(_sentence(dict(entry), where), *where))
        raise FileFaults(list(found.values())) from error


def _sentence(error: dict[str, Any], where: Where) -> str:
    """A pydantic error as a sentence with the name of its field."""
    name = ".".join(str(part) for part in where) or "the file"
    if error["type"] == "missing":
        return f"`{name}` is missing."
    if error["type"] == "extra_forbidden":
        return f"`{name}` is not a field here; check its spelling."
    if error["type"] in ("model_type", "dict_type"):
        return f"`{name}` should be a mapping of fields."
    return f"`{name}`: {error['msg'][:1].lower()}{error['msg'][1:]}."
