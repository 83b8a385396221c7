"""Asking for a mentor, and the answer: a request becomes a pairing, or it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.access import Me, fetch, visible
from app.errors import NotVisible, OutOfOrder, Refused
from app.mentoring.pairing import AgreedGoal, free_slots
from app.models import Event, Goal, Membership, MentorProfile, Pairing, Person

LIVE = ("requested", "active")
TWICE = "You have asked already, or you work together now. Look under your own pairings."
ANSWERED = {
    "declined": "This request was declined.",
    "withdrawn": "This request was withdrawn.",
    "active": "This request was accepted. Go on in the pairing.",
    "ended": "This request became a pairing that has ended.",
}


def ask_mentor(session: Session, me: Me, mentor_id: int, *, wish: str) -> int:
    """Send a request; returns its id. Raises NotVisible, or Refused with the rule that says no."""
    profile = session.scalars(visible(me, MentorProfile).where(MentorProfile.person_id == mentor_id)).one_or_none()
    if mentor_id == me.person_id:
        raise Refused("Choose somebody else: nobody can be their own mentor.")
    if profile is None:
        raise NotVisible
    mentor = _both(session, me.person_id, mentor_id)[mentor_id]
    _may_ask(session, me, profile, mentor)
    pairing = Pairing(mentor_id=mentor_id, mentee_id=me.person_id, state="requested", wish=wish)
    try:
        with session.begin_nested():
            session.add(pairing)
            session.flush()
    except IntegrityError:
        raise Refused(TWICE) from None
    session.add(Event(person_id=me.person_id, subject_id=mentor_id, what="asked for a mentor", thing="pairing", thing_id=str(pairing.id)))
    return pairing.id


def _both(session: Session, one: int, other: int) -> dict[int, Person]:
    """The two people, locked in order of id, so that two who ask each other at once do not both get through."""
    people = session.scalars(select(Person).where(Person.id.in_((one, other))).order_by(Person.id).with_for_update(key_share=True))
    return {person.id: person for person in people}


def _may_ask(session: Session, me: Me, profile: MentorProfile, mentor: Person) -> None:
    if profile.approved_at is None or profile.state in ("draft", "suspended"):
        raise Refused(f"A PMO lead has to approve {mentor.name} as a mentor first.")
    if profile.state == "paused" or mentor.disabled_at:
        raise Refused(f"{mentor.name} has paused and takes on nobody at present. Choose another mentor, or ask again later.")
    if _leads(session, mentor.id, me.person_id):
        raise Refused(f"{mentor.name} leads your team. A mentor does not manage or appraise: choose somebody from outside your team's lead.")
    live = session.execute(
        select(Pairing.mentor_id, Pairing.mentee_id).where(
            Pairing.state.in_(LIVE),
            or_(
                Pairing.mentor_id == mentor.id,
                and_(Pairing.mentor_id == me.person_id, Pairing.mentee_id == mentor.id),
            ),
        )
    ).all()
    if (mentor.id, me.person_id) in live:
        raise Refused(TWICE)
    if (me.person_id, mentor.id) in live:
        raise Refused(f"You mentor {mentor.name}, or they have asked you to. Two people cannot mentor each other at the same time.")
    if not free_slots(profile.capacity, _taken(session, mentor.id)):
        raise Refused(f"{mentor.name} has no free place at present. Choose another mentor, or ask again when a pairing has ended.")


def _leads(session: Session, mentor_id: int, mentee_id: int) -> bool:
    """Whether the mentor leads a team of the mentee."""
    teams = select(Membership.team_id).where(Membership.person_id == mentee_id)
    return session.scalar(select(Membership.id).where(Membership.person_id == mentor_id, Membership.is_lead, Membership.team_id.in_(teams)).limit(1)) is not None


def _taken(session: Session, mentor_id: int) -> set[int | None]:
    return set(session.scalars(select(Pairing.slot).where(Pairing.mentor_id == mentor_id, Pairing.state == "active")))


def accept_request(
    session: Session, me: Me, pairing_id: int, *, goals: Sequence[AgreedGoal], rhythm: str, limits: str, ends_on: date
) -> None:
    """Say yes as the mentor who was asked, with what is agreed. Raises NotVisible, OutOfOrder, Refused."""
    pairing = _asked_of_me(session, me, pairing_id)
    today = clock.today(me.time_zone)
    _check_agreement(goals, ends_on, today)
    profile = session.scalars(select(MentorProfile).where(MentorProfile.person_id == me.person_id).with_for_update(read=True)).one_or_none()
    if profile is None or profile.approved_at is None or profile.state == "suspended":
        raise Refused("A PMO lead has to approve your mentor card before you can accept.")
    if _leads(session, me.person_id, pairing.mentee_id):
        raise Refused("You lead a team of this person, so you cannot be their mentor. Decline, and suggest somebody else.")
    pairing.rhythm, pairing.limits, pairing.agreed_on, pairing.ends_on = rhythm, limits, today, ends_on
    _take_place(session, pairing, profile.capacity)
    session.add_all(
        Goal(pairing_id=pairing.id, competence_id=g.competence, text=g.text, from_level=g.from_level, to_level=g.to_level, due_on=g.due_on)
        for g in goals
    )
    session.add(_event(me, pairing, "accepted a mentoring request"))


def _take_place(session: Session, pairing: Pairing, capacity: int) -> None:
    """Take the first free place that nobody else takes at the same moment: the unique index decides, not a count."""
    session.flush()
    for slot in free_slots(capacity, _taken(session, pairing.mentor_id)):
        try:
            with session.begin_nested():
                pairing.state, pairing.slot = "active", slot
                session.flush()
            return
        except IntegrityError:
            session.refresh(pairing)
    places = "Your one place is" if capacity == 1 else f"All {capacity} of your places are"
    raise Refused(f"{places} taken. End a pairing, offer more places on your card, or decline for now.")


def _check_agreement(goals: Sequence[AgreedGoal], ends_on: date, today: date) -> None:
    if ends_on <= today:
        raise Refused("Choose a day after today", "ends_on")
    for number, goal in enumerate(goals):
        if not today <= goal.due_on <= ends_on:
            raise Refused("Choose a day from today to the end of the pairing", f"due{goal.row}")
        if goal.competence in {earlier.competence for earlier in goals[:number]}:
            raise Refused("Choose each competence once", f"competence{goal.row}")


def decline_request(session: Session, me: Me, pairing_id: int, *, reason: str) -> None:
    """Say no as the mentor who was asked; the mentee reads the reason."""
    pairing = _asked_of_me(session, me, pairing_id)
    pairing.state, pairing.answer_reason = "declined", reason
    session.add(_event(me, pairing, "declined a mentoring request"))


def withdraw_request(session: Session, me: Me, pairing_id: int) -> None:
    """Take my own request back before it is answered."""
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, Pairing.mentee_id == me.person_id, lock=True)
    _still_open(pairing)
    pairing.state = "withdrawn"
    session.add(_event(me, pairing, "withdrew a mentoring request"))


def _asked_of_me(session: Session, me: Me, pairing_id: int) -> Pairing:
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, Pairing.mentor_id == me.person_id, lock=True)
    _still_open(pairing)
    return pairing


def _still_open(pairing: Pairing) -> None:
    if pairing.state != "requested":
        raise OutOfOrder(ANSWERED[pairing.state])


def _event(me: Me, pairing: Pairing, what: str) -> Event:
    other = pairing.mentee_id if me.person_id == pairing.mentor_id else pairing.mentor_id
    return Event(person_id=me.person_id, subject_id=other, what=what, thing="pairing", thing_id=str(pairing.id))
