"""A table that people send as CSV, read strictly: nothing guessed, nothing half, every fault with its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from app.documents.inert import FORMULA

MOST_BYTES, MOST_COLUMNS, MOST_FIELD = 1_000_000, 50, 1_000
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
NOT_TEXT = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"RIFF")

Line = tuple[int, list[str]]


class NotATable(Exception):
    """The file as a whole cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class LineFault:
    """What is wrong in one line of a table (line 1 is the header)."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}{', ' + self.column if self.column else ''}: {self.sentence}"


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, or UTF-16 with one. Anything else is refused, never guessed."""
    if len(raw) > MOST_BYTES:
        raise NotATable(f"The file has {len(raw):,} bytes; at most {MOST_BYTES:,} can be read. Split it into two files")
    if raw.startswith(NOT_TEXT):
        raise NotATable("This is not a text file. Save the table as CSV (UTF-8) and send that")
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable("The file is not UTF-8. Save it as CSV (UTF-8) and send it again") from None
    if "\x00" in text.partition("\n")[0]:
        raise NotATable("This is not a text file. Save the table as CSV (UTF-8) and send that")
    return text


def lines_of(text: str) -> tuple[str, list[Line]]:
    """(name of the separator, lines that are not blank as (number, cells)), the separator taken from the first of them. Raises NotATable.

    'name;team' and 'Ann;North' below it give ('semicolon', [(1, ['name', 'team']), (2, ['Ann', 'North'])])."""
    if len(text.encode()) > MOST_BYTES:
        raise NotATable(f"This is more than {MOST_BYTES:,} bytes. Split it into two lists")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    header_line = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(SEPARATORS, key=header_line.count)
    return SEPARATORS[separator], _lines(text, separator)


def unguarded(cell: str) -> str:
    """The cell without the one ' that an export puts before what would start a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _lines(text: str, separator: str) -> list[Line]:
    """(number of its first line, cells) of each record that is not blank."""
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    found: list[Line] = []
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((start, cells))
                _check_size(start, cells)
            start = reader.line_num + 1
    except csv.Error as fault:
        if "field larger" in str(fault):
            raise NotATable(f"Line {start}: a value is longer than {MOST_FIELD:,} characters") from None
        raise NotATable(f"Line {start}: a quotation mark is opened and not closed, or closed too early. Put it right and send the list again") from None
    return found


def _check_size(line: int, cells: list[str]) -> None:
    if len(cells) > MOST_COLUMNS:
        raise NotATable(f"Line {line} has {len(cells):,} columns; at most {MOST_COLUMNS} can be read")
    if any(len(cell) > MOST_FIELD for cell in cells):
        raise NotATable(f"Line {line}: a value is longer than {MOST_FIELD:,} characters")
