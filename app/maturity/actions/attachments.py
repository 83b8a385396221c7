"""Files and links on an action, on an answer and on an agreed level."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.access import Me
from app.maturity.actions.actions_of_plan import note_step, open_action
from app.maturity.actions.answering import begin, my_step
from app.maturity.actions.steps import note
from app.maturity.queries.evidence import agreed_evidence_page, answer_evidence_page
from app.models import Attachment
from app.records.attachments import Offered, as_shown, attach, detach, held_on
from app.uploads import Store


def add_to_action(session: Session, me: Me, store: Store, *, slug: str, action_id: str, offered: Offered) -> None:
    """Add a file or link that shows an action is under way or done, noted in its history. Whoever carries it out may."""
    action = open_action(session, me, slug, action_id)
    row = attach(session, me, store, offered, to=Attachment.planned_action_id, thing_id=action.id, team_id=action.roadmap.team_id)
    note_step(session, me, "added a file" if row.key else "added a link", action, to=as_shown(row).words)


def take_from_action(session: Session, me: Me, store: Store, *, slug: str, action_id: str, attachment_id: int) -> None:
    """Remove a file or link from an action, noted in its history. NotVisible when it hangs on something else."""
    action = open_action(session, me, slug, action_id)
    row = held_on(session, Attachment.planned_action_id, action.id, attachment_id)
    words = "removed a file" if row.key else "removed a link"
    detach(session, store, [row])
    note_step(session, me, words, action, to=as_shown(row).words)


def add_to_answer(
    session: Session, me: Me, store: Store, *, slug: str, number: int, dimension: str, item: str, offered: Offered, now: datetime
) -> None:
    """Add evidence to an own answer of a named round that takes answers. Forbidden in an anonymous round."""
    mine, team_id = _my_answer(session, me, slug, number, dimension, item, now)
    attach(session, me, store, offered, to=Attachment.invitation_id, thing_id=mine, item=item, team_id=team_id)


def take_from_answer(session: Session, me: Me, store: Store, *, slug: str, number: int, dimension: str, item: str, attachment_id: int, now: datetime) -> None:
    """Remove evidence from an own answer while the round takes answers."""
    mine, _ = _my_answer(session, me, slug, number, dimension, item, now)
    detach(session, store, [held_on(session, Attachment.invitation_id, mine, attachment_id)])


def _my_answer(session: Session, me: Me, slug: str, number: int, dimension: str, item: str, now: datetime) -> tuple[int, int]:
    answer_evidence_page(session, me, slug=slug, number=number, dimension=dimension, item=item, now=now)
    here, mine = my_step(session, me, slug, number, "save", now)
    begin(here, mine, now)
    return mine.id, here.team.id


def add_to_agreed(session: Session, me: Me, store: Store, *, slug: str, number: int, item: str, offered: Offered) -> None:
    """Add evidence to a level agreed after a talk, noted in the log."""
    here = agreed_evidence_page(session, me, slug=slug, number=number, item=item).place
    attach(session, me, store, offered, to=Attachment.round_id, thing_id=here.round.id, item=item, team_id=here.team.id)
    session.add(note(me, f"added evidence to the agreed level of {item}", here.round))


def take_from_agreed(session: Session, me: Me, store: Store, *, slug: str, number: int, item: str, attachment_id: int) -> None:
    """Remove evidence from an agreed level, noted in the log."""
    here = agreed_evidence_page(session, me, slug=slug, number=number, item=item).place
    detach(session, store, [held_on(session, Attachment.round_id, here.round.id, attachment_id)])
    session.add(note(me, f"removed evidence from the agreed level of {item}", here.round))
