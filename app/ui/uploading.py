"""Forms that take a file or a link, and the file store of the running site."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.config import Settings
from app.records.attachments import Offered
from app.ui.fields import Link, Upload
from app.ui.forms import Form
from app.uploads import TAKEN, Store


def store_of(settings: Settings) -> Store:
    """The file store of an installation: the folder `files` of its instance, with its limits."""
    return Store(settings.instance_dir / "files", settings.file_limit, settings.files_of_person, settings.files_of_team)


def store() -> Store:
    """The file store of the running site."""
    return store_of(current_app.extensions["settings"])


class AttachForm(Form):
    """A file, or a link to where something can be seen."""

    file = Upload(needed=False)
    link = Link("Or a web address", needed=False)

    def __init__(self, *args: Any, readers: str = "", **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.file.hint = f"At most {store().of_file} MB: {TAKEN}."
        self.file.readers = readers

    @property
    def offered(self) -> Offered:
        """What was chosen, for the action."""
        return Offered(self.link.data or "", self.file.data)
