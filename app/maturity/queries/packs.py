"""Packs for a team: what each would mean today, and where its actions fit into a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.content import library
from app.errors import NotVisible
from app.maturity.queries.roadmap_board import Lesson, improvement, lessons_named, lessons_of, state_tag
from app.maturity.queries.roadmap_offer import FormOffer, InUse
from app.maturity.queries.roadmap_start import WHO_PLANS, StartingPoint, starting_point
from app.models import PlannedAction, SavedRoadmap, Team
from app.records.teams import team_tabs
from assessments.improvements import Improvement, ImprovementCatalogue, Pack
from assessments.packs import Placed, placed

MODEL = "pmo-maturity"
USUAL_QUARTERS = 4
DONE, OPEN, UNKNOWN = ("Reached", "good", "tick"), ("Open", "", "open"), ("Level not known", "", "open")


@dataclass(frozen=True)
class PackLine:
    """A pack in the list."""

    pack: Pack
    href: str
    days: int
    actions: int
    reached: int


@dataclass(frozen=True)
class PacksPage:
    """All packs, as they stand for a team."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    lines: tuple[PackLine, ...]


@dataclass(frozen=True)
class PackAction:
    """An action of a step: its state as a tag, and where it is in the plan in use."""

    action: Improvement
    tag: tuple[str, str, str]
    href: str
    lessons: tuple[Lesson, ...]
    is_open: bool


@dataclass(frozen=True)
class PackStepLine:
    """A step of a pack. Without actions every one of its items stands at the top."""

    title: str
    looks_like: str
    do_first: tuple[str, ...]
    actions: tuple[PackAction, ...]


@dataclass(frozen=True)
class PackPage:
    """One pack for a team: its steps as a check-list, and the plan that may begin with it."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    pack: Pack
    steps: tuple[PackStepLine, ...]
    open_actions: int
    days: int
    has_levels: bool
    template: tuple[str, str] | None
    lessons: tuple[Lesson, ...]


def catalogue_and_pack(pack_id: str) -> tuple[ImprovementCatalogue, Pack]:
    """The pack with this id. NotVisible without one."""
    catalogue = library().improvements.get(MODEL)
    pack = next((pack for pack in catalogue.packs if pack.id == pack_id), None) if catalogue else None
    if catalogue is None or pack is None:
        raise NotVisible
    return catalogue, pack


def packs_page(session: Session, me: Me, *, slug: str) -> PacksPage:
    """The packs with what is left of each; three statements. For those who plan: what is reached follows from the result."""
    team, levels = _planned_team(session, me, slug)
    catalogue = library().improvements.get(MODEL)
    lines = []
    for pack in catalogue.packs if catalogue else ():
        assert catalogue is not None
        left = [catalogue.actions[name] for name in catalogue.in_pack(pack, levels or _begin(catalogue))]
        every = {action.id for step in pack.steps for action in catalogue.in_step(step, levels or _begin(catalogue))}
        lines.append(PackLine(pack, f"/teams/{slug}/roadmap/packs/{pack.id}/", sum(action.effort.likely for action in left), len(every), len(every) - len(left)))
    return PacksPage(team, team_tabs(team, "roadmap", me), tuple(lines))


def pack_page(session: Session, me: Me, *, slug: str, pack_id: str, today: date) -> PackPage:
    """A pack step by step; four statements."""
    catalogue, pack = catalogue_and_pack(pack_id)
    team, levels = _planned_team(session, me, slug)
    plan = _in_plan(session, team.id)
    known = levels or _begin(catalogue)
    steps = tuple(
        PackStepLine(
            step.title, step.roadblock.looks_like if step.roadblock else "", step.roadblock.steps if step.roadblock else (),
            tuple(_action(action, levels, plan, slug, today) for action in catalogue.in_step(step, known)),
        )
        for step in pack.steps
    )
    still = [line.action for step in steps for line in step.actions if line.is_open]
    template = next(((t.title, f"/templates/{t.id}/") for t in library().catalogue.templates if t.id == pack.template), None)
    return PackPage(
        team, team_tabs(team, "roadmap", me), pack, steps, len(still), sum(action.effort.likely for action in still), levels is not None, template,
        lessons_named(pack.lessons),
    )


def _planned_team(session: Session, me: Me, slug: str) -> tuple[Team, Mapping[str, int] | None]:
    """The team for those who plan, and its levels, None before a round is closed; three statements."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    demand(me, "plan roadmap", team, WHO_PLANS)
    start = starting_point(session, team.id)
    return team, start.levels if start and start.model.id == MODEL else None


def _begin(catalogue: ImprovementCatalogue) -> dict[str, int]:
    """Where a team without a round is taken to begin: every item at level 1."""
    return {action.item: 1 for action in catalogue.actions.values()}


def _in_plan(session: Session, team_id: int) -> dict[str, PlannedAction]:
    rows = session.scalars(
        select(PlannedAction).join(SavedRoadmap, SavedRoadmap.id == PlannedAction.roadmap_id).where(SavedRoadmap.team_id == team_id, SavedRoadmap.is_current)
    )
    return {row.action_id: row for row in rows}


def _action(action: Improvement, levels: Mapping[str, int] | None, plan: Mapping[str, PlannedAction], slug: str, today: date) -> PackAction:
    row = plan.get(action.id)
    if levels is not None and levels.get(action.item, 0) >= action.to_level:
        tag, is_open = DONE, False
    elif row is not None:
        tag, is_open = state_tag(row.state, row.due_on, today), row.state != "done"
    else:
        tag, is_open = (OPEN if levels is None or action.item in levels else UNKNOWN), True
    href = f"/teams/{slug}/roadmap/actions/{action.id}/" if row is not None else f"/items/{action.item}/"
    return PackAction(action, tag, href, lessons_of(action), is_open)


@dataclass(frozen=True)
class PackWishes:
    """A pack as wishes for a plan: pins by action, those the planner may place itself, and those no plan of the team may choose."""

    title: str
    pins: Mapping[str, int]
    waiting: tuple[tuple[str, str], ...]
    outside: tuple[str, ...]


def pack_wishes(pack_id: str, start: StartingPoint, offered: FormOffer, now: InUse, capacity: int, wip: int) -> PackWishes | None:
    """Where the actions of a pack fit beside what is under way; None without such a pack. No statement."""
    catalogue = library().improvements.get(start.model.id)
    pack = next((pack for pack in catalogue.packs if pack.id == pack_id), None) if catalogue else None
    if catalogue is None or pack is None:
        return None
    started = dict(now.started or {})
    names = [name for name in catalogue.in_pack(pack, start.levels) if name not in started]
    offer = set(offered.offer.actions)
    found: Placed = placed(
        _known(start.model.id, [name for name in names if name in offer]), start.levels, [capacity] * USUAL_QUARTERS, wip,
        [(sum(started.values()), len(started))], tuple(started),
    )
    return PackWishes(pack.title, found.quarters, found.left, tuple(name for name in names if name not in offer))


def _known(model_id: str, names: Sequence[str]) -> list[Improvement]:
    return [action for action in (improvement(model_id, name) for name in names) if action is not None]
