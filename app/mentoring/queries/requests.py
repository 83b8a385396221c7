"""A request, as the one who asks and the one who is asked see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.access import Me, fetch, own_pairing
from app.mentoring.pairing import first_name
from app.models import Pairing
from app.ui.markdown import note_html


@dataclass(frozen=True)
class RequestPage:
    """A request, as the mentor or the mentee sees it."""

    id: int
    state: str
    partner: str
    partner_title: str
    is_mentor: bool
    wish: Markup
    asked_at: datetime
    answer: Markup
    pairing: str

    @property
    def first(self) -> str:
        """What I call the other one."""
        return first_name(self.partner)


def request_page(session: Session, me: Me, pairing_id: int) -> RequestPage:
    """A request between me and somebody. Raises NotVisible for everybody else, PMO leads included: the wish is between two."""
    pairing: Pairing = fetch(session, me, Pairing, Pairing.id == pairing_id, own_pairing(me))
    is_mentor = pairing.mentor_id == me.person_id
    partner = pairing.mentee if is_mentor else pairing.mentor
    begun = pairing.state in ("active", "ended")
    return RequestPage(
        pairing.id, pairing.state, partner.name, partner.job_title, is_mentor, note_html(pairing.wish), pairing.created_at, note_html(pairing.answer_reason),
        f"/mentoring/pairings/{pairing.id}/" if begun else "",
    )
