"""Rounds, who is asked, what they answered and what came of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Editable, Record
from app.models.people import Person, Team


class AssessmentRound(Editable):
    """One assessment of one team. `targets` is the profile agreed when it opened; at most one round of a team is open.

    `min_group`, `response` and `response_on` belong to anonymous rounds: the k of the round, and the band of the
    response as it stood before the last day on which somebody submitted. A workshop is a named round in which the team
    goes through the items together. `by_level` puts one statement of an item after the other instead of all at once."""

    __tablename__ = "assessment_round"
    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        Index("one_open_round", "team_id", unique=True,
              sqlite_where=text("state = 'open'"), postgresql_where=text("state = 'open'")),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    number: Mapped[int]
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    mode: Mapped[str] = mapped_column(default="named")
    is_workshop: Mapped[bool] = mapped_column(default=False, server_default=false())
    by_level: Mapped[bool] = mapped_column(default=False, server_default=false())
    min_group: Mapped[int] = mapped_column(default=5)
    response: Mapped[str] = mapped_column(default="")
    response_on: Mapped[date | None]
    model_id: Mapped[str]
    model_version: Mapped[int]
    pmo_type: Mapped[str]
    targets: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(default="draft")
    answers_shown_to_lead: Mapped[bool] = mapped_column(default=True)
    shared_with_participants: Mapped[bool] = mapped_column(default=True)
    closes_on: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    team: Mapped[Team] = relationship()


class Invitation(Editable):
    """A person is asked in a round, as `role` ("Project manager") seen from the `group` office or users.

    `accepted` is the version of the promises shown before the first question. In an anonymous round this row is all
    that is known of somebody's taking part, and it carries no time."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "person_id"), Index(None, "person_id"))

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(default="")
    group: Mapped[str] = mapped_column("respondent_group", default="users")
    state: Mapped[str] = mapped_column(default="invited")
    started_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    accepted: Mapped[str] = mapped_column(default="")

    round: Mapped[AssessmentRound] = relationship()
    person: Mapped[Person] = relationship()


class RecordedAnswer(Record):
    """The answer to one item: a level, NA with its reason, or DK. `counter` lets an older autosave never win.

    In an anonymous round these rows are drafts alone: submitting writes a sheet without a name and deletes them."""

    __tablename__ = "recorded_answer"
    __table_args__ = (UniqueConstraint("invitation_id", "item_id"),)

    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id"))
    item_id: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    comment: Mapped[str] = mapped_column(default="")
    counter: Mapped[int] = mapped_column(default=0)
    saved_at: Mapped[datetime]


class AgreedLevel(Editable):
    """A level agreed after a talk, with its reason; it stands beside the answers and never replaces them."""

    __tablename__ = "agreed_level"
    __table_args__ = (UniqueConstraint("round_id", "item_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    item_id: Mapped[str]
    level: Mapped[int]
    reason: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class PublishedResult(Record):
    """What a closed round says, computed once at close. `scores` is the answer of the scoring rules as JSON.

    `people_*` are how many respondents have a mean over all they answered, the mean and the variance of those means, for
    three people or more; none of it is stored for an anonymous round."""

    __tablename__ = "published_result"

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"), unique=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    rules_version: Mapped[str]
    overall_index: Mapped[float | None]
    staged: Mapped[int | None]
    respondents: Mapped[int]
    invited: Mapped[int]
    kind: Mapped[str]
    people_counted: Mapped[int | None]
    people_mean: Mapped[float | None]
    people_variance: Mapped[float | None]
    scores: Mapped[dict[str, Any]] = mapped_column(JSON)


class DimensionResult(Record):
    """One dimension of a published result, so that the programme page reads rows and computes nothing.

    `moved` is the change since the round before: a tested verdict, a direction in an anonymous round, else empty."""

    __tablename__ = "dimension_result"
    __table_args__ = (UniqueConstraint("round_id", "dimension"), Index(None, "team_id"))

    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    dimension: Mapped[str]
    position: Mapped[int]
    index: Mapped[float | None] = mapped_column("dimension_index")
    staged: Mapped[int | None]
    target: Mapped[int | None]
    moved: Mapped[str] = mapped_column(default="", server_default="")
