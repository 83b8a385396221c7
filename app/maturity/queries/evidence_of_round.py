"""What stands behind the answers and the agreed levels of a whole round, for its results page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import Session

from app import db
from app.access import Me, visible
from app.db import built_once
from app.maturity.queries.place import Place
from app.models import Attachment, Invitation
from app.records.attachments import SHOWN, Attached, as_shown


@dataclass(frozen=True)
class RoundEvidence:
    """What hangs on the answers and on the agreed levels of a round, by item; as far as I may read it."""

    answers: dict[str, tuple[Attached, ...]] = field(default_factory=dict)
    agreed: dict[str, tuple[Attached, ...]] = field(default_factory=dict)


def round_evidence(session: Session, me: Me, here: Place) -> RoundEvidence:
    """Files and links of submitted sheets and agreed levels; one statement, none in an anonymous round.

    In the order of their names, so that the order tells nobody apart."""
    if here.is_anonymous:
        return RoundEvidence()
    rows = db.rows(session, _hung(me, here.sees_people), round=here.round.id)
    found: tuple[dict[str, list[Attached]], dict[str, list[Attached]]] = ({}, {})
    for row in rows:
        found[row.round_id is not None].setdefault(row.item_id, []).append(as_shown(row))
    answers, agreed = ({item: tuple(sorted(hung, key=lambda a: (a.words, a.id))) for item, hung in part.items()} for part in found)
    return RoundEvidence(answers, agreed)


@built_once
def _hung(me: Me, with_answers: bool) -> Select[*tuple[Any, ...]]:
    hangs = Attachment.round_id == bindparam("round")
    if with_answers:
        sheets = select(Invitation.id).where(Invitation.round_id == bindparam("round"), Invitation.state == "submitted")
        hangs = or_(hangs, Attachment.invitation_id.in_(sheets))
    return visible(me, Attachment).with_only_columns(*SHOWN, Attachment.round_id).where(hangs)
