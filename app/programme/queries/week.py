"""What needs the PMO lead this week: actions that are late, rounds about to close, pairings gone quiet, mentors to approve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from app import db
from app.content import library
from app.db import built_once
from app.models import AssessmentRound, Meeting, MentorProfile, Pairing, Person, PlannedAction, SavedRoadmap, Team
from app.ui.filters import count, short_day

LIVE = ("planned", "in progress", "blocked")
SOON, QUIET = timedelta(days=7), timedelta(days=30)
EACH = 4
NOTHING = cast(null(), String)


@dataclass(frozen=True)
class Need:
    """One thing to look at: by when, in what words, and where."""

    when: str
    title: str
    href: str
    words: str


def this_week(session: Session, today: date) -> tuple[Need, ...]:
    """Up to four of each kind, the oldest first, with how many more there are; one statement."""
    rows = db.rows(session, _week(today))
    found: list[Need] = []
    for kind in WORDED:
        own = [row for row in rows if row.kind == kind]
        found += [WORDED[kind](row, today) for row in own]
        if own and own[0].total > EACH:
            more = own[0].total - EACH
            found.append(Need("", f"And {count(more, MORE[kind][0], MORE[kind][1])}", MORE[kind][2], ""))
    return tuple(found)


@built_once
def _week(today: date) -> CompoundSelect[*tuple[Any, ...]]:
    parts = [_late(today), _closing(today), _quiet(today), _waiting()]
    return union_all(*(select(part.limit(EACH).subquery()) for part in parts))


MORE = {
    "late": ("more action behind its date", "more actions behind their dates", "/teams/"),
    "closing": ("more round that closes", "more rounds that close", "/teams/"),
    "quiet": ("more quiet pairing", "more quiet pairings", "/mentoring/programme/"),
    "waiting": ("more mentor to approve", "more mentors to approve", "/mentoring/approvals/"),
}


def _late(today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("late").label("kind"), PlannedAction.due_on.label("day"), Team.name.label("team"), Team.slug.label("slug"),
            PlannedAction.id.label("number"), PlannedAction.action_id.label("words"), Person.name.label("who"),
            func.count().over().label("total"),
        )
        .join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id)
        .join(Team, Team.id == SavedRoadmap.team_id)
        .outerjoin(Person, Person.id == PlannedAction.owner_id)
        .where(SavedRoadmap.is_current, PlannedAction.state.in_(LIVE), PlannedAction.due_on < today, Team.archived_at.is_(None))
        .order_by(PlannedAction.due_on, PlannedAction.id)
    )


def _closing(today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("closing").label("kind"), AssessmentRound.closes_on.label("day"), Team.name.label("team"), Team.slug.label("slug"),
            AssessmentRound.number.label("number"), AssessmentRound.title.label("words"), NOTHING.label("who"),
            func.count().over().label("total"),
        )
        .join(Team, Team.id == AssessmentRound.team_id)
        .where(AssessmentRound.state == "open", AssessmentRound.closes_on <= today + SOON)
        .order_by(AssessmentRound.closes_on, AssessmentRound.id)
    )


def _quiet(today: date) -> Select[*tuple[Any, ...]]:
    mentor, mentee = aliased(Person), aliased(Person)
    held = (
        select(func.max(Meeting.held_on)).where(Meeting.pairing_id == Pairing.id, Meeting.state == "held").scalar_subquery()
    )
    last = func.coalesce(held, Pairing.agreed_on, type_=Date)
    return (
        select(
            literal("quiet").label("kind"), last.label("day"), NOTHING.label("team"), NOTHING.label("slug"),
            Pairing.id.label("number"), mentor.name.label("words"), mentee.name.label("who"), func.count().over().label("total"),
        )
        .join(mentor, mentor.id == Pairing.mentor_id)
        .join(mentee, mentee.id == Pairing.mentee_id)
        .where(Pairing.state == "active", last < today - QUIET)
        .order_by(last, Pairing.id)
    )


def _waiting() -> Select[*tuple[Any, ...]]:
    return (
        select(
            literal("waiting").label("kind"), cast(null(), Date).label("day"), NOTHING.label("team"), NOTHING.label("slug"),
            cast(MentorProfile.person_id, Integer).label("number"), Person.name.label("words"), NOTHING.label("who"),
            func.count().over().label("total"),
        )
        .join(Person, Person.id == MentorProfile.person_id)
        .where(MentorProfile.state.in_(("published", "paused")), MentorProfile.approved_at.is_(None), Person.disabled_at.is_(None))
        .order_by(MentorProfile.id)
    )


def _late_need(row: Any, today: date) -> Need:
    days = (today - row.day).days
    behind = count(days // 7, "week") if days >= 14 else count(days, "day")
    owner = f"Owner {row.who}." if row.who else "Nobody owns it yet."
    title = next((known.actions[row.words].title for known in library().improvements.values() if row.words in known.actions), row.words)
    return Need("Now", f"{title}: {behind} behind", f"/teams/{row.slug}/roadmap/actions/{row.words}/", f"{row.words}, {row.team}. {owner}")


def _closing_need(row: Any, today: date) -> Need:
    when = "Now" if row.day < today else short_day(row.day)
    does = "was due to close" if row.day < today else "closes"
    return Need(when, f"Round {row.number} of {row.team} {does}", f"/teams/{row.slug}/rounds/{row.number}/", row.words)


def _quiet_need(row: Any, today: date) -> Need:
    days = (today - row.day).days
    return Need("Soon", f"{row.words} and {row.who} have not met for {days} days", "/mentoring/programme/", "Ask both how it goes.")


def _waiting_need(row: Any, today: date) -> Need:
    return Need("Soon", f"{row.words} waits to be approved as a mentor", "/mentoring/approvals/", "Nobody can ask them before that.")


WORDED = {"late": _late_need, "closing": _closing_need, "quiet": _quiet_need, "waiting": _waiting_need}
