"""The file store: a folder of the instance, where each file lies under a random name.

A file is written under a temporary name, brought safely to the disk, and only then gets its name; the row that knows it
is written in the same transaction by whoever calls. What no row knows is swept away by the worker after an hour."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.uploads.kinds import NotTaken, recognise
from app.uploads.names import shown_name

KEY = re.compile(r"[0-9a-f]{32}")
PIECE = 1 << 16
PATIENCE_S = 3600
MB = 1 << 20


@dataclass(frozen=True)
class Sent:
    """A file as it came with a form: its name from outside and its content, which can be read again."""

    name: str
    content: BinaryIO

    @property
    def size(self) -> int:
        """Bytes."""
        return self.content.seek(0, os.SEEK_END)


@dataclass(frozen=True)
class Store:
    """The folder with the limits of the installation, in MB: of one file, of all files of a person, of all of a team."""

    folder: Path
    of_file: int = 10
    of_person: int = 200
    of_team: int = 2000

    def put(self, sent: Sent) -> tuple[str, str, int]:
        """(key, name to show, bytes) of a file that is now safely stored. Raises NotTaken with the sentence to show."""
        size, name = self.fitting(sent), shown_name(sent.name)
        recognise(name, sent.content, size)
        key = secrets.token_hex(16)
        try:
            self._write(key, sent.content)
        except OSError as fault:
            raise NotTaken("The file could not be stored just now. Try again later; if it happens again, tell your administrator") from fault
        return key, name, size

    def fitting(self, sent: Sent) -> int:
        """The bytes of a file that is not too large for this store. Raises NotTaken."""
        size = sent.size
        if size > self.of_file * MB:
            raise NotTaken(f"This file is larger than {self.of_file} MB. Make it smaller, or give a link to it instead")
        return size

    def _write(self, key: str, content: BinaryIO) -> None:
        target = self.path(key)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = target.with_name(f".{key}")
        try:
            content.seek(0)
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                while piece := content.read(PIECE):
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            unfinished.rename(target)
            _keep_name(target.parent)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise

    def path(self, key: str) -> Path:
        """Where the file of a key lies. Keys come from this store, never from an address."""
        if not KEY.fullmatch(key):
            raise ValueError("this is no key of a file")
        return self.folder / key[:2] / key

    def remove(self, key: str) -> None:
        """Take the file away, if it is there. What cannot be taken away now is swept away later."""
        with suppress(OSError):
            self.path(key).unlink(missing_ok=True)

    def old_keys(self, now: datetime) -> Iterator[str]:
        """Keys of files stored more than an hour ago; what was left unfinished that long is taken away on the way."""
        if not self.folder.is_dir():
            return
        for folder in sorted(self.folder.iterdir()):
            for file in sorted(folder.iterdir()) if folder.is_dir() else ():
                with suppress(FileNotFoundError):
                    if now.timestamp() - file.stat().st_mtime < PATIENCE_S:
                        continue
                    if KEY.fullmatch(file.name):
                        yield file.name
                    elif KEY.fullmatch(file.name[1:]):
                        file.unlink()

    def missing(self, keys: Collection[str]) -> list[str]:
        """Which of these are not in the folder."""
        return sorted(key for key in keys if not self.path(key).is_file())


def _keep_name(folder: Path) -> None:
    """The new name itself is safe on the disk, where the system can promise that."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
