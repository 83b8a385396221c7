"""Writing to those asked in a round: on opening, on inviting, as a reminder, when the closing day moves."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import clock
from app.access import Me
from app.db import Database
from app.errors import OutOfOrder
from app.mail import Mail, post_all
from app.maturity import letters
from app.maturity.closing import may_be_written_to, reminder_is_due
from app.maturity.queries.answering import minutes
from app.maturity.queries.place import ZONE
from app.maturity.queries.promises import promises
from app.models import (
    AssessmentRound,
    AutomaticReminder,
    Guest,
    Invitation,
    InvitationLetter,
    JointRound,
    JointTeam,
    Person,
    Team,
)
from app.records.accounts import hashed
from app.records.results import model_of

Write = Callable[[letters.About, letters.To], tuple[str, str]]
WRITTEN = "Everybody {who} was written to less than a day ago. Wait until tomorrow; nobody gets two letters a day."


@dataclass(frozen=True)
class Sender:
    """Where links lead to, and the moment of writing."""

    base_url: str
    now: datetime


def invite_by_letter(session: Session, me: Me, rounds: Sequence[AssessmentRound], sender: Sender, only: Sequence[int] = (), asks: str = "") -> int:
    """Ask everybody on the lists of open *rounds*, or the people of *only*, by letter; how many letters. *asks* is who asks, where it is not me."""
    asked = Invitation.person_id.in_(only) if only else Invitation.id.is_not(None)
    return _write(session, rounds, sender, lambda about, to: letters.invitation(about, to, asks or me.name), asked)


def tell_of_move(session: Session, rounds: Sequence[AssessmentRound], before: date | None, sender: Sender) -> int:
    """Tell those it concerns of the new closing day; how many letters."""
    return _write(session, rounds, sender, lambda about, to: letters.moved(about, to, before), _still_asked(rounds))


def remind(session: Session, rounds: Sequence[AssessmentRound], sender: Sender) -> int:
    """Remind those of a named round who have not submitted, and everybody of an anonymous one, because even whom the
    site writes to would tell who has answered. At most one letter a day goes to somebody; OutOfOrder when nobody is left."""
    sent = _remind(session, rounds, sender)
    if not sent:
        raise OutOfOrder(WRITTEN.format(who="invited" if rounds[0].mode == "anonymous" else "who has not answered"))
    return sent


def _remind(session: Session, rounds: Sequence[AssessmentRound], sender: Sender, guests_only: bool = False) -> int:
    asked = and_(_still_asked(rounds), Guest.person_id.is_not(None)) if guests_only else _still_asked(rounds)
    return _write(session, rounds, sender, letters.reminder, asked, once_a_day=True)


def _still_asked(rounds: Sequence[AssessmentRound]) -> Any:
    return Invitation.id.is_not(None) if rounds[0].mode == "anonymous" else Invitation.state != "submitted"


def _write(session: Session, rounds: Sequence[AssessmentRound], sender: Sender, write: Write, asked: Any, once_a_day: bool = False) -> int:
    by_id = {round_.id: round_ for round_ in rounds}
    rows = session.execute(
        select(Invitation.id, Invitation.round_id, Person.id.label("person_id"), Person.name, Person.email, Person.time_zone, InvitationLetter.last_at, Guest)
        .join(Person, Person.id == Invitation.person_id).outerjoin(InvitationLetter, InvitationLetter.invitation_id == Invitation.id)
        .outerjoin(Guest, Guest.person_id == Person.id)
        .where(Invitation.round_id.in_(by_id), asked, or_(Person.disabled_at.is_(None), Guest.person_id.is_not(None) & Guest.revoked_at.is_(None)))
        .order_by(Invitation.id)
    ).all()
    rows = [row for row in rows if not once_a_day or may_be_written_to(row.last_at, sender.now)]
    places = _about(session, rounds)
    mails = []
    for row in rows:
        about, here = places[row.round_id]
        link = _new_link(row.Guest) if row.Guest else f"{here}answer/"
        to = letters.To(row.name, row.time_zone, f"{sender.base_url}{link}", is_guest=row.Guest is not None)
        mails.append(Mail(row.email, *write(about, to), row.person_id))
    written = [row.id for row in rows]
    session.execute(delete(InvitationLetter).where(InvitationLetter.invitation_id.in_(written)).execution_options(synchronize_session=False))
    session.add_all(InvitationLetter(invitation_id=number, last_at=sender.now) for number in written)
    return post_all(session, mails)


def _new_link(guest: Guest) -> str:
    """A link for somebody without an account; the one before stops working, as only its hash was kept."""
    token = secrets.token_urlsafe(24)
    guest.token_hash = hashed(token)
    return f"/invited/{token}"


def _about(session: Session, rounds: Sequence[AssessmentRound]) -> dict[int, tuple[letters.About, str]]:
    """What the letters of each round say of it, and its address; one statement."""
    rows = session.execute(
        select(AssessmentRound.id, Team, JointRound.number, ZONE.label("zone")).join(Team, Team.id == AssessmentRound.team_id)
        .outerjoin(JointTeam, JointTeam.round_id == AssessmentRound.id).outerjoin(JointRound, JointRound.id == JointTeam.joint_id)
        .where(AssessmentRound.id.in_([round_.id for round_ in rounds]))
    ).all()
    by_id = {round_.id: round_ for round_ in rounds}
    found = {}
    for round_id, team, joint, zone in rows:
        round_ = by_id[round_id]
        model = model_of(round_)
        about = letters.About(
            team.name, round_.title, round_.purpose, round_.closes_on, zone or "UTC", minutes(len(model.items)) if model else 1,
            promises(round_, team, joint), round_.mode == "anonymous", len(model.items) if model and round_.is_workshop else 0,
        )
        found[round_id] = about, f"/teams/{team.slug}/rounds/{round_.number}/"
    return found


def send_due_reminders(database: Database, base_url: str) -> bool:
    """Remind the guests of a round once before each closing day, three days ahead: one round each time; False when none is due.

    People with an account are told in the mail of their morning, with all else that is due for them."""
    now = clock.now()
    with database.reading() as session:  # a look costs nothing; only work takes the write lock
        found = _due(session, now)
    if found is None:
        return False
    try:
        with database.transaction() as session:
            session.add(AutomaticReminder(round_id=found[0], closes_on=found[1]))
            session.flush()
            round_ = session.get_one(AssessmentRound, found[0], with_for_update=True)
            if round_.state == "open" and round_.closes_on == found[1]:
                _remind(session, [round_], Sender(base_url, now), guests_only=True)
    except IntegrityError:
        pass  # another worker was quicker
    return True


def _due(session: Session, now: datetime) -> tuple[int, date] | None:
    done = exists().where(AutomaticReminder.round_id == AssessmentRound.id, AutomaticReminder.closes_on == AssessmentRound.closes_on)
    rows = session.execute(
        select(AssessmentRound.id, AssessmentRound.closes_on, ZONE.label("zone"))
        .where(AssessmentRound.state == "open", AssessmentRound.closes_on.is_not(None), ~AssessmentRound.is_workshop, ~done).order_by(AssessmentRound.closes_on, AssessmentRound.id)
    )
    return next(((row.id, row.closes_on) for row in rows if reminder_is_due(row.closes_on, row.zone or "UTC", now)), None)
