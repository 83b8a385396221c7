"""How many have answered an anonymous round: a band, as it stood when the day began (R7)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.maturity.queries.place import Place
from app.models import Invitation
from assessments.anonymity import Band, response_band

WORDS: dict[str, str] = {
    "few": "Fewer than {k} have submitted.", "some": "{k} or more have submitted, under half of those invited.",
    "half": "Half or more of those invited have submitted.", "most": "Over 80 % of those invited have submitted.",
}


def today_there(here: Place, now: datetime) -> date:
    """The day it is where the organisation is."""
    return now.astimezone(ZoneInfo(here.zone)).date()


def current_band(session: Session, here: Place) -> Band:
    """The band at this very moment; one statement."""
    invited, submitted = session.execute(
        select(func.count(), func.count().filter(Invitation.state == "submitted")).where(Invitation.round_id == here.round.id)
    ).one()
    return response_band(submitted, invited, here.round.min_group)


def response_words(session: Session, here: Place, now: datetime) -> str:
    """The response in words; of today's sheets it tells nothing. At most one statement."""
    is_of_today = here.round.response_on == today_there(here, now) and here.round.response
    band = here.round.response if is_of_today else current_band(session, here)
    return WORDS[band].format(k=here.round.min_group)
