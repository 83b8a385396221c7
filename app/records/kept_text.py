"""What somebody typed while their sign-in ended: kept for an hour, given back to that person, never sent by itself (P41)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.models import AssessmentRound, KeptText, Team

LIFE = timedelta(hours=1)
LONGEST = 200_000
AT_ONCE = 5
UNTYPED = frozenset({"version", "username", "go", "person_id", "item", "type", "team"})  # what a button carries by itself
SECRET = frozenset({"password", "current"})
NEVER = ("/sign-in", "/sign-out", "/choose-password/", "/settings/password", "/settings/email", "/settings/confirm")

IN_ROUND = re.compile(r"/teams/([^/]+)/rounds/([1-9][0-9]{0,8})/")

Fields = list[list[str]]


def typed_fields(sent: Iterable[tuple[str, str]]) -> Fields:
    """The fields worth keeping, in order: no token, no password. Empty when nothing was typed, as with a button about one thing.

    [('csrf_token', 'x'), ('note', 'Hello'), ('current', 's3cret')] -> [['note', 'Hello']]"""
    kept = [[name, value] for name, value in sent if name not in SECRET and name not in {"csrf_token", "form_key"}]
    return kept if any(name not in UNTYPED and value.strip() for name, value in kept) else []


def worth_copying(fields: Fields) -> tuple[tuple[str, str], ...]:
    """(name, value) of what was typed, in the order of the names, for somebody who copies it by hand."""
    return tuple(sorted((name, value) for name, value in fields if name not in UNTYPED))


def may_keep(path: str, fields: Fields) -> bool:
    """Whether a form is short enough to keep (names and values together, in characters) and not one of the account's own keys."""
    return not path.startswith(NEVER) and sum(len(name) + len(value) for name, value in fields) <= LONGEST


def is_nameless(session: Session, path: str) -> bool:
    """Whether a form belongs to an anonymous round: its answers are stored with a name as a draft alone, which submitting erases (R4)."""
    place = IN_ROUND.match(path)
    if place is None:
        return False
    asked = select(AssessmentRound.id).join(Team, Team.id == AssessmentRound.team_id)
    return session.scalar(asked.where(Team.slug == place[1], AssessmentRound.number == int(place[2]), AssessmentRound.mode == "anonymous")) is not None


def keep(session: Session, person_id: int, *, path: str, query: str, came_from: str, fields: Fields, now: datetime) -> KeptText:
    """Store a form for its writer. Of one person the newest five are kept; what has run out goes, whoever wrote it."""
    kept = KeptText(person_id=person_id, path=path, query=query, came_from=came_from, fields=fields, created_at=now, expires_at=now + LIFE)
    session.add(kept)
    session.flush()
    newest = select(KeptText.id).where(KeptText.person_id == person_id).order_by(KeptText.id.desc()).limit(AT_ONCE)
    session.execute(
        delete(KeptText)
        .where((KeptText.expires_at <= now) | ((KeptText.person_id == person_id) & KeptText.id.not_in(newest)))
        .execution_options(synchronize_session=False)
    )
    return kept


def lead_to_kept(session: Session, person_id: int, now: datetime) -> str:
    """Where somebody who has just signed in finds the newest text not given back yet; '' when there is none."""
    session.execute(delete(KeptText).where(KeptText.expires_at <= now).execution_options(synchronize_session=False))
    kept = session.scalars(
        select(KeptText).where(KeptText.person_id == person_id, KeptText.given_at.is_(None)).order_by(KeptText.id.desc()).limit(1)
    ).one_or_none()
    if kept is None:
        return ""
    kept.given_at = now
    return address_of(kept)


def address_of(kept: KeptText) -> str:
    """The page that gives the text back."""
    return f"/kept-text/{kept.id}/"


def my_kept_text(session: Session, me: Me, *, kept_id: int, now: datetime) -> KeptText:
    """A text of mine that has not run out. Raises NotVisible."""
    found: KeptText = fetch(session, me, KeptText, KeptText.id == kept_id, KeptText.expires_at > now)
    return found


def other_kept_texts(session: Session, me: Me, *, kept_id: int, now: datetime) -> tuple[KeptText, ...]:
    """The further texts of mine that are kept, newest first."""
    rows = visible(me, KeptText).where(KeptText.id != kept_id, KeptText.expires_at > now).order_by(KeptText.id.desc())
    return tuple(session.scalars(rows))


def drop(session: Session, me: Me, *, kept_id: int, now: datetime) -> None:
    """The text is not wanted any more."""
    session.delete(my_kept_text(session, me, kept_id=kept_id, now=now))
    session.flush()


def forget(session: Session, person_id: int, kept_id: int, path: str) -> None:
    """The form was sent after all."""
    session.execute(
        delete(KeptText).where(KeptText.id == kept_id, KeptText.person_id == person_id, KeptText.path == path).execution_options(synchronize_session=False)
    )
