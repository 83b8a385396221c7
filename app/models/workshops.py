"""A round held as a workshop: where the room is, and what it has seen."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class WorkshopPlace(Base):
    """The item a workshop is at, since when. There is none before it begins."""

    __tablename__ = "workshop_place"

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[str]
    since: Mapped[datetime]


class RevealedItem(Base):
    """The votes on this item were shown to the room; nobody votes on it any more."""

    __tablename__ = "revealed_item"

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), primary_key=True, autoincrement=False)
    item_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
