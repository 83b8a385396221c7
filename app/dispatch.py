"""The way of one request: policy, one-time key, view, commit, answer."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask, Response, abort, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app import access, db
from app.access import Me
from app.errors import OutOfOrder
from app.models import IdempotencyKey
from app.security import SAFE_METHODS

UNKEYED = frozenset({"csrf_token", "form_key"})


class Site(Flask):
    """Flask with one place where a request is allowed, done once, and committed before its answer leaves (P69, P72)."""

    def dispatch_request(self) -> Response:
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        refusal = self._refusal()
        if refusal is not None:
            return refusal
        key = request.form.get("form_key", "") if request.method not in SAFE_METHODS else ""
        first = _claim(db.writing(), key, access.me_or_nobody()) if key else None
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
        db.settle(succeeded)
        return response

    def _refusal(self) -> Response | None:
        rule = request.url_rule
        if rule is None:
            return None
        policy = access.policy_of(self, rule.endpoint)
        if policy.name == "public" or policy.allows(access.me_or_nobody()):
            return None
        if current_user.is_authenticated:
            abort(404)
        if request.method not in SAFE_METHODS or request.headers.get("Accept") == "application/json":
            abort(401)
        here = request.full_path.rstrip("?")
        return self.make_response(redirect(url_for("accounts.sign_in", next=here if here != "/" else None), 303))


def _digest() -> str:
    parts = sorted((name, value) for name, value in request.form.items(multi=True) if name not in UNKEYED)
    return hashlib.sha256(repr((request.path, parts)).encode()).hexdigest()


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


def _forget(session: Session, key: str, response: Response) -> None:
    """The key never reaches the disk: it came and goes in one transaction (answers of anonymous rounds)."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.key == key))
