"""Text of people in files a spreadsheet opens: nothing in it may start a formula."""

from __future__ import annotations

import re

FORMULA = re.compile(r"[\s\0\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r]")


def inert(text: str) -> str:
    """The text on one line, with a leading ' where a spreadsheet would read a formula: '=1+1' -> "'=1+1"."""
    line = " ".join(text.splitlines())
    return f"'{line}" if FORMULA.match(text) else line
