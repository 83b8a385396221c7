"""Plans beside each other: one against the plan in use, and up to three in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, fetch, visible
from app.maturity.quarters import names
from app.maturity.queries.roadmap_board import title_of
from app.maturity.queries.roadmap_stored import AnyPlan
from app.maturity.queries.roadmap_view import in_calendar, number_words, settings_words
from app.models import PlannedAction, SavedRoadmap, Team
from app.records.teams import team_tabs
from assessments.planning.difference import Kind, difference

MOST = 3
OPEN = ("planned", "in progress", "blocked")
WORDS: Mapping[Kind, tuple[str, str, str]] = {
    "moved": ("Moves", "now", "arrow"), "added": ("Comes in", "good", "up"), "dropped": ("Goes", "care", "cross"),
}


@dataclass(frozen=True)
class Changed:
    """An action that stands elsewhere than in the plan in use, and why."""

    id: str
    title: str
    tag: tuple[str, str, str]
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Against:
    """A plan against the one in use. `gain` in points, of what is still open there."""

    number: int
    words: str
    gain: int
    rows: tuple[Changed, ...]


def against_the_one_in_use(session: Session, saved: AnyPlan) -> Against | None:
    """What this plan would change, None where none is in use or this is the one; one statement."""
    rows = session.execute(
        select(SavedRoadmap, PlannedAction).join(PlannedAction, PlannedAction.roadmap_id == SavedRoadmap.id)
        .where(SavedRoadmap.team_id == saved.team_id, SavedRoadmap.is_current, SavedRoadmap.id != saved.id, PlannedAction.state.in_(OPEN))
    ).all()
    if not rows or saved.plan is None:
        return None
    current: SavedRoadmap = rows[0][0]
    theirs = names(current.starts_on, current.horizon)
    mine = names(saved.starts_on, saved.horizon)
    before = {action.action_id: theirs[action.quarter - 1] for _, action in rows}
    after = {entry["action"]: mine[entry["quarter"] - 1] for entry in saved.plan["plan"]}
    values = {action.action_id: action.value for _, action in rows} | {entry["action"]: entry["value"] for entry in saved.plan["plan"]}
    found = difference(before, after, values)
    why = {entry["action"]: entry["detail"] for entry in saved.plan["left_out"]} | {name: w["now"] for name, w in saved.plan.get("why", {}).items()}
    model_id = str(saved.inputs.get("model", ""))
    changed = tuple(
        Changed(c.action, title_of(model_id, c.action), WORDS[c.kind], c.before, c.after, in_calendar(why.get(c.action, "It is no candidate any more."), mine))
        for c in found.changes
    )
    counts = [(found.count("moved"), "moves", "move"), (found.count("added"), "comes in", "come in"), (found.count("dropped"), "goes", "go")]
    parts = [f"{number_words(n)} {one if n == 1 else many}" for n, one, many in counts if n]
    words = f"{', '.join(parts).capitalize()}; {number_words(found.stay)} {'stays' if found.stay == 1 else 'stay'} in {'its' if found.stay == 1 else 'their'} quarter."
    return Against(current.number, words if parts else "Nothing: every open action stands in the same quarter.", found.gain, changed)


@dataclass(frozen=True)
class Column:
    """One plan in the comparison."""

    number: int
    href: str
    label: str
    settings: str
    points: int
    days: int
    lift: float
    is_proven: bool
    places: Mapping[str, str]


@dataclass(frozen=True)
class ComparePage:
    """Up to three plans beside each other, and every action any of them holds: (id, title, quarter in each)."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    plans: tuple[Column, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


def compare_page(session: Session, me: Me, *, slug: str, numbers: Sequence[int]) -> ComparePage:
    """The plans with these numbers that are worked out, the first three; two statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    saved = session.scalars(
        visible(me, SavedRoadmap).where(SavedRoadmap.team_id == team.id, SavedRoadmap.number.in_(numbers), SavedRoadmap.state == "ready")
        .order_by(SavedRoadmap.number).limit(MOST)
    ).all()
    plans = tuple(_column(each, slug) for each in saved)
    titles = {name: title_of(str(each.inputs.get("model", "")), name) for each, column in zip(saved, plans, strict=True) for name in column.places}
    rows = tuple((name, titles[name], tuple(plan.places.get(name, "") for plan in plans)) for name in sorted(titles))
    return ComparePage(team, team_tabs(team, "roadmap", me), plans, rows)


def _column(saved: SavedRoadmap, slug: str) -> Column:
    plan, named = saved.plan or {}, names(saved.starts_on, saved.horizon)
    return Column(
        saved.number, f"/teams/{slug}/roadmap/plans/{saved.number}/", saved.label, settings_words(saved.capacity, saved.wip), plan["value"], plan["effort"],
        plan["lift"], plan["status"] == "optimal", {entry["action"]: named[entry["quarter"] - 1] for entry in plan["plan"]},
    )
