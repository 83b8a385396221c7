"""Files to take away, read back: every word in them, wherever a reader or a program could find it."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
from pptx import Presentation
from pypdf import PdfReader


def text_of(body: bytes) -> str:
    """All text of a PDF, of every part of an office file (charts and their tables among them), or of a plain file."""
    if body.startswith(b"%PDF"):
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).split())
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    found = []
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        for name in parts.namelist():
            held = parts.read(name)
            found.append(text_of(held) if held.startswith(b"PK") else held.decode("utf-8", "replace"))
    return "\n".join(found)


def rows_of(body: bytes, sheet: str) -> list[dict[str, Any]]:
    """The table of a sheet, by the names in its head: the first row from which on two cells and more are filled."""
    page = openpyxl.load_workbook(io.BytesIO(body))[sheet]
    lines = [list(row) for row in page.iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(lines) if sum(cell is not None for cell in row) > 1)
    return [dict(zip(lines[head], row, strict=True)) for row in lines[head + 1:] if any(cell is not None for cell in row)]


def slides_of(body: bytes) -> Any:
    """The slides of a deck."""
    return Presentation(io.BytesIO(body)).slides


def charts_of(body: bytes) -> list[Any]:
    """Every native chart of a deck."""
    return [shape.chart for slide in slides_of(body) for shape in slide.shapes if shape.has_chart]
