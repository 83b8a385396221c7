"""The work behind a plan: the best plan first; what more days or one more action at a time would buy is work of its own, so
that nobody who waits for a plan waits for somebody else's comparisons.

The planner runs while no transaction is open; each answer is stored as soon as it is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app import clock
from app.content import library
from app.db import Database
from app.jobs import Progress, ask_for
from app.models import SavedRoadmap
from assessments.errors import InvalidProblem
from assessments.planning.document import Model, PlanRequest, plan_request, roadmap_fields
from assessments.planning.reasons import whys
from assessments.roadmap import plan_roadmap

PLAN, COMPARE = "plan roadmap", "compare plans"
VARIANT_SECONDS = 20


@dataclass(frozen=True)
class Variant:
    """The same problem with `days` more person-days in each quarter, `at_a_time` more actions and `quarters` more like the last."""

    days: int
    at_a_time: int
    says: str
    quarters: int = 0

    def of(self, problem: dict[str, Any]) -> dict[str, Any]:
        """The problem with that much more."""
        capacity = [days + self.days for days in problem["capacity"]]
        capacity += capacity[-1:] * self.quarters
        return problem | {
            "capacity": capacity, "horizon": len(capacity), "wip": problem["wip"] + self.at_a_time, "time_limit_s": VARIANT_SECONDS,
        }


VARIANTS = (
    Variant(1, 0, "Trying one more day a quarter"),
    Variant(2, 0, "Trying two more days a quarter"),
    Variant(5, 0, "Trying five more days a quarter"),
    Variant(10, 0, "Trying ten more days a quarter"),
    Variant(0, 1, "Trying one more action at a time"),
    Variant(0, 0, "Trying one more quarter", quarters=1),
)


def solve(database: Database, roadmap_id: int, progress: Progress) -> None:
    """Work out a saved roadmap and ask for its comparisons. Begun again after a stop, it keeps a plan that is stored already."""
    problem, plan, _ = asked(database, roadmap_id)
    try:
        if plan is None:
            store(database, roadmap_id, state="solving", failure="")
            progress(10, "Looking for the best plan")
            plan = planned(problem)
            store(database, roadmap_id, state="ready", plan=plan, sensitivity=[], solved_at=clock.now())
        with database.transaction() as session:
            ask_for(session, COMPARE, roadmap_id)
    except InvalidProblem as fault:
        store(database, roadmap_id, state="failed", failure=" ".join(fault.problems))
    except Exception:
        store(database, roadmap_id, **({"state": "failed", "failure": UNEXPECTED} if plan is None else {}))
        raise


def compare(database: Database, roadmap_id: int, progress: Progress) -> None:
    """Plan each variant of a saved roadmap. Begun again after a stop, it goes on behind what is stored already."""
    problem, plan, found = asked(database, roadmap_id)
    if plan is None:
        return
    chosen = {entry["action"] for entry in plan["plan"]}
    for place, variant in enumerate(VARIANTS[len(found):], len(found)):
        progress(100 * place // len(VARIANTS), variant.says)
        found.append(compared(variant, planned(variant.of(problem)), chosen))
        store(database, roadmap_id, sensitivity=list(found))


def asked(database: Database, roadmap_id: int) -> tuple[dict[str, Any], dict[str, Any] | None, list[dict[str, Any]]]:
    """The problem of a saved roadmap, its plan once there is one, and the comparisons stored so far."""
    with database.reading() as session:
        roadmap = session.scalars(select(SavedRoadmap).where(SavedRoadmap.id == roadmap_id)).one()
        return roadmap.inputs, roadmap.plan, list(roadmap.sensitivity or [])


UNEXPECTED = "The planner stopped before it had a plan. Ask for the plan again; if that does not help, tell your administrator."


def store(database: Database, roadmap_id: int, **values: Any) -> None:
    """Write some columns of the roadmap in a transaction of their own."""
    with database.transaction() as session:
        roadmap = session.scalars(select(SavedRoadmap).where(SavedRoadmap.id == roadmap_id).with_for_update()).one()
        for name, value in values.items():
            setattr(roadmap, name, value)


def planned(problem: dict[str, Any]) -> dict[str, Any]:
    """The answer of the planner, with the figures of every candidate so that the page never has to ask it again."""
    request: PlanRequest = plan_request(problem, model)
    roadmap = plan_roadmap(request.problem, time_limit_s=request.time_limit_s)
    found = roadmap_fields(roadmap, with_lift=True)
    found["why"] = {
        why.action: {"rank": why.rank, "among": why.among, "opens": list(why.opens), "opens_points": why.opens_points, "now": why.now}
        for why in whys(request.problem, roadmap.quarters)
    }
    found["candidates"] = {
        c.id: {"value": c.value, "effort": int(c.effort), "weeks": c.weeks, "needs": list(c.needs), "lift": float(c.lift)}
        for c in request.problem.candidates
    }
    return found


def compared(variant: Variant, answer: dict[str, Any], chosen: set[str]) -> dict[str, Any]:
    """A row of the table: what a variant is worth, and which actions come and go."""
    theirs = {entry["action"] for entry in answer["plan"]}
    return {
        "days": variant.days, "at_a_time": variant.at_a_time, "quarters": variant.quarters, "status": answer["status"], "value": answer["value"],
        "effort": answer["effort"], "lift": answer["lift"], "added": sorted(theirs - chosen), "dropped": sorted(chosen - theirs),
    }


def model(name: str) -> Model:
    """A questionnaire with its improvement actions, from the content of this installation."""
    held = library()
    if name not in held.questionnaires or name not in held.improvements:
        raise InvalidProblem([f"The model {name} or its improvement actions are no longer installed."])
    return held.questionnaires[name], held.improvements[name]
