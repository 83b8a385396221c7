"""What a file is: its ending and its content have to say the same, and only kinds people need for evidence are taken.

Nothing is unpacked or decoded. What is looked at are signatures, the parts a picture is made of, and the list of an archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from app.uploads.office import macros_or_bomb, office_kind

ARCHIVE_END = b"PK\x05\x06"
TAIL = 65_557  # the end of an archive lies within so many bytes
WIDEST = 20_000  # pixels of a side
TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class NotTaken(Exception):
    """This file is not taken; the text says why and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: what people call it, the type it is sent with, and the test of its content."""

    words: str
    mimetype: str
    fits: Callable[[BinaryIO, int], bool]


def _pdf(file: BinaryIO, size: int) -> bool:
    return _start(file, 5) == b"%PDF-" and b"%%EOF" in _end(file, size, 2048) and not _holds_archive(file, size)


def _png(file: BinaryIO, size: int) -> bool:
    """Every part in its place and nothing after the last one, so nothing else can hide behind the picture."""
    if _start(file, 8) != b"\x89PNG\r\n\x1a\n":
        return False
    at, is_first = 8, True
    while at + 12 <= size:
        file.seek(at)
        head = file.read(16)
        length, name = int.from_bytes(head[:4], "big"), head[4:8]
        if is_first:
            if name != b"IHDR" or length != 13:
                return False
            _demand_sides(int.from_bytes(head[8:12], "big"), int.from_bytes(head[12:16], "big"))
            is_first = False
        at += 12 + length
        if name == b"IEND":
            return at == size
    return False


def _jpeg(file: BinaryIO, size: int) -> bool:
    """A picture by its segments up to the data. What cameras add behind it is let through, an archive is not."""
    if _start(file, 3) != b"\xff\xd8\xff" or _holds_archive(file, size):
        return False
    at = 2
    while at + 9 <= size:
        file.seek(at)
        head = file.read(9)
        if head[0] != 0xFF:
            return False
        if 0xC0 <= head[1] <= 0xCF and head[1] not in (0xC4, 0xC8, 0xCC):
            _demand_sides(int.from_bytes(head[7:9], "big"), int.from_bytes(head[5:7], "big"))
            return b"\xff\xd9" in _end(file, size, size)
        length = int.from_bytes(head[2:4], "big")
        at += 1 if head[1] == 0xFF else 2 + length
        if head[1] != 0xFF and length < 2:
            return False
    return False


def _text(file: BinaryIO, size: int) -> bool:
    """UTF-8, or UTF-16 with its mark, or one byte a character as older spreadsheets write; no control characters but line ends and tabs."""
    file.seek(0)
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return not any(ord(c) in TEXT_CONTROLS for c in content.decode("utf-16"))
        except UnicodeDecodeError:
            return False
    return not any(byte in TEXT_CONTROLS for byte in set(content)) and not content.startswith((b"%PDF-", b"\xff\xd8\xff"))


def _office(ending: str) -> Callable[[BinaryIO, int], bool]:
    def fits(file: BinaryIO, size: int) -> bool:
        if _start(file, 4) != b"PK\x03\x04" or _end(file, size, 22)[:4] != ARCHIVE_END:
            return False
        found = office_kind(file)
        if found == ending and (why := macros_or_bomb(file)):
            raise NotTaken(why)
        return found == ending

    return fits


def _start(file: BinaryIO, length: int) -> bytes:
    file.seek(0)
    return file.read(length)


def _end(file: BinaryIO, size: int, length: int) -> bytes:
    file.seek(max(0, size - length))
    return file.read()


def _holds_archive(file: BinaryIO, size: int) -> bool:
    return ARCHIVE_END in _end(file, size, TAIL)


def _demand_sides(width: int, height: int) -> None:
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        raise NotTaken(f"This picture is {width} by {height} pixels. Make it at most {WIDEST} by {WIDEST}")


OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS: Mapping[str, Kind] = {
    "pdf": Kind("PDF", "application/pdf", _pdf),
    "png": Kind("PNG picture", "image/png", _png),
    "jpg": Kind("JPEG picture", "image/jpeg", _jpeg),
    "jpeg": Kind("JPEG picture", "image/jpeg", _jpeg),
    "txt": Kind("text file", "text/plain; charset=utf-8", _text),
    "csv": Kind("text file with commas (CSV)", "text/csv; charset=utf-8", _text),
    "docx": Kind("Word document", f"{OPEN_XML}wordprocessingml.document", _office("docx")),
    "xlsx": Kind("Excel workbook", f"{OPEN_XML}spreadsheetml.sheet", _office("xlsx")),
    "pptx": Kind("PowerPoint file", f"{OPEN_XML}presentationml.presentation", _office("pptx")),
    "odt": Kind("OpenDocument text", f"{OPEN_DOCUMENT}text", _office("odt")),
    "ods": Kind("OpenDocument spreadsheet", f"{OPEN_DOCUMENT}spreadsheet", _office("ods")),
    "odp": Kind("OpenDocument presentation", f"{OPEN_DOCUMENT}presentation", _office("odp")),
}
TAKEN = "PDF, PNG, JPEG, TXT, CSV, DOCX, XLSX, PPTX, ODT, ODS or ODP"


def recognise(name: str, file: BinaryIO, size: int) -> Kind:
    """The kind of a file, as its ending and its content agree. Raises NotTaken with the sentence to show.

    'plan.pdf' that starts with 'PK' is no PDF and is not taken."""
    if size == 0:
        raise NotTaken("This file is empty. Choose one with something in it")
    ending = name.rpartition(".")[2] if "." in name else ""
    kind = KINDS.get(ending)
    if kind is None:
        raise NotTaken(f"This kind of file is not taken. Choose a {TAKEN} file")
    if not kind.fits(file, size):
        raise NotTaken(f"The name ends in .{ending}, but the content is not that of a {kind.words}. Save it again in that format and choose it again")
    return kind
