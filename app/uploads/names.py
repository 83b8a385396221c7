"""The name of a file as people read it. It is text from outside: shown and sent along, never a path."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

LONGEST = 120
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def shown_name(sent: str) -> str:
    """A name any system can keep: no folders, nothing unseen, at most 120 characters with its ending.

    '..\\\\..\\\\Report 1.PDF' -> 'Report 1.pdf'; 'con.csv' -> '_con.csv'; nothing readable -> 'file'."""
    last = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c if unicodedata.category(c) != "Zs" else " " for c in last if unicodedata.category(c) not in UNSEEN)
    stem, dot, ending = plain.translate(FORBIDDEN).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = ending.lower()[:10].strip(" .")
    stem = stem.strip(" .")[: LONGEST - len(ending) - 1].strip(" .") or "file"
    if stem.partition(".")[0].lower() in RESERVED:
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def disposition(name: str) -> str:
    """The header that makes a download of *name* (RFC 6266): an ASCII name for old readers, the whole one beside it (RFC 8187).

    'Bericht März.pdf' -> attachment; filename="Bericht M_rz.pdf"; filename*=UTF-8''Bericht%20M%C3%A4rz.pdf"""
    ascii_name = "".join(c if " " <= c <= "~" and c not in '"\\%;' else "_" for c in name)
    whole = "" if ascii_name == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    return f'attachment; filename="{ascii_name}"{whole}'
