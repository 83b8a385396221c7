"""Cleaning of what people type: one normal form, no invisible traps, length counted in characters."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"), "")
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols that show nothing: a name made of them looks empty
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
MAX_ACCENTS = 8
EMAIL = re.compile(r"[^@\s,;<>\"\u00ad\u200b-\u200f\u2060\ufeff]{1,64}@[^@\s,;<>\"\u00ad\u200b-\u200f\u2060\ufeff]+\.[^@\s,;<>\".\u00ad\u200b-\u200f\u2060\ufeff]{2,63}")


class NotText(ValueError):
    """The text holds characters that cannot be stored or shown; the message says so."""


def clean_line(typed: str, limit: int) -> str:
    """A single line in NFC, trimmed, without invisible characters; '' when nothing is left. Raises NotText with a sentence."""
    text = _common(typed)
    if any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in text):
        raise NotText("Use one line of plain text, without control characters")
    return _within(text, limit)


def clean_paragraphs(typed: str, limit: int) -> str:
    """Several lines in NFC with plain line ends, without invisible characters; '' when nothing is left. Raises NotText with a sentence."""
    text = _common(typed.replace("\r\n", "\n").replace("\r", "\n").replace("\u0085", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n"))
    if any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in text):
        raise NotText("Use plain text, without control characters")
    return _within(text, limit)


def _common(text: str) -> str:
    if any(unicodedata.category(c) == "Cs" for c in text):
        raise NotText("Some characters cannot be read; type them again")
    text = unicodedata.normalize("NFC", BIDI.sub("", text).translate(INVISIBLE)).strip()
    if not any(unicodedata.category(c)[0] not in "ZMC" and c not in FILLERS for c in text):
        return ""
    run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c) == "Mn" else 0
        if run > MAX_ACCENTS:
            raise NotText("Some characters carry too many accents; type them again")
    return text


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise NotText(f"Use at most {limit:,} characters; this has {len(text):,}")
    return text


def login_key(email: str) -> str:
    """The form in which two e-mails are the same account: NFKC and case-folded."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def folded(text: str) -> str:
    """The form words are compared in: lower case, without accents. 'Łódź É' -> 'łodz e'."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
