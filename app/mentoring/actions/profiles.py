"""Offering to mentor, and the approval that makes an offer public."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import clock
from app.access import Me, demand, fetch
from app.errors import Differing, EditConflict, OutOfOrder, Refused
from app.models import Event, MentorProfile, Pairing, Person

APPROVERS = "Only a PMO lead approves or suspends mentors, and nobody does it for their own card."
SUSPENDED = "Your card is suspended. Speak to your PMO lead; you can still change its text."


def save_profile(session: Session, me: Me, *, about: str, competences: list[str], capacity: int, version: int | None) -> None:
    """Write my own card. Raises Refused when fewer places are offered than are taken, EditConflict for an older page."""
    profile = _own(session, me)
    if profile is None:
        profile = MentorProfile(person_id=me.person_id, state="draft")
        session.add(profile)
    elif version != profile.version:
        raise EditConflict((Differing("What you can help with", about, profile.about),), "/mentoring/profile/")
    taken = session.scalar(select(func.count()).where(Pairing.mentor_id == me.person_id, Pairing.state == "active")) or 0
    if capacity < taken:
        raise Refused(f"You mentor {taken} people now. Enter at least {taken}, or end a pairing first", "capacity")
    profile.about, profile.competences, profile.capacity = about, competences, capacity
    session.flush()
    session.add(Event(person_id=me.person_id, what="wrote the mentor card", thing="mentor profile", thing_id=str(profile.id)))


def publish_profile(session: Session, me: Me) -> None:
    """Show my card, once a PMO lead has approved it."""
    _move(session, me, ("draft", "paused"), "published", "published the mentor card")


def pause_profile(session: Session, me: Me) -> None:
    """Take my card out of the list; running pairings go on."""
    _move(session, me, ("published",), "paused", "paused the mentor card")


def _move(session: Session, me: Me, before: tuple[str, ...], after: str, what: str) -> None:
    profile = _own(session, me)
    if profile is None:
        raise OutOfOrder("Write your mentor card first, then publish it.")
    if profile.state not in before:
        raise OutOfOrder(SUSPENDED if profile.state == "suspended" else f"Your card is {profile.state} already.")
    profile.state = after
    session.add(Event(person_id=me.person_id, what=what, thing="mentor profile", thing_id=str(profile.id)))


def _own(session: Session, me: Me) -> MentorProfile | None:
    return session.scalars(select(MentorProfile).where(MentorProfile.person_id == me.person_id).with_for_update()).one_or_none()


def approve_mentor(session: Session, me: Me, person_id: int) -> None:
    """A PMO lead lets somebody else mentor. A suspended card is open again. Raises Forbidden, OutOfOrder."""
    profile: MentorProfile = fetch(session, me, MentorProfile, MentorProfile.person_id == person_id, lock=True)
    demand(me, "approve mentor", profile, APPROVERS)
    waits = profile.state in ("published", "paused") and profile.approved_at is None
    if not waits and profile.state != "suspended":
        raise OutOfOrder("This card is not waiting for approval.")
    profile.approved_at = clock.now()
    if profile.state == "suspended":
        profile.state = "published"
    _mark(session, me, profile, True, "approved a mentor")


def suspend_mentor(session: Session, me: Me, person_id: int) -> None:
    """A PMO lead takes somebody else's card away; running pairings go on. Raises Forbidden, OutOfOrder."""
    profile: MentorProfile = fetch(session, me, MentorProfile, MentorProfile.person_id == person_id, lock=True)
    demand(me, "approve mentor", profile, APPROVERS)
    if profile.state not in ("published", "paused"):
        raise OutOfOrder(f"This card is {profile.state}, so there is nothing to suspend.")
    profile.state, profile.approved_at = "suspended", None
    _mark(session, me, profile, False, "suspended a mentor")


def _mark(session: Session, me: Me, profile: MentorProfile, is_mentor: bool, what: str) -> None:
    session.execute(update(Person).where(Person.id == profile.person_id).values(is_mentor=is_mentor))
    session.add(Event(person_id=me.person_id, subject_id=profile.person_id, what=what, thing="mentor profile", thing_id=str(profile.id)))
