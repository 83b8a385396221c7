"""Mails about an account: what changed, who changed it, and what to do if that was not wanted. Plain text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.mail import post
from app.models import Person

SIGN = "\n\nCairn"


def tell_of_new_email(session: Session, person: Person, *, before: str, by: str, base_url: str, now: datetime) -> None:
    """Both addresses are told of the change (condition 2). *by* is 'You' or who did it."""
    when = f"{now:%d.%m.%Y, %H:%M} UTC"
    post(
        session, to=before, person_id=person.id, subject="The e-mail of your account has changed",
        text=f"Hello {person.name},\n\n{by} changed the e-mail of your account from this address to {person.email} ({when}).\n"
        f"This address no longer signs you in.\n\nIf you did not expect this, tell an administrator at once. The account:\n{base_url}/settings/{SIGN}\n",
    )
    post(
        session, to=person.email, person_id=person.id, subject="This is now the e-mail of your account",
        text=f"Hello {person.name},\n\n{by} made this address the e-mail of your account ({when}).\n"
        f"Sign in with it from now on:\n{base_url}/sign-in\n\nIf you have no account there, tell whoever runs the site.{SIGN}\n",
    )


def tell_of_new_password(session: Session, person: Person, *, base_url: str, now: datetime) -> None:
    """The owner learns that the password is another one (P30)."""
    post(
        session, to=person.email, person_id=person.id, subject="The password of your account has changed",
        text=f"Hello {person.name},\n\nthe password of your account was changed ({now:%d.%m.%Y, %H:%M} UTC). Other browsers were signed out.\n\n"
        f"If that was not you, ask an administrator for a new link at once. Sign-in:\n{base_url}/sign-in{SIGN}\n",
    )
