"""A page the browser may keep: it is asked for each time and sent again only when something in it has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Response, make_response, request, session

from app.access import me
from app.learning.shelf import shelf
from app.ui.assets import VERSION

APP = Path(__file__).resolve().parents[2]


def edition(folder: Path) -> str:
    """A short word for how pages are made: it differs as soon as a template or a line of code does."""
    digest = hashlib.sha256()
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.html"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


EDITION = edition(APP)


def kept(state: object, page: Callable[[], Any]) -> Any:
    """The page, or 304 without making it when the browser holds it for the same person and the same *state*.

    *state* is a value whose repr names everything the page depends on besides the content, the way pages are made, the
    frame of the page and the token of its forms."""
    asking = me()
    frame = (asking.person_id, asking.name, asking.is_admin, asking.is_pmo_lead, asking.is_demo, asking.uses_keys, session.get("csrf_token"))
    tag = hashlib.sha256(repr((EDITION, VERSION, shelf().held.version, frame, state)).encode()).hexdigest()[:24]
    answer = Response(status=304) if request.if_none_match.contains_weak(tag) else make_response(page())
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
