"""Where the actions of a plan are carried to in the issue tracker, and how each issue stands."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Record
from app.models.people import Team


class TrackerProject(Record):
    """A project of the tracker that a team has named. state: asked, reachable, refused, on or off; one of a team's is on at most.

    `site` is the tracker it was named for: a row of another one rests. `mark` tells its issues from those of other teams
    and installations. `retry_at` is when a tracker in trouble is asked again, `attempts` how often it was in vain."""

    __tablename__ = "tracker_project"
    __table_args__ = (
        UniqueConstraint("team_id", "site", "project"),
        Index("one_tracker_of_team", "team_id", unique=True, sqlite_where=text("state = 'on'"), postgresql_where=text("state = 'on'")),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    site: Mapped[str]
    project: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    mark: Mapped[str]
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    reached_at: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")

    team: Mapped[Team] = relationship()


class TrackedIssue(Record):
    """The issue of an action of a team, the same in every plan that holds the action. `ref` is '' until there is one.

    `our_state`, `their_state`, `pushed_due` and `seen_version` are what both sides held when they were last compared."""

    __tablename__ = "tracked_issue"
    __table_args__ = (UniqueConstraint("tracker_project_id", "action_id"), Index(None, "due_at"))

    tracker_project_id: Mapped[int] = mapped_column(ForeignKey("tracker_project.id"))
    action_id: Mapped[str]
    ref: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(default="")
    href: Mapped[str] = mapped_column(default="")
    our_state: Mapped[str] = mapped_column(default="")
    their_state: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="")
    pushed_due: Mapped[date | None]
    seen_version: Mapped[int] = mapped_column(default=0)
    compared_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    failing_since: Mapped[datetime | None]
    is_stopped: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(default="")

    project: Mapped[TrackerProject] = relationship()
