"""The kinds of file people take away, by the end of the name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MIMETYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "json": "application/json",
}
