"""What other pages ask about rounds: what I have to answer, where a team stands, what its last result was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, defer

from app import db
from app.access import Me
from app.content import library
from app.models import AssessmentRound, Invitation, PublishedResult, RecordedAnswer, Team
from app.records.snapshot import SCORES, Snapshot, snapshot_in

DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class OpenInvitation:
    """A round I am asked in and have not submitted: how far I am and where to go on."""

    team: str
    slug: str
    number: int
    title: str
    closes_on: date | None
    answered: int
    total: int
    next_dimension: str
    next_title: str
    words: str
    href: str


_OPEN = (
    select(
        Invitation.id, Invitation.state, AssessmentRound.number, AssessmentRound.title, AssessmentRound.closes_on,
        AssessmentRound.model_id, AssessmentRound.is_workshop, Team.name, Team.slug, RecordedAnswer.item_id, RecordedAnswer.value,
    )
    .join(AssessmentRound, AssessmentRound.id == Invitation.round_id)
    .join(Team, Team.id == AssessmentRound.team_id)
    .outerjoin(RecordedAnswer, RecordedAnswer.invitation_id == Invitation.id)
    .where(Invitation.person_id == bindparam("person"), Invitation.state != "submitted", AssessmentRound.state == "open")
    .order_by(AssessmentRound.closes_on, Invitation.id)
)


def open_invitations(session: Session, me: Me, today: date) -> tuple[OpenInvitation, ...]:
    """My unsubmitted invitations in open rounds, the one that closes first in front; one statement."""
    rows = db.rows(session, _OPEN, person=me.person_id)
    heads = {row.id: row for row in rows}
    answered: dict[int, set[str]] = {key: {row.item_id for row in rows if row.id == key and row.value} for key in heads}
    found = (_open_invitation(row, answered[key], today) for key, row in heads.items())
    return tuple(invitation for invitation in found if invitation)


def _open_invitation(row: Any, answered: set[str], today: date) -> OpenInvitation | None:
    model = library().questionnaires.get(row.model_id)
    if model is None:
        return None
    left = next((d for d in model.dimensions if any(i.id not in answered for i in d.all_items())), None)
    here = f"/teams/{row.slug}/rounds/{row.number}"
    onward = f"{here}/answer/" if row.state == "invited" else f"{here}/answer/{left.id}/" if left else f"{here}/check/"
    done = sum(item.id in answered for item in model.items)
    if row.is_workshop:
        return OpenInvitation(
            row.name, row.slug, row.number, row.title, row.closes_on, done, len(model.items), left.id if left else "", left.title if left else "",
            f"A workshop: vote in the room, {done} of {len(model.items)} so far", f"{here}/vote/",
        )
    return OpenInvitation(
        row.name, row.slug, row.number, row.title, row.closes_on, done, len(model.items), left.id if left else "",
        left.title if left else "", f"{done} of {len(model.items)} answered{closing_words(row.closes_on, today)}", onward,
    )


def closing_words(closes_on: date | None, today: date) -> str:
    """', closes today', ', closes on Friday', ', closes on 27 November', ', was to close on 3 November' or nothing."""
    if closes_on is None:
        return ""
    ahead = (closes_on - today).days
    if ahead < 0:
        return f", was to close on {closes_on.day} {closes_on:%B}"
    if ahead < 2:
        return ", closes tomorrow" if ahead else ", closes today"
    return f", closes on {closes_on:%A}" if ahead < DAYS_OF_WEEK else f", closes on {closes_on.day} {closes_on:%B}"


@dataclass(frozen=True)
class CurrentLevels:
    """Where a team stands after its last closed round: what a plan starts from. Agreed levels are in `levels`."""

    round_id: int
    number: int
    title: str
    closed_at: datetime | None
    model_id: str
    model_version: int
    pmo_type: str
    targets: Mapping[str, int]
    levels: Mapping[str, int]
    out_of_scope: frozenset[str]
    respondents: int
    index: float | None
    staged: int | None


def current_levels(session: Session, team_id: int) -> CurrentLevels | None:
    """The starting point of a roadmap; one statement. Whether the person may see it the caller has asked."""
    found = latest_result(session, team_id)
    if found is None:
        return None
    round_, result, figures = found
    return CurrentLevels(
        round_.id, round_.number, round_.title, round_.closed_at, round_.model_id, round_.model_version, round_.pmo_type, round_.targets,
        {item.id: item.level for item in figures.items if item.level is not None},
        frozenset(item.id for item in figures.items if not item.in_scope),
        result.respondents, result.overall_index, result.staged,
    )


def latest_result(session: Session, team_id: int) -> tuple[AssessmentRound, PublishedResult, Snapshot] | None:
    """The last closed round of a team that has an index; one statement. Whether the person may see it the caller has asked.

    A round in which nobody filled in enough says nothing about levels, so the one before it still counts."""
    row = session.execute(_LATEST, {"team": team_id}).one_or_none()
    figures = snapshot_in(row.scores) if row else None
    return (row[0], row[1], figures) if row and figures else None


_LATEST = (
    select(AssessmentRound, PublishedResult, SCORES)
    .options(defer(PublishedResult.scores))
    .join(PublishedResult, PublishedResult.round_id == AssessmentRound.id)
    .where(AssessmentRound.team_id == bindparam("team"), AssessmentRound.state.in_(("closed", "published")), PublishedResult.overall_index.is_not(None))
    .order_by(AssessmentRound.number.desc())
    .limit(1)
)
