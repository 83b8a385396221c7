"""A small index of all content, made once at the start: words to entries, with weights for where a word stands.

A word nobody wrote is taken for the nearest one somebody did, one slip away: a letter too many, too few, wrong or swapped."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log

from app.search.words import WORD, Piece, around, pieces, stem_of

TITLE, HEADING, BODY = 12.0, 5.0, 1.0
MOST_REPEATS = 5
BEGUN, SLIP = 0.5, 0.4
SHORTEST_SLIP = 4


@dataclass(frozen=True)
class Indexed:
    """Something that can be found: its kind, title, address, the words that count more, and its text.

    `group` is the kind in general, by which results are chosen. With a `course`, the text is only for those the course is open to."""

    kind: str
    title: str
    href: str
    heads: str
    text: str
    group: str = ""
    course: str = ""


@dataclass(frozen=True)
class Hit:
    """A result with its title and snippet in pieces, and its score."""

    entry: Indexed
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    score: float


@dataclass(frozen=True)
class Answer:
    """Entries with their scores, the best first, and the words that were taken for others: (typed, meant)."""

    ranked: tuple[tuple[Indexed, float], ...] = ()
    stems: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


@dataclass
class Index:
    """Entries and where each stem stands."""

    entries: list[Indexed] = field(default_factory=list)
    _weights: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    _written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _slips: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _sorted: list[str] = field(default_factory=list)

    def add(self, entry: Indexed) -> None:
        """Take an entry in."""
        number = len(self.entries)
        self.entries.append(entry)
        for text, weight in ((entry.title, TITLE), (entry.heads, HEADING), (entry.text, BODY)):
            seen: dict[str, int] = defaultdict(int)
            for written in WORD.findall(text):
                word = stem_of(written)
                self._learn(word, written)
                seen[word] += 1
                if seen[word] <= MOST_REPEATS:
                    self._weights[word][number] = self._weights[word].get(number, 0.0) + weight

    def answer(self, wanted: str) -> Answer:
        """Entries that hold every word of *wanted* (the last one may be only begun), the best first, then by title.

        The score of a word is its weight in the entry times log(1 + entries / entries with it), so that rare words count more."""
        written = WORD.findall(wanted)
        if not written:
            return Answer()
        typed = [stem_of(word) for word in written]
        stems, meant = list(typed), []
        for place, word in enumerate(typed):
            if not self._fitting(word, begun=place == len(typed) - 1):
                nearest = self._nearest(word)
                if nearest:
                    stems[place] = nearest
                    meant.append((written[place], self._spelt(nearest)))
        scores: dict[int, float] | None = None
        for place, word in enumerate(stems):
            own = self._scores(word, begun=place == len(stems) - 1, share=1.0 if word == typed[place] else SLIP)
            scores = own if scores is None else {number: score + own[number] for number, score in scores.items() if number in own}
        found = scores or {}
        ranked = sorted(found, key=lambda n: (-found[n], self.entries[n].title, n))
        return Answer(tuple((self.entries[n], found[n]) for n in ranked), tuple(stems), tuple(meant))

    def search(self, wanted: str) -> list[Hit]:
        """The results with title and snippet cut at what was found."""
        found = self.answer(wanted)
        return [hit(entry, score, found.stems) for entry, score in found.ranked]

    def _learn(self, word: str, written: str) -> None:
        if word not in self._written and len(word) >= SHORTEST_SLIP:
            for shorter in shortened(word):
                self._slips[shorter].add(word)
        self._written[word][written.lower()] += 1

    def _fitting(self, word: str, begun: bool) -> list[str]:
        if begun and len(word) > 1:
            known = self._in_order()
            first = bisect_left(known, word)
            return list(takewhile(lambda one: one.startswith(word), islice(known, first, None)))
        return [word] if word in self._weights else []

    def _in_order(self) -> list[str]:
        """All words by the alphabet, so that those with one beginning stand together."""
        if len(self._sorted) != len(self._weights):
            self._sorted = sorted(self._weights)
        return self._sorted

    def _scores(self, word: str, begun: bool, share: float) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        for fit in self._fitting(word, begun):
            held = self._weights[fit]
            rare = log(1 + len(self.entries) / len(held))
            for number, weight in held.items():
                scores[number] = max(scores[number], share * rare * weight * (1.0 if fit == word else BEGUN))
        return scores

    def _nearest(self, word: str) -> str:
        """The most written word one slip away, '' where there is none; one with the same first letter before others."""
        if len(word) < SHORTEST_SLIP:
            return ""
        near = {known for shorter in shortened(word) for known in self._slips.get(shorter, ())}
        return min(near, key=lambda known: (known[0] != word[0], -self._written[known].total(), known), default="")

    def _spelt(self, word: str) -> str:
        return min(self._written[word].items(), key=lambda one: (-one[1], one[0]))[0]


def shortened(word: str) -> Iterator[str]:
    """The word, and it without one of its letters: two words that share one of these are a slip apart. 'abc' -> abc, bc, ac, ab."""
    yield word
    yield from (word[:place] + word[place + 1:] for place in range(len(word)))


def hit(entry: Indexed, score: float, stems: Sequence[str], is_open: bool = True) -> Hit:
    """A result as it is shown; without the text where that is not open yet."""
    return Hit(entry, pieces(entry.title, stems), pieces(around(entry.text if is_open else entry.heads, stems), stems), score)
