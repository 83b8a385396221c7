"""My own mentor card, and the cards that wait for a PMO lead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from app.access import Me, visible
from app.content import library
from app.mentoring.queries.start import Tabs, mentoring_tabs
from app.models import MentorProfile, Person
from app.ui.filters import joined
from app.ui.paging import Paging, paging


@dataclass(frozen=True)
class ProfilePage:
    """My own card: its state in words and what can be done with it."""

    tabs: Tabs
    about: str
    competences: list[str]
    capacity: int
    version: int | None
    exists: bool
    state: str
    says: str
    can_publish: bool
    can_pause: bool


SAYS = {
    "": "You have no card yet. Write one below; nobody sees it before you publish it and a PMO lead approves it.",
    "draft": "Only you see this card. Publish it when it says what you want.",
    "waiting": "Published. A PMO lead has to approve it before others see it; nobody approves their own card.",
    "published": "Everybody who is signed in sees your card and can ask you.",
    "paused": "Your card is out of the list. Running pairings go on.",
    "suspended": "A PMO lead has suspended your card. Running pairings go on; speak to your PMO lead.",
}


def profile_page(session: Session, me: Me) -> ProfilePage:
    """My card as it stands, or an empty one."""
    row = session.execute(
        visible(me, MentorProfile)
        .with_only_columns(
            MentorProfile.about, MentorProfile.competences, MentorProfile.capacity, MentorProfile.version, MentorProfile.state, MentorProfile.approved_at
        )
        .where(MentorProfile.person_id == me.person_id)
    ).one_or_none()
    tabs = mentoring_tabs(me, "/mentoring/profile/")
    if row is None:
        return ProfilePage(tabs, "", [], 2, None, False, "", SAYS[""], False, False)
    state = "waiting" if row.state == "published" and row.approved_at is None else row.state
    return ProfilePage(
        tabs, row.about, list(row.competences), row.capacity, row.version, True, state, SAYS[state], row.state in ("draft", "paused"), row.state == "published"
    )


@dataclass(frozen=True)
class ApprovalRow:
    """A card as the PMO lead sees it. `move` is approve, suspend or nothing for one's own."""

    href: str
    person_id: int
    name: str
    job_title: str
    competences: str
    capacity: int
    state: str
    since: datetime | None
    move: str


@dataclass(frozen=True)
class ApprovalsPage:
    """All cards that were ever published: those that wait first."""

    tabs: Tabs
    rows: tuple[ApprovalRow, ...]
    pages: Paging
    waiting: int


def approvals_page(session: Session, me: Me, page: str) -> ApprovalsPage:
    """Cards that wait, then those that run, then suspended ones, each by name. One statement."""
    rows = session.execute(
        visible(me, MentorProfile)
        .with_only_columns(
            MentorProfile.person_id, MentorProfile.competences, MentorProfile.capacity, MentorProfile.state, MentorProfile.approved_at,
            Person.name, Person.job_title,
        )
        .join(Person, Person.id == MentorProfile.person_id)
        .where(MentorProfile.state != "draft", Person.disabled_at.is_(None))
        .order_by(func.lower(Person.name), Person.id)
    ).all()
    shown = sorted((_approval_row(row, me) for row in rows), key=lambda row: ("waits", "approved", "paused", "suspended").index(row.state))
    pages = paging(page, len(shown), "/mentoring/approvals/")
    return ApprovalsPage(mentoring_tabs(me, "/mentoring/approvals/"), tuple(shown[pages.rows]), pages, sum(row.state == "waits" for row in shown))


def _approval_row(row: Any, me: Me) -> ApprovalRow:
    known = library().skills.competences
    state = row.state if row.state == "suspended" else "waits" if row.approved_at is None else "paused" if row.state == "paused" else "approved"
    move = "" if row.person_id == me.person_id else "approve" if state in ("waits", "suspended") else "suspend"
    names = joined([known[c].name for c in row.competences if c in known])
    return ApprovalRow(f"/mentoring/mentors/{row.person_id}/", row.person_id, row.name, row.job_title, names, row.capacity, state, row.approved_at, move)
