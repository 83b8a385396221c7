"""Whether typed words are an accepted form of a short answer.

What is folded away is declared by the question: `case` (Pmo = PMO), `space` (any run of blanks is one),
`accents` (resume = résumé). Blanks at both ends never matter. In a form `*` stands for any run of characters,
none included; `\\*` is a star. Matching takes one pass, so no form is slow.
"""

import re
import unicodedata
from collections.abc import Collection

MAX_LENGTH = 200
_STAR = re.compile(r"\\\*|\*")


def fits(typed: str, form: str, folds: Collection[str]) -> bool:
    """Whether the words are of that form: fits("Earned  Value", "earned * value", case and space) is false,
    with the form "earned*value" true."""
    pieces = [folded(piece, folds) for piece in _pieces(form.strip())]
    text = folded(typed.strip(), folds)
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if len(text) < len(first) + len(last) or not text.startswith(first) or not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def folded(text: str, folds: Collection[str]) -> str:
    """The text without the differences that do not matter."""
    if "accents" in folds:
        apart = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in apart if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    if "case" in folds:
        text = unicodedata.normalize("NFC", text.casefold())
    return re.sub(r"\s+", " ", text) if "space" in folds else text


def _pieces(form: str) -> list[str]:
    """The parts between the stars; a written star (`\\*`) belongs to its part."""
    pieces, last = [""], 0
    for found in _STAR.finditer(form):
        pieces[-1] += form[last : found.start()]
        if found[0] == "*":
            pieces.append("")
        else:
            pieces[-1] += "*"
        last = found.end()
    pieces[-1] += form[last:]
    return pieces
