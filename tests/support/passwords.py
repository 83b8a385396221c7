"""Giving somebody of the cast a password."""

from __future__ import annotations

from typing import Any

from app.models import Person

PASSWORD = "a quiet harbour at dusk"


def with_password(app: Any, person: Person, password: str = PASSWORD) -> str:
    """The person can sign in with *password* from now on."""
    with app.extensions["database"].transaction() as session:
        session.get_one(Person, person.id).password_hash = app.extensions["hasher"].hash(password)
    return password
