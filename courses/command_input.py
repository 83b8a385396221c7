"""Files and standard input for the commands, and the refusal that becomes one line a fault."""

import sys
from pathlib import Path

MAX_BYTES = 1024 * 1024


class InputRefused(Exception):
    """The input cannot be used; `faults` are lines for standard error."""

    def __init__(self, *faults: object) -> None:
        super().__init__()
        self.faults = faults


def bytes_of(name: str) -> bytes:
    """What the file holds; `-` is standard input. Errors: InputRefused."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(name).open("rb") as opened:
                raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(f"{shown(name)}:1: the file cannot be read: {error.strerror}") from None
    if len(raw) > MAX_BYTES:
        raise InputRefused(f"{shown(name)}:1: the file has more than 1 MB")
    return raw


def text_of(name: str) -> str:
    """The text of a file in UTF-8, without a byte order mark. Errors: InputRefused."""
    try:
        return bytes_of(name).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused(f"{shown(name)}:1: the text is not UTF-8") from None


def shown(name: str) -> str:
    """The name as faults say it."""
    return "standard input" if name == "-" else name
