"""Figures of measures per team and quarter, and the targets a team has set itself. Nothing is overwritten: the newest row counts."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Record
from app.models.people import Person, Team


class KpiValue(Record):
    """A figure of a quarter as it was recorded or corrected. `quarter` is 4 x year + 0 to 3.

    `inputs` are the raw numbers, empty where only the result was given; `value` is None without a case and when the figure
    was taken back. Of all rows of a team, measure and quarter one is current."""

    __tablename__ = "kpi_value"
    __table_args__ = (
        Index("one_current_kpi_value", "team_id", "kpi_id", "quarter", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),
        Index(None, "team_id", "quarter"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kpi_id: Mapped[str]
    quarter: Mapped[int]
    value: Mapped[float | None]
    cases: Mapped[float | None]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    team: Mapped[Team] = relationship()
    recorded_by: Mapped[Person | None] = relationship()


class KpiTarget(Record):
    """A target a team has set itself, with its reason. `target` is None where it went back to the usual one."""

    __tablename__ = "kpi_target"
    __table_args__ = (
        Index("one_current_kpi_target", "team_id", "kpi_id", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    kpi_id: Mapped[str]
    target: Mapped[float | None]
    reason: Mapped[str]
    is_current: Mapped[bool] = mapped_column(default=True)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    set_by: Mapped[Person | None] = relationship()
