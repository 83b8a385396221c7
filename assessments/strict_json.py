"""JSON without surprises: strict parsing, and reading the fields of an object with a sentence per fault."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

from assessments.errors import InvalidProblem

MAX_INPUT = 8 * 1024 * 1024
MAX_NESTING = 32


def read_input(name: str) -> str:
    """The text of a file, or of standard input for `-`. InvalidProblem if it cannot be read."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_INPUT + 1)
        else:
            with Path(name).open("rb") as stream:
                raw = stream.read(MAX_INPUT + 1)
        if len(raw) > MAX_INPUT:
            raise InvalidProblem([f"{name}: the input is larger than {MAX_INPUT // 1024 // 1024} MB."])
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidProblem([f"{name[:200]}: the file cannot be read: {reason}."]) from error


def parse_json(text: str) -> object:
    """JSON without surprises: no key twice, no NaN or Infinity, at most 32 levels deep, no huge numbers."""
    _check_nesting(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_not_a_number,
            parse_int=_integer,
            parse_float=_decimal,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidProblem([f"This is not valid JSON: {error.msg} ({where})."]) from error


def _check_nesting(text: str) -> None:
    depth = 0
    for part in re.finditer(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', text, re.DOTALL):
        depth += part[0] in "[{" and len(part[0]) == 1
        depth -= part[0] in "]}"
        if depth > MAX_NESTING:
            raise InvalidProblem([f"The input is nested more than {MAX_NESTING} levels deep."])


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise InvalidProblem([f'The field "{key[:60]}" stands in the same object twice.'])
        found[key] = value
    return found


def _not_a_number(name: str) -> NoReturn:
    raise InvalidProblem([f"{name} is not a number that can be used here."])


def _integer(text: str) -> int:
    if len(text) > 15:
        raise InvalidProblem([f"The number {text[:20]}... is too long."])
    return int(text)


def _decimal(text: str) -> float:
    value = float(text)
    if abs(value) > 1e15:
        raise InvalidProblem([f"The number {text[:20]} is too large."])
    return value


class Fields:
    """The fields of one JSON object; collects a sentence for each that does not fit."""

    def __init__(self, value: object, where: str, problems: list[str]) -> None:
        self.where, self.problems = where, problems
        self.left: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            problems.append(f"{where} should be an object with fields in braces.")

    def say(self, message: str) -> None:
        """Note a problem with this object."""
        self.problems.append(f"{self.where}: {message}")

    def text(self, name: str) -> str | None:
        """A text of 1 to 200 characters, or None if the field is absent or null."""
        value = self.left.pop(name, None)
        if value is not None and not (isinstance(value, str) and 0 < len(value) <= 200):
            self.say(f'"{name}" should be a text of 1 to 200 characters.')
            return None
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds, or None if the field is absent or null."""
        value = self.left.pop(name, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.say(f'"{name}" should be a whole number from {least} to {most}.')
            return None
        return value

    def mapping(self, name: str) -> dict[str, Any]:
        """An object by its keys, empty if the field is absent or null."""
        value = self.left.pop(name, None)
        if value is not None and not isinstance(value, dict):
            self.say(f'"{name}" should be an object with fields in braces.')
        return dict(value) if isinstance(value, dict) else {}

    def entries(self, name: str) -> list[Any]:
        """A list, empty if the field is absent or null."""
        value = self.left.pop(name, None)
        if value is not None and not isinstance(value, list):
            self.say(f'"{name}" should be a list.')
        return value if isinstance(value, list) else []

    def done(self) -> None:
        """Every field left over is unknown."""
        for name in self.left:
            self.say(f'"{name[:60]}" is not a field here; check its spelling.')


def to_json(value: object) -> str:
    """Strict JSON text, readable, in the order of the fields."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
