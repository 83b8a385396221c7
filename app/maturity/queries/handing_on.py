"""To whom an invitation can be handed on."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import Forbidden
from app.maturity.queries.answering import my_place
from app.maturity.queries.place import Place
from app.models import Invitation, Membership, Person
from assessments import rounds as rules
from assessments.errors import RoundRuleBroken


@dataclass(frozen=True)
class HandOnPage:
    """The colleagues who are not asked yet."""

    place: Place
    colleagues: list[tuple[str, str]]


def hand_on_page(session: Session, me: Me, *, slug: str, number: int) -> HandOnPage:
    """The choice of a colleague; two statements. Forbidden where the invitation stays."""
    here, mine = my_place(session, me, slug, number)
    check_mine(me, here, mine)
    return HandOnPage(here, colleagues(session, here))


def check_mine(me: Me, here: Place, mine: Invitation) -> None:
    """Raise Forbidden, with the reason, unless I may hand this invitation on now."""
    sheet: rules.SheetState = mine.state  # type: ignore[assignment]
    try:
        rules.check_handing_on(here.as_rule(), sheet, in_team=here.team.id in me.teams)
    except RoundRuleBroken as no:
        raise Forbidden(str(no)) from None


def may_hand_on(me: Me, here: Place) -> bool:
    """Whether the page before the first question offers it."""
    if here.mine is None:
        return False
    try:
        check_mine(me, here, here.mine)
    except Forbidden:
        return False
    return True


def colleagues(session: Session, here: Place) -> list[tuple[str, str]]:
    """(number, name) of the members of the team who are not asked, by name; one statement."""
    invited = select(Invitation.person_id).where(Invitation.round_id == here.round.id)
    rows = session.execute(
        select(Person.id, Person.name, Person.job_title).join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == here.team.id, Person.disabled_at.is_(None), Person.id.not_in(invited))
        .order_by(func.lower(Person.name), Person.id)
    ).all()
    return [(str(row.id), f"{row.name}, {row.job_title}" if row.job_title else row.name) for row in rows]
