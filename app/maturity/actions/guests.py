"""People from outside: asked in one round by e-mail, without an account, and forgotten when the round is long over."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import clock
from app.access import Me
from app.db import Database
from app.errors import NotVisible, OutOfOrder, Refused
from app.maturity.actions.letters import Sender, invite_by_letter
from app.maturity.actions.rounds import mine_to_run
from app.maturity.actions.steps import in_site_words, note
from app.maturity.closing import GUESTS_STAY
from app.maturity.queries.place import Place
from app.models import AssessmentRound, Guest, Invitation, Person
from app.records.accounts import end_all_sign_ins
from app.records.guests import erase_guests
from app.ui.text import login_key
from assessments import rounds as rules

OUTSIDE = "Outside"


def invite_guest(session: Session, me: Me, *, slug: str, number: int, name: str, email: str, group: str, role: str, sender: Sender) -> None:
    """Ask somebody without an account. Their answers count as of the role Outside; of an open round they get their link at once."""
    here = mine_to_run(session, me, slug, number)
    with in_site_words():
        rules.check_invitation(here.as_rule(), runs_it=here.runs_it)
    if session.scalar(select(Person.id).where(Person.email_key == login_key(email))):
        raise Refused("This e-mail belongs to an account. Invite that account instead", "email")
    asked = select(Person.email).join(Guest, Guest.person_id == Person.id).where(Guest.round_id == here.round.id)
    if any(login_key(known) == login_key(email) for known in session.scalars(asked)):
        raise Refused("This e-mail is on the list already", "email")
    person = Person(
        email=email, email_key=f"guest {secrets.token_hex(16)}", name=name, time_zone=here.zone, disabled_at=sender.now, is_demo=here.team.is_demo,
    )
    session.add(person)
    session.flush()
    session.add(Guest(person_id=person.id, round_id=here.round.id))
    session.add(Invitation(round_id=here.round.id, person_id=person.id, role=f"{OUTSIDE}: {role}" if role else OUTSIDE, group=group))
    session.add(note(me, "invited somebody from outside to a round", here.round, person.id))
    session.flush()
    if here.round.state == "open":
        invite_by_letter(session, me, [here.round], sender, [person.id])


def send_new_link(session: Session, me: Me, *, slug: str, number: int, invitation_id: int, sender: Sender) -> None:
    """A new letter with a new link; the old link stops, and one that was taken away works again."""
    here, guest = _guest(session, me, slug, number, invitation_id)
    if here.round.state != "open" or here.is_late(sender.now):
        raise OutOfOrder("Links are sent while a round takes answers.")
    guest.revoked_at = None
    session.flush()
    invite_by_letter(session, me, [here.round], sender, [guest.person_id])
    session.add(note(me, "sent a new link to somebody from outside", here.round, guest.person_id))
    session.flush()


def take_link_away(session: Session, me: Me, *, slug: str, number: int, invitation_id: int, now: datetime) -> None:
    """The link stops at once, and so does every browser it was opened in. What was submitted stays."""
    here, guest = _guest(session, me, slug, number, invitation_id)
    guest.revoked_at, guest.token_hash = now, None
    end_all_sign_ins(session, guest.person_id, now)
    session.add(note(me, "took the link of somebody from outside away", here.round, guest.person_id))
    session.flush()


def _guest(session: Session, me: Me, slug: str, number: int, invitation_id: int) -> tuple[Place, Guest]:
    here = mine_to_run(session, me, slug, number)
    guest = session.scalars(
        select(Guest).join(Invitation, Invitation.person_id == Guest.person_id)
        .where(Invitation.id == invitation_id, Invitation.round_id == here.round.id, Guest.round_id == here.round.id)
    ).one_or_none()
    if guest is None:
        raise NotVisible
    return here, guest


def forget_guests(database: Database) -> bool:
    """Ninety days after a round is over, name, e-mail, link and sign-ins of its guests go; the answers stay without them.

    A cancelled round is over from the day it was set up. False when there was nobody to forget."""
    before = clock.now() - GUESTS_STAY
    over = select(AssessmentRound.id).where(
        AssessmentRound.state.in_(("closed", "published", "cancelled")), func.coalesce(AssessmentRound.closed_at, AssessmentRound.created_at) < before
    )
    known = select(Guest.person_id).join(Person, Person.id == Guest.person_id).where(Guest.round_id.in_(over), Person.email != "")
    with database.reading() as session:  # a look costs nothing; only work takes the write lock
        if session.scalars(known.limit(1)).first() is None:
            return False
    with database.transaction() as session:
        erase_guests(session, list(session.scalars(known)))
    return True
