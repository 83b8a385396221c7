"""What happened around an invitation: letters about it."""

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
