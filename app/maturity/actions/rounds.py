"""Setting up a round, inviting people, and the steps from draft to closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, literal, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.access import Me
from app.content import library
from app.db import scrub_after
from app.errors import Forbidden, NotVisible, OutOfOrder, Refused
from app.maturity.actions.letters import Sender, invite_by_letter, remind, tell_of_move
from app.maturity.actions.steps import in_site_words, note
from app.maturity.queries.place import JOINTLY, WHO_RUNS, Place, place, team_place
from app.models import AgreedLevel, AssessmentRound, Guest, HandedOn, Invitation, InvitationLetter, Membership, Person
from app.records.anonymous import erase_answers
from app.records.editing import demand_version
from app.records.guests import erase_guests
from app.records.publication import publish_alone
from app.records.results import store_result, type_in
from app.records.targets import own_targets
from app.ui.text import login_key
from assessments import rounds as rules
from assessments.questionnaire import Questionnaire
from assessments.stepwise import suits

LABELS = {
    "title": "Name of the round", "purpose": "Why do you ask?", "model_id": "Questions", "pmo_type": "Type of PMO", "closes_on": "Closing day",
    "mode": "Named or anonymous", "is_workshop": "Held as a workshop", "by_level": "Asked level by level", "min_group": "Minimum group", "answers_shown_to_lead": "The lead sees who answered what", "shared_with_participants": "Everybody invited sees the result",
}
ONE_OPEN = "Another round of this team is open. Close or cancel it first; a team answers one round at a time."
PAST = "Choose a closing day that is today or later"


def create_round(session: Session, me: Me, *, slug: str, today: date, **values: object) -> int:
    """A new draft; its number in the team. *values* are the fields of the form by column."""
    team, runs_it = team_place(session, me, slug, lock=True)
    if not runs_it:
        raise Forbidden(WHO_RUNS)
    model = _checked(values, today)
    last = session.scalar(select(func.max(AssessmentRound.number)).where(AssessmentRound.team_id == team.id)) or 0
    round_ = AssessmentRound(team_id=team.id, number=last + 1, model_version=model.version, created_by_id=me.person_id, **values)
    session.add(round_)
    session.flush()
    session.add(note(me, "set up a round", round_))
    return last + 1


def edit_round(session: Session, me: Me, *, slug: str, number: int, version: int | None, today: date, **values: object) -> None:
    """Change a draft. What is agreed stands still once the round is open."""
    here = mine_to_run(session, me, slug, number)
    if here.round.state != "draft":
        raise OutOfOrder("Only a draft can be changed. Of an open round you can move the closing day.")
    model = _checked(values, today)
    _keep_what_was_promised(session, here, values)
    demand_version(here.round, version, {name: (LABELS[name], value) for name, value in values.items()}, f"{here.here}edit/")
    for name, value in {**values, "model_version": model.version}.items():
        setattr(here.round, name, value)
    session.add(note(me, "changed a round", here.round))
    session.flush()


def _keep_what_was_promised(session: Session, here: Place, values: dict[str, object]) -> None:
    """Mode and minimum group, and in an anonymous round who reads the result, stand from the first invitation on (R1)."""
    fixed = ("mode", "is_workshop", "min_group", *(("shared_with_participants",) if here.is_anonymous else ()))
    if all(values[name] == getattr(here.round, name) for name in fixed):
        return
    invited = session.scalar(select(func.count()).where(Invitation.round_id == here.round.id)) or 0
    mode: rules.Mode = "anonymous" if values["mode"] == "anonymous" else "named"
    with in_site_words():
        rules.change_mode(here.as_rule(invited), mode, int(str(values["min_group"])))


def _checked(values: dict[str, object], today: date) -> Questionnaire:
    model = library().questionnaires.get(str(values["model_id"]))
    if model is None or model.scale != "levels":
        raise Refused("Rounds use a model whose answers are levels", "model_id")
    if model.types and values["pmo_type"] not in model.types:
        raise Refused("These questions know no such type. Choose another one", "pmo_type")
    if values["mode"] == "named" and values["answers_shown_to_lead"] is None:
        raise Refused("Choose yes or no", "answers_shown_to_lead")
    if values["by_level"]:
        check_by_level(model, is_workshop=bool(values["is_workshop"]))
    values["answers_shown_to_lead"] = values["mode"] == "named" and bool(values["answers_shown_to_lead"])
    closes_on = values["closes_on"]
    if isinstance(closes_on, date) and closes_on < today:
        raise Refused(PAST, "closes_on")
    return model


def check_by_level(model: Questionnaire, *, is_workshop: bool = False) -> None:
    """Refused where items cannot be asked level by level."""
    if is_workshop:
        raise Refused("A workshop shows all levels side by side, because the room talks about them. Choose that, or another way to answer", "asked")
    if not suits(model):
        raise Refused("The levels of these questions do not build on each other, so all stand side by side. Choose that, or other questions", "asked")


def invite(session: Session, me: Me, *, slug: str, number: int, people: Sequence[str], email: str, group: str, role: str, sender: Sender) -> int:
    """Ask people of the team, by number, and one person by e-mail; how many are new on the list. Of an open round they get a letter."""
    here = mine_to_run(session, me, slug, number)
    with in_site_words():
        rules.check_invitation(here.as_rule(), runs_it=here.runs_it)
    wanted = _chosen(session, here, people) + _by_email(session, email)
    if not wanted:
        raise Refused("Choose at least one person, or enter an e-mail", "people")
    known = set(session.scalars(select(Invitation.person_id).where(Invitation.round_id == here.round.id)))
    new = [person for person in wanted if person.id not in known]
    if not new:
        raise Refused("Everybody you chose is invited already", "people")
    for person in new:
        session.add(Invitation(round_id=here.round.id, person_id=person.id, role=role or person.job_title, group=group))
        session.add(note(me, "invited to a round", here.round, person.id))
    session.flush()
    if here.round.state == "open":
        invite_by_letter(session, me, [here.round], sender, [person.id for person in new])
    return len(new)


def _chosen(session: Session, here: Place, people: Sequence[str]) -> list[Person]:
    numbers = {int(number) for number in people if number.isascii() and number.isdigit() and len(number) < 10}
    return list(session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.team_id == here.team.id, Person.id.in_(numbers), Person.disabled_at.is_(None))
        .order_by(Person.id)
    ))


def _by_email(session: Session, email: str) -> list[Person]:
    if not email:
        return []
    found = session.scalars(select(Person).where(Person.email_key == login_key(email), Person.disabled_at.is_(None))).one_or_none()
    if found is None:
        raise Refused("Nobody with an account has this e-mail. Check the spelling, or ask an administrator to add the person", "email")
    return [found]


def remove_invitation(session: Session, me: Me, *, slug: str, number: int, invitation_id: int) -> None:
    """Take somebody off the list who has not started."""
    here = mine_to_run(session, me, slug, number, lock=False)
    with in_site_words():
        rules.check_invitation(here.as_rule(), runs_it=here.runs_it)
    invitation = session.scalars(
        select(Invitation).where(Invitation.id == invitation_id, Invitation.round_id == here.round.id).with_for_update()
    ).one_or_none()
    if invitation is None:
        raise NotVisible
    if invitation.state != "invited":
        raise OutOfOrder("This person has started to answer, so the invitation stays. An unsubmitted sheet never counts.")
    for record in (InvitationLetter, HandedOn):
        session.execute(delete(record).where(record.invitation_id == invitation.id))
    session.delete(invitation)
    session.add(note(me, "took back an invitation", here.round, invitation.person_id))
    session.flush()
    if session.get(Guest, invitation.person_id) is not None:
        erase_guests(session, [invitation.person_id])


def open_round(session: Session, me: Me, *, slug: str, number: int, sender: Sender) -> None:
    """Let people answer and write to them: the targets of the type are fixed now. At most one round of a team is open."""
    here = mine_to_run(session, me, slug, number)
    after = _after(session, here, "open")
    if here.is_late(sender.now):
        raise OutOfOrder("The closing day has passed. Change the draft and choose a later one first.")
    others = exists().where(AssessmentRound.team_id == here.team.id, AssessmentRound.state == "open", AssessmentRound.id != here.round.id)
    if session.scalar(select(others)):
        raise OutOfOrder(ONE_OPEN)
    model = here.model()
    own = own_targets(session, [here.team.id])[here.team.id] if here.round.pmo_type == here.team.pmo_type else {}
    here.round.targets = model.targets(type_in(model, here.round.pmo_type), own)
    here.round.model_version = model.version
    here.round.state, here.round.opened_at = after, sender.now
    session.add(note(me, "opened a round", here.round))
    try:
        session.flush()
    except IntegrityError:
        raise OutOfOrder(ONE_OPEN) from None
    invite_by_letter(session, me, [here.round], sender)


def extend(session: Session, me: Me, *, slug: str, number: int, closes_on: date, today: date, sender: Sender) -> None:
    """Move the closing day of an open round and tell those who are still asked."""
    here = mine_to_run(session, me, slug, number)
    if here.round.state != "open":
        raise OutOfOrder("Only an open round has a closing day that can be moved.")
    if closes_on < today:
        raise Refused(PAST, "closes_on")
    if closes_on == here.round.closes_on:
        return
    before, here.round.closes_on = here.round.closes_on, closes_on
    session.add(note(me, "moved the closing day", here.round))
    session.flush()
    tell_of_move(session, [here.round], before, sender)


def remind_people(session: Session, me: Me, *, slug: str, number: int, sender: Sender) -> None:
    """Send a reminder to those who are still asked, at most one letter a day to each."""
    here = mine_to_run(session, me, slug, number)
    if here.round.is_workshop:
        raise OutOfOrder("A workshop is answered in the room, so nobody is reminded.")
    if here.round.state != "open" or here.is_late(sender.now):
        raise OutOfOrder("People are reminded while a round takes answers. Move the closing day first if more are to come in.")
    remind(session, [here.round], sender)
    session.add(note(me, "reminded people of a round", here.round))
    session.flush()


def close_round(session: Session, me: Me, *, slug: str, number: int, now: datetime) -> None:
    """Take no more answers and store the result, in one transaction. Votes of a workshop count from now on."""
    here = mine_to_run(session, me, slug, number)
    if here.round.is_workshop and here.round.state == "open":
        voted = Invitation.round_id == here.round.id, Invitation.state == "started"
        session.execute(update(Invitation).where(*voted).values(state="submitted", submitted_at=now))
    here.round.state, here.round.closed_at = _after(session, here, "close"), now
    session.add(note(me, "closed a round", here.round))
    session.flush()
    with in_site_words():
        if here.is_anonymous:
            _publish(session, me, here)
        else:
            store_result(session, here.round, here.model())


def _publish(session: Session, me: Me, here: Place) -> None:
    """The one publication of an anonymous round, in the transaction of its close (R9)."""
    here.round.state = _after(session, here, "publish")
    publish_alone(session, here.round, here.model(), here.team.name)
    session.add(note(me, "published a round", here.round))
    session.flush()
    scrub_after(session)


def cancel_round(session: Session, me: Me, *, slug: str, number: int) -> None:
    """Give a draft or open round up; there is no result."""
    here = mine_to_run(session, me, slug, number)
    here.round.state = _after(session, here, "cancel")
    if here.is_anonymous:
        erase_answers(session, [here.round.id])
        scrub_after(session)
    session.add(note(me, "cancelled a round", here.round))
    session.flush()


def mine_to_run(session: Session, me: Me, slug: str, number: int, lock: bool = True) -> Place:
    """A round I run, held until this request is settled. Forbidden for those who see it and do not run it."""
    here = place(session, me, slug, number, lock=lock)
    if not here.runs_it:
        raise Forbidden(JOINTLY if here.joint else WHO_RUNS)
    return here


def _after(session: Session, here: Place, step: rules.RoundStep) -> str:
    """The state after a step, judged with the people as they are now."""
    settled = select(func.count()).where(AgreedLevel.round_id == here.round.id).scalar_subquery() if here.round.is_workshop else literal(0)
    invited, submitted, agreed = session.execute(
        select(func.count(), func.count().filter(Invitation.state == "submitted"), settled).where(Invitation.round_id == here.round.id)
    ).one()
    with in_site_words():
        return rules.move(here.as_rule(invited, submitted, agreed), step, runs_it=here.runs_it).state
