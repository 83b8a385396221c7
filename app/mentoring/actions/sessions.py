"""Planning a session, moving it, and writing down one that took place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app import clock
from app.access import Me, fetch
from app.errors import Differing, EditConflict, OutOfOrder, Refused
from app.mentoring.actions.pairings import FUTURE, inside, note_event
from app.mentoring.pairing import NextStep, skipped_to
from app.models import FollowUp, Meeting, MeetingNote, Pairing

HELD = "This session was logged already. Open it to add a note."


def log_session(
    session: Session, me: Me, pairing_id: int, *, held_on: date, minutes: int, competences: Sequence[str], shared: str, private: str,
    next_steps: Sequence[NextStep], planned_id: int | None = None,
) -> int:
    """Write down a session that took place, new or planned before; returns its id. Raises Refused for a day in the future."""
    pairing = inside(session, me, pairing_id)
    _not_ahead(me, held_on)
    if planned_id is None:
        meeting = Meeting(pairing_id=pairing.id, logged_by_id=me.person_id)
        session.add(meeting)
    else:
        meeting = _planned(session, me, pairing, planned_id)
    meeting.state, meeting.held_on, meeting.minutes = "held", held_on, minutes
    meeting.competences, meeting.logged_by_id = list(competences), me.person_id
    session.flush()
    for kind, text in (("shared", shared), ("private", private)):
        if text:
            session.add(MeetingNote(meeting_id=meeting.id, author_id=me.person_id, kind=kind, text=text))
    partner = pairing.mentee_id if me.person_id == pairing.mentor_id else pairing.mentor_id
    session.add_all(
        FollowUp(meeting_id=meeting.id, owner_id=me.person_id if step.mine else partner, text=step.text, due_on=step.due_on) for step in next_steps
    )
    note_event(session, me, pairing, "logged a session")
    return meeting.id


def plan_session(session: Session, me: Me, pairing_id: int, *, held_on: date, starts_at: str, minutes: int, place: str, topic: str) -> None:
    """Put a session into both people's list. Raises Refused for a day that is over or a time that the clocks skip."""
    pairing = inside(session, me, pairing_id)
    _ahead(me, held_on, starts_at)
    session.add(
        Meeting(
            pairing_id=pairing.id, state="planned", held_on=held_on, starts_at=starts_at, minutes=minutes, place=place, topic=topic,
            logged_by_id=me.person_id,
        )
    )
    note_event(session, me, pairing, "planned a session")


def move_session(
    session: Session, me: Me, pairing_id: int, meeting_id: int, *,
    held_on: date, starts_at: str, minutes: int, place: str, topic: str, version: int | None,
) -> None:
    """Change when, where or about what a planned session is. Raises EditConflict when the other one changed it first."""
    pairing = inside(session, me, pairing_id)
    meeting = _planned(session, me, pairing, meeting_id)
    _same(meeting, version, f"{held_on} {starts_at}, {minutes} minutes, {place}", f"{meeting.held_on} {meeting.starts_at}, {meeting.minutes} minutes, {meeting.place}")
    _ahead(me, held_on, starts_at)
    meeting.held_on, meeting.starts_at, meeting.minutes, meeting.place, meeting.topic = held_on, starts_at, minutes, place, topic
    note_event(session, me, pairing, "moved a session")


def cancel_session(session: Session, me: Me, pairing_id: int, meeting_id: int) -> None:
    """Take a planned session out."""
    pairing = inside(session, me, pairing_id)
    session.delete(_planned(session, me, pairing, meeting_id))
    note_event(session, me, pairing, "cancelled a session")


def correct_session(session: Session, me: Me, pairing_id: int, meeting_id: int, *, held_on: date, minutes: int, version: int | None) -> None:
    """Put the date or the length of a held session right; the history keeps both."""
    pairing = inside(session, me, pairing_id)
    meeting: Meeting = fetch(session, me, Meeting, Meeting.id == meeting_id, Meeting.pairing_id == pairing.id, lock=True)
    if meeting.state != "held":
        raise OutOfOrder("This session has not taken place yet. Move it or log it.")
    _same(meeting, version, f"{held_on}, {minutes} minutes", f"{meeting.held_on}, {meeting.minutes} minutes")
    _not_ahead(me, held_on)
    before = f"{meeting.held_on}, {meeting.minutes} minutes"
    meeting.held_on, meeting.minutes = held_on, minutes
    note_event(session, me, pairing, f"corrected a session from {before} to {held_on}, {minutes} minutes")


def _planned(session: Session, me: Me, pairing: Pairing, meeting_id: int) -> Meeting:
    meeting: Meeting = fetch(session, me, Meeting, Meeting.id == meeting_id, Meeting.pairing_id == pairing.id, lock=True)
    if meeting.state != "planned":
        raise OutOfOrder(HELD)
    return meeting


def _same(meeting: Meeting, version: int | None, yours: str, stored: str) -> None:
    if version != meeting.version:
        raise EditConflict((Differing("When and where", yours, stored),), f"/mentoring/pairings/{meeting.pairing_id}/sessions/{meeting.id}/")


def _not_ahead(me: Me, held_on: date) -> None:
    if held_on > clock.today(me.time_zone):
        raise Refused(f"{FUTURE}; a session to come is planned, not logged", "held_on")


def _ahead(me: Me, held_on: date, starts_at: str) -> None:
    if held_on < clock.today(me.time_zone):
        raise Refused("Choose today or a later day; a session that took place is logged, not planned", "held_on")
    valid = skipped_to(held_on, starts_at, me.time_zone)
    if valid:
        raise Refused(f"The clocks go forward that night and skip this time. The next one is {valid}", "starts_at")
