"""Carrying out an action: its state, steps, evidence, owner, due date and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.access import Me, demand
from app.errors import OutOfOrder, Refused
from app.maturity.action_states import MOVES, refusal
from app.maturity.actions.changes import remembered
from app.maturity.queries.actions_of_plan import planned_action
from app.maturity.queries.roadmap_board import improvement
from app.models import ActionNote, Event, Membership, Person, PlannedAction
from app.records.editing import demand_version

WHO_CARRIES = "The owner of the action, the lead of the team and the PMO lead keep it up to date."
WHO_LEADS = "Owner, due date and dropping are for the lead of the team and the PMO lead."
NOT_IN_USE = "The plan of this action is no longer in use, so it is kept as it was. Look for the action in the plan in use."
STARTED = ("in progress", "blocked", "done")


def move(
    session: Session, me: Me, *, slug: str, action_id: str, name: str, version: int | None, now: datetime, reason: str = "", evidence: str = "", actual_days: int | None = None,
) -> None:
    """Take the step *name*. OutOfOrder when the state does not allow it."""
    step = MOVES[name]
    action = open_action(session, me, slug, action_id, step.lead_only)
    no = refusal(action.state, step)
    if no:
        raise OutOfOrder(no)
    wanted: Mapping[str, tuple[str, Any]] = {"reason": {"state_reason": ("Reason", reason)}, "evidence": _proof(evidence, actual_days)}.get(step.asks, {})
    demand_version(action, version, wanted, address(slug, action_id))
    with remembered(session, me, action.roadmap, f"{step.done_words}: {action_id}", [action]):
        action.state, action.state_reason = step.after, reason
        if step.asks == "evidence":
            action.evidence, action.actual_days = evidence, actual_days
        if step.after == "planned":
            action.started_at = None
        elif action.started_at is None and step.after == "in progress":
            action.started_at = now
        action.ended_at = now if step.after in ("done", "dropped") else None
    note_step(session, me, step.done_words, action, reason=reason)


def tick_steps(session: Session, me: Me, *, slug: str, action_id: str, version: int | None, steps: Sequence[int]) -> None:
    """Store which steps of a worked action are done."""
    action = open_action(session, me, slug, action_id)
    demand_version(action, version, {}, address(slug, action_id))
    known = improvement(str(action.roadmap.inputs.get("model", "")), action_id)
    done = sorted({step for step in steps if known and 1 <= step <= len(known.steps)})
    if done != sorted(action.steps_done):
        action.steps_done = done
        note_step(session, me, f"ticked {len(done)} of {len(known.steps) if known else 0} steps", action)


def _proof(evidence: str, actual_days: int | None) -> Mapping[str, tuple[str, Any]]:
    return {"evidence": ("Evidence", evidence), "actual_days": ("Person-days it took", actual_days)}


def save_evidence(
    session: Session, me: Me, *, slug: str, action_id: str, version: int | None, evidence: str, actual_days: int | None = None
) -> None:
    """Store what shows that the action is done and what it took, without marking it as done."""
    action = open_action(session, me, slug, action_id)
    demand_version(action, version, _proof(evidence, actual_days), address(slug, action_id))
    if (action.evidence, action.actual_days) != (evidence, actual_days):
        action.evidence, action.actual_days = evidence, actual_days
        note_step(session, me, "wrote the evidence", action)


def assign(
    session: Session, me: Me, *, slug: str, action_id: str, version: int | None, owner_id: int | None, due_on: date, reason: str
) -> None:
    """Name the owner and the due date; once the action is started, with a reason."""
    action = open_action(session, me, slug, action_id, leads=True)
    owner = _member(session, action.roadmap.team_id, owner_id)
    demand_version(action, version, {"due_on": ("Due on", due_on)}, address(slug, action_id))
    if due_on < action.roadmap.starts_on:
        raise Refused("Choose a day after the start of the plan", "due_on")
    changed = [words for words, differs in (("changed the owner", action.owner_id != owner_id), ("moved the due date", action.due_on != due_on)) if differs]
    if changed and action.state in STARTED and not reason:
        raise Refused("Say why: the action has been started", "changed_because")
    with remembered(session, me, action.roadmap, f"changed owner or due date: {action_id}", [action]):
        action.owner_id, action.due_on = owner_id, due_on
    for words in changed:
        detail = (owner.name if owner else "nobody") if "owner" in words else due_on.isoformat()
        note_step(session, me, words, action, reason=reason, to=detail, subject_id=owner_id if "owner" in words else None)


def add_note(session: Session, me: Me, *, slug: str, action_id: str, text: str) -> None:
    """Write a note; everybody who sees the action may."""
    action = _in_use(planned_action(session, me, slug=slug, action_id=action_id))
    session.add(ActionNote(planned_action_id=action.id, person_id=me.person_id, text=text))
    session.flush()


def address(slug: str, action_id: str) -> str:
    """Where the action is shown."""
    return f"/teams/{slug}/roadmap/actions/{action_id}/"


def open_action(session: Session, me: Me, slug: str, action_id: str, leads: bool = False) -> PlannedAction:
    """The action of the plan in use, held, if I may carry it out (with *leads*: decide about it). Raises NotVisible, Forbidden, OutOfOrder."""
    action = planned_action(session, me, slug=slug, action_id=action_id, lock=True)
    demand(me, "carry out action", action, WHO_CARRIES)
    if leads:
        demand(me, "lead action", action.roadmap.team, WHO_LEADS)
    return _in_use(action)


def _in_use(action: PlannedAction) -> PlannedAction:
    if not action.roadmap.is_current:
        raise OutOfOrder(NOT_IN_USE)
    return action


def _member(session: Session, team_id: int, person_id: int | None) -> Person | None:
    if person_id is None:
        return None
    inside = exists().where(Membership.person_id == Person.id, Membership.team_id == team_id)
    found = session.scalars(select(Person).where(Person.id == person_id, Person.disabled_at.is_(None), inside)).one_or_none()
    if found is None:
        raise Refused("Choose an owner from the list", "owner")
    return found


def note_step(session: Session, me: Me, what: str, action: PlannedAction, *, reason: str = "", to: str = "", subject_id: int | None = None) -> None:
    """An entry in the history of the action."""
    detail = {name: value for name, value in (("action", action.action_id), ("reason", reason), ("to", to)) if value}
    session.add(Event(person_id=me.person_id, subject_id=subject_id, what=what, thing="action", thing_id=str(action.id), detail=detail))
    session.flush()
