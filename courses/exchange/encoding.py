"""The bytes of a file from elsewhere -> text, and what had to be guessed."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from courses.exchange.items import Note


def decoded(raw: bytes) -> tuple[str, tuple[Note, ...]]:
    """UTF-8, UTF-16 with its mark, else Windows-1252 with a note at the first line that showed it.

    Line ends become \\n; a character that cannot be shown becomes a blank.
    """
    notes: tuple[Note, ...] = ()
    if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
    else:
        try:
            text = raw.removeprefix(BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            notes = (Note(line, "the text is not UTF-8, so it was read as Windows-1252; look at its accents"),)
            text = raw.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\ufeff", "")
    return "".join(one if one >= " " or one in "\n\t" else " " for one in text), notes
