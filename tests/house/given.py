"""Small changes to the stage that a row of the matrix starts from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import clock
from app.content import library
from app.models import (
    AssessmentRound,
    HandedInExercise,
    Invitation,
    JointRound,
    MentorProfile,
    Organisation,
    Pairing,
    Person,
    PlanChange,
    PlannedAction,
    RecordedAnswer,
    SavedRoadmap,
    SignIn,
    TrackerProject,
    WorkshopPlace,
)
from tests.house.stage import Stage


def _all_answered(session: Session, stage: Stage) -> None:
    invitation = int(stage.ids["invitation Su"])
    held = set(session.scalars(select(RecordedAnswer.item_id).where(RecordedAnswer.invitation_id == invitation)))
    session.add_all(
        RecordedAnswer(invitation_id=invitation, item_id=item.id, value="2", counter=1, saved_at=clock.now())
        for item in library().questionnaires["pmo-maturity"].items if item.id not in held
    )


def _handed_in(session: Session, stage: Stage) -> None:
    _all_answered(session, stage)
    own = Invitation.id == int(stage.ids["invitation Su"])
    session.execute(update(Invitation).where(own).values(state="submitted", submitted_at=clock.now()))


def _person(**values: object) -> Callable[[Session, Stage], object]:
    return lambda session, stage: session.execute(update(Person).where(Person.id == stage.people["Su"].id).values(**values))


def _pairing(**values: object) -> Callable[[Session, Stage], object]:
    return lambda session, stage: session.execute(update(Pairing).where(Pairing.id == int(stage.ids["pairing"])).values(**values))


def _first_round(**values: object) -> Callable[[Session, Stage], object]:
    return lambda session, stage: session.execute(update(AssessmentRound).where(AssessmentRound.id == int(stage.ids["round 1 id"])).values(**values))


def _open_round(**values: object) -> Callable[[Session, Stage], object]:
    return lambda session, stage: session.execute(update(AssessmentRound).where(AssessmentRound.id == int(stage.ids["open round"])).values(**values))


def _moved(session: Session, stage: Stage) -> None:
    row = session.scalars(
        select(PlannedAction).join(PlannedAction.roadmap)
        .where(SavedRoadmap.is_current, PlannedAction.action_id == stage.ids["planned action of Su"])
    ).first()
    assert row is not None
    session.add(PlanChange(
        roadmap_id=row.roadmap_id, person_id=stage.people["TL"].id, what="moved", before={str(row.id): {"quarter": 2}}, after={str(row.id): row.version},
    ))


GIVEN: dict[str, Callable[[Session, Stage], object]] = {
    "no exercise waits": lambda session, stage: session.execute(update(HandedInExercise).where(HandedInExercise.state == "waiting").values(state="taken back")),
    "Su shows the e-mail": _person(shares_email=True),
    "Su shares progress": _person(shares_progress=True),
    "Su has told the lead": _pairing(shown_to_lead=True),
    "Su has only asked": _pairing(state="requested", slot=None),
    "Su and Me are not paired": _pairing(state="withdrawn", slot=None),
    "the pairing has ended": _pairing(state="ended", ended_at=clock.now()),
    "the lead has moved an action": _moved,
    "every item is answered": _all_answered,
    "Su has handed in": _handed_in,
    "round 2 is a workshop": lambda session, stage: (
        _open_round(is_workshop=True)(session, stage),
        session.add(WorkshopPlace(round_id=int(stage.ids["open round"]), item_id=stage.ids["item"], since=clock.now())),
    ),
    "Su has not begun": lambda session, stage: session.execute(
        update(Invitation).where(Invitation.id == int(stage.ids["invitation Su"])).values(state="invited", started_at=None)
    ),
    "round 2 is anonymous": _open_round(mode="anonymous", min_group=4),
    "every item is answered without a name": lambda session, stage: (
        _open_round(mode="anonymous", min_group=4)(session, stage), _all_answered(session, stage),
    ),
    "the joint result is not shared": lambda session, stage: session.execute(update(JointRound).values(shared_with_participants=False)),
    "a joint round waits to be published": lambda session, stage: session.execute(
        update(JointRound).where(JointRound.number == 3).values(state="closed")
    ),
    "the result is not shared": _first_round(shared_with_participants=False),
    "the lead sees no answers": _first_round(answers_shown_to_lead=False),
    "no round is open": lambda session, stage: session.execute(
        update(AssessmentRound).where(AssessmentRound.state == "open").values(state="cancelled")
    ),
    "the tracker is off": lambda session, stage: session.execute(update(TrackerProject).where(TrackerProject.state == "on").values(state="off")),
    "leads run no rounds": lambda session, stage: session.execute(update(Organisation).values(leads_run_rounds=False)),
    "the card of Su is approved": lambda session, stage: session.execute(
        update(MentorProfile).where(MentorProfile.person_id == stage.people["Su"].id).values(state="paused", approved_at=clock.now())
    ),
    "everybody signed in long ago": lambda session, stage: session.execute(
        update(SignIn).values(checked_at=clock.now() - timedelta(hours=2))
    ),
}
