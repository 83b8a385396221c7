"""What happened around an invitation: letters about it, people from outside, and who handed it on."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class InvitationLetter(Base):
    """When somebody was last written to about an invitation, so that nobody is reminded twice within a day.

    In an anonymous round everybody is written to together, so the moment says nothing about who has answered."""

    __tablename__ = "invitation_letter"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), primary_key=True, autoincrement=False)
    last_at: Mapped[datetime]


class AutomaticReminder(Base):
    """The reminder before a closing day has gone out; the key sees to it that two workers send it once."""

    __tablename__ = "automatic_reminder"

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), primary_key=True, autoincrement=False)
    closes_on: Mapped[date] = mapped_column(primary_key=True)


class Guest(Base):
    """Somebody without an account, asked in one round by e-mail. The person's row says so, too: it is closed from the start.

    Of the link only the hash is stored; every letter carries a new one, and it opens the answering of this round alone,
    while the round is open. No link works once `revoked_at` is set."""

    __tablename__ = "guest"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), index=True)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    revoked_at: Mapped[datetime | None]


class HandedOn(Base):
    """Somebody asked in a named round handed the invitation to a colleague; of several times the last is kept."""

    __tablename__ = "handed_on"

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"), primary_key=True, autoincrement=False)
    from_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
