"""A small index of all content, made once at the start: words to entries, with weights for where a word stands."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
TITLE, HEADING, BODY = 12.0, 5.0, 1.0
MOST_REPEATS = 5
AROUND = 90


@dataclass(frozen=True)
class Indexed:
    """Something that can be found: its kind, title, address, the words that count more, and its text."""

    kind: str
    title: str
    href: str
    heads: str
    text: str


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `is_hit` marks a word that was searched for."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Hit:
    """A result with its title and snippet in pieces, and its score."""

    entry: Indexed
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    score: float


def folded(text: str) -> str:
    """The form words are compared in: lower case, without accents. 'Łódź É' -> 'łodz e'."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def stem(word: str) -> str:
    """A rough English stem, so that risks finds risk and planning finds plan; gates and boxes become gate and box."""
    word = re.sub(r"['’]s?$", "", word)
    for ending, least in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if not word.endswith(ending) or len(word) < least or word.endswith("ss"):
            continue
        base = word[: -len(ending)]
        if ending == "ies":
            return base + "y"
        if ending == "es" and not base.endswith(("s", "x", "z", "ch", "sh")):
            return base + "e"
        return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls" else base
    return word


def words_of(text: str) -> list[str]:
    """The stems of a text in order."""
    return [stem(found.group()) for found in WORD.finditer(folded(text))]


@dataclass
class Index:
    """Entries and where each stem stands."""

    entries: list[Indexed] = field(default_factory=list)
    _weights: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, entry: Indexed) -> None:
        """Take an entry in."""
        number = len(self.entries)
        self.entries.append(entry)
        for text, weight in ((entry.title, TITLE), (entry.heads, HEADING), (entry.text, BODY)):
            seen: dict[str, int] = defaultdict(int)
            for word in words_of(text):
                seen[word] += 1
                if seen[word] <= MOST_REPEATS:
                    self._weights[word][number] = self._weights[word].get(number, 0.0) + weight

    def search(self, wanted: str) -> list[Hit]:
        """Entries that hold every word of *wanted* (the last one may be only begun), the best first, then by title."""
        stems = words_of(wanted)
        if not stems:
            return []
        scores = self._scores(stems[-1], begun=True)
        for word in stems[:-1]:
            other = self._scores(word, begun=False)
            scores = {number: score + other[number] for number, score in scores.items() if number in other}
        ranked = sorted(scores, key=lambda n: (-scores[n], self.entries[n].title, n))
        return [self._hit(number, stems, scores[number]) for number in ranked]

    def _scores(self, word: str, begun: bool) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        fitting = [w for w in self._weights if w.startswith(word)] if begun and len(word) > 1 else [word]
        for fit in fitting:
            share = 1.0 if fit == word else 0.5
            for number, weight in self._weights.get(fit, {}).items():
                scores[number] = max(scores[number], share * weight)
        return scores

    def _hit(self, number: int, stems: list[str], score: float) -> Hit:
        entry = self.entries[number]
        return Hit(entry, pieces(entry.title, stems), pieces(around(entry.text, stems), stems), score)


def is_hit(word: str, stems: list[str]) -> bool:
    """Whether a word of the text is one that was searched for."""
    own = stem(folded(word))
    return own in stems or own.startswith(stems[-1])


def pieces(text: str, stems: list[str]) -> tuple[Piece, ...]:
    """The text cut at the words that were searched for."""
    found: list[Piece] = []
    at = 0
    for word in WORD.finditer(text):
        if is_hit(word.group(), stems):
            found += [Piece(text[at:word.start()], False), Piece(word.group(), True)]
            at = word.end()
    found.append(Piece(text[at:], False))
    return tuple(piece for piece in found if piece.text)


def around(text: str, stems: list[str]) -> str:
    """About 180 characters of the text around the first hit, or its beginning."""
    first = next((word for word in WORD.finditer(text) if is_hit(word.group(), stems)), None)
    start = max(0, (first.start() if first else 0) - AROUND)
    end = min(len(text), start + 2 * AROUND)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", start, end), start)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
