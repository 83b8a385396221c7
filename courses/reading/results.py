"""A table of marks as CSV -> items and rows for the item statistics, with every fault by file and line.

The first line names the questions; a first column called `attempt` (or try, id, person, student, name)
names the attempts and is not a question.
The first row below holds the most each question gives. Every further row is one attempt; an empty cell means
that this attempt was not asked the question. A row called `guess` in that column gives the share of
the most that blind guessing earns. A table without names, all numbers, calls its questions q1, q2 and so on.
Cells are parted by commas, or by semicolons with a decimal point or comma in the numbers.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from pathlib import Path

from courses.reading.source import Fault, Faults, repeated
from courses.statistics import AskedItem, Row

MOST_QUESTIONS = 200
MOST_ATTEMPTS = 20_000
_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")
LABELS = {"attempt", "try", "id", "person", "student", "name"}
GUESS = "guess"


@dataclass(frozen=True)
class ReadResults:
    """What a table of marks holds; `items` is empty when there are faults."""

    items: tuple[AskedItem, ...]
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


Cells = tuple[int, list[str]]


def read_results(text: str, name: str) -> ReadResults:
    """The results in a CSV text; `name` is the file name that faults show."""
    reader = _Reader(Path(name))
    items, rows = reader.read(text)
    found = reader.faults.sorted()
    return ReadResults((), (), found) if found else ReadResults(tuple(items), tuple(rows), ())


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.faults = Faults()
        self.comma = False

    def read(self, text: str) -> tuple[list[AskedItem], list[Row]]:
        lines = list(self._lines(text))
        if not lines:
            self._fault(1, "the table is empty")
            return [], []
        names, labelled = self._names(lines[0])
        if self.faults.sorted():
            return [], []
        body = lines[1:] if names else lines
        names = names or [f"q{number}" for number in range(1, len(lines[0][1]) + 1)]
        if not body:
            self._fault(lines[0][0], "below the names there must be a row with the most each question gives")
            return [], []
        if len(names) > MOST_QUESTIONS or len(body) > MOST_ATTEMPTS + 2:
            self._fault(1, f"at most {MOST_QUESTIONS} questions and {MOST_ATTEMPTS} attempts fit here")
            return [], []
        most = [value or Fraction(0) for value in self._values(body[0], names, labelled, None)]
        for name, value in zip(names, most, strict=False):
            if value <= 0:
                self._fault(body[0][0], f"{name}: the most it gives must be a number above 0")
        guesses: list[Fraction | None] = [None] * len(names)
        rows = []
        for line in body[1:]:
            if labelled and line[1][0].strip().casefold() == GUESS:
                guesses = self._values(line, names, labelled, [Fraction(1)] * len(names))
            else:
                rows.append(Row(tuple(self._values(line, names, labelled, most))))
        items = [
            AskedItem(name, value, None if guess is None else float(guess))
            for name, value, guess in zip(names, most, guesses, strict=False)
        ]
        return items, rows

    def _lines(self, text: str) -> Iterator[Cells]:
        first = text.lstrip("\r\n").partition("\n")[0]
        self.comma = ";" in first and "," not in first
        reader = csv.reader(StringIO(text, newline=""), delimiter=";" if self.comma else ",")
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield reader.line_num, cells
        except csv.Error as error:
            self._fault(max(1, reader.line_num), f"this is not CSV: {error}")

    def _names(self, line: Cells) -> tuple[list[str], bool]:
        """The names of the questions (none when the first line holds numbers), and whether rows have names."""
        number, cells = line
        names = [cell.strip() for cell in cells]
        if all(self._number(name) is not None for name in names):
            return [], False
        labelled = names[0].casefold() in LABELS
        names = names[1:] if labelled else names
        if not names:
            self._fault(number, "there is no question")
        for place, name in enumerate(names, 1):
            if not name or len(name) > 80 or not name.isprintable():
                self._fault(number, f"column {place} needs a name of at most 80 characters")
        for _, name in repeated(names):
            self._fault(number, f"two columns have the name {name}")
        return names, labelled

    def _values(
        self, line: Cells, names: list[str], labelled: bool, most: list[Fraction] | None
    ) -> list[Fraction | None]:
        number, cells = line
        cells = cells[1:] if labelled else cells
        if len(cells) != len(names):
            self._fault(number, f"{len(cells)} marks for {len(names)} questions")
            return [None] * len(names)
        values: list[Fraction | None] = []
        for place, (name, cell) in enumerate(zip(names, cells, strict=True)):
            value = self._number(cell.strip())
            if cell.strip() and value is None:
                self._fault(number, f"{name}: a mark must be a number, written like 1 or 0.5")
            elif value is not None and most and not 0 <= value <= most[place]:
                self._fault(number, f"{name}: a mark must be 0 to {float(most[place]):g}")
            values.append(value)
        return values

    def _number(self, cell: str) -> Fraction | None:
        text = cell.replace(",", ".") if self.comma else cell
        return Fraction(text) if _NUMBER.fullmatch(text) else None

    def _fault(self, line: int, message: str) -> None:
        self.faults.add(self.file, line, message)
