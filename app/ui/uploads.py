"""Fields for tables: a file, or the table pasted as text."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms.widgets import TextArea

from app.ui.fields import Typed


class Upload(FileField):
    """A file to read; its name is never used."""

    def __init__(self, label: str, hint: str = "", **kw: Any) -> None:
        super().__init__(label, **kw)
        self.thing, self.needed, self.hint, self.readers, self.autocomplete = label, True, hint, "", ""


class Pasted(Typed):
    """A table as text, kept exactly as it came."""

    widget = TextArea()

    def read(self, typed: str) -> str:
        return typed

    def pre_validate(self, form: Any) -> None:
        """Empty is well where a file was chosen; that one of the two is there, the page says."""
