"""The one address files are taken from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Blueprint, Response

from app.access import me, policy
from app.db import reading
from app.errors import OutOfOrder
from app.records.attachments import file_to_read
from app.security import ALONE
from app.ui.uploading import store
from app.uploads import KINDS, disposition

pages = Blueprint("files", __name__)
PIECE = 1 << 16


@pages.get("/files/<id:attachment_id>/")
@policy("signed in")
def take(attachment_id: int) -> Any:
    """The file as an attachment with a policy of its own: it is never shown inside the site, whatever is in it."""
    key, name = file_to_read(reading(), me(), attachment_id)
    path = store().path(key)
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise OutOfOrder("This file is not in the file store any more. Tell your administrator: it may be in a backup.") from fault
    answer = Response(in_pieces(path))
    answer.content_length = size
    answer.headers["Content-Type"] = KINDS[name.rpartition(".")[2]].mimetype
    answer.headers["Content-Disposition"] = disposition(name)
    answer.headers["Content-Security-Policy"] = ALONE
    return answer


def in_pieces(path: Path) -> Iterator[bytes]:
    """The content, a little at a time."""
    with path.open("rb") as handle:
        while piece := handle.read(PIECE):
            yield piece
