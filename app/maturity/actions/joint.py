"""Joint rounds: several teams asked at once, each in an anonymous round of its own, all published together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me, fetch
from app.content import library
from app.db import scrub_after
from app.errors import NotVisible, OutOfOrder, Refused
from app.jobs import ask_for
from app.maturity.actions.letters import Sender, invite_by_letter, remind, tell_of_move
from app.maturity.actions.rounds import check_by_level
from app.maturity.actions.steps import in_site_words
from app.maturity.closing import takes_answers
from app.maturity.publishing import AT_ONCE, PUBLISH, rounds_of
from app.maturity.queries.place import ZONE
from app.models import (
    AssessmentRound,
    Event,
    Invitation,
    Job,
    JointRound,
    JointTeam,
    Membership,
    Person,
    Programme,
    ProgrammeTeam,
    Team,
)
from app.records.anonymous import erase_answers, erase_drafts
from app.records.publication import publish_joint
from app.records.results import type_in
from app.records.targets import own_targets
from app.ui.filters import joined
from assessments import rounds as rules

LEAST_TEAMS, NAMED = 2, 3


def create_joint(session: Session, me: Me, *, teams: Sequence[str], today: date, **values: object) -> int:
    """A draft of these teams; its number. *values* are the fields of the form by column."""
    model = library().questionnaires.get(str(values["model_id"]))
    if model is None or model.scale != "levels":
        raise Refused("Rounds use a model whose answers are levels", "model_id")
    if values["by_level"]:
        check_by_level(model)
    if isinstance(values["closes_on"], date) and values["closes_on"] < today:
        raise Refused("Choose a closing day that is today or later", "closes_on")
    if len(set(teams)) < LEAST_TEAMS:
        raise Refused("Choose at least two teams; a round of one team is set up on its own page", "teams")
    number = (session.scalar(select(func.max(JointRound.number))) or 0) + 1
    joint = JointRound(number=number, model_version=model.version, created_by_id=me.person_id, **values)
    session.add(joint)
    try:
        session.flush()
    except IntegrityError:
        raise OutOfOrder("Somebody else has just set up a joint round. Send the form again.") from None
    session.add_all(JointTeam(joint_id=joint.id, team_id=int(team)) for team in sorted(set(teams)))
    _note(session, me, "set up a joint round", joint)
    return number


def open_joint(session: Session, me: Me, *, number: int, sender: Sender) -> None:
    """Freeze who belongs where, open a round in every team, invite its members (R2) and write to them."""
    joint = _locked(session, me, number)
    rows = session.execute(
        select(JointTeam, Team, Programme.id, Programme.name).join(Team, Team.id == JointTeam.team_id)
        .outerjoin(ProgrammeTeam, ProgrammeTeam.team_id == Team.id).outerjoin(Programme, Programme.id == ProgrammeTeam.programme_id)
        .where(JointTeam.joint_id == joint.id).order_by(Team.id).with_for_update(of=Team)
    ).all()
    teams = [row[1] for row in rows]
    members = _members(session, [team.id for team in teams])
    after = _after(joint, "open", sum(map(len, members.values())), 0)
    _refuse_to_open(session, joint, teams, members, sender.now)
    model = library().questionnaires[joint.model_id]
    joint.model_version = model.version
    last = {row[0]: row[1] for row in session.execute(
        select(AssessmentRound.team_id, func.max(AssessmentRound.number)).where(AssessmentRound.team_id.in_([t.id for t in teams])).group_by(AssessmentRound.team_id)
    )}
    own = own_targets(session, [team.id for team in teams])
    rounds = [
        AssessmentRound(
            team_id=team.id, number=last.get(team.id, 0) + 1, title=joint.title, purpose=joint.purpose, mode="anonymous", min_group=joint.min_group, by_level=joint.by_level,
            model_id=joint.model_id, model_version=model.version, pmo_type=team.pmo_type, targets=model.targets(type_in(model, team.pmo_type), own[team.id]),
            state="open", answers_shown_to_lead=False, shared_with_participants=joint.shared_with_participants, closes_on=joint.closes_on,
            opened_at=sender.now, created_by_id=me.person_id,
        )
        for team in teams
    ]
    session.add_all(rounds)
    try:
        session.flush()
    except IntegrityError:
        raise OutOfOrder("One of the teams has just opened a round of its own. Close or cancel it first.") from None
    for (place, team, programme_id, programme), round_ in zip(rows, rounds, strict=True):
        place.round_id, place.programme_id, place.programme = round_.id, programme_id, programme or ""
        session.add_all(Invitation(round_id=round_.id, person_id=who, role=role, group="users") for who, role in members[team.id])
    joint.state, joint.opened_at = after, sender.now
    _note(session, me, "opened a joint round", joint)
    invite_by_letter(session, me, rounds, sender)


def extend_joint(session: Session, me: Me, *, number: int, closes_on: date, today: date, sender: Sender) -> None:
    """Move the closing day of all its rounds and tell everybody."""
    joint = _locked(session, me, number)
    if joint.state != "open":
        raise OutOfOrder("Only an open round has a closing day that can be moved.")
    if closes_on < today:
        raise Refused("Choose a closing day that is today or later", "closes_on")
    if closes_on == joint.closes_on:
        return
    before, joint.closes_on = joint.closes_on, closes_on
    rounds = rounds_of(session, joint, lock=True)
    for round_ in rounds:
        round_.closes_on = closes_on
    _note(session, me, "moved the closing day of a joint round", joint)
    tell_of_move(session, rounds, before, sender)


def remind_joint(session: Session, me: Me, *, number: int, sender: Sender) -> None:
    """Send a reminder to everybody asked, at most one letter a day."""
    joint = _locked(session, me, number)
    if joint.state != "open" or not takes_answers(joint.closes_on, session.scalar(select(ZONE)) or "UTC", sender.now):
        raise OutOfOrder("People are reminded while a round takes answers. Move the closing day first if more are to come in.")
    remind(session, rounds_of(session, joint, lock=True), sender)
    _note(session, me, "reminded people of a joint round", joint)


def close_joint(session: Session, me: Me, *, number: int, now: datetime) -> bool:
    """Close all its rounds and publish the organisation, its programmes and its teams as one; whether the result is there already.

    A small round is published in this transaction; for a large one that is a job of its own, so that nobody waits for the lock."""
    joint = _locked(session, me, number)
    rounds = rounds_of(session, joint, lock=True)
    ids = [round_.id for round_ in rounds]
    submitted = session.scalar(select(func.count()).where(Invitation.round_id.in_(ids), Invitation.state == "submitted")) or 0
    people = session.scalar(select(func.count()).where(Invitation.round_id.in_(ids))) or 0
    joint.state, joint.closed_at = _after(joint, "close", people, submitted), now
    after = _after(joint, "publish", people, submitted)
    at_once = submitted <= AT_ONCE
    for round_ in rounds:
        round_.state, round_.closed_at = after if at_once else joint.state, now
    session.flush()
    erase_drafts(session, ids)
    scrub_after(session)
    if not at_once:
        ask_for(session, PUBLISH, joint.id)
        _note(session, me, "closed a joint round", joint)
        return False
    with in_site_words():
        joint.scores = publish_joint(session, joint, rounds, library().questionnaires[joint.model_id])
    joint.state = after
    _note(session, me, "published a joint round", joint)
    return True


def publish_again(session: Session, me: Me, *, number: int) -> None:
    """Ask once more for the publication of a closed round whose job has failed."""
    joint = _locked(session, me, number)
    if joint.state != "closed":
        raise OutOfOrder("This round does not wait to be published. Reload the page to see how it stands.")
    if session.scalar(select(exists().where(Job.kind == PUBLISH, Job.thing_id == joint.id, Job.state.in_(("waiting", "running"))))):
        raise OutOfOrder("The result is being worked out already. Reload the page to see how far it is.")
    ask_for(session, PUBLISH, joint.id)
    _note(session, me, "asked again to publish a joint round", joint)


def cancel_joint(session: Session, me: Me, *, number: int) -> None:
    """Give it up with all its rounds; answers and drafts are deleted."""
    joint = _locked(session, me, number)
    joint.state = _after(joint, "cancel", 0, 0)
    rounds = rounds_of(session, joint, lock=True)
    for round_ in rounds:
        round_.state = "cancelled"
    session.flush()
    erase_answers(session, [round_.id for round_ in rounds])
    _note(session, me, "cancelled a joint round", joint)
    scrub_after(session)


def _locked(session: Session, me: Me, number: int) -> JointRound:
    joint: JointRound = fetch(session, me, JointRound, JointRound.number == number, lock=True)
    if not me.is_pmo_lead:
        raise NotVisible
    if joint.model_id not in library().questionnaires:
        raise OutOfOrder("The questions of this round are no longer installed. Ask your administrator to put the model back.")
    return joint


def _members(session: Session, team_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """(person, job title) of everybody with an open account, by team; one statement."""
    found: dict[int, list[tuple[int, str]]] = {team_id: [] for team_id in team_ids}
    for team_id, person_id, job_title in session.execute(
        select(Membership.team_id, Person.id, Person.job_title).join(Person, Person.id == Membership.person_id)
        .where(Membership.team_id.in_(team_ids), Person.disabled_at.is_(None)).order_by(Membership.team_id, Person.id)
    ):
        found[team_id].append((person_id, job_title))
    return found


def _refuse_to_open(
    session: Session, joint: JointRound, teams: Sequence[Team], members: dict[int, list[tuple[int, str]]], now: datetime
) -> None:
    archived = [team.name for team in teams if team.archived_at is not None]
    if archived:
        raise OutOfOrder(f"{joined(archived)} has been archived. Cancel this draft and set up another one.")
    if not takes_answers(joint.closes_on, session.scalar(select(ZONE)) or "UTC", now):
        raise OutOfOrder("The closing day has passed. Cancel this draft and set up another one.")
    busy = session.scalars(
        select(Team.name).join(AssessmentRound, AssessmentRound.team_id == Team.id)
        .where(Team.id.in_([team.id for team in teams]), AssessmentRound.state == "open").order_by(Team.name)
    ).all()
    if busy:
        raise OutOfOrder(f"{joined(list(busy[:NAMED]))} {'has' if len(busy) == 1 else 'have'} an open round. A team answers one round at a time.")
    counted = Counter(who for team in members.values() for who, _ in team)
    twice = [who for who, number in counted.items() if number > 1]
    if twice:
        names = session.scalars(select(Person.name).where(Person.id.in_(twice)).order_by(Person.name).limit(NAMED)).all()
        raise OutOfOrder(f"{joined(list(names))} would be asked in two of these teams. In an anonymous round everybody counts in one; take them out of the other.")


def _after(joint: JointRound, step: rules.RoundStep, invited: int, submitted: int) -> str:
    state: rules.RoundState = joint.state  # type: ignore[assignment]
    with in_site_words():
        return rules.move(rules.Round(state, "anonymous", joint.min_group, invited, submitted), step, runs_it=True).state


def _note(session: Session, me: Me, what: str, joint: JointRound) -> None:
    session.add(Event(person_id=me.person_id, what=what, thing="joint round", thing_id=str(joint.id), detail={"joint round": joint.number}))
    session.flush()
