"""The work behind publishing a large joint round: read, work out gate and figures while nothing is locked, store in one short write.

Begun again after a stop it starts from the answers, which stay as they are until the result is stored; begun twice, the
second one finds the round published and does nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.content import library
from app.db import Database
from app.jobs import Progress
from app.models import AssessmentRound, Event, JointRound, JointTeam
from app.records.publication import Gathered, WorkedOut, gather_joint, store, work_out

PUBLISH = "publish joint round"
AT_ONCE = 200
"""Up to so many sheets a joint round is published in the request that closes it, in about a quarter of a second."""


def publish_closed(database: Database, joint_id: int, progress: Progress) -> None:
    """Publish a closed joint round. Raises Changed when something was changed meanwhile; the next try starts anew."""
    progress(5, "Reading the answers")
    gathered = read(database, joint_id)
    if gathered is None:
        return
    progress(25, "Working out what may be shown")
    found = work_out(gathered)
    progress(90, "Storing the result")
    if keep(database, joint_id, gathered, found):
        database.scrub()


def read(database: Database, joint_id: int) -> Gathered | None:
    """Everything the result is worked out from, or None unless the round waits for its publication."""
    with database.reading() as session:
        joint = session.get_one(JointRound, joint_id)
        if joint.state != "closed":
            return None
        return gather_joint(session, joint, rounds_of(session, joint), library().questionnaires[joint.model_id])


def keep(database: Database, joint_id: int, gathered: Gathered, found: WorkedOut) -> bool:
    """Store the result in one transaction; False when somebody else has published the round already."""
    with database.transaction() as session:
        joint = session.scalars(select(JointRound).where(JointRound.id == joint_id).with_for_update()).one()
        if joint.state != "closed":
            return False
        rounds = rounds_of(session, joint, lock=True)
        store(session, gathered, found)
        joint.state, joint.scores = "published", found.above
        for round_ in rounds:
            round_.state = "published"
        session.add(Event(person_id=None, what="published a joint round", thing="joint round", thing_id=str(joint.id), detail={"joint round": joint.number}))
    return True


def rounds_of(session: Session, joint: JointRound, lock: bool = False) -> list[AssessmentRound]:
    """The rounds of its teams, in a fixed order; one statement."""
    mine = select(JointTeam.round_id).where(JointTeam.joint_id == joint.id)
    found = select(AssessmentRound).where(AssessmentRound.id.in_(mine)).order_by(AssessmentRound.id)
    return list(session.scalars(found.with_for_update() if lock else found))
