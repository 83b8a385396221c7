"""Asking for a plan, and taking one into use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me, demand, fetch
from app.errors import OutOfOrder, Refused
from app.jobs import ask_for
from app.maturity.quarters import due_on
from app.maturity.queries.roadmap_offer import in_use
from app.maturity.queries.roadmap_start import WHO_PLANS, starting_point
from app.maturity.solving import PLAN, model
from app.maturity.wishes import Wishes
from app.models import Event, PlannedAction, SavedRoadmap, Team
from assessments.errors import InvalidProblem
from assessments.planning.document import plan_request
from assessments.planning.problem import checked

PLANNING_RULES = "2"
CARRIED = ("in progress", "blocked")


def ask_for_plan(
    session: Session, me: Me, *, slug: str, days: int, by_quarter: Sequence[int | None], wip: int, horizon: int, starts_on: date, target_view: str,
    label: str = "", most_per_dimension: int | None = None, keep_points: int | None = None, wishes: Wishes | None = None,
) -> int:
    """Store what a plan is to be made from and note the work; the number of the plan."""
    team: Team = fetch(session, me, Team, Team.slug == slug, lock=True)
    demand(me, "plan roadmap", team, WHO_PLANS)
    capacity = _capacity(days, by_quarter, horizon)
    if starts_on.weekday() != 0:
        raise Refused("Choose a Monday: the weeks of a plan begin on Mondays", "starts_on")
    start = starting_point(session, team.id)
    if start is None:
        raise OutOfOrder("A plan starts from a closed round with answers. Close a round first, then plan.")
    problem = (wishes or Wishes()).added_to(start.problem(target_view=target_view, capacity=capacity, wip=wip))
    if most_per_dimension is not None:
        problem["most_per_dimension"] = most_per_dimension
    stays = in_use(session, team.id).keep(starts_on, horizon) if keep_points else {}
    if stays:
        problem |= {"keep": stays, "keep_points": keep_points}
    _demand_possible(problem)
    number = (session.scalar(select(func.max(SavedRoadmap.number)).where(SavedRoadmap.team_id == team.id)) or 0) + 1
    roadmap = SavedRoadmap(
        team_id=team.id, round_id=start.round_id, number=number, target_view=target_view, starts_on=starts_on, horizon=horizon,
        capacity=capacity, wip=wip, model_version=start.model_version, rules_version=PLANNING_RULES,
        inputs=problem, created_by_id=me.person_id, label=label,
    )
    session.add(roadmap)
    session.flush()
    ask_for(session, PLAN, roadmap.id)
    session.add(_note(me, "asked for a plan", roadmap))
    return number


def _demand_possible(problem: dict[str, Any]) -> None:
    """Refuse what the planner would refuse, before anything is stored."""
    try:
        checked(plan_request(problem, model).problem)
    except InvalidProblem as fault:
        raise Refused(" ".join(fault.problems)) from None


def _capacity(days: int, by_quarter: Sequence[int | None], horizon: int) -> list[int]:
    for number, own in enumerate(by_quarter, 1):
        if own is not None and number > horizon:
            raise Refused(f"The plan ends after quarter {horizon}. Leave quarter {number} empty or plan further ahead", f"quarter_{number}")
    return [days if own is None else own for own in (*by_quarter, *[None] * horizon)][:horizon]


def adopt_plan(session: Session, me: Me, *, slug: str, number: int, now: datetime, because: str = "") -> None:
    """Make a worked-out plan the one the team carries out; what is under way goes on in it with owner, steps and state."""
    team: Team = fetch(session, me, Team, Team.slug == slug, lock=True)
    demand(me, "plan roadmap", team, WHO_PLANS)
    roadmap: SavedRoadmap = fetch(session, me, SavedRoadmap, SavedRoadmap.team_id == team.id, SavedRoadmap.number == number, lock=True)
    if roadmap.is_current or roadmap.adopted_at is not None:
        raise OutOfOrder("This plan has been taken into use before. Plan again to start from how things stand now.")
    if roadmap.state != "ready" or not roadmap.plan or not roadmap.plan["plan"]:
        raise OutOfOrder("There is nothing in this plan to carry out.")
    before = session.scalars(select(SavedRoadmap).where(SavedRoadmap.team_id == team.id, SavedRoadmap.is_current).with_for_update()).one_or_none()
    running: dict[str, PlannedAction] = {}
    if before is not None and not because:
        raise Refused(f"Say why plan {number} is better than plan {before.number}, which is in use", "adopted_because")
    if before is not None:
        running = {action.action_id: action for action in before.actions if action.state in CARRIED}
        before.is_current = False
        session.flush()
    roadmap.is_current, roadmap.adopted_at = True, now
    roadmap.adopted_by_id, roadmap.adopted_because = me.person_id, because
    session.add_all(_planned(roadmap, entry, running.get(entry["action"])) for entry in roadmap.plan["plan"])
    session.add(_note(me, "took the plan into use", roadmap))
    session.flush()


def _planned(roadmap: SavedRoadmap, entry: dict[str, object], running: PlannedAction | None) -> PlannedAction:
    week = int(str(entry["finish_week"]))
    action = PlannedAction(
        roadmap_id=roadmap.id, action_id=entry["action"], quarter=entry["quarter"], finish_week=week, value=entry["value"],
        effort=entry["effort"], role=entry["role"], due_on=due_on(roadmap.starts_on, week),
    )
    if running is not None:
        for name in ("state", "state_reason", "owner_id", "steps_done", "evidence", "actual_days", "started_at"):
            setattr(action, name, getattr(running, name))
    return action


def _note(me: Me, what: str, roadmap: SavedRoadmap) -> Event:
    return Event(person_id=me.person_id, what=what, thing="roadmap", thing_id=str(roadmap.id), detail={"number": roadmap.number})


