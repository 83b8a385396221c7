"""People, their teams and how they sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Editable, Record


class Organisation(Editable):
    """The one organisation of this installation (row 1)."""

    __tablename__ = "organisation"

    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    leads_run_rounds: Mapped[bool] = mapped_column(default=True)
    setup_finished_at: Mapped[datetime | None]


class Team(Editable):
    """A team or unit with its PMO: what a round measures and a roadmap improves. Capacity in person-days a quarter."""

    __tablename__ = "team"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    pmo_type: Mapped[str] = mapped_column(default="SUP")
    structure: Mapped[str] = mapped_column(default="")
    sourcing: Mapped[str] = mapped_column(default="")
    reports_to: Mapped[str] = mapped_column(default="")
    pm_model: Mapped[str] = mapped_column(default="")
    size: Mapped[int | None]
    projects_live: Mapped[int | None]
    services: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int] = mapped_column(default=25)
    wip: Mapped[int] = mapped_column(default=4)
    is_demo: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None]


class Person(Editable):
    """Somebody with an account. The e-mail is kept as typed; `email_key` (NFKC, case-folded) is what must be unique."""

    __tablename__ = "person"

    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="")
    role_profile: Mapped[str | None]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    password_hash: Mapped[str | None]
    password_changed_at: Mapped[datetime | None]
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_pmo_lead: Mapped[bool] = mapped_column(default=False)
    is_mentor: Mapped[bool] = mapped_column(default=False)
    shares_email: Mapped[bool] = mapped_column(default=False)
    shares_progress: Mapped[bool] = mapped_column(default=False)
    uses_keys: Mapped[bool] = mapped_column(default=True, server_default=true())
    disabled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")


class Membership(Record):
    """A person belongs to a team; a lead is a member with that mark."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("person_id", "team_id"), Index(None, "team_id"))

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    is_lead: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship(back_populates="memberships")
    team: Mapped[Team] = relationship()


class SignIn(Record):
    """One signed-in browser. The cookie holds the random key; only its hash is stored."""

    __tablename__ = "sign_in"
    __table_args__ = (Index(None, "person_id"),)

    key_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(default="")


class FailedSignIn(Record):
    """A failed try, counted per account and per address over five minutes."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index(None, "account", "created_at"), Index(None, "address", "created_at"), Index(None, "created_at"))

    account: Mapped[str]
    address: Mapped[str]


class OneTimeLink(Record):
    """A link to choose a password: works once, for one purpose, for a limited time. Only the hash is stored."""

    __tablename__ = "one_time_link"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
