"""What people keep fresh: cards for the spaced review, and how each one went."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class ReviewCard(Record):
    """A question somebody meets again. Stability and difficulty are empty until it was rated once.

    `answer`, `mark` and `told_at` are of the turn that runs: the key was told and the rating is still to come."""

    __tablename__ = "review_card"
    __table_args__ = (UniqueConstraint("person_id", "lesson_id", "question_id"), Index(None, "person_id", "due_on"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    lesson_id: Mapped[str]
    question_id: Mapped[str]
    source: Mapped[str]
    due_on: Mapped[date]
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    last_on: Mapped[date | None]
    turns: Mapped[int] = mapped_column(default=0)
    suspended_at: Mapped[datetime | None]
    answer: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    mark: Mapped[float | None]
    told_at: Mapped[datetime | None]


class ReviewRating(Record):
    """One rating of a card on a local day. `is_return` is false at the first meeting; `before` is what undoing puts back."""

    __tablename__ = "review_rating"
    __table_args__ = (Index(None, "person_id", "day"),)

    card_id: Mapped[int] = mapped_column(ForeignKey("review_card.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[date]
    rating: Mapped[int]
    mark: Mapped[float | None]
    is_return: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
