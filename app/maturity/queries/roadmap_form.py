"""The page that asks for a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.access import Me, can, fetch
from app.errors import Forbidden
from app.maturity.quarters import next_monday
from app.maturity.queries.packs import PackWishes, pack_wishes
from app.maturity.queries.roadmap_offer import FormOffer, asked_before, form_offer, in_use
from app.maturity.queries.roadmap_start import WHO_PLANS, StartingPoint, starting_point
from app.maturity.wishes import standing
from app.models import SavedRoadmap, Team
from app.records.teams import team_tabs
from assessments.planning.options import USUAL_KEEP_POINTS


@dataclass(frozen=True)
class PlanFormPage:
    """The form that asks for a plan. Without a starting point there is nothing to plan from yet."""

    team: Team
    tabs: tuple[tuple[str, str, bool], ...]
    start: StartingPoint | None
    monday: date
    at_target: tuple[str, ...]
    offered: FormOffer | None
    before: SavedRoadmap | None
    pack: PackWishes | None = None

    @property
    def usual(self) -> dict[str, Any]:
        """What the fields begin with: the team's own days, or those of the plan to try again."""
        then = self.before
        found: dict[str, Any] = {
            "days": self.team.capacity, "wip": self.team.wip, "horizon": 4, "starts_on": self.monday, "target_view": "full",
            "keep_points": USUAL_KEEP_POINTS if self.offered and self.offered.replaces else None,
        }
        if then is not None:
            days = then.capacity[0]
            found |= {
                "days": days, "wip": then.wip, "horizon": then.horizon, "target_view": then.target_view, "label": then.label,
                "most_per_dimension": then.inputs.get("most_per_dimension"),
                **{f"quarter_{number}": own for number, own in enumerate(then.capacity, 1) if own != days},
            }
        return found

    @property
    def standing(self) -> dict[str, str]:
        """What the wishes begin with."""
        if self.offered is None or self.before is None:
            return {f"place.{name}": str(quarter) for name, quarter in self.pack.pins.items()} if self.pack else {}
        shown = standing(self.offered.offer, self.before.inputs)
        if self.before.target_view == "full":
            return shown
        return {name: text for name, text in shown.items() if not name.startswith("target.")}  # those follow from the view


def plan_form_page(session: Session, me: Me, *, slug: str, today: date, like: int | None = None, pack: str = "") -> PlanFormPage:
    """What the form of a plan needs, begun like plan *like* or with a *pack* if there is one; five statements. Forbidden for members who do not plan."""
    team: Team = fetch(session, me, Team, Team.slug == slug)
    if not can(me, "plan roadmap", team):
        raise Forbidden(WHO_PLANS)
    start = starting_point(session, team.id)
    now = in_use(session, team.id)
    offered = form_offer(start, now) if start else None
    return PlanFormPage(
        team, team_tabs(team, "roadmap", me), start, next_monday(today), _at_target(start) if start else (), offered, asked_before(session, me, team.id, like),
        pack_wishes(pack, start, offered, now, team.capacity, team.wip) if pack and start and offered else None,
    )


def _at_target(start: StartingPoint) -> tuple[str, ...]:
    """Dimensions where no item is below its full target."""
    return tuple(
        d.title for d in start.model.dimensions
        if d.id in start.targets and all(start.levels.get(item.id, 9) >= start.targets[d.id] for item in d.all_items() if item.id not in start.out_of_scope)
    )
