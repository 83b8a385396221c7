"""Words as the search compares them, and texts cut at the words that were found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.ui.text import folded

SMALL = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "how", "i", "if", "in", "is", "it", "its",
    "me", "my", "of", "on", "or", "our", "so", "the", "this", "to", "was", "we", "what", "when", "where", "which", "who", "why",
    "will", "with", "you", "your",
})
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
AMERICAN = re.compile(r"(\w{2})iz(?=(?:e|ed|es|er|ing|ations?)$)")
AROUND = 90


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; `is_hit` marks a word that was searched for."""

    text: str
    is_hit: bool


def stem(word: str) -> str:
    """A rough English stem, so that risks finds risk, planning finds plan, closing finds close, and prioritize finds prioritisation."""
    word = AMERICAN.sub(r"\1is", re.sub(r"['’]s?$", "", word))
    word = word[:-5] + "e" if word.endswith("sation") else word
    for ending, least in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4)):
        if not word.endswith(ending) or len(word) < least or word.endswith("ss"):
            continue
        base = word[: -len(ending)]
        if ending == "ies":
            return base + "y"
        if ending == "es" and not base.endswith(("ss", "x", "zz", "ch", "sh")):
            base += "e"
        elif len(base) > 3 and base[-1] == base[-2] and base[-1] not in "ls":
            base = base[:-1]
        return _without_e(base)
    return _without_e(word)


def _without_e(word: str) -> str:
    """close and clos(ing) are one word; note is not not."""
    return word[:-1] if len(word) > 4 and word.endswith("e") and not word.endswith("ee") else word


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """The stem of a word as it was written: 'Planning' -> plan."""
    return stem(folded(word))


@lru_cache(maxsize=20_000)
def forms_of(word: str) -> tuple[str, ...]:
    """The stem of a word, and of one with hyphens also that of it in one piece and those of its parts: TAL-4 -> tal-4, tal4, tal, 4."""
    whole = stem_of(word)
    if "-" not in word:
        return (whole,)
    return tuple(dict.fromkeys((whole, stem_of(word.replace("-", "")), *(stem_of(part) for part in word.split("-")))))


def words_of(text: str) -> list[str]:
    """The stems of a text in order."""
    return [stem_of(found) for found in WORD.findall(text)]


def is_hit(word: str, stems: Sequence[str]) -> bool:
    """Whether a word of the text is one that was searched for; the last one may be only begun."""
    own = forms_of(word)
    return any(form in stems for form in own) or (bool(stems) and any(form.startswith(stems[-1]) for form in own))


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
