"""Office documents are archives with a known list. Only the list is read; nothing is unpacked but a name of a few bytes."""

from __future__ import annotations

import stat
import zipfile
from typing import BinaryIO

MOST_PARTS = 10_000
MOST_BYTES = 300 << 20
MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_TYPES = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
MACROS = ("vbaproject.bin", "basic/")


def office_kind(file: BinaryIO) -> str:
    """'docx', 'ods' and so on by what the archive says it is; '' for anything else, plain archives among them."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in MAIN_PARTS.items() if part in names), "")
            first = archive.infolist()[0] if names else None
            if first is None or first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.file_size > 100:
                return ""
            said = archive.read(first).decode("ascii", "replace")
            return OPEN_TYPES.get(said.removeprefix("application/vnd.oasis.opendocument."), "")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return ""


def macros_or_bomb(file: BinaryIO) -> str:
    """Why an office document is not taken all the same; '' when it may be."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        return "Unpacked, this document would be very large. Make it smaller, for example with fewer pictures"
    if any(part.flag_bits & 1 for part in parts):
        return "This document is locked with a password. Save it without one"
    if any(_leads_out(part) for part in parts):
        return "This document is not built as office documents are. Save it again and choose it again"
    if any(mark in f"{part.filename.lower()}" for part in parts for mark in MACROS):
        return "This document has macros in it. Save it without them"
    return ""


def _leads_out(part: zipfile.ZipInfo) -> bool:
    steps = part.filename.replace("\\", "/").split("/")
    return ".." in steps or steps[0] == "" or ":" in steps[0] or stat.S_ISLNK(part.external_attr >> 16)
