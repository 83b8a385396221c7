"""The way of one request: policy, one-time key, view, commit, answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, redirect, request, session, url_for
from flask_login import current_user
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import access, clock, db
from app.access import Me
from app.errors import OutOfOrder
from app.models import IdempotencyKey
from app.records.kept_text import forget, is_nameless, keep, may_keep, typed_fields
from app.security import SAFE_METHODS

UNKEYED = frozenset({"csrf_token", "form_key"})
KEPT_PAGE = re.compile(r"/kept-text/([1-9][0-9]{0,8})/")
SIGNED_OUT = "You are signed out. Sign in in another tab; your text stays here."


class Site(Flask):
    """Flask with one place where a request is allowed, done once, and committed before its answer leaves (P69, P72)."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No function here is asynchronous; to ask so a dozen times a request costs more than most of them."""
        return func

    def dispatch_request(self) -> Response:
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        refusal = self._refusal()
        if refusal is not None:
            return refusal
        key = request.form.get("form_key", "") if request.method not in SAFE_METHODS else ""
        first = _claim(db.writing(), key, access.anybody()) if key else None
        if first is not None:
            db.settle(False)
            return first
        try:
            response: Response = self.make_response(super().dispatch_request())
        except Exception:
            db.settle(False)  # the lock goes back now: the page that says no asks the database too
            raise
        succeeded = response.status_code < 400
        if key and succeeded:
            (_forget if db.writing().info.pop(db.NO_TRACE, False) else _remember)(db.writing(), key, response)
            _forget_kept(db.writing(), access.anybody())
        db.settle(succeeded)
        return response

    def _refusal(self) -> Response | None:
        rule = request.url_rule
        if rule is None:
            return None
        policy = access.policy_of(self, rule.endpoint)
        if policy.name == "public" or policy.allows(access.anybody()):
            return None
        if current_user.is_authenticated:
            abort(404)
        if _is_fetched():
            return self.make_response((jsonify(error=SIGNED_OUT), 401))
        if request.method not in SAFE_METHODS:
            return self.make_response(redirect(_after_keeping(), 303))
        here = request.full_path.rstrip("?")
        return self.make_response(redirect(url_for("accounts.sign_in", next=here if here != "/" else None), 303))


def _is_fetched() -> bool:
    """A script asks, not somebody who goes to a page: it is told, and keeps its text itself."""
    return request.is_json or request.headers.get("Accept") == "application/json" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def _after_keeping() -> str:
    """Keep the form of somebody whose sign-in has ended (P41); the address of the sign-in page. 401 for somebody never signed in here."""
    owner = session.get("owner")
    if not isinstance(owner, int):
        abort(401)
    came_from = urlsplit(request.referrer or "").path
    back = came_from if came_from.startswith("/") and not came_from.startswith("//") else "/"
    fields = typed_fields(request.form.items(multi=True))
    if not fields:
        return url_for("accounts.sign_in", next=back)
    fits = may_keep(request.path, fields) and not is_nameless(db.reading(), request.path)
    if fits:
        query = request.query_string.decode("latin1")
        keep(db.writing(), owner, path=request.path, query=query, came_from=back, fields=fields, now=clock.now())
        db.settle(True)
    return url_for("accounts.sign_in", next=back, kept="yes" if fits else "no")


def _digest() -> str:
    parts = sorted((name, value) for name, value in request.form.items(multi=True) if name not in UNKEYED)
    files = sorted((name, file.filename or "", _digest_of(file.stream)) for name, file in request.files.items(multi=True) if file.filename)
    return hashlib.sha256(repr((request.path, parts, *files)).encode()).hexdigest()


def _digest_of(content: IO[bytes]) -> str:
    """Another file under the same key is another deed. What is read here can be read again."""
    content.seek(0)
    found = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(0)
    return found


def _claim(session: Session, key: str, asking: Me | None) -> Response | None:
    """Take the key for this request; None if it is new, else the answer the first request got."""
    if len(key) > 64:
        abort(400)
    insert: Any = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    person_id = asking.person_id if asking else None
    taken = session.execute(
        insert(IdempotencyKey)
        .values(key=key, person_id=person_id, digest=_digest(), location="")
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(IdempotencyKey.id)
    ).scalar()
    if taken is not None:
        return None
    first = session.scalars(select(IdempotencyKey).where(IdempotencyKey.key == key)).one()
    if first.person_id != person_id or first.digest != _digest() or not first.location:
        raise OutOfOrder("This form was sent before with other content. The first version was kept; open the page again to change it.")
    return Response(status=303, headers={"Location": first.location})


def _remember(session: Session, key: str, response: Response) -> None:
    session.execute(update(IdempotencyKey).where(IdempotencyKey.key == key).values(location=response.headers.get("Location", request.path)))


def _forget_kept(session: Session, asking: Me | None) -> None:
    """A form sent from the page that gave it back needs to be kept no longer."""
    came_from = KEPT_PAGE.fullmatch(urlsplit(request.referrer or "").path)
    if came_from and asking:
        forget(session, asking.person_id, int(came_from[1]), request.path)


def _forget(session: Session, key: str, response: Response) -> None:
    """The key never reaches the disk: it came and goes in one transaction (answers of anonymous rounds)."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.key == key))
