"""What the two do with their pairing: tick follow-ups, close goals, tell the lead, end."""

from __future__ import annotations

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import clock
from app.access import Me, fetch, own_pairing, visible
from app.errors import EditConflict, NotVisible, OutOfOrder, Refused
from app.mentoring.pairing import NOT_YET
from app.models import Event, FollowUp, Goal, Meeting, Pairing

OVER = "This pairing has ended. It can be read, but nothing more is written in it."
FUTURE = "Choose today or an earlier day"


def inside(session: Session, me: Me, pairing_id: int) -> Pairing:
    """The running pairing of mine, locked. Raises NotVisible, or OutOfOrder when it has not begun or is over."""
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, own_pairing(me), lock=True)
    if pairing.state != "active":
        raise OutOfOrder(OVER if pairing.state == "ended" else NOT_YET)
    return pairing


def note_event(session: Session, me: Me, pairing: Pairing, what: str) -> None:
    """Write down who did what in the pairing; never the words of a note."""
    other = pairing.mentee_id if me.person_id == pairing.mentor_id else pairing.mentor_id
    session.add(Event(person_id=me.person_id, subject_id=other, what=what, thing="pairing", thing_id=str(pairing.id)))


def tick_follow_up(session: Session, me: Me, pairing_id: int, follow_up_id: int, *, done: bool) -> None:
    """Mark a follow-up done, or open again. Both of the pairing may."""
    pairing = inside(session, me, pairing_id)
    found: FollowUp = fetch(
        session, me, FollowUp, FollowUp.id == follow_up_id,
        FollowUp.meeting_id.in_(select(Meeting.id).where(Meeting.pairing_id == pairing.id)), lock=True,
    )
    if done == (found.done_at is not None):
        raise OutOfOrder("This follow-up is ticked already." if done else "This follow-up is open already.")
    found.done_at = clock.now() if done else None
    note_event(session, me, pairing, "ticked a follow-up" if done else "opened a follow-up again")


def close_goal(session: Session, me: Me, pairing_id: int, goal_id: int, *, state: str, ended_on: date, version: int | None) -> None:
    """Say that a goal is reached or dropped, and when. Raises Refused for a day in the future, OutOfOrder when it is closed."""
    pairing = inside(session, me, pairing_id)
    goal: Goal = fetch(session, me, Goal, Goal.id == goal_id, Goal.pairing_id == pairing.id, lock=True)
    if goal.state != "open":
        raise OutOfOrder(f"This goal is {goal.state} already.")
    if version != goal.version:
        raise EditConflict(back=f"/mentoring/pairings/{pairing_id}/")
    if ended_on > clock.today(me.time_zone):
        raise Refused(FUTURE, "ended_on")
    if pairing.agreed_on and ended_on < pairing.agreed_on:
        raise Refused("Choose a day on which this pairing was running", "ended_on")
    goal.state, goal.ended_on = state, ended_on
    note_event(session, me, pairing, f"marked a goal as {state}")


def tell_lead(session: Session, me: Me, pairing_id: int, *, shown: bool) -> None:
    """As the mentee, let the leads of my teams see that this pairing exists, or no longer."""
    running = fetch(session, me, Pairing, Pairing.id == pairing_id, Pairing.mentee_id == me.person_id)
    pairing = inside(session, me, running.id)
    pairing.shown_to_lead = shown
    note_event(session, me, pairing, "told the lead of a pairing" if shown else "hid a pairing from the lead")


def end_pairing(session: Session, me: Me, pairing_id: int, *, words: str) -> str:
    """End a pairing without fault: either of the two, or a PMO lead. What was planned is taken out. Returns where to look next."""
    pairing = session.scalars(visible(me, Pairing).where(Pairing.id == pairing_id).with_for_update(of=Pairing)).one_or_none()
    if pairing is None or not may_end(me, pairing):
        raise NotVisible
    if pairing.state != "active":
        raise OutOfOrder("This pairing has ended already." if pairing.state == "ended" else NOT_YET)
    pairing.state, pairing.ended_at, pairing.end_note = "ended", clock.now(), words
    session.execute(delete(Meeting).where(Meeting.pairing_id == pairing.id, Meeting.state == "planned"))
    note_event(session, me, pairing, "ended a pairing")
    return f"/mentoring/pairings/{pairing_id}/" if me.person_id in (pairing.mentor_id, pairing.mentee_id) else "/mentoring/programme/"


def may_end(me: Me, pairing: Pairing) -> bool:
    """The two themselves and PMO leads may end; a lead who only knows of the pairing may not."""
    return me.is_pmo_lead or me.person_id in (pairing.mentor_id, pairing.mentee_id)
