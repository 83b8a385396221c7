"""What worked in one team: each finished action with its whole thread, from the weak item to the next measurement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.maturity.queries.actions_of_plan import competences_of
from app.maturity.queries.roadmap_board import Lesson, lessons_of
from app.models import Team
from app.records.measures import Series, series_of
from app.records.proof import Proven, learned, proven
from app.records.teams import team_tabs
from app.ui.filters import count, rounded, sentence
from assessments.measures import moved, quarter_of
from assessments.proof import Learned

SHOWS_AFTER = 2  # quarters in which a measure may show what an action did (domain 5.1)
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
    kpi: tuple[str, str] | None


@dataclass(frozen=True)
class ProofPage:
    """Everything the page shows."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    answer: str
    threads: tuple[Thread, ...]
    sees_skills: bool


def proof_page(session: Session, me: Me, *, slug: str) -> ProofPage:
    """What worked in a team; six statements, however many actions are done."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    done = proven(session, me, team.id)
    estimates = learned(session) if done else {}
    named = {one.known.kpi for one in done if one.known and one.known.kpi}
    figures = series_of(session, me, [team.id], named)[team.id] if named else {}
    threads = tuple(_thread(one, estimates.get(one.action_id), figures) for one in done)
    return ProofPage(team, team_tabs(team, "roadmap", me), _answer(done), threads, me.is_pmo_lead or me.leads_team(team.id))


def _answer(done: tuple[Proven, ...]) -> str:
    verified, failed = (sum(one.outcome == kind for one in done) for kind in ("verified", "not verified"))
    if not verified + failed:
        return "No round has closed since, so nothing is measured yet."
    rest = len(done) - verified - failed
    return f"{sentence(count(verified + failed, 'finished action'))} {'is' if verified + failed == 1 else 'are'} measured: {verified} verified, {failed} not.{f' {rest} not measured yet.' if rest else ''}"


def _thread(one: Proven, estimate: Learned | None, figures: Mapping[str, Series]) -> Thread:
    known, model = one.known, library().questionnaires.get(one.model)
    item = (known.item, model.item(known.item).title) if known and model and model.has(known.item) else ("", "")
    return Thread(
        one.action_id, one.title, f"/teams/{one.slug}/roadmap/actions/{one.action_id}/", one.ended_at, item, competences_of(known), lessons_of(known),
        f"from {known.from_level} to {known.to_level}" if known else "–", _measured(one), one.round, TAGS[one.outcome],
        f"{one.planned_days} planned, " + (f"{one.actual_days} taken" if one.actual_days is not None else "not said what it took"),
        f"{rounded(estimate.days, 1)} expected next time, learned from n = {estimate.n} teams" if estimate is not None and estimate.days is not None else "",
        _movement(one, figures),
    )


def _movement(one: Proven, figures: Mapping[str, Series]) -> tuple[str, str] | None:
    """(what the measure named by the action did since, its page): from the quarter it was finished in to the newest of the two after it."""
    kpi = library().kpis.get(one.known.kpi or "") if one.known else None
    if kpi is None:
        return None
    values = figures[kpi.id].values if kpi.id in figures else {}
    start = quarter_of(one.ended_at.date()) if one.ended_at else 0
    end = max((quarter for quarter in values if start < quarter <= start + SHOWS_AFTER), default=start + SHOWS_AFTER)
    return moved(kpi, values, start, end).words, f"/teams/{one.slug}/kpis/{kpi.id}/"


def _measured(one: Proven) -> str:
    if one.round is None:
        return "no round has closed since"
    return f"level {one.measured}" if one.measured is not None else "too few answers, out of scope or protected"
