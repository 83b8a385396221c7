"""Words as the search compares them, and texts cut at the words that were found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.ui.text import folded

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
AROUND = 90


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `is_hit` marks a word that was searched for."""

    text: str
    is_hit: bool


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


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The stem of a word as it was written: 'Planning' -> plan."""
    return stem(folded(word))


def words_of(text: str) -> list[str]:
    """The stems of a text in order."""
    return [stem_of(found) for found in WORD.findall(text)]


def is_hit(word: str, stems: Sequence[str]) -> bool:
    """Whether a word of the text is one that was searched for; the last one may be only begun."""
    own = stem_of(word)
    return own in stems or (bool(stems) and own.startswith(stems[-1]))


def pieces(text: str, stems: Sequence[str]) -> tuple[Piece, ...]:
    """The text cut at the words that were searched for."""
    found: list[Piece] = []
    at = 0
    for word in WORD.finditer(text):
        if is_hit(word.group(), stems):
            found += [Piece(text[at:word.start()], False), Piece(word.group(), True)]
            at = word.end()
    found.append(Piece(text[at:], False))
    return tuple(piece for piece in found if piece.text)


@lru_cache(maxsize=256)
def _beginnings(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Finds every place where a word may begin that was searched for: words begin as their stem does, but for its last letter."""
    begun = "|".join(re.escape(one[:-1] or one) for one in stems if one)
    return re.compile(rf"(?<![^\W_])(?<![^\W_]['’-])(?:{begun or '(?!)'})", re.IGNORECASE)


def _first_hit(text: str, stems: tuple[str, ...]) -> int:
    """Where the first word stands that was searched for, 0 where none does. Word by word only where accents may hide it."""
    begun = (WORD.match(text, place.start()) for place in _beginnings(stems).finditer(text))
    words = chain((word for word in begun if word), WORD.finditer(text))
    return next((word.start() for word in words if is_hit(word.group(), stems)), 0)


def around(text: str, stems: Sequence[str]) -> str:
    """About 180 characters of the text around the first hit, or its beginning."""
    start = max(0, _first_hit(text, tuple(stems)) - AROUND)
    end = min(len(text), start + 2 * AROUND)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", start, end), start)
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
