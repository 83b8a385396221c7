"""Faults by file and line, and the first look at a content file: size, encoding, characters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 256 * 1024
UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to repair in a content file. `str()` is `file:line: message` on one line."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class Faults:
    """The faults of one run, collected while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, file: Path, line: int, message: str) -> None:
        """Note a fault; the message is kept on one line."""
        self._found.append(Fault(str(file), line, " ".join(message.split())))

    def within(self, place: Path) -> bool:
        """Whether a fault was noted for this file, or for one in this folder."""
        return any(place in (Path(fault.file), *Path(fault.file).parents) for fault in self._found)

    def sorted(self) -> tuple[Fault, ...]:
        """All faults by file and line, each once."""
        return tuple(sorted(set(self._found)))


def read_text(file: Path, faults: Faults) -> str | None:
    """The text of a file with line ends as \\n and without a byte order mark; None after a fault."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        faults.add(file, 1, f"the file cannot be read: {error.strerror or 'unknown reason'}")
        return None
    if len(raw) > MAX_BYTES:
        faults.add(file, 1, "the file has more than 256 kB; split it")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(file, line, "the text is not UTF-8; save the file with that encoding")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if bad := UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        faults.add(file, line, f"the character U+{ord(bad.group()):04X} cannot be shown; delete it")
        return None
    return text


def repeated(keys: Iterable[str]) -> list[tuple[int, str]]:
    """Place and key of each that stood before: ["a", "b", "a"] gives [(2, "a")]."""
    seen: set[str] = set()
    again = []
    for place, key in enumerate(keys):
        if key in seen:
            again.append((place, key))
        seen.add(key)
    return again
