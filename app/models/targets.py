"""What a PMO lead has agreed on for single teams in place of the defaults of their type."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Record


class TargetChange(Record):
    """A target of a team set in place of the default of its type, with the reason; appended, the newest of a dimension counts.

    `level` is None where the default was taken up again; `before` is what counted until then."""

    __tablename__ = "target_change"
    __table_args__ = (Index(None, "team_id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    dimension: Mapped[str]
    level: Mapped[int | None]
    before: Mapped[int]
    reason: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
