"""A refusal gives the write lock back before anything else is asked of the database."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from app import clock
from app.models import SignIn
from tests.house.house import House


def test_when_somebody_was_last_seen_is_noted_although_the_password_was_asked_for_first(house: House) -> None:
    house.set_back()
    long_ago = clock.now() - timedelta(hours=2)
    with house.database.transaction() as session:
        session.execute(update(SignIn).values(checked_at=long_ago, last_seen_at=long_ago))
    answer = house.post("Su", "/settings/download")
    with house.database.reading() as session:
        seen = session.scalar(select(SignIn.last_seen_at).where(SignIn.id == int(house.stage.ids["sign-in Su"])))
    house.set_back()
    assert answer.status_code == 303
    assert seen is not None
    assert seen > long_ago
