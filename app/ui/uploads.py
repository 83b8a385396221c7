"""A table as a file or as pasted text."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms.widgets import TextArea

from app.errors import Refused
from app.ui.fields import Typed
from app.ui.forms import Form
from app.ui.sheets import NotATable, decoded


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


class SheetForm(Form):
    """A table, as a file or as text."""

    file = Upload("CSV file", "At most 1 MB and 5,000 lines.")
    text = Pasted("Or paste the table", "the table")

    def text_sent(self) -> str:
        """The text of the file, or else what was pasted; it stands in the field from then on. Raises Refused."""
        sent = self.file.data
        if sent:
            try:
                self.text.typed = self.text.data = decoded(sent.read())
            except NotATable as fault:
                raise Refused(str(fault), "file") from fault
        if not self.text.data:
            raise Refused("Choose a file or paste the table", "file")
        return str(self.text.data)
