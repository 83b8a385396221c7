"""Handing an invitation to a colleague of the team, before the first answer."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import NotVisible, OutOfOrder, Refused
from app.maturity.actions.answering import TOO_LATE
from app.maturity.actions.letters import Sender, invite_by_letter
from app.maturity.actions.steps import note
from app.maturity.queries.answering import my_place
from app.maturity.queries.handing_on import check_mine, colleagues
from app.models import HandedOn, Invitation, InvitationLetter


def hand_on(session: Session, me: Me, *, slug: str, number: int, to: str, sender: Sender) -> None:
    """Somebody else of the team is asked in my place and told so by letter; the lead sees who handed it on."""
    here, seen = my_place(session, me, slug, number)
    mine = session.scalars(
        select(Invitation).where(Invitation.id == seen.id, Invitation.person_id == me.person_id).with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if mine is None:
        raise NotVisible
    check_mine(me, here, mine)
    if here.is_late(sender.now):
        raise OutOfOrder(TOO_LATE)
    chosen = next((value for value, _ in colleagues(session, here) if value == to), None)
    if chosen is None:
        raise Refused("Choose somebody of the team who is not asked yet", "to")
    mine.person_id = int(chosen)
    session.execute(delete(HandedOn).where(HandedOn.invitation_id == mine.id))
    session.execute(delete(InvitationLetter).where(InvitationLetter.invitation_id == mine.id))
    session.add(HandedOn(invitation_id=mine.id, from_id=me.person_id, at=sender.now))
    session.add(note(me, "handed an invitation on", here.round, mine.person_id))
    try:
        session.flush()
    except IntegrityError:
        raise OutOfOrder("This person has just been invited. Choose somebody else.") from None
    invite_by_letter(session, me, [here.round], sender, [mine.person_id], asks=f"{me.name} hands an invitation on to you and")
