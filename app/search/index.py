"""A small index of all content, made once at the start: words to entries, with weights for where a word stands.

A word nobody wrote is taken for the nearest one somebody did, one slip away: a letter too many, too few, wrong or swapped."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from math import log

from app.search.words import SMALL, WORD, Piece, around, forms_of, pieces, stem_of, words_of
from app.ui.text import folded

NAME, TITLE, HEADING, BODY = 12.0, 12.0, 5.0, 1.0
SIDE_BY_SIDE, ASKED_FOR = 1.5, 4.0
MOST_REPEATS = 5
BEGUN, SLIP = 0.5, 0.4
SHORTEST_SLIP = 4
QUOTED = re.compile(r'["“”„]([^"“”„]+)["“”]')
SOME = "No text holds all of these words. These hold the most of them."
APART = "No text holds these words side by side. These hold all of them."


@dataclass(frozen=True)
class Indexed:
    """Something that can be found: its kind, title, address, the words that count more, and its text.

    `group` is the kind in general, by which results are chosen; `name` what people call it by in short, such as TAL-4. With a
    `course`, the text is only for those the course is open to."""

    kind: str
    title: str
    href: str
    heads: str
    text: str
    group: str = ""
    course: str = ""
    name: str = ""


@dataclass(frozen=True)
class Hit:
    """A result with its title and snippet in pieces, and its score."""

    entry: Indexed
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    score: float


@dataclass(frozen=True)
class Answer:
    """Entries with their scores, the best first, and the words that were taken for others: (typed, meant).

    `loosely` says in a sentence that the entries hold less than was asked for; '' when they hold all of it."""

    ranked: tuple[tuple[Indexed, float], ...] = ()
    stems: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    loosely: str = ""


@dataclass
class Index:
    """Entries and where each stem stands."""

    entries: list[Indexed] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _names: list[tuple[str, str]] = field(default_factory=list)
    _weights: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    _written: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _slips: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _sorted: list[str] = field(default_factory=list)

    def add(self, entry: Indexed) -> None:
        """Take an entry in."""
        number = len(self.entries)
        self.entries.append(entry)
        line = []
        for text, weight in ((entry.name, NAME), (entry.title, TITLE), (entry.heads, HEADING), (entry.text, BODY)):
            seen: dict[str, int] = defaultdict(int)
            for written in WORD.findall(text):
                line.append(stem_of(written))
                for word in forms_of(written):
                    self._learn(word, written)
                    seen[word] += 1
                    if seen[word] <= MOST_REPEATS:
                        self._weights[word][number] = self._weights[word].get(number, 0.0) + weight
            line.append("|")  # words on both sides of it do not stand side by side
        self._names.append((bare(entry.name), bare(entry.title)))
        self._lines.append(f" {' '.join(line)} ")

    def answer(self, wanted: str) -> Answer:
        """Entries that hold every word of *wanted* (the last one may be only begun), the best first, then by title.

        The score of a word is its weight in the entry times log(1 + entries / entries with it), so that rare words count more;
        words side by side as they were typed count more again, and an entry asked for by its name comes first. Small words
        such as "the" are left out where others remain. What stands between quotation marks has to stand side by side."""
        written = [part for word in WORD.findall(wanted) for part in self._as_written(word)]
        written = [word for word in written if folded(word) not in SMALL] or written
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
        each = [
            self._scores(word, begun=place == len(stems) - 1, share=1.0 if word == typed[place] else SLIP) for place, word in enumerate(stems)
        ]
        found, loosely = {number: sum(own[number] for own in each) for number in set.intersection(*map(set, each))}, ""
        if not found and len(each) > 1:
            held = {number: [own[number] for own in each if number in own] for own in each for number in own}
            most = max(map(len, held.values()), default=0)
            if 2 * most >= len(each):
                found, loosely = {number: sum(own) for number, own in held.items() if len(own) == most}, SOME
        for quoted in QUOTED.findall(wanted) if not loosely else ():
            side_by_side = {number: score for number, score in found.items() if f" {' '.join(words_of(quoted))} " in self._lines[number]}
            found, loosely = (side_by_side, loosely) if side_by_side else (found, APART)
        self._favour(found, (words_of(wanted), stems), bare(" ".join(written)))
        ranked = sorted(found, key=lambda n: (-found[n], self.entries[n].title, n))
        return Answer(tuple((self.entries[n], found[n]) for n in ranked), tuple(stems), tuple(meant), loosely)

    def _as_written(self, word: str) -> list[str]:
        """The word, and one with hyphens that nobody wrote so in one piece or in its parts: risk-register -> risk, register; TAL-9 stays."""
        if not re.fullmatch(r"[^\W\d]+(-[^\W\d]+)+", word) or stem_of(word) in self._weights:
            return [word]
        joined = word.replace("-", "")
        return [joined] if stem_of(joined) in self._weights else word.split("-")

    def _favour(self, found: dict[int, float], wordings: Sequence[Sequence[str]], name: str) -> None:
        """Raise what holds the words side by side, and above all what was asked for by its name."""
        phrases = {f" {' '.join(words)} " for words in wordings if len(words) > 1}
        for number in found:
            if any(phrase in self._lines[number] for phrase in phrases):
                found[number] *= SIDE_BY_SIDE
            if name in self._names[number]:
                found[number] *= ASKED_FOR

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
        if len(word) < SHORTEST_SLIP or not word.isalpha():
            return ""  # TAL-9 is not TAL-4
        near = {known for shorter in shortened(word) for known in self._slips.get(shorter, ()) if is_slip(word, known)}
        return min(near, key=lambda known: (known[0] != word[0], -self._written[known].total(), known), default="")

    def _spelt(self, word: str) -> str:
        return min(self._written[word].items(), key=lambda one: (-one[1], one[0]))[0]


def bare(text: str) -> str:
    """Letters and digits of the stems alone, to compare names: 'TAL-4' and 'tal 4' -> tal4, 'Gates' -> gate."""
    return "".join(c for word in words_of(text) for c in word if c.isalnum())


def shortened(word: str) -> Iterator[str]:
    """The word, and it without one of its letters: two words a slip apart share one of these. 'abc' -> abc, bc, ac, ab."""
    yield word
    yield from (word[:place] + word[place + 1:] for place in range(len(word)))


def is_slip(one: str, other: str) -> bool:
    """Whether words that share one of `shortened` are one slip apart: form and from are, alert and alder are not."""
    apart = [place for place, (left, right) in enumerate(zip(one, other, strict=False)) if left != right]
    swapped = len(apart) == 2 and apart[1] == apart[0] + 1 and one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    return len(one) != len(other) or len(apart) < 2 or swapped


def hit(entry: Indexed, score: float, stems: Sequence[str], is_open: bool = True) -> Hit:
    """A result as it is shown; without the text where that is not open yet."""
    return Hit(entry, pieces(entry.title, stems), pieces(around(entry.text if is_open else entry.heads, stems), stems), score)
