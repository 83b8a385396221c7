"""Files and links that stand behind an answer or an agreed level. Only in named rounds: a file says who handed it over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.access import Me
from app.errors import Forbidden, NotVisible
from app.maturity.queries.answering import can_write, dimension_here, my_place
from app.maturity.queries.cards import lower_first
from app.maturity.queries.place import WHO_RUNS, Place
from app.maturity.queries.promises import NO_EVIDENCE
from app.maturity.queries.result_stored import result_place
from app.models import AgreedLevel, Attachment
from app.records.attachments import Attached, attached

EVERYBODY = "Everybody who sees the result reads this, with your name"


def evidence_readers(team: str) -> str:
    """Who reads what somebody adds to an answer."""
    return f"Read by the lead of {team} and the PMO lead once the round is closed, without your name. The file or link itself may name you"


@dataclass(frozen=True)
class EvidencePage:
    """What hangs on one answer, or on one agreed level, and whether more may be added."""

    place: Place
    item: tuple[str, str]
    ask: str
    look_at: str
    attached: tuple[Attached, ...]
    readers: str
    can_write: bool
    address: str
    back: str
    back_words: str


def answer_evidence_page(session: Session, me: Me, *, slug: str, number: int, dimension: str, item: str, now: datetime) -> EvidencePage:
    """Where somebody adds evidence to an own answer; two statements. Forbidden in an anonymous round."""
    here, mine = my_place(session, me, slug, number)
    if here.is_anonymous:
        raise Forbidden(NO_EVIDENCE)
    asked = next((i for i in dimension_here(here.model(), dimension).all_items() if i.id == item), None)
    if asked is None:
        raise NotVisible
    page = f"{here.here}answer/{dimension}/"
    return EvidencePage(
        here, (asked.id, asked.title), asked.question, lower_first(asked.evidence), attached(session, me, Attachment.invitation_id, [mine.id], item),
        evidence_readers(here.team.name), can_write(here, mine, now), f"{page}evidence/{item}/", f"{page}#{item}", "Back to the answers",
    )


def agreed_evidence_page(session: Session, me: Me, *, slug: str, number: int, item: str) -> EvidencePage:
    """Where whoever runs a round adds evidence to a level agreed after a talk; four statements."""
    here, figures = result_place(session, me, slug, number)
    if not here.runs_it:
        raise Forbidden(WHO_RUNS)
    if here.is_anonymous:
        raise Forbidden(NO_EVIDENCE)
    known = next((i for i in figures.items if i.id == item), None)
    stored = session.scalar(select(AgreedLevel.level).where(AgreedLevel.round_id == here.round.id, AgreedLevel.item_id == item))
    if known is None or stored is None:
        raise NotVisible
    return EvidencePage(
        here, (known.id, known.title), f"Agreed: level {stored} {figures.level_name(stored)}", "", attached(session, me, Attachment.round_id, [here.round.id], item),
        EVERYBODY, True, f"{here.here}agreed-levels/evidence/{item}/", f"{here.here}results/#agreed", "Back to the results",
    )
