"""What worked in one team: each finished action with its whole thread, from the weak item to the next measurement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.maturity.queries.actions_of_plan import competences_of
from app.maturity.queries.roadmap_board import Lesson, lessons_of
from app.models import Team
from app.records.proof import Proven, learned, proven
from app.records.teams import team_tabs
from app.ui.filters import count, rounded, sentence

TAGS = {"verified": ("Verified", "good", "tick"), "not verified": ("Not verified", "care", "warning"), "not measured": ("Not measured", "", "open")}


@dataclass(frozen=True)
class Thread:
    """One finished action on one line: item, action, competences, lessons, measurement."""

    action_id: str
    title: str
    href: str
    ended_at: datetime | None
    item: tuple[str, str]
    competences: tuple[tuple[str, str], ...]
    lessons: tuple[Lesson, ...]
    promised: str
    measured: str
    round: tuple[int, str] | None
    tag: tuple[str, str, str]
    days: str
    learned: str
    kpi: str


@dataclass(frozen=True)
class ProofPage:
    """Everything the page shows."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    answer: str
    threads: tuple[Thread, ...]
    sees_skills: bool


def proof_page(session: Session, me: Me, *, slug: str) -> ProofPage:
    """What worked in a team; five statements, however many actions are done."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    done = proven(session, me, team.id)
    estimates = learned(session) if done else {}
    threads = tuple(_thread(one, estimates[one.action_id].days if one.action_id in estimates else None, estimates[one.action_id].n if one.action_id in estimates else 0) for one in done)
    return ProofPage(team, team_tabs(team, "roadmap", me), _answer(done), threads, me.is_pmo_lead or me.leads_team(team.id))


def _answer(done: tuple[Proven, ...]) -> str:
    verified, failed = (sum(one.outcome == kind for one in done) for kind in ("verified", "not verified"))
    if not verified + failed:
        return "No round has closed since, so nothing is measured yet."
    rest = len(done) - verified - failed
    return f"{sentence(count(verified + failed, 'finished action'))} {'is' if verified + failed == 1 else 'are'} measured: {verified} verified, {failed} not.{f' {rest} not measured yet.' if rest else ''}"


def _thread(one: Proven, estimate: float | None, teams: int) -> Thread:
    known, model = one.known, library().questionnaires.get(one.model)
    item = (known.item, model.item(known.item).title) if known and model and model.has(known.item) else ("", "")
    kpi = library().kpis.get(known.kpi or "") if known else None
    return Thread(
        one.action_id, one.title, f"/teams/{one.slug}/roadmap/actions/{one.action_id}/", one.ended_at, item, competences_of(known), lessons_of(known),
        f"from {known.from_level} to {known.to_level}" if known else "–", _measured(one), one.round, TAGS[one.outcome],
        f"{one.planned_days} planned, " + (f"{one.actual_days} taken" if one.actual_days is not None else "not said what it took"),
        f"{rounded(estimate, 1)} expected next time, learned from n = {teams} teams" if estimate is not None else "", kpi.name if kpi else "",
    )


def _measured(one: Proven) -> str:
    if one.round is None:
        return "no round has closed since"
    return f"level {one.measured}" if one.measured is not None else "too few answers, out of scope or protected"
