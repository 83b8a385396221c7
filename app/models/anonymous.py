"""Answers without a name, and rounds that ask several teams at once.

A sheet or comment has a random number for its key, and neither person, time nor order. What a round knows of who took
part is in the invitations, and nothing leads from one to the other."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Editable

KEYED_AT_RANDOM = {"sqlite_with_rowid": False}


def random_key() -> str:
    """A key that says nothing: 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


class AnonymousSheet(Base):
    """What somebody answered: item -> value, NA or DK, in the order of the model. On SQLite the table keeps no order of rows."""

    __tablename__ = "anonymous_sheet"
    __table_args__ = (Index(None, "round_id"), KEYED_AT_RANDOM)

    id: Mapped[str] = mapped_column(primary_key=True, default=random_key)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    group: Mapped[str] = mapped_column("respondent_group")
    answers: Mapped[dict[str, str]] = mapped_column(JSON)


class AnonymousComment(Base):
    """A comment on one item, apart from all ratings. `shown_at` is the unit it stands at since the publication, '' for none."""

    __tablename__ = "anonymous_comment"
    __table_args__ = (Index(None, "round_id"), KEYED_AT_RANDOM)

    id: Mapped[str] = mapped_column(primary_key=True, default=random_key)
    round_id: Mapped[int] = mapped_column(ForeignKey("assessment_round.id"))
    item_id: Mapped[str]
    text: Mapped[str]
    shown_at: Mapped[str] = mapped_column(default="")


class Programme(Editable):
    """A group of teams, between the team and the organisation."""

    __tablename__ = "programme"

    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)


class ProgrammeTeam(Base):
    """A team is in at most one programme: the team is the key."""

    __tablename__ = "programme_team"
    __table_args__ = (Index(None, "programme_id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, autoincrement=False)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))


class JointRound(Editable):
    """One anonymous assessment of several teams, each in a round of its own; all open, close and are published together.

    `scores` holds the published units above the teams."""

    __tablename__ = "joint_round"

    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    purpose: Mapped[str]
    model_id: Mapped[str]
    model_version: Mapped[int]
    min_group: Mapped[int]
    by_level: Mapped[bool] = mapped_column(default=False, server_default=false())
    shared_with_participants: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(default="draft")
    closes_on: Mapped[date]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    scores: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class JointTeam(Base):
    """A team of a joint round with its own round, and the programme it was in when the joint round opened."""

    __tablename__ = "joint_team"
    __table_args__ = (Index(None, "team_id"), Index(None, "round_id", unique=True))

    joint_id: Mapped[int] = mapped_column(ForeignKey("joint_round.id"), primary_key=True, autoincrement=False)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), primary_key=True, autoincrement=False)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_round.id"))
    programme_id: Mapped[int | None]
    programme: Mapped[str] = mapped_column(default="")
