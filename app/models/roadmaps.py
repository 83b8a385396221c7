"""Plans and the actions people carry out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app import clock
from app.models.base import Editable, Record
from app.models.people import Person, Team


class SavedRoadmap(Editable):
    """A plan with the inputs it was made from. state: waiting, solving, ready, failed; one of a team's plans is current.

    `inputs` is the problem of `python -m assessments plan`, `plan` its answer; `sensitivity` what more days would buy."""

    __tablename__ = "saved_roadmap"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        Index("one_current_roadmap", "team_id", unique=True, sqlite_where=text("is_current"), postgresql_where=text("is_current")),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default="waiting")
    is_current: Mapped[bool] = mapped_column(default=False)
    target_view: Mapped[str] = mapped_column(default="full")
    starts_on: Mapped[date]
    horizon: Mapped[int]
    capacity: Mapped[list[int]] = mapped_column(JSON)
    wip: Mapped[int]
    model_version: Mapped[int]
    rules_version: Mapped[str]
    inputs: Mapped[dict[str, Any]] = mapped_column(JSON)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    sensitivity: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    failure: Mapped[str] = mapped_column(default="")
    solved_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    label: Mapped[str] = mapped_column(default="", server_default="")
    adopted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    adopted_because: Mapped[str] = mapped_column(default="", server_default="")

    team: Mapped[Team] = relationship()
    actions: Mapped[list["PlannedAction"]] = relationship(back_populates="roadmap", order_by="PlannedAction.id")


class PlannedAction(Editable):
    """An action of a plan on its way: planned, in progress, blocked, done or dropped. `actual_days` are the person-days it took.

    `state_since` notes itself whenever the state changes, whoever changes it: the tracker asks which side was later."""

    __tablename__ = "planned_action"
    __table_args__ = (UniqueConstraint("roadmap_id", "action_id"), Index(None, "owner_id"))

    roadmap_id: Mapped[int] = mapped_column(ForeignKey("saved_roadmap.id"))
    action_id: Mapped[str]
    quarter: Mapped[int]
    finish_week: Mapped[int]
    value: Mapped[int]
    effort: Mapped[int]
    role: Mapped[str]
    state: Mapped[str] = mapped_column(default="planned")
    state_since: Mapped[datetime | None]
    state_reason: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    steps_done: Mapped[list[int]] = mapped_column(JSON, default=list)
    evidence: Mapped[str] = mapped_column(default="")
    actual_days: Mapped[int | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    roadmap: Mapped[SavedRoadmap] = relationship(back_populates="actions")
    owner: Mapped[Person | None] = relationship()

    @validates("state")
    def _note_since(self, key: str, state: str) -> str:
        if state != self.state:
            self.state_since = clock.now()
        return state


class PlanChange(Record):
    """A change of actions of a plan that can be taken back: for each row what it held before, and its version since.

    `before` is {id of the row: {column: value}}, `after` {id of the row: version}. Without a person it came from the tracker."""

    __tablename__ = "plan_change"

    roadmap_id: Mapped[int] = mapped_column(ForeignKey("saved_roadmap.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    what: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    undone_at: Mapped[datetime | None]


class ActionNote(Record):
    """A dated note on an action, read by the team and the PMO lead."""

    __tablename__ = "action_note"

    planned_action_id: Mapped[int] = mapped_column(ForeignKey("planned_action.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
