"""The early warning on the plan of a team: which of the usual roadblocks show, and what to do about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.maturity.queries.roadmap_pace import Progress
from app.maturity.queries.roadmap_start import StartingPoint
from app.records.measures import series_of
from assessments.roadblocks import Roadblock, is_time_to_stop, warned

MODEL = "pmo-maturity"
PACK = "roadblocks"


@dataclass(frozen=True)
class Warning:
    """A roadblock that shows, with its signs and what to do first."""

    roadblock: Roadblock
    signs: tuple[str, ...]
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Roadblocks:
    """All that show. `is_stop` when every one does: then nothing should be added before one has moved."""

    found: tuple[Warning, ...]
    is_stop: bool
    pack: str


def roadblocks_of(
    session: Session, me: Me, team_id: int, slug: str, plans: bool, start: StartingPoint | None, progress: Progress | None, in_plan: Mapping[str, str]
) -> Roadblocks | None:
    """What to warn of, None when no sign is there; one statement.

    Signs from levels are for those who plan (*plans*): others may not have been shown the result, so there is no *start*. *in_plan* is the
    state of each action."""
    catalogue = library().improvements.get(MODEL)
    pack = next((pack for pack in catalogue.packs if pack.id == PACK), None) if catalogue else None
    if catalogue is None or pack is None:
        return None
    blocks = [step.roadblock for step in pack.steps if step.roadblock]
    levels = dict(start.levels) if start and start.model.id == MODEL else {}
    held = series_of(session, me, [team_id], sorted({kpi for block in blocks for kpi in block.kpis}))[team_id]
    states = {kpi: [series.state(quarter) for quarter in sorted(series.rows)] for kpi, series in held.items()}
    late = len({sign.id for sign in progress.signs}) if progress else 0
    found = warned(blocks, levels, states, {name: kpi.name for name, kpi in library().kpis.items()}, late)
    if not found:
        return None
    return Roadblocks(
        tuple(Warning(one.roadblock, one.signs, tuple((name, f"/teams/{slug}/roadmap/actions/{name}/") for name, state in in_plan.items()
                                                     if name.startswith(f"{one.roadblock.item}.") and state not in ("done", "dropped"))) for one in found),
        is_time_to_stop(found, len(blocks)), f"/teams/{slug}/roadmap/packs/{PACK}/" if plans else "",
    )
